from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from .hr_exit_interview_talk_settlement import LINE_STATES, OPEN_STATES


class HrSettlementLine(models.Model):
    """A line as it is read out."""

    _inherit = "hr.settlement.line"

    def _prepare_talk(self):
        return {
            "id": self.id,
            "title": self.title,
            "amount": self._get_talk_amount(),
            "is_negative": self.has_amount and self.amount < 0,
            "explanation": [row for row in (self.explanation or "").split("\n") if row],
            "missing": self.missing_text or "",
            "is_reference": self.is_reference,
            "needs_agreement": self.is_only_if_agreed,
            "state": self.state,
            "is_locked": self.settlement_state not in OPEN_STATES
            or self.state == "not_applicable",
            "question": self.leaver_question or "",
            "answer": self.leaver_answer or "",
        }

    def _get_talk_amount(self):
        """The amount in the reader's notation; empty where there is none."""
        if not self.has_amount:
            return ""
        return format_amount(self.env, self.amount, self.currency_id)

    def _check_talk_step(self, state):
        """Refuse what is not the leaver's to say, or not said in this talk."""
        if not self:
            raise UserError(
                self.env._("This line is not in the settlement of this leaver.")
            )
        if self.settlement_state not in OPEN_STATES:
            raise UserError(
                self.env._("This settlement is confirmed: nothing on it changes.")
            )
        if state not in LINE_STATES or self.state == "not_applicable":
            raise UserError(self.env._("Payroll decides whether this line applies."))

    def _save_talk_step(self, state, question):
        if state == "question" and question != (self.leaver_question or ""):
            self._ask_question(question)
        elif state != self.state:
            self.write({"state": state})
