from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HrExitQuestion(models.Model):
    """A question that an interviewer asks, with help for asking it."""

    _name = "hr.exit.question"
    _description = "Exit Interview Question"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(string="Question", required=True, translate=True)
    code = fields.Char(required=True, copy=False, help="Short name without spaces.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    theme_id = fields.Many2one("hr.exit.theme", required=True, ondelete="restrict")
    aim = fields.Text(translate=True, help="What the answer is for.")
    probes = fields.Text(
        translate=True, help="What to ask on, one a line, when the answer is short."
    )
    avoid = fields.Text(
        string="Do Not Ask", translate=True, help="What the law or decency rules out."
    )

    _code_uniq = models.UniqueIndex(
        "(code)", "There is already a question with this code."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: hr.exit.interview.point - whether it was used, not by whom
        points = self.env["hr.exit.interview.point"].sudo()
        used = points.search(Domain("question_id", "in", self.ids), limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(question)s” was used in a conversation. Archive it instead: "
                    "what was answered keeps its question.",
                    question=used.question_id.name,
                )
            )
