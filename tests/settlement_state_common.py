from odoo import Command
from odoo.tests import new_test_user

from .settlement_common import SettlementCommon


class SettlementStateCommon(SettlementCommon):
    """A leaver with a loan, a draft settlement, and two payroll clerks."""

    def setUp(self):
        super().setUp()
        self.other_payroll = new_test_user(
            self.env,
            login="exit_payroll_2",
            groups="hr_exit_interview.group_exit_payroll",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.leaver = self._leaver()
        self._component(self.leaver, "yearly", 3200.0)
        self.departure = self._departure(
            self.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self._agreement(self.departure, "loan", amount=500.0)
        self.settlement = self._settlement(self.departure).with_user(self.payroll)

    def _line(self, code, settlement=None):
        return (settlement or self.settlement).line_ids.filtered(
            lambda line: line.code == code
        )

    def _manual(self, settlement=None, **vals):
        return self.env["hr.settlement.line"].create(
            {
                "settlement_id": (settlement or self.settlement).id,
                "name": "Expenses",
                "kind": "earning",
                "amount_proposed": 84.50,
                **vals,
            }
        )

    def _confirm(self):
        self.settlement.action_check()
        self.settlement.action_discuss()
        self.settlement.with_user(self.other_payroll).action_confirm()
