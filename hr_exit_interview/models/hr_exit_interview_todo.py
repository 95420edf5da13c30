from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .hr_exit_interview_offer import LETTER

ADDON = "hr_exit_interview"
PLAN = f"{ADDON}.mail_activity_type_interview_plan"
INTERVIEWER = f"{ADDON}.mail_activity_type_interview_interviewer"
PREPARE = f"{ADDON}.mail_activity_type_interview_prepare"
CONFIRM = f"{ADDON}.mail_activity_type_interview_confirm"
CODE = f"{ADDON}.mail_activity_type_interview_code"

PLANNING_ACTIVITIES = [LETTER, PLAN, INTERVIEWER, PREPARE, CONFIRM]
# Practice: code what was said while it is fresh.
CODE_DAYS = 14
# A leaver who said yes may take some days to choose a moment.
PLAN_DAYS = 3


class HrExitInterview(models.Model):
    """Who must act: activities for the interviewer and for HR, each once."""

    _inherit = "hr.exit.interview"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("declined", "expired", "closed"):
            self._close_planning_activities()
        if vals.get("state") == "held":
            self._schedule_coding()
        return result

    # === For HR ===

    def _schedule_letter(self):
        """No address: HR prints the letter and hands it over."""
        self._schedule_for_hr(LETTER)

    def _schedule_no_interviewer(self, note=""):
        """Nobody can hold the interview: HR chooses somebody."""
        self._schedule_for_hr(INTERVIEWER, note)

    def _schedule_for_hr(self, activity_type, note=""):
        """One activity of a kind per interview, for whom in HR looks after it."""
        # sudo: hr.departure - who in HR looks after it
        interviews = self.sudo()
        known = interviews.activity_search([activity_type]).mapped("res_id")
        asked = interviews.filtered(lambda interview: interview.id not in known)
        responsibles = asked.departure_id._get_exit_responsibles()
        for user, of_user in asked.grouped(
            lambda interview: responsibles[interview.departure_id]
        ).items():
            of_user.with_context(mail_activity_quick_update=True).activity_schedule(
                activity_type, note=note, user_id=user.id or self.env.uid
            )

    def _note_undelivered(self):
        """A mail could not be delivered: somebody in HR reaches the person."""
        waiting = self.filtered(lambda interview: interview._is_leaver_waiting())
        waiting.is_letter_needed = True
        waiting._schedule_for_hr(
            LETTER,
            note=self.env._(
                "A mail about this interview could not be delivered. Hand the letter"
                " over, or correct the address."
            ),
        )

    # === For the interviewer ===

    def _tell_interviewer(self):
        """The moment is fixed: the interviewer prepares, an outsider gets the link."""
        self.ensure_one()
        self._close_planning_activities()
        day = fields.Datetime.context_timestamp(self, self.start_datetime).date()
        if not self.interviewer_id:
            self._send_interviewer_mail(
                f"{ADDON}.mail_template_interviewer", with_ics=True
            )
            return
        # The queue sends what it mails: who books waits for no mail server, and nothing
        # is sent for a booking that is undone.
        self.with_context(mail_notify_force_send=False).activity_schedule(
            PREPARE,
            date_deadline=day,
            user_id=self.interviewer_id.id,
            note=self.env._(
                "Planned on %(day)s. Read what the leaver prepared and what the guide "
                "asks.",
                day=format_date(self.env, day),
            ),
        )

    def _schedule_coding(self):
        """The talk was held: its reasons are coded within two weeks."""
        # sudo: mail.activity - of others too: what was to be prepared is done
        held = self.sudo()
        held.activity_unlink([PREPARE, CONFIRM])
        responsibles = held.departure_id._get_exit_responsibles()
        deadline = fields.Date.add(fields.Date.context_today(self), days=CODE_DAYS)
        known = held.activity_search([CODE]).mapped("res_id")
        for interview in held.filtered(lambda i: i.id not in known):
            if interview.departure_id.is_historical:
                continue
            user = interview.interviewer_id or responsibles[interview.departure_id]
            interview.with_context(mail_activity_quick_update=True).activity_schedule(
                CODE, date_deadline=deadline, user_id=user.id or self.env.uid
            )

    def _close_planning_activities(self):
        """What was to be done for the planning is done, or not needed any more."""
        # sudo: mail.activity - of whoever had to act
        self.sudo().activity_unlink(PLANNING_ACTIVITIES)

    # === By itself ===

    def _schedule_todo(self):
        """Ask for what stays undone: a moment to plan, a talk nobody reported on."""
        now = fields.Datetime.now()
        patience = fields.Datetime.subtract(now, days=PLAN_DAYS)
        self.search(
            Domain("state", "=", "accepted")
            & Domain("form", "!=", "questionnaire")
            & Domain("answered_datetime", "<", patience)
        )._schedule_for_hr(PLAN)
        over = self.search(
            Domain("state", "=", "scheduled")
            & Domain("stop_datetime", "<", now)
            & Domain("activity_ids.activity_type_id", "!=", self.env.ref(CONFIRM).id)
        )
        for interview in over:
            interview.with_context(mail_activity_quick_update=True).activity_schedule(
                CONFIRM,
                user_id=interview.interviewer_id.id
                or interview.departure_id._get_exit_responsibles()[
                    interview.departure_id
                ].id
                or self.env.uid,
            )
