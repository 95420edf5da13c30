from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

QUESTION_ACTIVITY = "hr_exit_interview.mail_activity_type_leaver_question"
PAYROLL = "hr_exit_interview.group_exit_payroll"
# What only the leaver writes, through the page or the conversation.
LEAVER_FIELDS = {"leaver_question", "leaver_question_date"}


class HrSettlement(models.Model):
    """Who answers the leaver, and when there is nothing left to answer."""

    _inherit = "hr.settlement"

    def _schedule_questions(self):
        """Ask payroll to answer, once per settlement; called as superuser."""
        for settlement in self:
            if settlement.activity_search([QUESTION_ACTIVITY]):
                continue
            settlement.with_context(mail_activity_quick_update=True).activity_schedule(
                QUESTION_ACTIVITY, user_id=settlement._get_question_user().id
            )

    def _get_question_user(self):
        """Who showed the list, or else checked it, or else anybody of payroll."""
        group = self.env.ref(PAYROLL)
        payroll = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        involved = self.released_user_id | self.checked_user_id
        return (involved & payroll or payroll or involved or self.env.user)[:1]

    def _close_questions(self):
        """Take the activity away where everything is answered."""
        self.filtered(lambda s: not s.question_count).activity_unlink(
            [QUESTION_ACTIVITY]
        )

    def _set_state(self, state, **vals):
        """A list that is worked on again, or called off, is not shown any more."""
        if state in ("draft", "cancelled"):
            vals |= {"released_date": False, "released_user_id": False}
        return super()._set_state(state, **vals)

    def action_open_questions(self):
        """Open what the leaver asked about this settlement."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_settlement_line_action_questions"
        )
        return action | {
            "domain": [
                ("settlement_id", "in", self.ids),
                ("leaver_question", "!=", False),
            ],
            "context": {},
        }


class HrSettlementLine(models.Model):
    _inherit = "hr.settlement.line"

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
        result = super().write(vals)
        if "leaver_answer" in vals or "leaver_question" in vals:
            # sudo: hr.settlement - the activity is another colleague's as well
            self.settlement_id.sudo()._close_questions()
        return result

    def _check_leaver_fields(self, vals):
        """Nobody puts words into the leaver's mouth."""
        if vals.keys() & LEAVER_FIELDS and not self.env.su:
            raise UserError(
                self.env._("Only the leaver asks questions here: answer them.")
            )

    def _ask_question(self, text):
        """Note a question, keep what was asked before, and have payroll answer."""
        self.ensure_one()
        if text == self.leaver_question:
            return  # the same form sent twice
        if self.leaver_answer:
            self._log_answered_question()
        super()._ask_question(text)
        self.settlement_id._schedule_questions()

    def _log_answered_question(self):
        """Keep an answered question in the settlement's history: a new one follows."""
        self.settlement_id._message_log(
            body=Markup("<b>%s</b><br/>%s<br/>%s")
            % (self.title, self.leaver_question, self.leaver_answer)
        )
