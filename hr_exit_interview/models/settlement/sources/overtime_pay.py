from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import exact
from . import overtime  # noqa: F401 - inherited here


class HrSettlementSourceOvertimePay(models.AbstractModel):
    """Extra hours that are paid in money, with the wage of the next period.

    Attendances do not say whether hours were paid. They are due at the latest in the
    pay period after the one they were worked in (WML 13a), so what the last payslips
    should hold is the month of leaving and the one before.
    """

    _name = "hr.settlement.source.overtime_pay"
    _inherit = "hr.settlement.source.overtime"
    _description = "Extra hours paid with the wage"

    @api.model
    def _get_balances(self, departures):
        """Return {departure: hours at their rates, added up}."""
        rows = self._read_days(departures, self._get_paid_domain(), ["amount_rate"])
        return {
            departure: self._get_weighted(self._get_recent(departure, days))
            for departure, days in self._get_days(
                rows, self._get_periods(departures)
            ).items()
        }

    @api.model
    def _get_paid_domain(self):
        domain = Domain("amount_rate", ">", 0)
        if "compensable_as_leave" in self.env["hr.attendance.overtime.line"]._fields:
            domain &= Domain("compensable_as_leave", "=", False)
        return domain

    @api.model
    def _get_recent(self, departure, days):
        start = departure._get_last_day() + relativedelta(months=-1, day=1)
        return [(rate, exact(hours)) for day, rate, hours in days if day >= start]

    @api.model
    def _get_weighted(self, parts):
        """Return an hour at 150 % counts as one hour and a half."""
        totals = {}
        for rate, hours in parts:
            totals[rate] = totals.get(rate, 0) + hours
        return {
            "hours": sum(exact(rate) * hours for rate, hours in totals.items()),
            "parts": [
                {"rate": exact(rate) * 100, "hours": hours}
                for rate, hours in sorted(totals.items())
            ],
        }
