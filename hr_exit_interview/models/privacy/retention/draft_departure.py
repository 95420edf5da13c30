from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import hr_exit_retention  # noqa: F401 - inherited here


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
    def _get_not_purged_domain(self, company):
        return Domain("state", "=", "draft") & Domain("is_anonymous", "=", False)

    @api.model
    def _purge(self, records):
        # Else a list without a departure would wait for payroll for ever.
        records.settlement_ids.filtered(
            lambda settlement: settlement.state not in ("confirmed", "cancelled")
        ).action_cancel()
        # Not by withdrawing: that mails, tracks and restores what nobody carried out.
        self.env["hr.exit.blank"]._update(records, {"state": SQL("'withdrawn'")})
        records.invalidate_recordset(["state"], flush=False)
        records._anonymise_records()
