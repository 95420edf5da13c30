from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from .. import hr_exit_retention  # noqa: F401 - inherited here


class HrExitRetentionInterviewText(models.AbstractModel):
    """What was said and noted: answers, summary, internal note, files, messages."""

    _name = "hr.exit.retention.interview_text"
    _inherit = "hr.exit.retention"
    _description = "Texts of Interviews"

    _retention_model = "hr.departure"
    _retention_sequence = 10
    _erasure_kind = "text"

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_text_retention_months)

    @api.model
    def _get_not_purged_domain(self, company):
        texts = self.env["hr.exit.interview"]._get_text_domain()
        return Domain("interview_ids", "any", texts)

    @api.model
    def _count(self, records):
        # sudo: hr.exit.interview - a number of texts, whoever may read them
        interviews = self.env["hr.exit.interview"].sudo()
        return dict(
            interviews._read_group(
                Domain("departure_id", "in", records.ids)
                & interviews._get_text_domain(),
                ["departure_id"],
                ["__count"],
            )
        )

    @api.model
    def _purge(self, records):
        records.interview_ids._blank_texts()
