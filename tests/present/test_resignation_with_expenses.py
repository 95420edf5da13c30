from odoo.tests import freeze_time, tagged

from ..core.settlement import test_settlement_resignation


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestResignationWithExpenses(
    test_settlement_resignation.TestSettlementResignation
):
    """The resignation of ``core`` where every figure is found in Odoo."""

    def test_the_whole_list(self):
        """768.00 + 1,382.33 + 2,133.33 - 2,266.67 + 84.50 - 500.00 = 1,601.49."""
        self.env["hr.expense"].create(
            {
                "name": "Travel in August",
                "employee_id": self.leaver.id,
                "company_id": self.company.id,
                "total_amount_currency": 84.50,
            }
        ).approval_state = "approved"
        settlement = self._settlement(self.departure)
        self.assertAmount(self.departure, "expense", 84.50)
        self.assertEqual(settlement.currency_id.round(settlement.amount_total), 1601.49)
