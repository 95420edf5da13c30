from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ...lib.groups import INTERVIEWER, OFFICER
from ..departure.hr_departure import OPEN_STATES
from .hr_departure import OFFERS_AT_ONCE
from .hr_exit_interview import PENDING_STATES

# What a leaver may answer, and the state that follows from it.
ANSWERS = {"accepted": "accepted", "declined": "declined", "later": "offered"}
ANSWERABLE = ("offered", "accepted", "scheduled", "declined", "expired", "no_show")
CANDIDATES = 2
LETTER_ACTIVITY = "hr_exit_interview.mail_activity_type_interview_letter"
# Those who did not come or said "yes" without a time are waiting for something.
UNHELD_STATES = (*PENDING_STATES, "no_show")
EXPIRABLE_STATES = ("offered", "accepted", "no_show")


class HrExitInterview(models.Model):
    """What the leaver answers to the offer: an answer may always be changed."""

    _inherit = "hr.exit.interview"

    answered_datetime = fields.Datetime(
        string="Answered On",
        readonly=True,
        copy=False,
        help="When the leaver last answered the offer. Reminders end with it.",
    )
    later_date = fields.Date(
        string="Ask Again On",
        copy=False,
        help="The leaver wants to decide later: not before this day.",
    )
    contact_email = fields.Char(
        string="E-mail for This Interview",
        copy=False,
        groups=OFFICER,
        help="Given by the leaver. Used instead of the addresses of the employee.",
    )
    second_opt_in = fields.Boolean(
        string="May Be Asked Again",
        copy=False,
        help="The leaver agrees to a few questions about three months after leaving.",
    )
    second_email = fields.Char(
        string="Private E-mail for That",
        copy=False,
        groups=OFFICER,
        help="Given by the leaver for the questions after three months, nothing else.",
    )

    candidate_ids = fields.Many2many(
        "res.users",
        "hr_exit_interview_candidate_rel",
        "interview_id",
        "user_id",
        string="Proposed Interviewers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="The leaver chooses one of them.",
    )

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

    def action_print_letter(self):
        """Print the offer, for leavers without an address that works."""
        self.activity_unlink([LETTER_ACTIVITY])
        return self.env.ref(
            "hr_exit_interview.action_report_offer_letter"
        ).report_action(self)

    def _record_answer(self, choice, values=None):
        """Record what the leaver answers to the offer; called as superuser.

        Yes keeps a time that was planned; no and later give it back.

        :param str choice: "accepted", "declined" or "later"
        :param dict values: any of ``form``, ``later_date``, ``contact_email``
        :raises UserError: the conversation took place or was called off
        """
        self.ensure_one()
        self._check_answerable()
        if self.state == "scheduled" and choice != "accepted":
            self._release_slot()
        self.write(
            {
                **(values or {}),
                "answered_datetime": fields.Datetime.now(),
                "later_date": choice == "later" and (values or {}).get("later_date"),
                "state": self._get_state_after(choice),
            }
        )

    def _get_state_after(self, choice):
        """Return the state that an answer leads to; a planned time stays planned."""
        state = ANSWERS[choice]
        is_planned = self.state == "scheduled" and choice == "accepted"
        is_possible = state in self._get_transitions()[self.state]
        return self.state if is_planned or not is_possible else state

    def _get_answer(self):
        """Return the answer that holds now, whoever recorded it.

        :return: "accepted", "declined", "later"; False where there is none
        """
        self.ensure_one()
        if self.state in ("accepted", "scheduled"):
            return "accepted"
        if self.state == "declined":
            return "declined"
        is_undecided = self.state == "offered" and self.answered_datetime
        return "later" if self.later_date or is_undecided else False

    def _check_answerable(self):
        """Refuse an answer that comes too late.

        :raises UserError: says what is still possible
        """
        if self.state in ANSWERABLE:
            return
        if self.state == "cancelled":
            message = self.env._("This conversation was called off.")
        else:
            message = self.env._(
                "The conversation has taken place, so this can no longer be changed. "
                "What you want to add can be sent to HR."
            )
        raise UserError(message)

    def _propose_candidates(self, exclude=None):
        """Replace the proposed interviewers of interviews that are not planned yet.

        :param exclude: users not to propose
        :return: interviews for whom nobody can be proposed
        """
        # sudo: hr.departure - who may not hold it, read for whoever proposes
        interviews = self.sudo()
        picked = self._pick_candidates(interviews.departure_id, exclude)
        for interview in interviews:
            interview.candidate_ids = picked[interview.departure_id]
        return interviews.filtered(lambda i: not i.candidate_ids)

    @api.model
    def _pick_candidates(self, departures, exclude=None):
        """Two interviewers for each departure, those with least to do first.

        Of the company's pool and the HR exit officers, with the second-line manager
        when the company wants that; never anyone barred, archived, leaving or away
        around the day to propose. A constant number of queries. Called as superuser.

        :param departures: in the order in which to deal the interviewers out
        :param exclude: users not to propose
        :return: dict {departure: users}
        """
        pool = self._get_pool() - (exclude or self.env["res.users"])
        officers = self.env.ref(OFFICER).all_user_ids
        loads = self._get_loads(pool)
        absences = self._get_absences(pool)
        result = {}
        for departure in departures:
            fitting = departure._filter_interviewers(pool, officers)
            here = fitting.filtered(
                lambda user, d=departure: not d._is_away(absences.get(user, ()))
            )
            chosen = (here or fitting).sorted(lambda u: (loads[u], u.id))[:CANDIDATES]
            loads.update(chosen)
            result[departure] = chosen
        return result

    @api.model
    def _get_pool(self):
        """Return who has the role Interviewer, is at work here and is not leaving."""
        users = self.env.ref(INTERVIEWER).all_user_ids
        users = users.filtered(lambda user: user.active and user._is_internal())
        # sudo: hr.departure - that a colleague leaves, for nobody to see
        open_departures = (
            self.env["hr.departure"]
            .sudo()
            .search(
                Domain("state", "in", OPEN_STATES)
                & Domain("employee_id.user_id", "in", users.ids)
            )
        )
        return users - open_departures.employee_id.user_id

    @api.model
    def _get_loads(self, users):
        """Return how many open interviews everybody has or may get."""
        loads = Counter()
        domain = Domain("state", "in", PENDING_STATES)
        for domain_part, name in (
            (Domain("interviewer_id", "in", users.ids), "interviewer_id"),
            (
                Domain("interviewer_id", "=", False)
                & Domain("candidate_ids", "in", users.ids),
                "candidate_ids",
            ),
        ):
            # sudo: hr.exit.interview - how many others each has, not which
            counts = self.sudo()._read_group(domain & domain_part, [name], ["__count"])
            loads.update(dict(counts))
        return loads

    @api.model
    def _get_absences(self, users):
        """Approved leave of users from today on.

        :return: dict {user: list of (first day, last day)}
        """
        # sudo: resource.calendar.leaves - when colleagues are away, not why
        employees = users.sudo().employee_ids
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                Domain("resource_id", "in", employees.resource_id.ids)
                & Domain("date_to", ">=", fields.Datetime.now())
            )
        )
        absences = {}
        for leave in leaves:
            user = leave.resource_id.user_id
            absences.setdefault(user, []).append(
                (leave.date_from.date(), leave.date_to.date())
            )
        return absences

    def _send_offer(self):
        """Send the first mail; those without an address get a letter, by HR."""
        template = "hr_exit_interview.mail_template_offer"
        second = self.filtered("is_second")
        reached = second._send_leaver_mail("hr_exit_interview.mail_template_second")
        reached |= (self - second)._send_leaver_mail(template)
        # sudo: hr.exit.interview - how it went is recorded by the system
        unreached = self.sudo() - reached
        unreached.is_letter_needed = True
        unreached._schedule_letter()
        # sudo: hr.exit.interview - also for those who offer and may not read it
        self.sudo().filtered(lambda i: not i.candidate_ids)._schedule_no_interviewer()

    def _get_given_email(self):
        """Return the address the leaver gave for this interview; as superuser."""
        self.ensure_one()
        return self.second_email if self.is_second else self.contact_email

    def _get_first_interview(self):
        """Return the first interview of the same departure that was not called off."""
        return self.departure_id._get_current_interviews()[-1:]

    def _get_closing_day(self):
        """Return the last day on which the offer can be answered.

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
        """Tell whether the leaver was told of an interview that is still to come."""
        self.ensure_one()
        return bool(self.offered_datetime) and self.state in UNHELD_STATES

    @api.model
    def _cron_follow_up(self):
        """Remind, close and offer again: safe to run twice a day or not at all."""
        self.search(self._get_expiry_domain())._expire_offers()
        self._offer_second_interviews()
        due = self.search(self._get_reminder_domain()).filtered(
            lambda interview: interview._is_reminder_due()
        )
        for batch in split_every(OFFERS_AT_ONCE, due.ids, self.browse):
            batch._send_reminders()
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

    def _expire_offers(self):
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
        """Tell whether to remind today: not too often, not too soon, not too late."""
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

    def _send_reminders(self):
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

    @api.model
    def _offer_second_interviews(self):
        """Offer the short second interview to those who agreed to be asked again."""
        departures = self._search_second_due().departure_id
        departures = departures.filtered(lambda d: d._is_second_due())
        for batch in split_every(OFFERS_AT_ONCE, departures.ids, departures.browse):
            batch._offer_second()

    @api.model
    def _search_second_due(self):
        """Return the interviews with consent to a second one that may be due."""
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
