import re
import secrets

from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

MAX_POINTS = 50
UID_PATTERN = re.compile(r"[\w-]{8,40}", re.ASCII)


class HrExitInterview(models.Model):
    """The points that the leaver prepares; called as superuser."""

    _inherit = "hr.exit.interview"

    def _get_page_points(self):
        """What the leaver wrote on the page, in its order."""
        return self.point_ids.filtered(
            lambda point: point.kind == "leaver" and point.is_by_leaver
        ).sorted(lambda point: (point.sequence, point.id))

    def _prepare_page_points(self):
        """Return the points as the page shows them, and a name for one more."""
        return {
            "points": [
                {
                    "uid": point.client_uid,
                    "text": point.answer or "",
                    "is_blanked": point.is_blanked,
                }
                for point in self._get_page_points()
            ],
            "new_uid": secrets.token_urlsafe(12),
            "save_words": self._get_page_save_words(),
        }

    def _get_page_save_words(self):
        """What the page says while it saves by itself."""
        return {
            "saving": self.env._("Saving…"),
            "saved": self.env._("Saved"),
            "unsaved": self.env._("Not saved yet"),
            "offline": self.env._(
                "No connection. Your text is still here and is saved as soon as the "
                "connection is back."
            ),
            "lost": self.env._(
                "This could not be saved: the page was closed or its link expired. "
                "Copy your text, then open your link again."
            ),
        }

    def _save_page_points(self, texts):
        """Save points as the leaver typed them; sending them again changes nothing.

        Two windows may have the same point open: their texts are merged, so that no
        word of either is lost. Emptying a point takes it away.

        :param dict texts: {uid of the page: (text it started from, text now)}
        :return: dict {uid: text as it is kept}
        :raises UserError: closed, or too many points
        """
        self.ensure_one()
        self._check_page_open()
        points = {point.client_uid: point for point in self._get_page_points()}
        self._check_page_points(points, texts)
        kept = {}
        for uid, (base, text) in texts.items():
            point = points.get(uid, self.env["hr.exit.interview.point"])
            kept[uid] = self._save_page_point(point, uid, base, text)
        return kept

    def _save_page_point(self, point, uid, base, text):
        if point:
            text = point._merge_text(
                "answer", {"answer": text, "base": {"answer": base}}
            )
        if not text:
            point.unlink()
        elif not point:
            self._create_page_point(uid, text)
        elif text != point.answer:
            point.answer = text
        return text

    def _create_page_point(self, uid, text, kind="leaver"):
        values = {
            "interview_id": self.id,
            "client_uid": uid,
            "kind": kind,
            "is_by_leaver": True,
            "answer": text,
        }
        try:
            self.env["hr.exit.interview.point"].create(values)
        except UniqueViolation as error:
            # Sent twice at the same time: tried again, it finds what the other saved.
            raise ConcurrencyError(str(error)) from error

    def _check_page_open(self):
        if self.state in ("closed", "cancelled"):
            raise UserError(
                self.env._(
                    "The conversation is over, so nothing more is added to it. What "
                    "you still want to say can be sent to HR."
                )
            )

    def _check_page_points(self, points, texts):
        new = [uid for uid, (_base, text) in texts.items() if text]
        if len(points.keys() | set(new)) > MAX_POINTS:
            raise UserError(
                self.env._(
                    "There is room for %(limit)s points. Put some of them together.",
                    limit=MAX_POINTS,
                )
            )
