from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...lib.groups import PAYROLL
from ..settlement.hr_settlement_control import CHECKED_STATES

RELEASE_FIELDS = {"released_date", "released_user_id"}
ANSWER_FIELDS = {
    "leaver_question",
    "leaver_question_date",
    "leaver_answer",
    "leaver_answer_date",
    "leaver_answer_user_id",
}
STATEMENT = "report.hr_exit_interview.report_settlement"
# What became of a line that does not apply interests nobody, unless it was asked.
HIDDEN_STATES = ("not_applicable",)
QUESTION_ACTIVITY = "hr_exit_interview.mail_activity_type_leaver_question"
# What only the leaver writes, through the page or the conversation.
LEAVER_FIELDS = {"leaver_question", "leaver_question_date"}


class HrSettlement(models.Model):
    """What of the settlement the leaver may see on the personal page."""

    _inherit = "hr.settlement"

    released_date = fields.Datetime(
        string="Shown to the Leaver Since",
        readonly=True,
        copy=False,
        help="From then on the leaver can read the list and ask about it.",
    )
    released_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    question_count = fields.Integer(
        string="Open Questions", compute="_compute_question_count"
    )

    @api.depends("line_ids.leaver_question", "line_ids.leaver_answer")
    def _compute_question_count(self):
        waiting = Domain("leaver_question", "!=", False) & Domain(
            "leaver_answer", "=", False
        )
        counts = dict(
            self.env["hr.settlement.line"]._read_group(
                waiting & Domain("settlement_id", "in", self.ids),
                ["settlement_id"],
                ["__count"],
            )
        )
        for settlement in self:
            settlement.question_count = counts.get(settlement, 0)

    def action_release(self):
        """Show the list to the leaver; a draft is not ready to be shown.

        :raises UserError: for a draft or a cancelled settlement
        """
        self._check_step(CHECKED_STATES, self.env._("shown to the leaver"))
        # sudo: hr.settlement - who showed it and when is not written manually
        self.sudo()._write_release(fields.Datetime.now(), self.env.uid)

    def action_withhold(self):
        """Take the list off the leaver's page again."""
        self.check_access("write")
        # sudo: hr.settlement - see action_release
        self.sudo()._write_release(False, False)

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

    def _write_release(self, moment, user_id):
        self.write({"released_date": moment, "released_user_id": user_id})

    @api.model
    def _get_fields_after_confirmation(self):
        return super()._get_fields_after_confirmation() | RELEASE_FIELDS

    def _prepare_page(self):
        """Return the list as the leaver reads it, without remarks of others.

        :return: dict for the template ``hr_exit_interview.exit_page_settlement``
        """
        statement = self.env[STATEMENT]
        lines = self._get_page_lines()
        money = lines.filtered(statement._is_money)
        owed = money.filtered(statement._is_owed_by_leaver)
        by_kind = (lines - money).grouped("kind")
        labels = self.env["hr.settlement.line"]._fields["kind"]
        sections = [
            (self.env._("You receive"), money - owed),
            (self.env._("You pay"), owed),
            *(
                (label, by_kind[kind])
                for kind, label in labels._description_selection(self.env)
                if kind in by_kind
            ),
        ]
        return {
            "title": self._get_page_title(),
            "status": self._get_page_status(),
            "sections": [
                {"title": title, "lines": [line._prepare_page() for line in section]}
                for title, section in sections
                if section
            ],
            "totals": self._prepare_page_totals(),
        }

    def _get_page_status(self):
        """Return how firm the list is and when it is paid, in a sentence."""
        deadline = format_date(self.env, self.deadline, date_format="long")
        if self.state != "confirmed":
            return self.env._(
                "Checked by payroll and not final yet: ask or object where something "
                "is not right. It is paid by %(day)s at the latest.",
                day=deadline,
            )
        return self.env._(
            "This list is final. It is paid by %(day)s at the latest. You can still "
            "ask about it; what comes up later is added as a list of its own.",
            day=deadline,
        )

    def _get_page_lines(self):
        return self.line_ids.filtered(
            lambda line: line.state not in HIDDEN_STATES or line.leaver_question
        )

    def _get_page_title(self):
        if self.supplement_of_id:
            return self.env._("Added later")
        return self.env._("Final settlement")

    def _prepare_page_totals(self):
        """Return [(sentence, amount)]: which way the money goes is in words."""
        total = self.amount_total
        totals = [(self._get_direction(total), abs(total))]
        if self.amount_only_if_agreed:
            totals.append(
                (
                    self.env._("Only if you agree, not in the total: you pay"),
                    abs(self.amount_only_if_agreed),
                )
            )
        statement = self.env[STATEMENT]
        totals = [(label, statement._money(self, amount)) for label, amount in totals]
        unknown = statement._count_unknown(self)
        if unknown:
            label = self.env._("Amounts that are not known yet, not in the total")
            totals.append((label, unknown))
        return totals

    def _get_direction(self, total):
        if total < 0:
            return self.env._("Together, gross: you pay")
        return self.env._("Together, gross: you receive")

    def _prepare_copy(self):
        """Return what was asked about the settlement; the list has its own paper."""
        env = self.env
        items = []
        for line in self.line_ids.filtered("leaver_question"):
            items.append(
                (env._("You asked about %s", line.title), line.leaver_question)
            )
            items.append((env._("Answer"), line.leaver_answer))
        return self.departure_id._make_section(
            env._("Questions about the settlement"), items
        )

    def _schedule_questions(self):
        """Ask payroll to answer, once per settlement; called as superuser."""
        for settlement in self:
            if settlement.activity_search([QUESTION_ACTIVITY]):
                continue
            settlement.with_context(mail_activity_quick_update=True).activity_schedule(
                QUESTION_ACTIVITY, user_id=settlement._get_question_user().id
            )

    def _get_question_user(self):
        """Return who showed the list, or else checked it, or anybody of payroll."""
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
        """Stop showing a list that is worked on again, or called off."""
        if state in ("draft", "cancelled"):
            vals |= {"released_date": False, "released_user_id": False}
        return super()._set_state(state, **vals)
