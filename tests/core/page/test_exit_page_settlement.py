from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exit_page_common import ExitPageCommon
from ...settlement_common import SettlementCommon

ACTIVITY = "hr_exit_interview.mail_activity_type_leaver_question"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestExitPageSettlement(SettlementCommon, ExitPageCommon):
    """What is still open, shown by payroll and asked about by the leaver."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._agreement(cls.departure, "loan", amount=500.0, name="Fiets")
        # All leave is recorded: of a kind that is not paid out.
        roster_free = cls._leave_type("Roster-free", "none")
        cls._allocate(cls.departure.employee_id, roster_free, 8, "2026-01-01")
        cls.settlement = cls._settlement(cls.departure)
        cls.settlement.line_ids.note = "Between payroll and HR"

    def _release(self):
        settlement = self.settlement.with_user(self.payroll)
        if settlement.state == "draft":
            settlement.action_check()
        settlement.action_release()
        self.env.flush_all()

    def _line(self, code):
        return self.settlement.line_ids.filtered(lambda line: line.code == code)

    def _ask(self, line, text):
        return self._send("question", line=line.id, **{f"question_{line.id}": text})

    def _activities(self):
        return self.settlement.activity_search([ACTIVITY])

    def test_leaver_sees_what_payroll_shows_and_nothing_before(self):
        """Not a draft, not what was only checked; from the button on, and back."""
        self.assertIn("still working out", self._open().text)
        with self.assertRaises(UserError):
            self.settlement.with_user(self.payroll).action_release()
        self.settlement.with_user(self.payroll).action_check()
        self.env.flush_all()
        self.assertNotIn("Fiets", self.url_open("/exit").text)
        self._release()
        page = self.url_open("/exit").text
        self.assertIn("Fiets", page)
        self.assertNotIn("Between payroll and HR", page)
        self.settlement.with_user(self.payroll).action_withhold()
        self.env.flush_all()
        self.assertNotIn("Fiets", self.url_open("/exit").text)

    def test_back_to_draft_takes_it_off_the_page(self):
        """So does calling it off; it is shown again by hand only."""
        settlement = self.settlement.with_user(self.payroll)
        for step, *why in (("action_back_to_draft", "Vergeten"), ("action_cancel",)):
            self._release()
            getattr(settlement, step)(*why)
            self.assertFalse(self.settlement.released_date)
            self.assertFalse(self.settlement.released_user_id)
            self.env.flush_all()
            self.assertNotIn("Fiets", self._open().text)
        settlement.action_back_to_draft("Toch nodig")
        self.assertFalse(settlement.released_date)

    def test_sign_is_in_words(self):
        """A loan is under "You pay", without a minus; leave under "You receive"."""
        self._release()
        section = {
            section["title"]: section
            for section in self.settlement._prepare_page()["sections"]
        }
        loan = next(
            line for line in section["You pay"]["lines"] if "Fiets" in line["title"]
        )
        self.assertIn("500.00", loan["amount"])
        self.assertNotIn("-", loan["amount"])
        self.assertIn("You receive", section)

    def test_total_says_what_is_not_in_it(self):
        """Study costs without their end have no amount: a total must not hide that."""
        label = "Amounts that are not known yet, not in the total"
        self.assertNotIn(label, dict(self.settlement._prepare_page()["totals"]))
        self._agreement(self.departure, "study_costs", name="Cursus")
        self.settlement._recompute_lines()
        line = self._line("study_costs")
        self.assertFalse(line.has_amount)
        self.assertEqual(dict(self.settlement._prepare_page()["totals"])[label], 1)

    def test_what_does_not_apply_is_left_out(self):
        """Unless the leaver asked about it: then the answer stays readable."""
        line = self._line("loan")
        line.state = "not_applicable"
        self._release()
        self.assertNotIn("Fiets", self._open().text)
        line._ask_question("Waarom niet?")
        self.env.flush_all()
        self.assertIn("Fiets", self.url_open("/exit").text)

    def test_question_reaches_payroll_and_the_answer_the_leaver(self):
        """One activity for any number of questions, gone when all are answered."""
        self._release()
        self._open()
        loan, wage = self._line("loan"), self.settlement.line_ids[0]
        self.assertIn("Your question was sent", self._ask(loan, "Is dat zo veel?").text)
        self._ask(wage, "Klopt dit?")
        self.assertEqual(loan.leaver_question, "Is dat zo veel?")
        self.assertEqual(loan.state, "question")
        self.assertEqual(self.settlement.question_count, 2)
        activity = self._activities()
        self.assertEqual(activity.user_id, self.payroll)
        self.assertEqual(len(activity), 1)
        loan.with_user(self.payroll).leaver_answer = "Nee: 400 euro."
        self.assertTrue(self._activities())
        wage.with_user(self.payroll).leaver_answer = "Ja."
        self.assertFalse(self._activities())
        self.env.flush_all()
        self.assertIn("Nee: 400 euro.", self.url_open("/exit").text)
        self.assertEqual(loan.leaver_answer_user_id, self.payroll)

    def test_same_question_twice_is_one(self):
        """And a new one after the answer keeps the first in the history."""
        self._release()
        self._open()
        loan = self._line("loan")
        self._ask(loan, "Is dat zo veel?")
        loan.with_user(self.payroll).leaver_answer = "Nee: 400 euro."
        self.env.flush_all()
        self._ask(loan, "Is dat zo veel?")
        self.assertEqual(loan.leaver_answer, "Nee: 400 euro.")
        self._ask(loan, "Wanneer dan?")
        self.assertEqual(loan.leaver_question, "Wanneer dan?")
        self.assertFalse(loan.leaver_answer)
        self.assertTrue(self._activities())
        self.assertIn("Nee: 400 euro.", str(self.settlement.message_ids[0].body))

    def test_question_after_confirmation_changes_no_total(self):
        """A locked list takes questions and answers, nothing else."""
        self._release()
        self.settlement.with_user(self.payroll).action_discuss()
        self.settlement.with_user(self.admin).action_confirm()
        total = self.settlement.amount_total
        self.env.flush_all()
        self._open()
        loan = self._line("loan")
        state = loan.state
        self._ask(loan, "Klopt dit?")
        loan.with_user(self.payroll).leaver_answer = "Ja."
        self.assertEqual((loan.state, self.settlement.amount_total), (state, total))

    def test_question_about_a_line_of_somebody_else(self):
        """Unknown, not shown or another leaver's: a sentence, and nothing written."""
        self._release()
        other = self._settlement(self._departure(self.report)).line_ids[0]
        self._open()
        for line_id in (other.id, 0, 999999999):
            page = self._send("question", line=line_id, **{f"question_{line_id}": "?"})
            self.assertEqual(page.status_code, 422)
            self.assertIn("no longer on the page", page.text)
        for line_id in ("1 OR 1=1", "-1", "é", "9" * 40):
            page = self._send("question", line=line_id, question_0="?")
            self.assertIn(page.status_code, (200, 422))
        self.assertFalse(other.leaver_question)
        self.settlement.with_user(self.payroll).action_withhold()
        self.env.flush_all()
        page = self._ask(self._line("loan"), "?")
        self.assertEqual(page.status_code, 422)

    def test_long_question_is_shown_back(self):
        """With the limit named; nothing reaches payroll."""
        self._release()
        self._open()
        page = self._ask(self._line("loan"), "x" * 200_000)
        self.assertEqual(page.status_code, 422)
        self.assertIn("20000", page.text)
        self.assertIn("x" * 200_000, page.text)
        self.assertFalse(self._activities())

    def test_words_of_the_leaver_are_not_payrolls_to_write(self):
        """Payroll answers, an officer reads, others see nothing."""
        self._release()
        loan = self._line("loan")
        with self.assertRaises(UserError):
            loan.with_user(self.payroll).leaver_question = "Invented"
        with self.assertRaises(UserError):
            self.env["hr.settlement.line"].with_user(self.payroll).create(
                {
                    "settlement_id": self.settlement.id,
                    "name": "Extra",
                    "leaver_question": "Invented",
                }
            )
        with self.assertRaises(AccessError):
            loan.with_user(self.officer).leaver_answer = "Not mine to answer"
        loan._ask_question("Klopt dit?")
        self.assertEqual(loan.with_user(self.officer).leaver_question, "Klopt dit?")
        found = [("leaver_question", "=", "Klopt dit?")]
        lines = self.env["hr.settlement.line"]
        self.assertEqual(lines.with_user(self.payroll).search(found), loan)
        for user in (self.plain, self.interviewer, self.hr_manager):
            with self.assertRaises(AccessError):
                lines.with_user(user).search(found)

    def test_activity_goes_to_whom_payroll_is(self):
        """Who showed the list; another of payroll when that person is no more."""
        self._release()
        self.payroll.group_ids -= self.env.ref("hr_exit_interview.group_exit_payroll")
        second = self._user("payroll_two", "hr_exit_interview.group_exit_payroll")
        self._line("loan")._ask_question("Klopt dit?")
        self.assertEqual(self._activities().user_id, second)

    def test_page_takes_the_same_queries_for_long_and_short_lists(self):
        """Sixty lines more cost no query more."""
        self._release()
        self.departure._prepare_page_values()  # what is read once for everybody
        few = self._count_queries(self.departure._prepare_page_values)
        self.settlement.with_user(self.payroll).action_back_to_draft("Meer regels")
        self.env["hr.settlement.line"].create(
            [
                {
                    "settlement_id": self.settlement.id,
                    "name": f"Line {i}",
                    "amount_proposed": i,
                }
                for i in range(60)
            ]
        )
        self._release()
        many = self._count_queries(self.departure._prepare_page_values)
        self.assertEqual(many, few)
