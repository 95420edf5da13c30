from dateutil.relativedelta import relativedelta

from odoo import api, models

from .. import hr_exit_retention  # noqa: F401 - inherited here


class HrExitRetentionAccessLog(models.AbstractModel):
    """Who opened an interview or a signal: kept as long as somebody may ask."""

    _name = "hr.exit.retention.access_log"
    _inherit = "hr.exit.retention"
    _description = "Access Log"

    _retention_model = "hr.exit.access.log"
    _day_field = "access_hour"
    _departure_path = "interview_id.departure_id"
    _retention_sequence = 60

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_access_log_months)

    @api.model
    def _get_person(self, record):
        return (record.user_id or record.partner_id).name

    @api.model
    def _preview(self, company, day):
        """One line for each who opened interviews: there are many openings."""
        lines = {}
        for line in super()._preview(company, day):
            key = (line["person"], line["hold_until"])
            if key in lines:
                lines[key]["record_count"] += 1
            else:
                lines[key] = line
        return [*lines.values()]

    @api.model
    def _purge(self, records):
        records.unlink()
