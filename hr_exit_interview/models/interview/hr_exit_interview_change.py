from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from .hr_exit_interview import PENDING_STATES
from .hr_exit_interview_offer import LETTER_ACTIVITY, UNHELD_STATES

CALLED_OFF = "hr_exit_interview.mail_template_called_off"
PLAN_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_plan"
NO_INTERVIEWER_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_interviewer"
PREPARE_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_prepare"
CONFIRM_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_confirm"
CODE_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_code"
PLANNING_ACTIVITIES = [
    LETTER_ACTIVITY,
    PLAN_ACTIVITY,
    NO_INTERVIEWER_ACTIVITY,
    PREPARE_ACTIVITY,
    CONFIRM_ACTIVITY,
]
# Practice: code what was said while it is fresh.
CODE_DAYS = 14
# A leaver who said yes may take some days to choose a time slot.
PLAN_DAYS = 3
OFF = "hr_exit_interview.mail_template_interviewer_off"


class HrExitInterview(models.Model):
    """What may come between: called off, nobody came, the interviewer is gone."""

    _inherit = "hr.exit.interview"

    def _follow_state(self, state):
        """Close and open activities by the state that was written, if one was."""
        if state in ("declined", "expired", "closed"):
            self._close_planning_activities()
        if state == "held":
            self._schedule_coding()

    def action_cancel(self):
        """Call the interview off; the leaver is told when something was offered."""
        told = self.filtered(lambda interview: interview._is_leaver_waiting())
        planned = self.filtered(lambda i: i.state == "scheduled")
        self.write({"state": "cancelled"})
        # sudo: calendar.event - of the interviewer, whoever calls it off
        self.sudo()._clear_agenda()
        planned.sudo()._tell_moment_is_off()
        told._send_leaver_mail(CALLED_OFF, with_ics=True)

    def action_no_show(self):
        """Register that nobody came, and mail a friendly offer of another time slot."""
        for interview in self:
            if interview.start_datetime and (
                interview.start_datetime > fields.Datetime.now()
            ):
                raise UserError(
                    self.env._(
                        "%(interview)s is still to come.",
                        interview=interview.display_name,
                    )
                )
        self.write({"state": "no_show"})
        self._close_planning_activities()
        self._send_leaver_mail("hr_exit_interview.mail_template_no_show")

    def action_plan_again(self):
        """Take the planned time slot back; the leaver chooses another one."""
        self._check_is_officer()
        self._release_slot()

    def _cancel_open(self):
        """Call off what was offered or planned, the appointment included."""
        planned = self.filtered(lambda i: i.state == "scheduled")
        self.filtered(lambda i: i.state in PENDING_STATES).write({"state": "cancelled"})
        # sudo: calendar.event - of the interviewer, whoever calls it off
        cancelled = self.filtered(lambda i: i.state == "cancelled").sudo()
        cancelled._clear_agenda()
        (planned & cancelled)._tell_moment_is_off()

    @api.model
    def _cron_check_interviewers(self):
        """Find planned interviews whose interviewer cannot hold them any more."""
        self._replace_interviewers(self.env["res.users"])

    @api.model
    def _replace_interviewers(self, users):
        """Propose others where an interviewer or candidate is gone; ask HR to look.

        :param users: users who are gone for certain; the others are looked up
        """
        # sudo: hr.exit.interview - found for whoever archives a user
        waiting = self.sudo().search(
            Domain("state", "in", UNHELD_STATES)
            & (
                Domain("interviewer_id", "!=", False)
                | Domain("candidate_ids", "!=", False)
            )
        )
        pool = waiting._get_pool() - users
        lost = waiting.filtered(
            lambda i: (
                (i.interviewer_id and i._is_lost(i.interviewer_id, pool))
                or any(i._is_lost(user, pool) for user in i.candidate_ids)
            )
        )
        lost._replace_lost(pool)

    def _is_lost(self, user, pool):
        return user not in pool or self.company_id not in user.company_ids

    def _replace_lost(self, pool):
        """Give these interviews other interviewers; what was planned is moved."""
        planned = self.filtered(
            lambda i: i.interviewer_id and i._is_lost(i.interviewer_id, pool)
        )
        names = {interview: interview.interviewer_id.name for interview in planned}
        gone = (self.interviewer_id | self.candidate_ids) - pool
        planned._release_slot()
        planned.write({"interviewer_id": False})
        self._propose_candidates(exclude=gone)
        for interview in planned:
            interview._schedule_no_interviewer(
                self.env._(
                    "%(user)s can no longer hold this interview. Others were proposed "
                    "and the leaver was asked to choose another moment.",
                    user=names[interview],
                )
            )
        (self - planned).filtered(
            lambda i: not i.candidate_ids
        )._schedule_no_interviewer()

    def _schedule_letter(self):
        """Have HR print the letter and hand it over: there is no address."""
        self._schedule_for_hr(LETTER_ACTIVITY)

    def _schedule_no_interviewer(self, note=""):
        """Have HR choose an interviewer: nobody can hold the interview."""
        self._schedule_for_hr(NO_INTERVIEWER_ACTIVITY, note)

    def _schedule_for_hr(self, activity_type, note=""):
        """Schedule one activity of a kind per interview, for the responsible in HR."""
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
        """Have somebody in HR reach the person: a mail could not be delivered."""
        waiting = self.filtered(lambda interview: interview._is_leaver_waiting())
        waiting.is_letter_needed = True
        waiting._schedule_for_hr(
            LETTER_ACTIVITY,
            note=self.env._(
                "A mail about this interview could not be delivered. Hand the letter"
                " over, or correct the address."
            ),
        )

    def _tell_interviewer(self):
        """Have the interviewer prepare for the time slot; mail an outsider the link."""
        self.ensure_one()
        self._close_planning_activities()
        day = fields.Datetime.context_timestamp(self, self.start_datetime).date()
        if not self.interviewer_id:
            self._send_interviewer_mail(
                "hr_exit_interview.mail_template_interviewer", with_ics=True
            )
            return
        # The queue sends what it mails: booking waits for no mail server, and nothing
        # is sent for a booking that is undone.
        self.with_context(mail_notify_force_send=False).activity_schedule(
            PREPARE_ACTIVITY,
            date_deadline=day,
            user_id=self.interviewer_id.id,
            note=self.env._(
                "Planned on %(day)s. Read what the leaver prepared and what the guide "
                "asks.",
                day=format_date(self.env, day),
            ),
        )

    def _schedule_coding(self):
        """Schedule the coding of reasons within two weeks after the conversation."""
        # sudo: mail.activity - of others too: what was to be prepared is done
        held = self.sudo()
        held.activity_unlink([PREPARE_ACTIVITY, CONFIRM_ACTIVITY])
        responsibles = held.departure_id._get_exit_responsibles()
        deadline = fields.Date.add(fields.Date.context_today(self), days=CODE_DAYS)
        known = held.activity_search([CODE_ACTIVITY]).mapped("res_id")
        for interview in held.filtered(lambda i: i.id not in known):
            if interview.departure_id.is_historical:
                continue
            user = interview.interviewer_id or responsibles[interview.departure_id]
            interview.with_context(mail_activity_quick_update=True).activity_schedule(
                CODE_ACTIVITY, date_deadline=deadline, user_id=user.id or self.env.uid
            )

    def _close_planning_activities(self):
        """Remove the activities for the planning: done, or not needed any more."""
        # sudo: mail.activity - of whoever had to act
        self.sudo().activity_unlink(PLANNING_ACTIVITIES)

    def _schedule_todo(self):
        """Ask for what stays undone: a time slot to plan, a talk nobody reported on."""
        now = fields.Datetime.now()
        patience = fields.Datetime.subtract(now, days=PLAN_DAYS)
        self.search(
            Domain("state", "=", "accepted")
            & Domain("form", "!=", "questionnaire")
            & Domain("answered_datetime", "<", patience)
        )._schedule_for_hr(PLAN_ACTIVITY)
        over = self.search(
            Domain("state", "=", "scheduled")
            & Domain("stop_datetime", "<", now)
            & Domain(
                "activity_ids.activity_type_id", "!=", self.env.ref(CONFIRM_ACTIVITY).id
            )
        )
        for interview in over:
            interview.with_context(mail_activity_quick_update=True).activity_schedule(
                CONFIRM_ACTIVITY,
                user_id=interview.interviewer_id.id
                or interview.departure_id._get_exit_responsibles()[
                    interview.departure_id
                ].id
                or self.env.uid,
            )

    def _tell_moment_is_off(self):
        """Tell those who were to hold these interviews; called while they are known.

        A message for colleagues, in their inbox or by mail as they chose; a mail with
        the calendar file for an outside interviewer.
        """
        planned = self.filtered(lambda i: i._is_still_to_come())
        for interview in planned.filtered("interviewer_id.active"):
            interview._notify_moment_is_off()
        planned.filtered("outside_interviewer_id")._send_interviewer_mail(
            OFF, with_ics=True, has_link=False
        )

    def _is_still_to_come(self):
        now = fields.Datetime.now()
        return bool(self.start_datetime) and self.start_datetime > now

    def _notify_moment_is_off(self):
        user = self.interviewer_id
        env = self.with_context(lang=user.lang or self.env.lang).env
        zone = user.tz or self.departure_id._get_leaver_tz()
        moment = format_datetime(env, self.start_datetime, zone, "EEEE d MMMM, HH:mm")
        # sudo: mail.thread - on no record: nothing says whose conversation it is
        self.env["mail.thread"].sudo().with_context(
            # The leaver or HR does not wait for the mail server, nor sees its faults.
            mail_notify_force_send=False,
            lang=env.lang,
        ).message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("A conversation does not take place"),
            body=env._(
                "The conversation of %(moment)s is taken out of your calendar. You "
                "need not do anything.",
                moment=moment,
            ),
        )
