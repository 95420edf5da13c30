from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from . import departure  # noqa: F401 - inherited here


class HrExitRetentionInterview(models.AbstractModel):
    """Coded answers with person and manager, and the departure they belong to.

    Both at once: as long as one of them has a name, so has the other.
    """

    _name = "hr.exit.retention.interview"
    _inherit = "hr.exit.retention.departure"
    _description = "Coded Answers, with the Departure"

    _retention_sequence = 20

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_code_retention_months)

    @api.model
    def _get_not_purged_domain(self, company):
        return self._get_named_domain() & Domain("interview_ids", "!=", False)
