from odoo import api, fields, models

from ..settlement import leave_outlook


class HrSettlementSourceLeave(models.AbstractModel):
    """What still happens to leave between today and the last day."""

    _inherit = "hr.settlement.source.leave"

    @api.model
    def _get_cut_today(self, departures, leaves):
        """Return what is taken by the end of today of requests that go on.

        :return: as ``_get_cut_durations``, of departures whose last day is to come
        """
        today = fields.Date.context_today(self)
        coming = departures.filtered(
            lambda departure: departure._get_last_day() > today
        )
        return self._get_cut_durations(coming, leaves, today)

    @api.model
    def _add_today(self, terms, cut_today):
        """Return the terms with those of today, unchanged once the last day came."""
        if cut_today is None:
            return terms
        today = fields.Date.context_today(self)
        return terms._replace(now=terms._replace(last_day=today, cut=cut_today))

    @api.model
    def _get_outlook(self, terms, balances, allocations, leaves):
        """Return how the hours of today become those of the last day.

        For the explanation alone: the amount does not depend on the day on which the
        list is made.
        """
        if not terms.now:
            return {}
        today = terms.now.last_day
        balances_today = self._get_balances(
            terms.now,
            self._keep_begun(allocations, "date_from", today),
            self._keep_begun(leaves, "request_date_from", today),
        )
        outlook = leave_outlook(
            [balance for balance, _buckets in balances_today],
            [balance for balance, _buckets in balances],
        )
        return {"outlook": {"day": today, **outlook}}
