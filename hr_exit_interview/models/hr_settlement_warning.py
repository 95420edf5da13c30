from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ..settlement import late_pay_increase, working_days


class HrSettlement(models.Model):
    """What payroll looks at twice before it pays: shown, never in the way."""

    _inherit = "hr.settlement"

    warning_text = fields.Text(compute="_compute_warning_text")

    @api.depends("line_ids.amount", "line_ids.state", "deadline", "state")
    @api.depends_context("lang")
    def _compute_warning_text(self):
        for settlement in self:
            settlement.warning_text = "\n".join(settlement._get_warnings())

    def _get_warnings(self):
        """Return the warnings of one settlement; extend it to add more.

        :return: list of translated sentences, empty once confirmed or cancelled
        """
        self.ensure_one()
        if self.state in ("confirmed", "cancelled"):
            return []
        warnings = [
            self._get_set_off_warning(),
            *self._get_study_warnings(),
            *self._get_withdrawal_warnings(),
            self._get_late_warning(),
        ]
        return [warning for warning in warnings if warning]

    def _get_set_off_warning(self):
        """More is set off than is paid out, or than the last wage (BW 7:632, WML 13).

        The part of the wage that cannot be attached and the minimum wage stay free.
        """
        owed = -self.amount_deduction
        wages = self.line_ids.filtered(lambda line: line.method == "wage_part")
        last_wage = sum(wages.filtered("has_amount").mapped("amount"))
        if self.currency_id.compare_amounts(owed, 0) <= 0:
            return None
        if self.currency_id.compare_amounts(self.amount_total, 0) < 0:
            return self.env._(
                "The leaver owes more than is due: set-off leaves the protected part of"
                " the wage and the minimum wage alone. Agree on how the rest is paid."
            )
        if last_wage and self.currency_id.compare_amounts(owed, last_wage) > 0:
            return self.env._(
                "The deductions are more than the wage of the last month: check the"
                " protected part of the wage and the minimum wage."
            )
        return None

    def _get_study_warnings(self):
        """An amount for training the employer had to give is void (BW 7:611a lid 4)."""
        return [
            self.env._(
                "%(line)s: training the employer had to give is free, whatever was"
                " agreed.",
                line=line.title,
            )
            for line in self.line_ids
            if line.method == "sliding_repayment"
            and line.amount
            and (line.inputs or {}).get("is_mandatory")
        ]

    def _get_withdrawal_warnings(self):
        """The right to withdraw from a settlement agreement runs (BW 7:670b)."""
        today = fields.Date.context_today(self)
        # sudo: hr.departure.agreement - payroll has no access to departures
        agreements = self.sudo().departure_id.agreement_ids
        return [
            self.env._(
                "%(agreement)s can be withdrawn from until %(day)s.",
                agreement=agreement.name,
                day=format_date(self.env, agreement.withdrawal_deadline),
            )
            for agreement in agreements
            if agreement.withdrawal_deadline and agreement.withdrawal_deadline >= today
        ]

    def _get_late_warning(self):
        """What paying late may cost by now: a risk, never a line (BW 7:625)."""
        today = fields.Date.context_today(self)
        if not self.is_overdue or self.amount_total <= 0:
            return None
        days = working_days(fields.Date.add(self.deadline, days=1), today)
        increase = late_pay_increase(self.amount_total, days)
        if not increase:
            return None
        return self.env._(
            "%(days)s working days late: a judge may raise what is due by up to"
            " %(amount)s.",
            days=days,
            amount=format_amount(self.env, float(increase), self.currency_id),
        )
