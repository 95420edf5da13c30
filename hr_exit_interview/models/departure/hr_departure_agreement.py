from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.settlement import to_decimal

WITHDRAWAL_TERM = relativedelta(days=14)
WITHDRAWAL_TERM_UNMENTIONED = relativedelta(weeks=3)


class HrDepartureAgreement(models.Model):
    """What was agreed with the leaver, and what becomes of it at the departure."""

    _name = "hr.departure.agreement"
    _description = "Agreement with the Leaver"
    _order = "departure_id, agreement_type, id"
    _check_company_auto = True

    departure_id = fields.Many2one(
        "hr.departure", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="departure_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(
        required=True, help="What the leaver reads, for example the title of a course."
    )
    agreement_type = fields.Selection(
        [
            ("confidentiality", "Confidentiality"),
            ("non_compete", "Non-compete"),
            ("non_solicitation", "Non-solicitation"),
            ("study_costs", "Study costs"),
            ("loan", "Loan"),
            ("transition_costs", "Costs to deduct from the transition payment"),
            ("settlement_agreement", "Settlement agreement"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    date_signed = fields.Date(string="Signed On")
    date_until = fields.Date(
        string="Valid Until",
        help="The last day on which it binds. Empty: without end.",
    )
    outcome = fields.Selection(
        [("keep", "Kept"), ("limit", "Limited"), ("release", "Released")],
        help="What is decided about it for the time after the last day.",
    )
    note = fields.Text(string="What Was Agreed")
    amount = fields.Monetary(
        help="Study costs as paid, or the open balance of a loan on the last day."
    )
    repayment_scale = fields.Selection(
        [("linear", "Straight line, per month"), ("yearly", "Steps per year")],
        default="linear",
        required=True,
        help="How the study costs are written off, as agreed.",
    )
    yearly_percentages = fields.Char(
        string="Percentage per Year",
        default="100 / 67 / 33",
        help="What is paid back when the employment ends in the first year after the"
        " completion, the second, and so on.",
    )
    months_total = fields.Integer(
        string="Repayment Term",
        help="Months over which the study costs are written off.",
    )
    date_completed = fields.Date(
        string="Completed On", help="The day on which the write-off starts."
    )
    is_mandatory_training = fields.Boolean(
        help="Law or collective agreement obliges the employer to give this training: "
        "its costs cannot be recovered (BW 7:611a)."
    )
    is_recoverable_agreed = fields.Boolean(
        string="To Recover at the Employer's Initiative Too",
        help="Agreed to be paid back although the employer ends the contract.",
    )
    is_withdrawal_mentioned = fields.Boolean(
        string="Right to Withdraw Mentioned",
        default=True,
        help="The text names the right to withdraw from it (BW 7:670b).",
    )
    withdrawal_deadline = fields.Date(
        compute="_compute_withdrawal_deadline",
        store=True,
        help="Until this day the leaver may withdraw: 14 days after signing, three "
        "weeks when the right is not mentioned (BW 7:670b).",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "hr_departure_agreement_attachment_rel",
        "agreement_id",
        "attachment_id",
        string="Documents",
    )

    @api.depends("agreement_type", "date_signed", "is_withdrawal_mentioned")
    def _compute_withdrawal_deadline(self):
        for agreement in self:
            is_settlement = agreement.agreement_type == "settlement_agreement"
            term = (
                WITHDRAWAL_TERM
                if agreement.is_withdrawal_mentioned
                else WITHDRAWAL_TERM_UNMENTIONED
            )
            agreement.withdrawal_deadline = (
                is_settlement and agreement.date_signed and agreement.date_signed + term
            )

    def _get_yearly_percentages(self):
        """Return the percentage to pay back per year after the completion."""
        self.ensure_one()
        return [
            to_decimal(step.strip().rstrip("%").strip().replace(",", "."))
            for step in (self.yearly_percentages or "").split("/")
        ]

    @api.constrains("agreement_type", "repayment_scale", "yearly_percentages")
    def _check_yearly_percentages(self):
        for agreement in self.filtered(
            lambda a: (
                a.agreement_type == "study_costs" and a.repayment_scale == "yearly"
            )
        ):
            steps = agreement._get_yearly_percentages()
            if any(step is None or not 0 <= step <= 100 for step in steps):
                raise ValidationError(
                    self.env._(
                        "%(agreement)s: write what is paid back per year as percentages"
                        " between 0 and 100, for example 100 / 67 / 33.",
                        agreement=agreement.name,
                    )
                )

    @api.constrains("agreement_type", "amount", "months_total", "repayment_scale")
    def _check_study_costs(self):
        for agreement in self.filtered(
            lambda a: (
                a.agreement_type == "study_costs" and a.repayment_scale == "linear"
            )
        ):
            if agreement.amount and agreement.months_total <= 0:
                raise ValidationError(
                    self.env._(
                        "%(agreement)s: fill in over how many months the study costs "
                        "are written off.",
                        agreement=agreement.name,
                    )
                )

    @api.constrains("amount")
    def _check_amount(self):
        for agreement in self:
            if agreement.amount < 0:
                raise ValidationError(
                    self.env._(
                        "%(agreement)s: the amount cannot be negative.",
                        agreement=agreement.name,
                    )
                )

    @api.constrains("date_signed", "date_until", "date_completed")
    def _check_dates(self):
        for agreement in self.filtered(lambda a: a.date_signed and a.date_until):
            if agreement.date_until < agreement.date_signed:
                raise ValidationError(
                    self.env._(
                        "%(agreement)s ends before it was signed. Correct one of the "
                        "two dates.",
                        agreement=agreement.name,
                    )
                )
