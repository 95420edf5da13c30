from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ...interview_common import InterviewCommon

# Dismissal and redundancy were decided for the leaver: why they go is no question.
DECIDED = ("performance", "conduct", "redundancy")
ASKS_WHY = {"WHY", "FIRST", "KEEP_WHAT", "MGR_EX", "RAISED_WHAT", "RAISED_NOT"}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20")
class TestTalk(InterviewCommon):
    """What the conversation screen shows and saves."""

    def _save(self, *points, user=None, **closing):
        talk = self.interview.with_user(user or self.interviewer)
        return talk.save_talk({"points": list(points), "closing": closing})

    def _question(self, code):
        return self.env.ref(f"hr_exit_interview.exit_question_{code.lower()}")

    def _answer(self, code, answer, base="", **vals):
        question = self._question(code)
        return {
            "uid": f"q{question.id}",
            "kind": "question",
            "question_id": question.id,
            "base": {"answer": base},
            "answer": answer,
            **vals,
        }

    def _stored(self, code):
        question = self._question(code)
        return self.interview.point_ids.filtered(lambda p: p.question_id == question)

    # === What is shown ===

    def test_guide_of_who_resigned(self):
        """The questions of the template in their order, with help for asking them."""
        talk = self.talk.get_talk()
        first = talk["guide"][0]
        self.assertEqual(first["question"], "Why did you decide to leave?")
        self.assertTrue(first["aim"])
        self.assertIn("Which of these weighed most?", first["probes"])
        self.assertIn("Not the new employer's name or salary.", first["avoid"])
        self.assertEqual(
            [item["condition"] for item in talk["guide"]][2],
            "It was raised before notice.",
        )
        self.assertTrue(talk["asks_reason"])
        self.assertEqual(talk["leaver"]["name"], "Joost Visser")
        self.assertEqual(talk["leaver"]["place"], "Teelt, Kas")

    def test_who_was_dismissed_is_not_asked_why(self):
        """Nothing in the guide asks for reasons; performance asks for practices."""
        self.departure.departure_reason_id = self.reason_fired
        for departure_type in DECIDED:
            self.departure.write(
                {"departure_type": departure_type, "initiative": "employer"}
            )
            talk = self.talk.get_talk()
            codes = self.env["hr.exit.question"].browse(
                item["question_id"] for item in talk["guide"]
            )
            self.assertFalse(set(codes.mapped("code")) & ASKS_WHY, departure_type)
            self.assertFalse(talk["asks_reason"])
            practices = {"DP_CAUSE", "DP_CAUSE_EX"} & set(codes.mapped("code"))
            self.assertEqual(bool(practices), departure_type != "redundancy")

    def test_end_of_a_fixed_term_may_be_the_leavers_choice(self):
        """Who decided is often said in the talk only; the guide says when to ask."""
        self.departure.write({"departure_type": "fixed_term", "initiative": "employer"})
        talk = self.talk.get_talk()
        self.assertTrue(talk["asks_reason"])
        self.assertIn("The leaver decided", talk["guide"][0]["condition"])

    def test_opening_says_what_must_be_said(self):
        """Voluntary, who reads it, how long it is kept, nothing to skip for."""
        self.company.exit_text_retention_months = 9
        words = " ".join(self.talk.get_talk()["opening"])
        for part in ("voluntary", "skip any question", "9 months", "manager", "health"):
            self.assertIn(part, words)

    def test_adviser_is_there_from_the_start(self):
        self.company.write(
            {"exit_adviser_name": "Ans Bos", "exit_adviser_contact": "06 1234"}
        )
        talk = self.talk.get_talk()
        self.assertEqual(talk["adviser"]["name"], "Ans Bos")
        serious = {r["name"] for r in talk["reasons"] if r["is_serious"]}
        self.assertIn("Undesirable behaviour by the manager", serious)
        self.assertNotIn("Health (no details needed)", serious)
        self.assertEqual(
            [t["name"] for t in talk["themes"] if t["is_serious"]],
            ["Behaviour and integrity"],
        )

    def test_answers_stay_in_sight_after_another_guide(self):
        """Whatever guide is chosen later, what was said is shown with its question."""
        self._save(self._answer("WHY", "Te ver rijden."))
        self.interview.template_id = self.env.ref(
            "hr_exit_interview.exit_interview_template_retirement"
        )
        guide = self.talk.get_talk()["guide"]
        self.assertEqual(guide[-1]["question"], "Why did you decide to leave?")

    def test_guide_keeps_the_question_as_it_was_asked(self):
        self._save(self._answer("WHY", "Te ver rijden."))
        self._question("WHY").name = "Why do you go?"
        self.assertEqual(
            self.talk.get_talk()["guide"][0]["question"], "Why did you decide to leave?"
        )

    def test_same_number_of_queries_for_any_conversation(self):
        """One point and one line, or hundreds."""
        few = self.interview
        self._point(few, answer="Een punt")
        settlement = self._checked_settlement()
        many = self._interview(self._departure(self.report))
        for number in range(60):
            point = self._point(many, answer=f"Punt {number}")
            self._point(many, kind="follow_up", parent_id=point.id, answer="Meer")
        other = self._settlement(many.departure_id)
        for number in range(40):
            settlement.line_ids[0].copy(
                {"settlement_id": other.id, "name": f"Regel {number}"}
            )
        other.with_user(self.payroll).action_check()

        def get_talk(interviews):
            return interviews.with_user(self.interviewer).get_talk()

        self._count_queries(get_talk, many)  # fills the caches of words
        self.assertSameQueryCount(get_talk, few, many)

    # === Saving ===

    def test_answer_is_saved_once(self):
        """The same change sent again, because the line was lost, changes nothing."""
        change = self._answer("WHY", "Te ver rijden.")
        self._save(change)
        result = self._save(change)
        point = self._stored("WHY")
        self.assertEqual(len(point), 1)
        self.assertEqual(point.answer, "Te ver rijden.")
        self.assertEqual(point.question, "Why did you decide to leave?")
        self.assertEqual(point.theme_id.code, "reason")
        self.assertEqual(result["points"][0]["answer"], "Te ver rijden.")

    def test_two_people_type_in_one_answer(self):
        """Both started from the same text: both texts are kept."""
        self._save(self._answer("WHY", "Te ver."))
        self._save(self._answer("WHY", "Te ver. Elke dag.", "Te ver."))
        self._save(self._answer("WHY", "Veel te ver.", "Te ver."), user=self.officer)
        self.assertEqual(self._stored("WHY").answer, "Veel te ver. Elke dag.")

    def test_two_people_begin_with_one_question(self):
        """The question is asked once, with the words of both."""
        self._save(self._answer("WHY", "Te ver."))
        self._save(self._answer("WHY", "Het loon."), user=self.officer)
        self.assertEqual(self._stored("WHY").answer, "Te ver.\nHet loon.")

    def test_follow_up_and_tags(self):
        reason = self.env.ref("hr_exit_interview.exit_reason_workload")
        theme = self.env["hr.exit.theme"].search([("code", "=", "manager")])
        question = self._answer("WHY", "Te druk.", reason_id=reason.id)
        follow_up = {
            "uid": "abc",
            "kind": "follow_up",
            "parent_uid": question["uid"],
            "question": "Wat gebeurde er toen?",
            "answer": "Niets.",
            "theme_id": theme.id,
        }
        self._save(question, follow_up)
        point = self.interview.point_ids.filtered(lambda p: p.client_uid == "abc")
        self.assertEqual(point.parent_id, self._stored("WHY"))
        self.assertEqual(self._stored("WHY").reason_id, reason)
        self.assertEqual(point.theme_id, theme)
        self._save({"uid": "abc", "theme_id": False})
        self.assertFalse(point.theme_id)

    def test_point_opened_by_mistake_goes_away(self):
        """Unless somebody else wrote in it meanwhile."""
        empty = {"uid": "abc", "kind": "follow_up", "answer": ""}
        self._save(empty)
        self._save({"uid": "abc", "is_deleted": True, "base": {}})
        self.assertFalse(self.interview.point_ids)
        self._save(empty)
        self._save({**empty, "answer": "Toch iets."}, user=self.officer)
        self._save({"uid": "abc", "is_deleted": True, "base": {}})
        self.assertEqual(self.interview.point_ids.answer, "Toch iets.")

    def test_the_leavers_own_words_stay(self):
        """An interviewer tags what the leaver prepared, and does not rewrite it."""
        point = self._point(question="Mijn fiets", answer="Wanneer inleveren?")
        theme = self.env["hr.exit.theme"].search([("code", "=", "other")])
        self._save(
            {
                "uid": f"p{point.id}",
                "answer": "Iets anders",
                "theme_id": theme.id,
            }
        )
        self.assertEqual(point.answer, "Wanneer inleveren?")
        self.assertEqual(point.theme_id, theme)
        with self.assertRaisesRegex(UserError, "The leaver wrote this"):
            point.with_user(self.interviewer).answer = "Iets anders"

    def test_screen_cannot_speak_for_the_leaver(self):
        with self.assertRaises(UserError):
            self._save({"uid": "abc", "kind": "leaver", "answer": "Ik ben tevreden"})

    def test_too_much_text_says_so_and_saves_nothing(self):
        with self.assertRaisesRegex(ValidationError, "Shorten it or split it"):
            self._save(
                self._answer("BEST", "De kas."), self._answer("WHY", "a" * 20001)
            )

    def test_nothing_is_saved_in_a_closed_or_refused_talk(self):
        for state, words in (
            ("closed", "closed"),
            ("declined", "rather not talk"),
            ("cancelled", "not going on"),
        ):
            self.interview.state = state
            self.assertIn(words, self.talk.get_talk()["blocked"])
            with self.assertRaisesRegex(UserError, words):
                self._save(self._answer("WHY", "Toch nog iets."))
        self.assertFalse(self.interview.point_ids)

    def test_screen_hears_of_what_others_change(self):
        """Nothing is sent while nothing changed."""
        known = self.talk.get_talk()["revision"]
        self.assertEqual(self.talk.get_talk_changes(known), {})
        self._save(self._answer("BEST", "De collega's."), user=self.officer)
        changes = self.talk.get_talk_changes(known)
        self.assertEqual(changes["points"][0]["answer"], "De collega's.")
        self._point(answer="Mijn vraag")
        self.assertNotEqual(self.talk.get_talk_changes(changes["revision"]), {})

    # === Read back and close ===

    def test_closing_asks_for_nothing(self):
        """An empty conversation can be closed; it was held today."""
        result = self.talk.close_talk()
        self.assertEqual(result["state"], "closed")
        self.assertEqual(str(self.interview.held_date), "2026-03-20")
        self.assertEqual(self.talk.close_talk()["state"], "closed")

    def test_read_back(self):
        """Summary, stated reasons and share choice, as the leaver agreed to them."""
        workload = self.env.ref("hr_exit_interview.exit_reason_workload")
        study = self.env.ref("hr_exit_interview.exit_reason_study")
        self._save(
            summary="Te druk.",
            main_reason_id=workload.id,
            reason_ids=study.ids,
            share_choice="anonymous",
        )
        self.assertEqual(self.interview.main_reason_id, workload)
        self.assertEqual(self.interview.reason_ids, study)
        self.assertEqual(self.interview.share_choice, "anonymous")
        self._save(summary="Te druk. En ver.", base={"summary": "Te druk."})
        self._save(
            summary="Veel te druk.", base={"summary": "Te druk."}, user=self.officer
        )
        self.assertEqual(self.interview.summary, "Veel te druk. En ver.")

    def test_assessed_reasons_are_for_hr_alone(self):
        """An interviewer neither sees nor sets how HR sees the reasons."""
        workload = self.env.ref("hr_exit_interview.exit_reason_workload")
        self._save(assessed_reason_id=workload.id, user=self.officer)
        self.assertEqual(self.interview.assessed_reason_id, workload)
        self.assertFalse(self.interview.main_reason_id)
        self._save(assessed_reason_id=False)
        self.assertEqual(self.interview.assessed_reason_id, workload)
        self.assertNotIn("assessed_reason_id", self.talk.get_talk()["closing"])

    # === Taken out ===

    def test_text_about_health_is_taken_out(self):
        """Something was taken out, by whom and when; not what."""
        self._save(self._answer("WHY", "Rugklachten."))
        point = self._stored("WHY")
        stale = self._answer("WHY", "Rugklachten. Te druk.", "Rugklachten.")
        point.with_user(self.interviewer).action_blank()
        self.assertFalse(point.answer)
        self.assertTrue(point.is_blanked)
        self.assertEqual(point.blanked_user_id, self.interviewer)
        self.assertEqual(str(point.blanked_date), "2026-03-20 00:00:00")
        self._save(stale)
        self.assertEqual(point.answer, "Te druk.")
        self.assertTrue(self.talk.get_talk()["points"][0]["is_blanked"])

    def test_text_is_taken_out_of_a_closed_talk(self):
        point = self._point(question="Mijn rug", answer="Rugklachten.")
        self.interview.state = "closed"
        point.with_user(self.interviewer).action_blank()
        self.assertFalse(point.answer or point.question)
        with self.assertRaises(AccessError):
            point.with_user(self.payroll).action_blank()
