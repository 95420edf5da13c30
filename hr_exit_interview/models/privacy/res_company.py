from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

PERIOD_FIELDS = (
    "exit_departure_retention_years",
    "exit_settlement_retention_years",
    "exit_access_log_months",
    "exit_batch_retention_months",
    "exit_draft_retention_months",
)


class ResCompany(models.Model):
    """How long things are kept, beside texts and coded answers."""

    _inherit = "res.company"

    exit_departure_retention_years = fields.Integer(
        string="Departures Are Kept For",
        default=2,
        help="Years after the last day, for departures without an interview; then they "
        "are only counted. Those with an interview follow the coded answers.",
    )
    exit_settlement_retention_years = fields.Integer(
        string="Settlements Are Kept For",
        default=7,
        help="Years after the last day. Wage administration is kept for seven years "
        "(AWR 52).",
    )
    exit_access_log_months = fields.Integer(
        string="Who Opened an Interview Is Kept For",
        default=24,
        help="Months after it was opened.",
    )
    exit_batch_retention_months = fields.Integer(
        string="Lists of Mass Departures Are Kept For",
        default=12,
        help="Months after they were last worked on: what it would have cost, and who "
        "was on the list without being registered.",
    )
    exit_draft_retention_months = fields.Integer(
        string="Departures Never Confirmed Are Kept For",
        default=12,
        help="Months after the last day that was filled in, or after registration; "
        "then they count as withdrawn, without a name.",
    )

    @api.constrains(*PERIOD_FIELDS)
    def _check_exit_periods(self):
        for company in self:
            for name in PERIOD_FIELDS:
                if company[name] < 1:
                    raise ValidationError(
                        self.env._(
                            "%(company)s: “%(period)s” is %(value)s. Choose 1 or more.",
                            company=company.name,
                            period=self._fields[name]._description_string(self.env),
                            value=company[name],
                        )
                    )

    def _is_exit_code_over(self, last_day, today):
        """Whether who left on ``last_day`` is only counted, without a name."""
        self.ensure_one()
        period = relativedelta(months=self.exit_code_retention_months)
        return bool(last_day) and last_day + period < today
