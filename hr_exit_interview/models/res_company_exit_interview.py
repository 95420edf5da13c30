from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What leavers are told about their interview."""

    _inherit = "res.company"

    exit_adviser_name = fields.Char(
        string="Confidential Adviser",
        help="Shown to leavers and interviewers at once when behaviour comes up.",
    )
    exit_adviser_contact = fields.Char(
        string="How to Reach the Adviser", help="Telephone number or e-mail address."
    )
    exit_reporting_channel = fields.Char(
        string="Channel for Reports of Wrongdoing",
        help="Where fraud and other wrongdoing can be reported.",
    )
    exit_text_retention_months = fields.Integer(
        string="Texts Are Kept For",
        default=12,
        help="Months after the last day. Leavers are told, and their page works so "
        "long.",
    )
    exit_code_retention_months = fields.Integer(
        string="Coded Answers Are Kept For",
        default=24,
        help="Months after the last day; then they are only counted, without a name.",
    )

    @api.constrains("exit_text_retention_months", "exit_code_retention_months")
    def _check_exit_retention(self):
        for company in self:
            if company.exit_text_retention_months < 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: keep texts for one month at least, or leavers "
                        "cannot read back what they said.",
                        company=company.name,
                    )
                )
            if company.exit_code_retention_months < company.exit_text_retention_months:
                raise ValidationError(
                    self.env._(
                        "%(company)s: coded answers cannot be kept shorter than the "
                        "texts they were made from.",
                        company=company.name,
                    )
                )
