from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ...settlement_state_common import SettlementStateCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 09:00:00")
class TestSettlementAmounts(SettlementStateCommon):
    """Totals, and an amount that payroll types over the one worked out."""

    # === Totals ===

    def test_totals_per_direction(self):
        """768.00 + 2,133.33 + 84.50 against 500.00; the wage is for information."""
        self._manual()
        self.assertEqual(self.settlement.amount_earning, 2985.83)
        self.assertEqual(self.settlement.amount_deduction, -500.00)
        self.assertEqual(self.settlement.amount_total, 2485.83)
        self.assertEqual(self.settlement.amount_only_if_agreed, 0.0)

    def test_not_applicable_counts_for_nothing(self):
        self._line("loan").state = "not_applicable"
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertEqual(self.settlement.amount_total, 2901.33)

    def test_disputed_still_counts(self):
        """The leaver disagrees: the proposal stands until it is amended."""
        self._line("thirteenth").state = "disputed"
        self.assertEqual(self.settlement.amount_earning, 2901.33)

    def test_deduction_that_needs_agreement(self):
        """It counts once the leaver agreed; earnings need no agreement to count."""
        loan = self._line("loan")
        loan.needs_agreement = True
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertEqual(self.settlement.amount_only_if_agreed, -500.00)
        for state in ("discussed", "disputed", "question"):
            loan.state = state
            self.assertEqual(self.settlement.amount_deduction, 0.0)
        loan.state = "agreed"
        self.assertEqual(self.settlement.amount_deduction, -500.00)
        self.assertEqual(self.settlement.amount_only_if_agreed, 0.0)
        self.assertTrue(self._line("thirteenth").needs_agreement)
        self.assertTrue(self._line("thirteenth").is_counted)

    def test_reference_lines_count_for_nothing(self):
        self._manual(is_reference=True, amount_proposed=9999.0)
        self.assertEqual(self.settlement.amount_total, 2401.33)

    def test_lines_without_an_amount_are_counted_apart(self):
        """Missing, not zero: the form says how many."""
        self.leaver.version_id.wage = 0
        self.settlement.action_recompute()
        # Wage, holiday allowance, and leave that nobody was given.
        self.assertEqual(self.settlement.missing_count, 3)
        line = self._line("holiday_allowance")
        self.assertFalse(line.has_amount)
        self.assertEqual(line.missing_text, "the wage")
        self.assertEqual(line.explanation, "Not known yet: the wage")

    # === Lines by hand ===

    def test_what_the_leaver_owes_is_below_zero(self):
        """Typed as 100 or as -100, at once or afterwards."""
        line = self._manual(kind="deduction", amount_proposed=100.0)
        self.assertEqual(line.amount, -100.00)
        line.amount_proposed = 50.0
        self.assertEqual(line.amount, -50.00)
        line.write({"kind": "earning", "amount_proposed": 25.0})
        self.assertEqual(line.amount, 25.00)
        line.kind = "deduction"
        self.assertEqual(line.amount, -25.00)
        self.assertEqual(self._manual(kind="deduction").amount, -84.50)

    def test_amount_typed_later(self):
        """A line first without an amount counts once one is typed."""
        line = self.env["hr.settlement.line"].create(
            {"settlement_id": self.settlement.id, "name": "Bonus"}
        )
        self.assertFalse(line.has_amount)
        line.amount_proposed = 10.0
        self.assertTrue(line.has_amount)
        self.assertTrue(line.is_counted)

    def test_payroll_types_lines_in_the_form(self):
        """A line of the list is a manual one with its sign, in the total."""
        with Form(self.settlement) as form, form.money_line_ids.new() as line:
            line.title = "Lost badge"
            line.kind = "deduction"
            line.amount_proposed = 15.0
        line = self.settlement.line_ids.filtered("is_manual")
        self.assertEqual(line.title, "Lost badge")
        self.assertEqual(self.settlement.amount_deduction, -515.00)

    def test_a_manual_line_is_no_computed_one(self):
        """Payroll cannot pass off a typed amount as one of the rules'."""
        line = (
            self.env["hr.settlement.line"]
            .with_user(self.payroll)
            .create(
                {
                    "settlement_id": self.settlement.id,
                    "name": "Leave",
                    "rule_id": self.scheme._get_rule("leave").id,
                    "code": "leave",
                    "amount_proposed": 5000.0,
                }
            )
        )
        self.assertTrue(line.is_manual)
        self.assertFalse(line.rule_id)
        self.assertEqual(line.code, "manual")

    # === Amendments ===

    def test_another_amount_needs_a_reason(self):
        """Refused without; the message says what to do."""
        line = self._line("thirteenth")
        message = "fill in the reason for the difference"
        for reason in (False, "", "  "):
            with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
                line.write({"amount_agreed": 2000.0, "agreed_reason": reason})

    def test_another_amount_keeps_reason_user_and_time(self):
        line = self._line("thirteenth")
        line.write({"amount_agreed": 2000.0, "agreed_reason": "Half of August unpaid"})
        self.assertTrue(line.is_amended)
        self.assertEqual(line.amount, 2000.00)
        self.assertEqual(round(line.amount_proposed, 2), 2133.33)
        self.assertEqual(line.agreed_user_id, self.payroll)
        self.assertEqual(str(line.agreed_datetime), "2026-08-20 09:00:00")
        self.assertEqual(self.settlement.amount_earning, 2768.00)

    def test_agreed_on_nothing(self):
        """Zero is an agreed amount too."""
        line = self._line("loan")
        line.write({"amount_agreed": 0.0, "agreed_reason": "Remitted"})
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertTrue(line.is_counted)

    def test_an_agreed_deduction_is_below_zero(self):
        """Agreed to pay back 300: typed as 300."""
        line = self._line("loan")
        line.write({"amount_agreed": 300.0, "agreed_reason": "Part remitted"})
        self.assertEqual(line.amount, -300.00)

    def test_taking_an_amendment_back(self):
        """The proposal counts again, nothing of the amendment is left."""
        line = self._line("loan")
        line.write({"amount_agreed": -300.0, "agreed_reason": "Part remitted"})
        line.is_amended = False
        self.assertEqual(line.amount, -500.00)
        self.assertFalse(line.amount_agreed)
        self.assertFalse(line.agreed_reason)
        self.assertFalse(line.agreed_user_id)

    def test_amending_in_the_form(self):
        """Typing the agreed amount makes the reason required."""
        form = Form(self.settlement)
        index = self.settlement.money_line_ids.mapped("code").index("loan")
        with (
            self.assertRaisesRegex(AssertionError, "agreed_reason"),
            form.money_line_ids.edit(index) as line,
        ):
            line.is_amended = True
        with form.money_line_ids.edit(index) as line:
            line.is_amended = True
            self.assertEqual(line.amount_agreed, -500.00)
            line.amount_agreed = -300.0
            line.agreed_reason = "Part remitted"
        form.save()
        self.assertEqual(self._line("loan").amount, -300.00)

    def test_what_was_computed_is_not_overwritten(self):
        """Payroll agrees on another amount; the proposal stays what the rules say."""
        line = self._line("thirteenth").with_user(self.payroll)
        for vals in (
            {"amount_proposed": 9999.0},
            {"inputs": {}},
            {"kind": "deduction"},
            {"name": "Other"},
            {"agreed_user_id": self.plain.id},
            {"is_amount_known": False},
        ):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                line.write(vals)
