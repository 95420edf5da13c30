import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..departure.hr_departure_link import find_by_token, make_token
from . import hr_exit_interview  # noqa: F401 - extended here


class HrExitInterview(models.Model):
    """The link of an outside interviewer: one per interview, without a login."""

    _inherit = "hr.exit.interview"

    interviewer_token = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)
    interviewer_token_selector = fields.Char(
        copy=False, readonly=True, groups=fields.NO_ACCESS
    )

    _interviewer_token_selector_uniq = models.UniqueIndex(
        "(interviewer_token_selector)", "The links of two interviewers are the same."
    )

    def _renew_interviewer_token(self):
        """Replace the interviewer's link: the one sent before stops working."""
        for interview in self:
            selector, token = make_token()
            interview.write(
                {"interviewer_token_selector": selector, "interviewer_token": token}
            )

    def _revoke_interviewer_token(self):
        """Make the interviewer's link stop working."""
        self.write({"interviewer_token": False, "interviewer_token_selector": False})

    def _get_interviewer_url(self):
        """Return the link of the outside interviewer; called as superuser.

        :return: absolute address as str
        """
        self.ensure_one()
        if not self.interviewer_token:
            self._renew_interviewer_token()
        return f"{self.get_base_url()}/exit/interviewer/{self.interviewer_token}"

    @api.model
    def _find_by_interviewer_token(self, token):
        """Return the interview an outside interviewer's link belongs to, as superuser.

        Wrong, revoked and expired links give the same empty answer.

        :param str token: the last part of the link
        :return: an interview or none, in sudo
        """
        # sudo: hr.exit.interview - the link is the interviewer's key, there is no user
        interview = find_by_token(
            self.sudo(), "interviewer_token_selector", "interviewer_token", token
        )
        return interview.filtered(lambda i: i._is_interviewer_link_open())

    def _is_interviewer_link_open(self):
        """Tell whether the outside interviewer may read: until the talk is over."""
        self.ensure_one()
        is_over = self.state in ("closed", "cancelled", "declined")
        return bool(self.outside_interviewer_id) and not is_over

    def _get_outside_tz(self):
        return self.outside_interviewer_id.tz or self.departure_id._get_leaver_tz()

    def _prepare_outside_page(self):
        """Return the values of the page: guide, what was prepared and written down."""
        self.ensure_one()
        return {
            "company": self.departure_id._prepare_page_company(),
            "leaver": self._get_talk_leaver(),
            **self._get_spoken_opening(),
            "blocks": self._prepare_outside_blocks(),
            "new_uid": secrets.token_urlsafe(12),
            "summary": self.summary or "",
            "asks_reason": self._is_reason_asked(),
            "reasons": self._get_talk_reasons(),
            "main_reason_id": self.main_reason_id.id,
            "share_choices": self._fields["share_choice"]._description_selection(
                self.env
            ),
            "share_choice": self.share_choice,
            "blocked": self._get_talk_blocked(),
            "thread": self._prepare_outside_thread(),
            "is_interviewer": True,
        }

    def _prepare_outside_thread(self):
        thread = self._prepare_thread(self._get_outside_tz())
        has_thread = thread["is_open"] or thread["messages"]
        return {**thread, "uid": secrets.token_urlsafe(12)} if has_thread else None

    def _prepare_outside_blocks(self):
        """Return what there is to talk about, each with the fields for noting it.

        :return: list of dicts with ``heading``, ``item`` (help, for a question of the
            guide) and ``fields``, a list of dicts of what ``save_talk`` wants
        """
        blocks = [self._prepare_outside_question(i) for i in self._get_spoken_guide()]
        points = self.point_ids
        for point in points.filtered(lambda p: p.kind == "leaver"):
            uid = point._get_talk_uid()
            note = points.filtered(lambda p, uid=uid: p.client_uid == f"n{uid}")
            field = self._prepare_outside_field(
                f"n{uid}", note, kind="follow_up", parent_uid=uid
            )
            words = [point.question, point.answer]
            blocks.append(
                {
                    "heading": "\n".join(filter(None, words)),
                    "is_by_leaver": True,
                    "fields": [field, *self._prepare_outside_follow_ups(point - note)],
                }
            )
        for point in points.filtered(lambda p: p.kind == "interviewer"):
            field = self._prepare_outside_field(point._get_talk_uid(), point)
            blocks.append({"heading": point.question, "fields": [field]})
        return blocks

    def _prepare_outside_question(self, item):
        asked = self.point_ids.filtered(
            lambda point: point.question_id.id == item["question_id"]
        )
        field = self._prepare_outside_field(
            item["uid"], asked, kind="question", question_id=item["question_id"]
        )
        return {
            "heading": item["question"],
            "item": item,
            "fields": [field, *self._prepare_outside_follow_ups(asked)],
        }

    def _prepare_outside_follow_ups(self, point):
        """Return the follow-ups to a point, the plain note to it apart."""
        children = self.point_ids.filtered(
            lambda child: (
                child.parent_id
                and child.parent_id == point
                and child.client_uid != f"n{point._get_talk_uid()}"
            )
        )
        return [
            self._prepare_outside_field(
                child._get_talk_uid(), child, question=child.question
            )
            for child in children
        ]

    def _prepare_outside_field(self, uid, point, question="", **origin):
        return {
            "uid": uid,
            "question": question or "",
            "answer": point.answer or "",
            "is_blanked": point.is_blanked,
            "origin": origin,
        }

    def _save_outside_page(self, texts, new, closing):
        """Save what an outside interviewer wrote down.

        :param dict texts: {uid: (text it started from, text now)}
        :param dict new: a point of the interviewer's own, or empty
        :param dict closing: as ``save_talk`` wants it
        """
        self.ensure_one()
        known = {
            field["uid"]: field
            for block in self._prepare_outside_blocks()
            for field in block["fields"]
        }
        points = [
            {
                "uid": uid,
                "base": {"answer": base},
                "answer": text,
                **known[uid]["origin"],
            }
            for uid, (base, text) in texts.items()
            if uid in known and text != base
        ]
        if new:
            points.append({**new, "kind": "interviewer"})
        self.save_talk({"points": points, "closing": closing})

    def _add_outside_message(self, text, uid):
        """Send the leaver a message; the same one sent again stays one."""
        self._check_thread_open()
        if text and uid not in self.point_ids.mapped("client_uid"):
            message = {"uid": uid, "kind": "message", "answer": text}
            self.save_talk({"points": [message]})

    def _close_outside(self):
        """Read back and done: the link ends.

        :raises UserError: somebody closed it before
        """
        if self.state == "closed":
            raise UserError(self._get_talk_blocked())
        self.close_talk()
