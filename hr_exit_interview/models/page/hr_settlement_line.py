from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..interview.hr_exit_interview_talk import LINE_STATES
from ..settlement.hr_settlement_control import CHANGEABLE_STATES
from .hr_settlement import ANSWER_FIELDS, LEAVER_FIELDS, STATEMENT


class HrSettlementLine(models.Model):
    """A line as the leaver reads it, hears it and asks about it."""

    _inherit = "hr.settlement.line"

    leaver_question = fields.Text(
        string="Question of the Leaver",
        readonly=True,
        copy=False,
        help="Asked on the personal page or in the conversation. Payroll reads it.",
    )
    leaver_question_date = fields.Datetime(string="Asked On", readonly=True, copy=False)
    leaver_answer = fields.Text(
        string="Answer to the Leaver",
        copy=False,
        help="The leaver reads this on the personal page.",
    )
    leaver_answer_date = fields.Datetime(
        string="Answered On", readonly=True, copy=False
    )
    leaver_answer_user_id = fields.Many2one("res.users", readonly=True, copy=False)

    leaver_name = fields.Char(
        string="Leaver", related="settlement_id.employee_name", related_sudo=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_leaver_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_leaver_fields(vals)
        if vals.get("leaver_answer"):
            vals = {
                **vals,
                "leaver_answer_date": fields.Datetime.now(),
                "leaver_answer_user_id": self.env.uid,
            }
        result = super().write(vals)
        if "leaver_answer" in vals or "leaver_question" in vals:
            # sudo: hr.settlement - the activity is another colleague's as well
            self.settlement_id.sudo()._close_questions()
        return result

    def _ask_question(self, text):
        """Have payroll answer what the leaver asks about a line; as superuser.

        What was asked before is kept. A confirmed line keeps its state, so that no
        total changes any more.

        :param str text: the question, in the leaver's words
        """
        self.ensure_one()
        if text == self.leaver_question:
            return  # the same form sent twice
        if self.leaver_answer:
            self._log_answered_question()
        values = {
            "leaver_question": text,
            "leaver_question_date": fields.Datetime.now(),
            "leaver_answer": False,
            "leaver_answer_date": False,
            "leaver_answer_user_id": False,
        }
        if self.settlement_state != "confirmed":
            values["state"] = "question"
        self.write(values)
        self.settlement_id._schedule_questions()

    @api.model
    def _get_fields_after_confirmation(self):
        return super()._get_fields_after_confirmation() | ANSWER_FIELDS

    def _prepare_talk(self):
        return {
            "id": self.id,
            "title": self.title,
            "amount": self._get_talk_amount(),
            "is_negative": self.has_amount and self.amount < 0,
            "explanation": [row for row in (self.explanation or "").split("\n") if row],
            "rule_note": self.rule_note or "",
            "missing": self.missing_text or "",
            "is_reference": self.is_reference,
            "needs_agreement": self.is_only_if_agreed,
            "state": self.state,
            "is_locked": self.settlement_state not in CHANGEABLE_STATES
            or self.state == "not_applicable",
            "question": self.leaver_question or "",
            "answer": self.leaver_answer or "",
        }

    def _get_talk_amount(self):
        """Return the amount in the reader's notation; empty where there is none."""
        if not self.has_amount:
            return ""
        return format_amount(self.env, self.amount, self.currency_id)

    def _check_talk_step(self, state):
        """Refuse what is not the leaver's to say, or not said in this talk."""
        if not self:
            raise UserError(
                self.env._("This line is not in the settlement of this leaver.")
            )
        if self.settlement_state not in CHANGEABLE_STATES:
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

    def _prepare_page(self):
        """Return one line in words, with what was asked about it."""
        statement = self.env[STATEMENT]
        is_money = statement._is_money(self)
        return {
            **statement._prepare_other_line(self),
            "id": self.id,
            "is_money": is_money,
            "amount": is_money
            and self.has_amount
            and statement._money(self, abs(self.amount)),
            "missing": self.missing_text,
            "question": self.leaver_question or "",
            "question_day": format_date(self.env, self.leaver_question_date),
            "answer": self.leaver_answer or "",
            "answer_day": format_date(self.env, self.leaver_answer_date),
        }

    def _check_leaver_fields(self, vals):
        """Refuse to put words into the leaver's mouth."""
        if vals.keys() & LEAVER_FIELDS and not self.env.su:
            raise UserError(
                self.env._("Only the leaver asks questions here: answer them.")
            )

    def _log_answered_question(self):
        """Keep an answered question in the settlement's history: a new one follows."""
        self.settlement_id._message_log(
            body=Markup("<b>%s</b><br/>%s<br/>%s")
            % (self.title, self.leaver_question, self.leaver_answer)
        )
