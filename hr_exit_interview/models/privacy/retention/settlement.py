from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import hr_exit_retention  # noqa: F401 - inherited here


class HrExitRetentionSettlement(models.AbstractModel):
    """Settlements: wage administration, deleted with their lines and files.

    Kept by law (GDPR 17(3)(b)), so never erased on request.
    """

    _name = "hr.exit.retention.settlement"
    _inherit = "hr.exit.retention"
    _description = "Settlements"

    _retention_model = "hr.settlement"
    _day_field = "last_day"
    _departure_path = "departure_id"
    _retention_sequence = 40

    @api.model
    def _get_period(self, company):
        return relativedelta(years=company.exit_settlement_retention_years)

    @api.model
    def _get_legal_hold_domain(self, day):
        """Also without the link to the departure: by the leaver's user."""
        held = Domain("hold_until", ">=", day) & Domain("employee_id", "!=", False)
        users = Domain("employee_ids.departure_ids", "any", held)
        return super()._get_legal_hold_domain(day) | Domain(
            "leaver_user_id", "any", users
        )

    @api.model
    def _get_departures(self, record):
        departures = super()._get_departures(record)
        others = record.leaver_user_id.employee_ids.departure_ids
        return departures | others.filtered("hold_until")

    @api.model
    def _purge(self, records):
        blank = self.env["hr.exit.blank"]
        blank._delete_traces(records.line_ids)
        blank._delete_traces(records)
        self.env.flush_all()
        # Not by unlinking: a confirmed settlement cannot be deleted, by nobody.
        self.env.cr.execute(
            SQL("DELETE FROM hr_settlement WHERE id IN %s", records._ids)
        )
        self.env.invalidate_all(flush=False)
