from datetime import timedelta

from odoo import api, models

from ....lib.settlement import add_months
from . import wage  # noqa: F401 - inherited here


class HrSettlementSourceWageAfterDeath(models.AbstractModel):
    _name = "hr.settlement.source.wage_after_death"
    _inherit = "hr.settlement.source.wage"
    _description = "Wage after death"

    @api.model
    def _collect(self, rule, departures):
        """Collect the wage of the month after death (BW 7:674)."""
        versions = self._get_versions(departures)
        components = self._get_money_components(departures)
        return self._collect_one(rule, departures, versions, components)

    @api.model
    def _get_item(self, rule, departure, versions, components):
        died, version = departure._get_last_day(), versions[-1:]
        start, end = died + timedelta(days=1), add_months(died, 1)
        return {
            **self._get_period(rule, version, start, end),
            **self._get_money_wage(version, components, died),
        }
