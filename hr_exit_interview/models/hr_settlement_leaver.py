from odoo import api, fields, models
from odoo.fields import Domain

RELEASE_FIELDS = {"released_date", "released_user_id"}
ANSWER_FIELDS = (
    "leaver_question",
    "leaver_question_date",
    "leaver_answer",
    "leaver_answer_date",
    "leaver_answer_user_id",
)


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
        self._check_step(
            ("checked", "discussed", "confirmed"), self.env._("shown to the leaver")
        )
        # sudo: hr.settlement - who showed it and when is not written by hand
        self.sudo()._write_release(fields.Datetime.now(), self.env.uid)

    def action_withhold(self):
        """Take the list off the leaver's page again."""
        self.check_access("write")
        # sudo: hr.settlement - see action_release
        self.sudo()._write_release(False, False)

    def _write_release(self, moment, user_id):
        self.write({"released_date": moment, "released_user_id": user_id})

    @api.model
    def _get_fields_after_confirmation(self):
        return super()._get_fields_after_confirmation() | RELEASE_FIELDS


class HrSettlementLine(models.Model):
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

    def write(self, vals):
        if vals.get("leaver_answer"):
            vals = {
                **vals,
                "leaver_answer_date": fields.Datetime.now(),
                "leaver_answer_user_id": self.env.uid,
            }
        return super().write(vals)

    def _ask_question(self, text):
        """Note what the leaver asks about a line; called as superuser.

        A confirmed line keeps its state, so that no total changes any more.

        :param str text: the question, in the leaver's words
        """
        self.ensure_one()
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

    @api.model
    def _get_fields_after_confirmation(self):
        return [*super()._get_fields_after_confirmation(), *ANSWER_FIELDS]
