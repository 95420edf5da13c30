from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrExitRetentionDraftDeparture(models.AbstractModel):
    """Departures that were never confirmed: nothing came of them.

    They go as withdrawn ones do. They are in no figure, so they wait for none.
    """

    _name = "hr.exit.retention.draft_departure"
    _inherit = "hr.exit.retention"
    _description = "Departures Never Confirmed"

    _retention_model = "hr.departure"
    _retention_sequence = 32

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_draft_retention_months)

    @api.model
    def _get_holding_domain(self, company):
        return Domain("state", "=", "draft") & Domain("is_anonymous", "=", False)

    @api.model
    def _purge(self, records):
        # Not by withdrawing: that mails, tracks and restores what nobody carried out.
        self.env["hr.exit.blank"]._update(records, {"state": SQL("'withdrawn'")})
        records.invalidate_recordset(["state"], flush=False)
        records._anonymise()
