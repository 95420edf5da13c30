from datetime import timedelta

from odoo import api, models

from ....lib.settlement import add_months
from . import wage  # noqa: F401 - inherited here


class HrSettlementSourceWageAfterDeath(models.AbstractModel):
    _name = "hr.settlement.source.wage_after_death"
    _inherit = "hr.settlement.source.wage"
    _description = "Wage after death"

    @api.model
    def _get_items(self, rule, last_day, versions, unpaid):
        """Return the wage of the month after death (BW 7:674).

        From the day after it through one month after it.
        """
        start, end = last_day + timedelta(days=1), add_months(last_day, 1)
        return [self._get_item(rule, versions[-1:], start, end)]
