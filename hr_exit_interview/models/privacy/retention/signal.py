from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from .. import hr_exit_retention  # noqa: F401 - inherited here
from ..hr_departure import NAMELESS


class HrExitRetentionSignal(models.AbstractModel):
    """Signals, which may name a manager: no longer than what they are made of."""

    _name = "hr.exit.retention.signal"
    _inherit = "hr.exit.retention"
    _description = "Signals"

    _retention_model = "hr.exit.signal"
    _day_field = "date_to"
    _retention_sequence = 50

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_code_retention_months)

    @api.model
    def _get_legal_hold_domain(self, day):
        """A signal is about a group: no departure holds it."""
        return Domain.FALSE

    @api.model
    def _get_person(self, record):
        # Whom it is about is for signal readers, not for who looks after retention.
        return NAMELESS

    @api.model
    def _purge(self, records):
        self.env["hr.exit.blank"]._delete_traces(records)
        records.unlink()
