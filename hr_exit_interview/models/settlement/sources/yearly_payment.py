from datetime import date, timedelta

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import exact
from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceYearlyPayment(models.AbstractModel):
    _name = "hr.settlement.source.yearly_payment"
    _inherit = "hr.settlement.source"
    _description = "Yearly payments"

    @api.model
    def _collect(self, rule, departures):
        """Fixed yearly payments built up since they were last paid: 13th month.

        There is no statutory right: contract or collective agreement decide, so only
        what was recorded as a pay component is found.
        """
        versions = self._get_versions(departures)
        components = self._get_components(
            departures, Domain("component_type", "=", "yearly")
        )
        earlier = self._get_earlier(departures)
        result = {}
        for departure in departures.filtered(lambda dep: dep._get_last_day()):
            facts = versions[departure], earlier[departure]
            items = [
                self._get_item(rule, departure, component, *facts)
                for component in components[departure]
                if component._is_paid_on(departure._get_last_day())
            ]
            if items:
                result[departure] = items
        return result

    @api.model
    def _get_item(self, rule, departure, component, versions, earlier):
        item = {
            "label": component.name,
            "res_model": component._name,
            "res_id": component.id,
        }
        last_day = departure._get_last_day()
        if not self._get_contracts(versions, last_day):
            return {**item, "missing": ["contract_start"]}
        window_start = self._get_window_start(rule, component, last_day)
        if window_start > last_day:
            return {**item, "missing": ["last_paid_date"]}
        start, notes = self._get_build_up(versions, window_start, last_day, earlier)
        return {
            **item,
            "notes": notes,
            "yearly_amount": self._get_yearly_amount(component),
            "window_start": start,
            "last_day": last_day,
            "condition_date": component.condition_date or None,
        }

    @api.model
    def _get_yearly_amount(self, component):
        months = 12 if component.period == "month" else 1
        return exact(component.amount) * months

    @api.model
    def _get_window_start(self, rule, component, last_day):
        """Return the day after the last payment, else the start of the year."""
        if component.last_paid_date:
            return component.last_paid_date + timedelta(days=1)
        rate = rule._get_rate(last_day)
        month = (rate and rate.window_start_month) or 1
        start = date(last_day.year, month, 1)
        start = start if start <= last_day else start.replace(year=start.year - 1)
        return max(start, component.date_from or start)
