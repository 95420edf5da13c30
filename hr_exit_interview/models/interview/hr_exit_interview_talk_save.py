import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.groups import OFFICER
from ...lib.text_merge import merge
from .hr_exit_interview import TRANSITIONS

# In these states somebody may be talking; who said no is not talked to.
TALK_STATES = ("offered", "accepted", "scheduled", "no_show", "held")
# What is read back and agreed at the end, besides the summary.
CLOSING_FIELDS = ("main_reason_id", "reason_ids")
# What the leaver alone decides; in the talk it is asked and written down.
CONSENT_FIELDS = ("share_choice", "second_opt_in")
WATCHED_FIELDS = {"state", "form", "summary", *CLOSING_FIELDS, *CONSENT_FIELDS}
ASSESSED_FIELDS = ("assessed_reason_id", "assessed_reason_ids")
TEXT_NAMES = ("parent_uid", "kind", "question", "answer", "summary", "share_choice")
ID_NAMES = (
    "question_id",
    "theme_id",
    "reason_id",
    "main_reason_id",
    "assessed_reason_id",
)
ID_LIST_NAMES = ("reason_ids", "assessed_reason_ids")
MAX_ID = 2**31
# The database stores neither.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def is_talk_change(changes):
    """Tell whether ``save_talk`` got what its docstring says."""
    if not isinstance(changes, dict):
        return False
    points, closing = changes.get("points") or [], changes.get("closing") or {}
    return (
        isinstance(points, list | tuple)
        and all(_is_part(point) and _is_text(point.get("uid")) for point in points)
        and _is_part(closing)
    )


def _is_part(values):
    """Tell whether texts are texts and ids are ids in what was sent of one record."""
    if not isinstance(values, dict):
        return False
    base = values.get("base") or {}
    return (
        isinstance(base, dict)
        and all(not text or _is_text(text) for text in base.values())
        and all(not values.get(name) or _is_text(values[name]) for name in TEXT_NAMES)
        and all(not values.get(name) or _is_id(values[name]) for name in ID_NAMES)
        and all(
            isinstance(values.get(name, []), list)
            and all(map(_is_id, values.get(name, [])))
            for name in ID_LIST_NAMES
        )
    )


def _is_text(value):
    return isinstance(value, str) and not UNSTORABLE.search(value)


def _is_id(value):
    return isinstance(value, int) and 0 < value < MAX_ID


class HrExitInterview(models.Model):
    """Saving a conversation while it is held, by several people at once."""

    _inherit = "hr.exit.interview"

    talk_revision = fields.Integer(
        readonly=True,
        copy=False,
        help="Counts changes of what is on the conversation screen.",
    )

    def _follow_talk(self, vals):
        """Tell open screens when what they show was written."""
        if vals.keys() & WATCHED_FIELDS:
            self._touch_talk()

    def _touch_talk(self):
        """Tell open screens that there is something new.

        Two saves of one conversation at the same time both change this number, so
        that the database has the later one done again, with the first one's result.
        """
        if not self.ids:
            return
        self.env.cr.execute(
            "UPDATE hr_exit_interview SET talk_revision ="
            " COALESCE(talk_revision, 0) + 1 WHERE id IN %s",
            [tuple(self.ids)],
        )
        self.invalidate_recordset(["talk_revision"], flush=False)

    @api.readonly
    def get_talk_changes(self, revision):
        """Return what others changed since the screen last asked.

        :param int revision: the ``revision`` that the screen knows
        :return: dict like the changing part of ``get_talk``; empty when nothing changed
        """
        self.ensure_one()
        self.check_access("read")
        return {} if self.talk_revision == revision else self._get_talk_changes()

    def save_talk(self, changes):
        """Save what was typed on the conversation screen.

        Sending the same changes again changes nothing. Where somebody else changed the
        same text meanwhile, both texts are kept.

        :param dict changes: ``points``, a list of dicts with ``uid``, ``base`` (the
            texts that the change started from), and of ``kind``, ``question_id``,
            ``parent_uid``, ``question``, ``answer``, ``theme_id``, ``reason_id``,
            ``is_deleted`` what changed; ``closing``, a dict of what changed of the
            summary, stated reasons and share choice, with ``base`` for the summary
        :return: dict like the changing part of ``get_talk``
        :raises UserError: the interview is closed or not to be held, or these are no
            such changes
        """
        self.ensure_one()
        self._check_talk_open()
        if not is_talk_change(changes):
            raise UserError(
                self.env._(
                    "This was not sent by the conversation screen: nothing is saved. "
                    "Open the conversation again."
                )
            )
        self._touch_talk()
        points = self._save_points(changes.get("points") or ())
        self._save_closing(changes.get("closing") or {})
        self._after_points_saved(points)
        return self._get_talk_changes()

    def close_talk(self):
        """Read back and done; nothing has to be filled in.

        :return: dict like the changing part of ``get_talk``
        """
        self.ensure_one()
        if self.state != "closed":
            self._check_talk_open()
            if "closed" not in TRANSITIONS[self.state]:
                self.action_mark_held()
            self.action_close()
        return self._get_talk_changes()

    def _after_points_saved(self, points):
        """Extend it to pass on answers that were written down in the conversation.

        :param points: the points that were created or changed; may be empty
        """

    def _get_talk_changes(self):
        """Return the part of the conversation screen that changes while talking."""
        return {
            "id": self.id,
            "revision": self.talk_revision,
            "state": self.state,
            "blocked": self._get_talk_blocked(),
            "points": [point._prepare_talk() for point in self.point_ids],
            "closing": self._get_talk_closing(),
        }

    def _get_talk_closing(self):
        values = {
            "summary": self.summary or "",
            "main_reason_id": self.main_reason_id.id,
            "reason_ids": self.reason_ids.ids,
            "share_choice": self.share_choice,
            "second_opt_in": self.second_opt_in,
        }
        if self.env.user.has_group(OFFICER):
            values["assessed_reason_id"] = self.assessed_reason_id.id
            values["assessed_reason_ids"] = self.assessed_reason_ids.ids
        return values

    def _get_talk_blocked(self):
        """Return why nothing can be written, in a sentence; empty when it can."""
        if self.state in TALK_STATES:
            return ""
        if self.state == "closed":
            return self.env._(
                "This interview is closed: what was said stays as it was. Reopen the "
                "interview to correct it."
            )
        if self.state == "declined":
            return self.env._(
                "The leaver would rather not talk, and that is fine. If that changes, "
                "set the interview to accepted first."
            )
        return self.env._(
            "This interview is not going on. Offer or accept it again first."
        )

    def _check_talk_open(self):
        self.check_access("write")
        blocked = self._get_talk_blocked()
        if blocked:
            raise UserError(blocked)

    def _save_points(self, changes):
        """Create, change or take away points; in the order in which they came."""
        known = {point._get_talk_uid(): point for point in self.point_ids}
        saved = self.env["hr.exit.interview.point"]
        for change in changes:
            point = known.get(change["uid"], saved.browse())
            if change.get("is_deleted"):
                point._unlink_from_talk(change)
                known.pop(change["uid"], None)
                continue
            if point:
                point._write_from_talk(change)
            else:
                parent = known.get(change.get("parent_uid"), saved.browse())
                point = saved._create_from_talk(self, change, parent)
            known[change["uid"]] = point
            saved |= point
        return saved

    def _save_closing(self, changes):
        names = list(CLOSING_FIELDS)
        if self.env.user.has_group(OFFICER):
            names += ASSESSED_FIELDS
        values = {name: changes[name] for name in names if name in changes}
        for name in values.keys() & {"reason_ids", "assessed_reason_ids"}:
            values[name] = [fields.Command.set(values[name])]
        if "summary" in changes:
            base = (changes.get("base") or {}).get("summary") or ""
            values["summary"] = merge(base, self.summary or "", changes["summary"])
        if values:
            self.write(values)
        consent = {name: changes[name] for name in CONSENT_FIELDS if name in changes}
        if consent:
            # sudo: hr.exit.interview - the leaver said so; interviewers write it
            # nowhere else
            self.sudo().write(consent)
