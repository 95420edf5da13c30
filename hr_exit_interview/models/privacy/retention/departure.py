from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from .. import hr_exit_retention  # noqa: F401 - inherited here


class HrExitRetentionDeparture(models.AbstractModel):
    """Departures nobody was interviewed about: then they are only counted."""

    _name = "hr.exit.retention.departure"
    _inherit = "hr.exit.retention"
    _description = "Departures"

    _retention_model = "hr.departure"
    _retention_sequence = 30
    _erasure_kind = "code"

    @api.model
    def _get_period(self, company):
        return relativedelta(years=company.exit_departure_retention_years)

    @api.model
    def _get_not_purged_domain(self, company):
        return self._get_named_domain() & Domain("interview_ids", "=", False)

    @api.model
    def _get_named_domain(self):
        """Departures that are over and not anonymous yet."""
        return Domain("is_anonymous", "=", False) & Domain(
            "state", "in", ("done", "withdrawn")
        )

    @api.model
    def _get_due_domain(self, company, day):
        """Not while an agreement still binds: a non-compete needs its party."""
        binding = Domain("date_until", ">=", day) & Domain("outcome", "!=", "release")
        return (
            super()._get_due_domain(company, day)
            & Domain("agreement_ids", "not any", binding)
            & self._get_published_domain(company)
        )

    @api.model
    def _get_published_domain(self, company):
        """Figures are frozen before any purge: a quarter is published first.

        :return: Domain on departures whose quarter is published
        """
        # sudo: hr.exit.insight.release - that it is there, not what is in it
        releases = self.env["hr.exit.insight.release"].sudo()
        last = releases.search([("company_id", "=", company.id)], limit=1)
        published = Domain("departure_date", "=", False)
        if last:
            published |= Domain("departure_date", "<=", last.date_to)
        return published

    @api.model
    def _purge(self, records):
        records._anonymise_records()
