import re

from odoo import api, fields, models
from odoo.exceptions import UserError

THANKS = "hr_exit_interview.mail_template_thanks"
SUMMARY = "hr_exit_interview.mail_template_summary"
MANAGER_SUMMARY = "hr_exit_interview.mail_template_manager_summary"

# Small words in surnames, which a summary is full of.
PARTICLES = {
    *("al", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "het"),
    *("in", "la", "le", "op", "te", "ten", "ter", "van", "von", "zu"),
}


class HrExitInterview(models.Model):
    """After closing: thanks, the summary to the leaver, and what the manager gets."""

    _inherit = "hr.exit.interview"

    thanked_date = fields.Datetime(string="Thanked On", readonly=True, copy=False)
    shared_date = fields.Datetime(
        string="Summary Given On",
        readonly=True,
        copy=False,
        help="When the manager got the summary, as the leaver allowed.",
    )
    shared_user_id = fields.Many2one(
        "res.users", string="Summary Given By", readonly=True, copy=False
    )
    mail_summary = fields.Text(
        string="Summary for the Manager", compute="_compute_mail_summary"
    )
    mail_summary_leaver = fields.Char(
        string="Leaver as the Manager May Know", compute="_compute_mail_summary"
    )

    @api.depends_context("lang")
    @api.depends("summary", "share_choice", "state", "departure_id.departure_date")
    def _compute_mail_summary(self):
        for interview in self:
            values = interview._get_manager_summary()
            interview.mail_summary = values.get("summary")
            interview.mail_summary_leaver = values.get("leaver")

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.mail_summary",
            "object.mail_summary_leaver",
        )

    def action_close(self):
        """Read back and done: the leaver is thanked once, an outside link ends."""
        result = super().action_close()
        # sudo: hr.exit.interview - the interviewer closes, the rest follows by itself
        interviews = self.sudo()
        interviews._revoke_interviewer_token()
        fresh = interviews.filtered(lambda interview: not interview.thanked_date)
        fresh.thanked_date = fields.Datetime.now()
        fresh._send_leaver_mail(THANKS)
        return result

    def action_send_summary(self):
        """Tell the leaver that the summary is on the personal page, on request.

        :raises UserError: there is no summary, or no address
        """
        self.ensure_one()
        self.check_access("write")
        if not self.summary:
            raise UserError(
                self.env._("There is no summary yet. Write it in the conversation.")
            )
        if not self._send_leaver_mail(SUMMARY):
            raise UserError(
                self.env._(
                    "No e-mail address is known. Print the letter with the link "
                    "instead."
                )
            )

    # === The manager ===

    def action_share_summary(self):
        """Send the manager the summary that the leaver allowed, after the last day.

        :raises UserError: says why nothing is sent
        """
        self.ensure_one()
        self.check_access("write")
        self._check_shareable()
        # sudo: hr.exit.interview - whoever holds the talk passes the summary on,
        # without rights on the manager's data
        interview = self.sudo()
        manager = interview.manager_id
        letter = {
            "interview": interview,
            "to": (manager.name, manager.work_email),
            "lang": manager.user_id.lang or self.env.lang,
            "links": {},
        }
        interview._queue_mails(MANAGER_SUMMARY, [letter])
        interview.write(
            {"shared_date": fields.Datetime.now(), "shared_user_id": self.env.uid}
        )

    def _check_shareable(self):
        reason = self._get_unshareable_reason()
        # sudo: hr.employee - whether the manager is still here
        manager = self.sudo().manager_id
        if not reason and not (manager.active and manager.work_email):
            reason = self.env._(
                "The manager at the time has no e-mail address here any more. Nobody "
                "else gets the summary."
            )
        if reason:
            raise UserError(reason)

    def _get_unshareable_reason(self):
        """Why the manager gets nothing, in a sentence; empty when something is due."""
        if self.share_choice == "no":
            return self.env._("The leaver did not allow a summary for the manager.")
        if self.state != "closed":
            return self.env._("Close the interview first: then the summary is final.")
        if not self.summary:
            return self.env._("There is no summary to give.")
        if not self._is_after_last_day():
            return self.env._(
                "The manager gets nothing before the last day is over: that was "
                "promised to the leaver."
            )
        return ""

    def _is_after_last_day(self):
        # sudo: hr.departure - the last day, nothing else
        day = self.departure_id.sudo().departure_date
        return bool(day) and fields.Date.context_today(self) > day

    def _get_manager_summary(self):
        """All that the manager may get: the summary, and the name if that is allowed.

        :return: dict with ``summary`` and ``leaver``; empty when nothing may be given
        """
        if self._get_unshareable_reason():
            return {}
        # sudo: hr.departure - the name, to give it or to take it out
        name = self.departure_id.sudo().employee_name
        if self.share_choice == "named":
            return {"summary": self.summary, "leaver": name}
        return {
            "summary": self._without_name(self.summary, name),
            "leaver": self.env._("somebody who worked in your team"),
        }

    @api.model
    def _without_name(self, text, name):
        """The text with every part of a name taken out, however it is written."""
        words = {word for word in re.findall(r"\w+", name) if len(word) > 1}
        words = {word for word in words if word.lower() not in PARTICLES}
        if not words:
            return text
        pattern = "|".join(re.escape(word) for word in sorted(words))
        return re.sub(rf"\b({pattern})(s)?\b", "…", text, flags=re.IGNORECASE)
