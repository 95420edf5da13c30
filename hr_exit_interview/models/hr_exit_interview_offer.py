from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

LETTER = "hr_exit_interview.mail_activity_type_interview_letter"
BATCH_SIZE = 100
# Who did not come or answered "yes" without a time is still waiting for something.
WAITING_STATES = ("offered", "accepted", "scheduled", "no_show")
EXPIRABLE_STATES = ("offered", "accepted", "no_show")


class HrExitInterview(models.Model):
    """The offer: sent, reminded at most twice, closed; the second interview."""

    _inherit = "hr.exit.interview"

    offered_datetime = fields.Datetime(string="Offered On", readonly=True, copy=False)
    reminder_count = fields.Integer(string="Reminders Sent", readonly=True, copy=False)
    reminded_datetime = fields.Datetime(
        string="Last Reminder", readonly=True, copy=False
    )
    is_letter_needed = fields.Boolean(
        string="By Letter",
        readonly=True,
        copy=False,
        help="No e-mail address that will work is known: print the letter.",
    )

    def _send_offer(self):
        """Send the first mail; who has no address gets a letter, by HR."""
        template = "hr_exit_interview.mail_template_offer"
        second = self.filtered("is_second")
        reached = second._send_leaver_mail("hr_exit_interview.mail_template_second")
        reached |= (self - second)._send_leaver_mail(template)
        # sudo: hr.exit.interview - how it went is noted by the system
        unreached = self.sudo() - reached
        unreached.is_letter_needed = True
        unreached._schedule_letter()
        # sudo: hr.exit.interview - also for who offers and may not read it
        self.sudo().filtered(lambda i: not i.candidate_ids)._schedule_no_interviewer()

    def action_print_letter(self):
        """Print the offer, for leavers without an address that works."""
        self.activity_unlink([LETTER])
        return self.env.ref(
            "hr_exit_interview.action_report_offer_letter"
        ).report_action(self)

    def _get_given_email(self):
        """The address that the leaver gave for this interview; called as superuser."""
        self.ensure_one()
        return self.second_email if self.is_second else self.contact_email

    def _get_first_interview(self):
        """The first interview of the same departure that was not called off."""
        return self.departure_id._get_current_interviews()[-1:]

    def _get_closing_day(self):
        """The last day on which the offer can be answered.

        Some days after the last day, or after the offer where that came later.

        :return: date, or None when neither is known
        """
        self.ensure_one()
        # sudo: hr.departure - an interviewer may know until when, not the rest
        last_day = self.departure_id.sudo().departure_date
        offered = self.offered_datetime and self.offered_datetime.date()
        known = [day for day in (last_day, offered) if day]
        days = self.company_id.exit_close_days
        return fields.Date.add(max(known), days=days) if known else None

    def _is_leaver_waiting(self):
        """Whether the leaver was told of an interview that is still to come."""
        self.ensure_one()
        return bool(self.offered_datetime) and self.state in WAITING_STATES

    # === By itself ===

    @api.model
    def _cron_follow_up(self):
        """Remind, close and offer again: safe to run twice a day or not at all."""
        self.search(self._get_expiry_domain())._expire()
        self._offer_second_interviews()
        due = self.search(self._get_reminder_domain()).filtered(
            lambda interview: interview._is_reminder_due()
        )
        for batch in split_every(BATCH_SIZE, due.ids, self.browse):
            batch._remind()
        self._schedule_todo()

    @api.model
    def _get_expiry_domain(self):
        """Offers that may have closed.

        :return: Domain
        """
        return (
            Domain("state", "in", EXPIRABLE_STATES)
            & Domain("departure_id.is_historical", "=", False)
            & Domain("departure_id.departure_date", "<", fields.Date.today())
        )

    def _expire(self):
        """Close offers whose time is over, without a word: nothing was owed."""
        today = fields.Date.context_today(self)
        expired = self.filtered(
            lambda i: i._get_closing_day() and i._get_closing_day() < today
        )
        expired.write({"state": "expired"})
        expired._close_planning_activities()

    @api.model
    def _get_reminder_domain(self):
        """Offers nobody answered, or that were to wait until a day that has come.

        :return: Domain
        """
        return (
            Domain("state", "=", "offered")
            & Domain("offered_datetime", "!=", False)
            & Domain("is_letter_needed", "=", False)
            & Domain("departure_id.state", "in", ("confirmed", "done"))
            & (
                Domain("answered_datetime", "=", False)
                | Domain("later_date", "<=", fields.Date.context_today(self))
            )
        )

    def _is_reminder_due(self):
        """Whether to remind today: not too often, not too soon, not too late."""
        self.ensure_one()
        company = self.company_id
        if self.reminder_count >= company.exit_reminder_max:
            return False
        today = fields.Date.context_today(self)
        if self._get_closing_day() and today > self._get_closing_day():
            return False
        last = self.reminded_datetime or self.offered_datetime
        if self.later_date:
            # Asked for: once on that day, and not again for a day already had.
            return last.date() < self.later_date <= today
        wait = timedelta(days=company.exit_reminder_days)
        return fields.Datetime.now() >= last + wait

    def _remind(self):
        """Send one reminder each; counted also where no address works any more."""
        locked = self.try_lock_for_update(allow_referencing=True)
        locked._send_leaver_mail("hr_exit_interview.mail_template_reminder")
        for count, interviews in locked.grouped("reminder_count").items():
            interviews.write(
                {
                    "reminder_count": count + 1,
                    "reminded_datetime": fields.Datetime.now(),
                }
            )

    # === The second interview ===

    @api.model
    def _offer_second_interviews(self):
        """Offer the short second interview to those who agreed to be asked again."""
        departures = self._search_second_due().departure_id
        departures = departures.filtered(lambda d: d._is_second_due())
        for batch in split_every(BATCH_SIZE, departures.ids, departures.browse):
            batch._offer_second()

    @api.model
    def _search_second_due(self):
        """The interviews in which the leaver agreed, of departures long enough ago."""
        today = fields.Date.context_today(self)
        # sudo: res.company - the shortest term, over all companies
        companies = self.env["res.company"].sudo()
        [(shortest,)] = companies._read_group([], [], ["exit_second_days:min"])
        return self.search(
            Domain("second_opt_in", "=", True)
            & Domain("is_second", "=", False)
            & Domain("departure_id.state", "=", "done")
            & Domain("departure_id.rehire_date", "=", False)
            & Domain(
                "departure_id.departure_date",
                "<=",
                fields.Date.subtract(today, days=shortest),
            )
            & Domain(
                "departure_id.interview_ids", "not any", [("is_second", "=", True)]
            )
        )
