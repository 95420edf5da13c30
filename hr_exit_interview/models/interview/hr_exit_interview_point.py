from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ...lib.text_merge import added, merge
from ...lib.trusted import get_defaults_sent

# Far more than anybody tells in a talk; keeps a paste by mistake out.
MAX_TEXT = 20_000
MERGED_FIELDS = ("question", "answer")
TAG_FIELDS = ("theme_id", "reason_id")
# What an interviewer may add; what the leaver prepares comes from the leaver's page.
KINDS_OF_TALK = ("question", "interviewer", "follow_up", "message")
# Whose words they are and what was done with them: the page and the steps say so.
ORIGIN_FIELDS = {
    "is_by_leaver",
    "is_blanked",
    "blanked_date",
    "blanked_user_id",
    "revision",
}
# What a point is about does not change once it is there.
FIXED_FIELDS = {"interview_id", "kind", "question_id", "client_uid"}


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
        copy=False,
        help="Typed on the leaver's own page, not noted by the interviewer.",
    )
    client_uid = fields.Char(
        readonly=True,
        copy=False,
        help="Given by the screen, so that sending the same point twice keeps one.",
    )
    revision = fields.Integer(
        readonly=True,
        copy=False,
        help="Counts changes, so that two writers lose no word.",
    )

    is_blanked = fields.Boolean(
        readonly=True,
        copy=False,
        help="A text was taken out, for instance because it was about health.",
    )
    blanked_date = fields.Datetime(string="Taken Out On", readonly=True, copy=False)
    blanked_user_id = fields.Many2one(
        "res.users", string="Taken Out By", readonly=True, copy=False
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
        for names in (*vals_list, get_defaults_sent(self.env)):
            self._check_origin_kept(ORIGIN_FIELDS.intersection(names))
        points = super().create(vals_list)
        points._check_may_be_said()
        points._check_interview_open()
        points.interview_id._touch_talk()
        return points

    def write(self, vals):
        self._check_origin_kept((ORIGIN_FIELDS | FIXED_FIELDS).intersection(vals))
        self._check_own_words_kept(vals)
        self._check_interview_open()
        if vals.keys() & {"answer", "question"}:
            for revision, points in self.grouped("revision").items():
                super(HrExitInterviewPoint, points).write(
                    {**vals, "revision": revision + 1}
                )
        else:
            super().write(vals)
        self.interview_id._touch_talk()
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if not self.env.su and any(self.mapped("is_by_leaver")):
            raise UserError(
                self.env._(
                    "The leaver wrote this, and deletes it alone. Take the text out "
                    "when it should not be kept: that stays visible."
                )
            )
        self._check_interview_open()

    def unlink(self):
        interviews = self.interview_id
        result = super().unlink()
        interviews._touch_talk()
        return result

    def action_blank(self):
        """Take out a text that should not be kept, such as one about health.

        That it was done stays visible, with who and when; not what it was. This works
        on a closed interview and on what the leaver wrote too.
        """
        self.check_access("write")
        blanked = {
            "answer": False,
            "is_blanked": True,
            "blanked_date": fields.Datetime.now(),
            "blanked_user_id": self.env.uid,
        }
        # sudo: hr.exit.interview.point - closed or the leaver's own words: see above
        for kind, points in self.sudo().grouped("kind").items():
            # A question of the guide says nothing of the leaver; free words may.
            words = {} if kind == "question" else {"question": False}
            points.write({**blanked, **words})

    @api.model
    def _check_origin_kept(self, names):
        """Refuse to write by hand whose words these are and where they belong."""
        if names and not self.env.su:
            labels = self.fields_get(names, ["string"])
            raise UserError(
                self.env._(
                    "%(fields)s: this follows from who said it, and where. Add a point "
                    "of your own instead.",
                    fields=", ".join(
                        sorted(label["string"] for label in labels.values())
                    ),
                )
            )

    def _check_may_be_said(self):
        """Refuse points in the leaver's name: only the leaver's page makes those."""
        if not self.env.su and any(point.kind == "leaver" for point in self):
            raise UserError(
                self.env._(
                    "Only the leaver prepares points for the leaver. Write down what "
                    "was said as a point of the interviewer."
                )
            )

    def _check_interview_open(self):
        """Refuse changes to a closed interview: it was read back and agreed."""
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

    def _check_own_words_kept(self, vals):
        """Refuse to change what the leaver typed: others tag it and answer it."""
        changed = [name for name in MERGED_FIELDS if name in vals]
        for point in self.filtered("is_by_leaver"):
            is_other = any(
                (point[name] or "") != (vals[name] or "") for name in changed
            )
            if is_other and not self.env.su:
                raise UserError(
                    self.env._(
                        "The leaver wrote this: it stays as it is. Note what was said "
                        "about it as a follow-up, or take the text out."
                    )
                )

    def _get_talk_uid(self):
        """Return what the screen knows the point by.

        One point per question of the guide, whoever makes it first.
        """
        if self.kind == "question" and self.question_id:
            return f"q{self.question_id.id}"
        return self.client_uid or f"p{self.id}"

    def _prepare_talk(self):
        """Return the point as the screen wants it."""
        return {
            "uid": self._get_talk_uid(),
            "id": self.id,
            "kind": self.kind,
            "question_id": self.question_id.id,
            "parent_uid": self.parent_id and self.parent_id._get_talk_uid(),
            "question": self.question or "",
            "answer": self.answer or "",
            "theme_id": self.theme_id.id,
            "reason_id": self.reason_id.id,
            "is_by_leaver": self.is_by_leaver,
            "is_blanked": self.is_blanked,
            "revision": self.revision,
            "date": self.kind == "message"
            and format_datetime(self.env, self.create_date, dt_format="short"),
        }

    @api.model
    def _create_from_talk(self, interview, change, parent):
        """Make a point of what arrived from the screen."""
        kind = change.get("kind")
        if kind not in KINDS_OF_TALK:
            raise UserError(self.env._("This kind of point is not made here."))
        # As it was asked: in the leaver's language, who reads it back in the copy.
        question = self.env["hr.exit.question"].browse(change.get("question_id"))
        question = question.with_env(interview._in_spoken_lang().env)
        return self.create(
            {
                "interview_id": interview.id,
                "client_uid": change["uid"],
                "kind": kind,
                "question_id": question.id,
                "parent_id": parent.id,
                "question": question.name or change.get("question"),
                "answer": change.get("answer"),
                "theme_id": change.get("theme_id") or question.theme_id.id,
                "reason_id": change.get("reason_id"),
            }
        )

    def _write_from_talk(self, change):
        """Change the point as the screen asks; texts are merged, tags replaced."""
        values = {name: change[name] for name in TAG_FIELDS if name in change}
        for name in self._get_talk_texts():
            if name in change:
                values[name] = self._merge_text(name, change)
        values = {
            name: value
            for name, value in values.items()
            if value != self._fields[name].convert_to_write(self[name], self)
            and (value or self[name])
        }
        if values:
            self.write(values)

    def _get_talk_texts(self):
        """Return the texts that the screen may change."""
        if self.is_by_leaver or self.kind == "message":
            return ()
        return ("answer",) if self.kind == "question" else MERGED_FIELDS

    def _merge_text(self, name, change):
        """Return the text, merged with what somebody else wrote meanwhile."""
        stored, mine = self[name] or "", change[name] or ""
        base = (change.get("base") or {}).get(name) or ""
        if self.is_blanked and base != stored:
            # A screen that still had the text must not bring it back.
            return merge("", stored, added(base, mine))
        return merge(base, stored, mine)

    def _unlink_from_talk(self, change):
        """Take away a point that was opened by mistake, unless somebody wrote in it."""
        base = change.get("base") or {}
        texts = self._get_talk_texts()
        if texts and all(
            (self[name] or "") == (base.get(name) or "") for name in texts
        ):
            self.unlink()
