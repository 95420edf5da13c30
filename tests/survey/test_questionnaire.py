from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import QuestionnaireCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestQuestionnaire(QuestionnaireCommon):
    def _start(self):
        return self.interview._ensure_questionnaire()

    def test_one_per_interview_without_a_name(self):
        """Opened twice it is the same one; it holds no contact and no address."""
        user_input = self._start()
        self.assertEqual(self._start(), user_input)
        self.assertEqual(user_input.survey_id, self.survey)
        self.assertTrue(user_input.is_exit)
        self.assertFalse(user_input.partner_id)
        self.assertFalse(user_input.email)
        self.assertFalse(user_input.nickname)
        self.assertEqual(user_input.lang_id.code, "nl_NL")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            user_input.copy({"exit_interview_id": self.interview.id})
            self.env.flush_all()

    def test_language_that_is_not_installed_falls_back(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.departure.lang = "fr_FR"
        french.active = False
        self.company.partner_id.lang = "nl_NL"
        self.assertEqual(self._start().lang_id.code, "nl_NL")

    def test_conversation_questions_are_not_in_the_form(self):
        asked = self._start().predefined_question_ids.mapped("exit_code")
        self.assertIn("BEST", asked)
        self.assertNotIn("WHY", asked)
        pages = self.survey._get_pages_or_questions(self.interview.survey_input_id)
        self.assertNotIn("In the conversation", pages.mapped("title"))
        self.assertIn("Working here", pages.mapped("title"))

    def test_conduct_is_not_asked_about_support(self):
        """Dismissal for conduct has the template of performance, less two questions."""
        performance = self.env.ref(
            "hr_exit_interview.exit_interview_template_performance"
        )
        self.departure.departure_reason_id = self.reason_fired
        asked = {}
        for kind in ("performance", "conduct"):
            self.departure.departure_type = kind
            self.assertEqual(self.interview.template_id, performance)
            user_input = self._start()
            asked[kind] = set(user_input.predefined_question_ids.mapped("exit_code"))
            user_input.unlink()
            self.interview.invalidate_recordset()
        self.assertEqual(
            asked["performance"] - asked["conduct"], {"DP_FEEDBACK", "DP_SUPPORT"}
        )

    def test_answers_land_on_the_interview(self):
        """Main and other stated reasons, those about the manager, the second talk."""
        user_input = self._start()
        self._fill_in(
            user_input,
            {
                "REASON": "workload",
                "REASON2": ("hours", "base_pay"),
                "MGR": "partly",
                "MGR_WHAT": ("mgr_feedback",),
            },
            done=False,
        )
        follow = self._question("FOLLOW")
        user_input._save_lines(
            follow, self._answers(follow, "yes")[0], comment=" joost@thuis.nl "
        )
        user_input._mark_done()
        self.assertEqual(self.interview.main_reason_id.code, "workload")
        self.assertEqual(
            set(self.interview.reason_ids.mapped("code")),
            {"hours", "base_pay", "mgr_feedback"},
        )
        self.assertTrue(self.interview.second_opt_in)
        self.assertEqual(self.interview.second_email, "joost@thuis.nl")

    def test_what_hr_noted_stays(self):
        noted = self.env.ref("hr_exit_interview.exit_reason_commute")
        self.interview.main_reason_id = noted
        self._fill_in(self._start(), {"REASON": "workload"})
        self.assertEqual(self.interview.main_reason_id, noted)

    def test_written_only_means_heard(self):
        self.interview.form = "questionnaire"
        self._fill_in(self._start(), {"BEST": "De kas"})
        self.assertEqual(self.interview.state, "held")
        self.assertEqual(str(self.interview.held_date), "2026-03-10")

    def test_a_talk_is_still_to_come(self):
        self.interview.form = "phone"
        self._fill_in(self._start(), {"BEST": "De kas"})
        self.assertEqual(self.interview.state, "accepted")

    def test_published_figures_get_one_score_per_theme(self):
        """Work: (5 + 2) / 2; recommending stays from 0 to 10; texts go nowhere."""
        self._fill_in(
            self._start(),
            {"S_JOB": "5", "S_LOAD": "2", "S_TOOLS": "", "ENPS": "0", "BEST": "De kas"},
        )
        scores = self.env["hr.exit.answer"].search(
            [("interview_id", "=", self.interview.id)]
        )
        self.assertEqual(
            {score.theme_id.code: score.score for score in scores},
            {"work": 3.5, "enps": 0.0},
        )

    def test_closing_the_interview_completes_what_was_answered(self):
        """The last page was never sent; an empty questionnaire stays empty."""
        user_input = self._start()
        self.interview.state = "held"
        self.interview.with_user(self.interviewer).action_close()
        self.assertEqual(user_input.state, "new")
        self.interview.action_reopen()
        self._fill_in(user_input, {"REASON": "workload", "S_JOB": "4"}, done=False)
        self.interview.with_user(self.interviewer).action_close()
        self.assertEqual(user_input.state, "done")
        self.assertEqual(self.interview.main_reason_id.code, "workload")

    def test_the_copy_holds_what_was_filled_in(self):
        """As it was asked and chosen; what was skipped is not there."""
        self.interview.with_user(self.interviewer).action_fill_in()
        self._fill_in(
            self._start(),
            {"REASON2": ("workload", "hours"), "S_LOAD": "2", "S_TOOLS": ""},
        )
        sections = self.departure.with_context(lang="en_US")._prepare_copy()
        items = next(s["items"] for s in sections if s["title"] == "What you filled in")
        self.assertEqual(
            items,
            [
                (
                    "Wat speelde nog meer mee? Kies er hoogstens drie.",
                    "Te hoge werkdruk, Aantal uren of overwerk",
                ),
                ("De hoeveelheid werk was te doen.", "2"),
                ("Filled in on your behalf by", self.interviewer.name),
            ],
        )

    def test_nobody_is_told(self):
        """Followers of the questionnaire get no message, not even of behaviour."""
        subtype = self.env.ref("survey.mt_survey_survey_user_input_completed")
        self.survey.message_subscribe(self.admin.partner_id.ids, subtype.ids)
        user_input = self._start()
        before = self.env["mail.message"].search_count([])
        self._fill_in(user_input, {"BEHAV": "yes", "BEHAV_HELP": "yes"})
        self.assertEqual(self.env["mail.message"].search_count([]), before)

    def test_three_reasons_are_enough(self):
        question = self._question("REASON2")
        codes = ("workload", "hours", "commute", "tools")
        self.assertFalse(
            question.validate_question(self._answers(question, *codes[:3]))
        )
        error = question.validate_question(self._answers(question, *codes))
        self.assertIn("at most 3", error[question.id])

    def test_not_applicable_is_no_answer(self):
        """Sent empty: skipped, not zero."""
        user_input = self._start()
        question = self._question("S_LOAD")
        self.assertTrue(question._has_not_applicable())
        self.assertFalse(self._question("ENPS")._has_not_applicable())
        user_input._save_lines(question, "")
        self.assertTrue(user_input.user_input_line_ids.skipped)

    def test_score_of_zero_is_an_answer(self):
        user_input = self._fill_in(self._start(), {"ENPS": "0"})
        self.assertFalse(user_input.user_input_line_ids.skipped)
        self.assertEqual(user_input.user_input_line_ids.value_scale, 0)

    def test_why_that_score_waits_for_the_score(self):
        user_input = self._start()
        why = self._question("ENPS_WHY")
        self.assertIn(why, user_input._get_inactive_conditional_questions())
        self._fill_in(user_input, {"ENPS": "4", "ENPS_WHY": "Druk"}, done=False)
        self.assertNotIn(why, user_input._get_inactive_conditional_questions())
        user_input._save_lines(self._question("ENPS"), "")
        user_input._clear_inactive_conditional_answers()
        self.assertNotIn(why, user_input.user_input_line_ids.question_id)

    def test_fixed_term_asks_why_only_whoever_decided(self):
        survey = self._template("fixed_term")
        user_input = survey._create_answer(test_entry=True)
        for code, asked in (("company", False), ("leaver", True), ("both", True)):
            self._fill_in(user_input, {"FT_WHO": code}, done=False)
            inactive = user_input._get_inactive_conditional_questions()
            for question in ("REASON", "REASON2", "WHY"):
                self.assertEqual(
                    self._question(question, survey) not in inactive, asked
                )

    def test_wording_stays_with_the_answer(self):
        """In the leaver's language, question and choice, whatever changes later."""
        user_input = self._fill_in(self._start(), {"KEEP": "perhaps"})
        self._question("KEEP").with_context(lang="nl_NL").title = "Iets anders?"
        line = user_input.user_input_line_ids
        self.assertEqual(
            line.exit_question, "Hadden wij iets kunnen doen waardoor je was gebleven?"
        )
        self.assertEqual(line.exit_choice, "Misschien")

    def test_a_book_is_cut(self):
        """200 kB in a text field is kept as far as a text may be long."""
        user_input = self._fill_in(self._start(), {"BEST": "kas " * 50_000})
        self.assertEqual(len(user_input.user_input_line_ids.value_text_box), 20_000)

    def test_open_until_two_weeks_after_the_last_day(self):
        """The last day is 30 April."""
        user_input = self._start()
        for day, is_open in (("2026-05-14", True), ("2026-05-15", False)):
            with freeze_time(day):
                self.assertEqual(user_input._is_exit_open(), is_open)

    def test_closed_with_the_interview(self):
        user_input = self._start()
        for state in ("declined", "cancelled", "closed"):
            self.interview.state = state
            self.assertFalse(user_input._is_exit_open(), state)
        self.interview.state = "held"
        self.assertTrue(user_input._is_exit_open())

    def test_revoked_link_takes_the_questionnaire_along(self):
        user_input = self._start()
        self.departure._ensure_exit_token()
        token = user_input.access_token
        self.departure._revoke_exit_token()
        self.assertNotEqual(user_input.access_token, token)

    def test_filled_in_on_behalf_says_so(self):
        """By the interviewer, who needs no role in Survey."""
        action = self.interview.with_user(self.interviewer).action_fill_in()
        user_input = self.interview.survey_input_id
        self.assertEqual(user_input.exit_helper_id, self.interviewer)
        self.assertIn(user_input.access_token, action["url"])
        self._fill_in(user_input, {"BEST": "De kas"})
        with self.assertRaisesRegex(UserError, "complete already"):
            self.interview.with_user(self.interviewer).action_fill_in()

    def test_nothing_to_fill_in_is_said(self):
        self.interview.template_id.survey_id = False
        with self.assertRaisesRegex(UserError, "no open questionnaire"):
            self.interview.action_fill_in()

    def test_template_chooses_the_questionnaire(self):
        """By department here; the guide decides, the questionnaire goes with it."""
        own = self.survey.copy()
        self.env["hr.exit.interview.template"].create(
            {
                "name": "Kas",
                "company_id": self.company.id,
                "department_ids": [Command.link(self.department.id)],
                "survey_id": own.id,
            }
        )
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": self.departure.id}
        )
        self.assertEqual(interview._ensure_questionnaire().survey_id, own)

    def test_nothing_can_be_made_mandatory(self):
        with self.assertRaisesRegex(ValidationError, "may skip every question"):
            self._question("BEST").constr_mandatory = True

    def test_open_doors_are_refused(self):
        for vals in ({"access_mode": "public"}, {"users_login_required": True}):
            with self.assertRaisesRegex(ValidationError, "personal link"):
                self.survey.write(vals)
        with self.assertRaisesRegex(ValidationError, "no score"):
            self.survey.scoring_type = "scoring_with_answers"

    def test_made_without_thinking_speaks_every_language(self):
        """Core gives a new survey its maker's language, and opens it to anyone."""
        survey = (
            self.env["survey.survey"]
            .with_user(self.admin)
            .create({"title": "Eigen", "survey_type": "exit_interview"})
        )
        self.assertFalse(survey.lang_ids)
        self.assertEqual(survey.access_mode, "token")
