"""The settlement wizard as an HR exit officer opens it."""

from odoo import Command

from .settlement_common import SettlementCommon


class SettlementWizardCommon(SettlementCommon):
    """``self._computed()`` is the wizard on one departure; act on a frozen date."""

    def setUp(self):
        super().setUp()
        self.leaver = self._leaver()
        self._component(self.leaver, "yearly", 3200.0)
        self.departure = self._departure(
            self.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )

    def _prepare(self, departures=None, employees=None, user=None, **vals):
        """The wizard on departures and employees, not computed yet."""
        departures = self.departure if departures is None else departures
        return (
            self.env["hr.settlement.wizard"]
            .with_user(user or self.officer)
            .create(
                {
                    "departure_ids": [Command.set(departures.ids)],
                    "employee_ids": [Command.set(employees.ids if employees else [])],
                    **vals,
                }
            )
        )

    def _computed(self, *args, **kwargs):
        wizard = self._prepare(*args, **kwargs)
        wizard.action_compute()
        return wizard

    def _line(self, wizard, code, employee=None):
        return wizard.line_ids.filtered(
            lambda line: (
                line.code == code and line.employee_id == (employee or self.leaver)
            )
        )

    def _open(self):
        return self.env["hr.settlement"].search(
            [("departure_id", "=", self.departure.id), ("state", "!=", "cancelled")]
        )

    def _count_all(self):
        return [
            self.env[model].with_context(active_test=False).search_count([])
            for model in ("hr.departure", "hr.settlement", "hr.settlement.line")
        ]

    def _type(self, wizard, **vals):
        return wizard.env["hr.settlement.wizard.line"].create(
            {
                "wizard_id": wizard.id,
                "name": "Travel costs",
                "kind": "earning",
                "amount": 50.0,
                "employee_id": self.leaver.id,
                **vals,
            }
        )
