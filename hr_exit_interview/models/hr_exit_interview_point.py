from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# Far more than anybody tells in a talk; keeps a paste by mistake out.
MAX_TEXT = 20_000


class HrExitInterviewPoint(models.Model):
    """One point of a conversation, in the leaver's words."""

    _name = "hr.exit.interview.point"
    _description = "Exit Interview Point"
    _order = "interview_id, sequence, id"
    _rec_name = "question"

    interview_id = fields.Many2one(
        "hr.exit.interview", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="interview_id.company_id", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("question", "Question of the guide"),
            ("leaver", "Prepared by the leaver"),
            ("interviewer", "Prepared by the interviewer"),
            ("follow_up", "Follow-up"),
            ("message", "Message"),
        ],
        required=True,
        default="interviewer",
    )
    question_id = fields.Many2one(
        "hr.exit.question",
        string="From the Guide",
        ondelete="restrict",
        index=True,
        readonly=True,
    )
    question = fields.Char(
        help="As it was asked: later changes of the question do not reach it."
    )
    answer = fields.Text(
        help="In the leaver's words. No health, religion, union or names of others."
    )
    parent_id = fields.Many2one(
        "hr.exit.interview.point",
        string="Follow-up To",
        ondelete="set null",
        index=True,
        domain="[('interview_id', '=', interview_id)]",
    )
    theme_id = fields.Many2one("hr.exit.theme", ondelete="restrict")
    reason_id = fields.Many2one(
        "hr.exit.reason",
        string="Stated Reason",
        ondelete="restrict",
        domain="[('parent_id', '!=', False)]",
    )
    is_by_leaver = fields.Boolean(
        string="Written by the Leaver",
        readonly=True,
        help="Typed on the leaver's own page, not noted by the interviewer.",
    )
    client_uid = fields.Char(
        readonly=True,
        copy=False,
        help="Given by the screen, so that sending the same point twice keeps one.",
    )
    revision = fields.Integer(
        readonly=True, help="Counts changes, so that two writers lose no word."
    )

    _client_uid_uniq = models.UniqueIndex(
        "(interview_id, client_uid) WHERE client_uid IS NOT NULL",
        "This point was saved already.",
    )
    _question_uniq = models.UniqueIndex(
        "(interview_id, question_id) WHERE kind = 'question'",
        "A question of the guide is asked once in an interview.",
    )

    @api.constrains("question", "answer")
    def _check_length(self):
        for point in self:
            for text in (point.question, point.answer):
                if len(text or "") > MAX_TEXT:
                    raise ValidationError(
                        self.env._(
                            "This text has %(length)s characters, more than the "
                            "%(limit)s that fit. Shorten it or split it in two.",
                            length=len(text),
                            limit=MAX_TEXT,
                        )
                    )

    @api.constrains("parent_id", "interview_id")
    def _check_parent(self):
        for point in self.filtered("parent_id"):
            if point.parent_id.interview_id != point.interview_id:
                raise ValidationError(
                    self.env._("A follow-up belongs to a point of the same interview.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._check_interview_open()
        return points

    def write(self, vals):
        self._check_interview_open()
        if vals.keys() & {"answer", "question"}:
            for revision, points in self.grouped("revision").items():
                super(HrExitInterviewPoint, points).write(
                    {**vals, "revision": revision + 1}
                )
            return True
        return super().write(vals)

    def unlink(self):
        self._check_interview_open()
        return super().unlink()

    def _check_interview_open(self):
        """A closed interview is read back and agreed: nobody changes what was said."""
        if self.env.su:
            return
        closed = self.filtered(lambda point: point.interview_id.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "%(interview)s is closed: what was said stays as it was. Reopen "
                    "the interview to correct it.",
                    interview=closed[0].interview_id.display_name,
                )
            )
