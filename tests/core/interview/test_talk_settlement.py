from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...interview_common import InterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20")
class TestTalkSettlement(InterviewCommon):
    """First the story, then the practical side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._agreement(cls.departure, "confidentiality", outcome="keep")
        cls.settlement = cls._settlement(cls.departure)
        cls.line = cls.settlement.line_ids.filtered(
            lambda line: line.code == "wage_last_month"
        )

    def _check(self):
        self.settlement.with_user(self.payroll).action_check()

    def test_draft_is_not_shown(self):
        """Figures that nobody checked are not read out."""
        self.assertEqual(
            self.talk.get_talk_settlement(), {"state": "not_ready", "groups": []}
        )
        with self.assertRaisesRegex(UserError, "not in the settlement"):
            self.talk.save_settlement_line(self.line.id, "agreed")

    def test_no_settlement_at_all(self):
        self.settlement.action_cancel()
        self.assertEqual(self.talk.get_talk_settlement()["state"], "none")

    def test_lines_are_read_out_by_kind(self):
        """Amounts, how they came about, things to hand in, agreements."""
        self._check()
        shown = self.talk.get_talk_settlement()
        self.assertEqual(shown["state"], "open")
        groups = {group["kind"]: group["lines"] for group in shown["groups"]}
        wage = next(line for line in groups["earning"] if line["id"] == self.line.id)
        self.assertEqual(wage["amount"], "3,200.00\xa0€")
        self.assertEqual(
            wage["explanation"],
            ["04/01/2026 to 04/30/2026: 22 of 22 working days at 3,200.00\xa0€"],
        )
        self.assertIn("confidentiality", groups["clause"][0]["title"])

    def test_leaver_says_what_they_think_of_a_line(self):
        self._check()
        for state in ("discussed", "agreed", "disputed", "to_discuss"):
            self.talk.save_settlement_line(self.line.id, state)
            self.assertEqual(self.line.state, state)
        self.assertEqual(self.line.amount, 3200.0)

    def test_question_goes_to_payroll_once(self):
        """Sent again after a lost line it stays one question."""
        self._check()
        with freeze_time("2026-03-20 10:00:00"):
            self.talk.save_settlement_line(self.line.id, "question", " Klopt dit? ")
        with freeze_time("2026-03-20 11:00:00"):
            self.talk.save_settlement_line(self.line.id, "question", "Klopt dit?")
        self.assertEqual(self.line.leaver_question, "Klopt dit?")
        self.assertEqual(str(self.line.leaver_question_date), "2026-03-20 10:00:00")
        self.assertEqual(self.line.state, "question")

    def test_nothing_but_the_leavers_answer_changes(self):
        """Confirmed lists, other states and lines of other people are refused."""
        self._check()
        other = self._checked_settlement(self._departure(self.report))
        with self.assertRaisesRegex(UserError, "not in the settlement"):
            self.talk.save_settlement_line(other.line_ids[0].id, "agreed")
        with self.assertRaisesRegex(UserError, "Payroll decides"):
            self.talk.save_settlement_line(self.line.id, "not_applicable")
        self.line.state = "not_applicable"
        with self.assertRaisesRegex(UserError, "Payroll decides"):
            self.talk.save_settlement_line(self.line.id, "agreed")
        self.line.state = "discussed"
        self.settlement.with_user(self.payroll).action_discuss()
        self.settlement.with_user(self.admin).action_confirm()
        with self.assertRaisesRegex(UserError, "confirmed"):
            self.talk.save_settlement_line(self.line.id, "agreed")
        shown = self.talk.get_talk_settlement()
        self.assertEqual(shown["state"], "confirmed")
        self.assertTrue(shown["groups"][0]["lines"][0]["is_locked"])

    def test_interviewer_still_has_no_rights_on_settlements(self):
        self._check()
        for records in (self.settlement, self.line):
            with self.assertRaises(AccessError):
                records.with_user(self.interviewer).read(["state"])
            with self.assertRaises(AccessError):
                records.with_user(self.interviewer).search([])

    def test_story_and_settlement_do_not_mix(self):
        """A question about money is no point of the conversation."""
        self._check()
        self.talk.save_settlement_line(self.line.id, "question", "Klopt dit?")
        self.assertFalse(self.interview.point_ids)
