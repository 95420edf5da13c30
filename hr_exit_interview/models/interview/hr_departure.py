import logging
from datetime import datetime, timedelta

from pytz import UTC, timezone

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, split_every

from ...lib.groups import OFFICER
from ...lib.isolate import for_each_part, name_error
from ...lib.planning import midpoint
from ...lib.turns import take_turns

_logger = logging.getLogger(__name__)
TYPE_ACTIVITY = "hr_exit_interview.mail_activity_type_departure_type_missing"
OFFER_FAILED_ACTIVITY = "hr_exit_interview.mail_activity_type_offer_failed"
# Nobody is written to after these: relatives are spoken to by a person.
TYPES_WITHOUT_OFFER = ("death",)
OFFERS_AT_ONCE = 100
# Longer than any run of holidays, so that a hold period of a month fits.
WAITING_SEARCH_DAYS = 70
# A second interview that was not offered in time is not sent out of the blue.
SECOND_GRACE_DAYS = 30
# Anyone away all the days around the one to propose is not proposed.
AWAY_MARGIN = timedelta(days=2)


class HrDeparture(models.Model):
    """The interview's side of a departure: offered, planned, and how to reach whom."""

    _inherit = "hr.departure"

    interview_ids = fields.One2many("hr.exit.interview", "departure_id")
    interview_count = fields.Integer(compute="_compute_interview_count")

    confirmed_datetime = fields.Datetime(
        string="Confirmed On",
        readonly=True,
        copy=False,
        help="When HR confirmed the departure, or carried it out. The hold period "
        "starts here.",
    )
    interview_state = fields.Selection(
        selection=lambda self: (
            self.env["hr.exit.interview"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        compute="_compute_interview_state",
        groups=OFFICER,
        help="Of the last interview that was offered.",
    )
    can_offer_interview = fields.Boolean(compute="_compute_can_offer_interview")

    @api.depends("interview_ids")
    def _compute_interview_count(self):
        counts = dict(
            self.env["hr.exit.interview"]._read_group(
                Domain("departure_id", "in", self.ids), ["departure_id"], ["__count"]
            )
        )
        for departure in self:
            departure.interview_count = counts.get(departure, 0)

    @api.depends("interview_ids.state")
    def _compute_interview_state(self):
        # All at once: the last one of each would be read alone.
        self.interview_ids.mapped("state")
        for departure in self:
            departure.interview_state = departure.interview_ids.sorted("id")[-1:].state

    @api.depends("state", "departure_type", "departure_reason_id", "interview_ids")
    @api.depends_context("uid")
    def _compute_can_offer_interview(self):
        # sudo: hr.exit.interview - whether there is one, also for users who cannot read
        for departure, known in zip(self, self.sudo(), strict=True):
            departure.can_offer_interview = (
                not known._get_offer_obstacle()
                and not known._get_current_interviews()
                and self.env.user not in known._get_barred_users()
            )

    @api.model_create_multi
    def create(self, vals_list):
        departures = super().create(vals_list)
        departures._note_confirmation()
        return departures

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._note_confirmation()
        if self.env["hr.exit.interview"]._get_dimension_sources() & vals.keys():
            # sudo: hr.exit.interview - who edits a departure need not see its interview
            self.sudo().interview_ids._refresh_dimensions()
        return result

    def action_offer_interview(self):
        """Offer the interview now, without waiting for the hold period.

        :raises UserError: names the departure and what is in the way
        """
        for departure in self:
            obstacle = departure._get_offer_obstacle()
            if obstacle:
                raise UserError(obstacle)
        self.check_access("write")
        self._check_may_offer()
        interviews = self._offer_interviews()
        return self._notify_offered(interviews)

    def action_open_interviews(self):
        """Open the exit interview, or all of them when there are several."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_exit_interview_action"
        )
        action["domain"] = [("departure_id", "=", self.id)]
        action["context"] = {"default_departure_id": self.id}
        if len(self.interview_ids) == 1:
            action |= {"views": [(False, "form")], "res_id": self.interview_ids.id}
        return action

    def _on_step(self, step):
        """Call interviews off when the person stays; those told of one are told."""
        super()._on_step(step)
        if step != "withdrawn":
            return
        # sudo: hr.exit.interview - who withdraws need not see the interviews
        interviews = self.sudo().interview_ids
        told = interviews.filtered(lambda i: i._is_leaver_waiting())
        interviews._cancel_open()
        told._send_leaver_mail(
            "hr_exit_interview.mail_template_withdrawn", with_ics=True
        )

    def _get_leaver_email(self, day, interview=None):
        """Return the address at which the leaver reads mail on a day.

        What the leaver gave for it comes first. Else it is the address at work, and
        the private one from some days before the last day on
        (``exit_private_email_days``), because the account at work is about to close.

        :param date day: the day on which the mail is to be read
        :param interview: the interview that the mail is about, if it is about one
        :return: normalized address as str, "" when there is none that will work
        """
        self.ensure_one()
        # sudo: hr.employee - the private address is for HR; the mail goes there, the
        # address is not shown
        departure = self.sudo()
        employee = departure.employee_id
        given = interview and interview.sudo()._get_given_email()
        private = employee.private_email
        work = departure._get_work_email(day)
        ordered = (given, private, work)
        if work and not departure._is_account_closing(day):
            ordered = (given, work, private)
        return next(filter(None, map(email_normalize, filter(None, ordered))), "")

    def _get_work_email(self, day):
        """Return the address at work, as long as it is open and the leaver's own."""
        employee = self.employee_id
        is_gone = not employee.active or (
            self.departure_date and day > self.departure_date
        )
        # A mailbox of the company is read by others.
        is_shared = employee.work_email == self.company_id.email
        return False if is_gone or is_shared else employee.work_email

    def _is_account_closing(self, day):
        """Tell whether the account at work is about to close on a day."""
        if not self.departure_date:
            return False
        days = self.company_id.exit_private_email_days
        return day > fields.Date.subtract(self.departure_date, days=days)

    def _get_leaver_lang(self):
        """Return the language to write to the leaver in, always an installed one.

        :return: code as str
        """
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        wanted = (self.lang, self.company_id.partner_id.lang, self.env.lang, "en_US")
        return next(code for code in (*wanted, *installed) if code in installed)

    def _get_barred_users(self):
        """Return who never holds the interview: leaver, direct manager, who decided.

        Called as superuser.

        :return: users, archived ones included
        """
        self.ensure_one()
        people = self.employee_id | self.employee_id.parent_id | self.manager_id
        return people.user_id | self.decision_user_ids

    def _get_exit_responsibles(self):
        """Return who in HR acts for each departure.

        By the settings, else HR's responsible for the employee; only an HR exit officer
        of the company who is not barred from the interview, empty where there is none.
        Called as superuser.

        :return: dict {departure: user}
        """
        officers = self.env.ref(OFFICER).all_user_ids.filtered(
            lambda user: user.active and user._is_internal()
        )
        return {
            departure: departure._get_exit_responsible(officers) for departure in self
        }

    def _get_exit_responsible(self, officers):
        allowed = (
            officers.filtered(lambda user: self.company_id in user.company_ids)
            - self._get_barred_users()
        )
        preferred = (
            self.company_id.exit_responsible_id,
            self.employee_id.version_id.hr_responsible_id,
            self.env.user,
        )
        found = [user for user in preferred if user in allowed]
        return found[0] if found else allowed.sorted("id")[:1]

    def _note_confirmation(self):
        """Remember when a departure became certain, the first time."""
        new = self.filtered(
            lambda d: (
                d.state in ("confirmed", "done")
                and not d.is_historical
                and not d.confirmed_datetime
            )
        )
        if new:
            new.confirmed_datetime = fields.Datetime.now()

    def _check_may_offer(self):
        # sudo: hr.departure - who decided is checked, not shown
        for departure in self.sudo():
            if self.env.user in departure._get_barred_users():
                raise UserError(
                    self.env._(
                        "You are the manager of %(employee)s or took part in the "
                        "decision: a colleague in HR offers this interview.",
                        employee=departure.employee_name,
                    )
                )

    def _notify_offered(self, interviews):
        """Tell how many were offered, and by which way."""
        by_letter = len(interviews.filtered("is_letter_needed"))
        message = self.env._(
            "Offered: %(count)s. By letter: %(letters)s.",
            count=len(interviews),
            letters=by_letter,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if by_letter else "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _offer_interviews(self):
        """Offer an interview to each leaver who has none yet, in one batch.

        A constant number of queries for any number of departures. Those that must not
        be offered, have an interview or are being offered by somebody else right
        now are left out, so it is safe to run twice.

        :return: the new interviews, in sudo
        """
        # sudo: hr.exit.interview - offered by cron or by whoever registers departures
        departures = self.sudo()._lock_to_offer()
        departures = departures.filtered(
            lambda d: not d._get_offer_obstacle() and not d._get_current_interviews()
        )
        interviews = departures._create_offers()
        departures.activity_unlink([TYPE_ACTIVITY, OFFER_FAILED_ACTIVITY])
        interviews._send_offer()
        return interviews

    def _lock_to_offer(self):
        """Lock these departures; leave out those that somebody else is busy with.

        An interview that was offered since this transaction began would look as if
        there were none: then it begins again.
        """
        departures = self.try_lock_for_update(allow_referencing=True)
        take_turns(departures)
        departures.invalidate_recordset(["interview_ids"])
        return departures

    def _create_offers(self, **vals):
        quiet = self.env["hr.exit.interview"].with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        now = fields.Datetime.now()
        candidates = quiet._pick_candidates(self)
        interviews = quiet.create(
            [
                {
                    "departure_id": departure.id,
                    "offered_datetime": now,
                    "candidate_ids": [Command.set(candidates[departure].ids)],
                    **vals,
                }
                for departure in self
            ]
        )
        self._ensure_exit_token()
        return interviews.with_env(self.env)

    def _get_current_interviews(self):
        """Return the first interviews that were not called off."""
        return self.interview_ids.filtered(
            lambda i: i.state != "cancelled" and not i.is_second
        )

    def _get_offer_obstacle(self):
        """Return why no interview is offered for this departure, with the way out.

        :return: translated sentence as str, "" when nothing is in the way
        """
        self.ensure_one()
        obstacle = self._find_offer_obstacle()
        return obstacle and self._get_offer_obstacle_texts()[obstacle]

    def _find_offer_obstacle(self):
        """Return the first thing in the way of an offer, "" when nothing is."""
        reason = self.departure_reason_id
        obstacles = {
            "historical": self.is_historical,
            "draft": self.state == "draft",
            "withdrawn": self.state == "withdrawn",
            "no_type": not self.departure_type,
            "died": self.departure_type in TYPES_WITHOUT_OFFER,
            "reason": reason and not reason.is_interview_offered,
        }
        return next((name for name, is_so in obstacles.items() if is_so), "")

    def _get_offer_obstacle_texts(self):
        env, employee = self.env, self.employee_name
        return {
            "historical": env._(
                "%(employee)s left in the past: no interview is offered.",
                employee=employee,
            ),
            "draft": env._(
                "%(employee)s may not have been told yet: confirm the departure first.",
                employee=employee,
            ),
            "withdrawn": env._(
                "%(employee)s stays: there is nothing to offer.", employee=employee
            ),
            "no_type": env._(
                "Choose the type of departure of %(employee)s first: it decides what "
                "is asked.",
                employee=employee,
            ),
            "died": env._(
                "%(employee)s died: nothing is sent. Speak to the relatives in person.",
                employee=employee,
            ),
            "reason": env._(
                "No interview is offered for the reason “%(reason)s”. Change that on "
                "the reason if it should be.",
                reason=self.departure_reason_id.name,
            ),
        }

    @api.model
    def _cron_offer(self):
        """Offer what is due, ask for missing types; in batches, safe to run again."""
        due = self.search(self._get_offer_domain())._filter_waiting_over()
        due.filtered("is_type_missing")._schedule_type_missing()
        due = due.filtered(lambda departure: not departure.is_type_missing)
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for batch in split_every(OFFERS_AT_ONCE, due.ids, self.browse):
            batch._try_offer()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _try_offer(self):
        """Offer a batch; whoever cannot be offered does not stop the others."""
        for_each_part(
            self,
            lambda departures: departures._offer_interviews(),
            lambda departure, error: departure._schedule_offer_failed(error),
        )

    def _schedule_offer_failed(self, error):
        """Ask HR to look at a departure whose interview could not be offered, once."""
        _logger.error("Departure %s could not be offered", self.id, exc_info=error)
        if self.activity_search([OFFER_FAILED_ACTIVITY]):
            return
        # sudo: hr.departure - who in HR looks after it
        user = self.sudo()._get_exit_responsibles()[self]
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            OFFER_FAILED_ACTIVITY,
            note=self.env._(
                "The exit interview of %(employee)s could not be offered: %(reason)s. "
                "It is tried again by itself; you can also offer it by hand.",
                employee=self.employee_name,
                reason=name_error(error),
            ),
            user_id=user.id or self.env.uid,
        )

    @api.model
    def _get_offer_domain(self):
        """Return which departures may be due for an offer, the hold period apart.

        :return: Domain
        """
        interviews = Domain("state", "!=", "cancelled") & Domain(
            "is_second", "=", False
        )
        today = fields.Date.context_today(self)
        return (
            Domain("state", "in", ("confirmed", "done"))
            & Domain("is_historical", "=", False)
            & Domain("rehire_date", "=", False)
            & Domain("confirmed_datetime", "!=", False)
            & Domain("departure_type", "not in", TYPES_WITHOUT_OFFER)
            & Domain("departure_reason_id.is_interview_offered", "=", True)
            & Domain("interview_ids", "not any", interviews)
            & Domain.OR(
                Domain("company_id", "=", company.id)
                & Domain(
                    "departure_date",
                    ">=",
                    fields.Date.subtract(today, days=company.exit_close_days),
                )
                for company in self.env["res.company"].search(
                    Domain("exit_offer_mode", "=", "hold")
                )
            )
        )

    def _filter_waiting_over(self):
        """Return the departures whose hold period is over by now."""
        now = fields.Datetime.now()
        result = self.browse()
        for company, departures in self.grouped("company_id").items():
            workdays = departures._get_company_workdays(company)
            result |= departures.filtered(
                lambda d, c=company, w=workdays: d._get_waiting_end(c, w) <= now
            )
        return result

    def _get_waiting_end(self, company, workdays):
        """Return the time from which the interview may be offered.

        :return: naive UTC; the end of time when it is too far away to tell
        """
        zone = timezone(company.resource_calendar_id.tz or "UTC")
        local = UTC.localize(self.confirmed_datetime).astimezone(zone)
        day = midpoint.add_workdays(
            local.date(), company.exit_offer_hold_days, workdays
        )
        if not day:
            return datetime.max
        end = zone.localize(datetime.combine(day, local.time()))
        return end.astimezone(UTC).replace(tzinfo=None)

    def _get_company_workdays(self, company):
        """Return the working days of a company around the hold periods of departures.

        :return: set of dates
        """
        # sudo: resource.calendar - the holidays of the company, whoever registers
        calendar = company.sudo().resource_calendar_id
        zone = timezone(calendar.tz or "UTC")
        start = UTC.localize(min(self.mapped("confirmed_datetime"))).astimezone(zone)
        stop = UTC.localize(fields.Datetime.now()) + timedelta(days=WAITING_SEARCH_DAYS)
        work = calendar._work_intervals_batch(start, stop, tz=zone)[False]
        return {interval[0].date() for interval in work}

    def _schedule_type_missing(self):
        """Ask HR for the type of departure, once: nothing is offered before."""
        known = self.activity_search([TYPE_ACTIVITY]).mapped("res_id")
        asked = self.filtered(lambda departure: departure.id not in known)
        # sudo: hr.departure - who in HR looks after it
        responsibles = asked.sudo()._get_exit_responsibles()
        for departure, user in responsibles.items():
            departure.with_context(mail_activity_quick_update=True).activity_schedule(
                TYPE_ACTIVITY, user_id=user.id or self.env.uid
            )

    def _is_second_due(self):
        """Tell whether the day of the second interview has come, but not long ago."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        due = fields.Date.add(
            self.departure_date, days=self.company_id.exit_second_days
        )
        return due <= today <= fields.Date.add(due, days=SECOND_GRACE_DAYS)

    def _offer_second(self):
        """Offer the second interview, to the address given for it."""
        departures = self._lock_to_offer()
        departures = departures.filtered(
            lambda d: not any(d.interview_ids.mapped("is_second"))
        )
        interviews = departures._create_offers(is_second=True)
        for interview in interviews:
            interview.second_email = interview._get_first_interview().second_email
        interviews._send_offer()
        return interviews

    def _get_leaver_tz(self):
        """Return the time zone in which the leaver reads times."""
        calendar = self.company_id.resource_calendar_id
        return self.employee_id.tz or calendar.tz or "UTC"

    def _get_notice_day(self):
        """Return the day of notice, or the nearest known, up to the last day."""
        self.ensure_one()
        confirmed = self.confirmed_datetime and self.confirmed_datetime.date()
        day = self.notice_date or confirmed or fields.Date.context_today(self)
        return min(day, self.departure_date or day)

    def _get_target_day(self):
        """Return the day around which to talk, never in the past.

        Weekends and leave are not considered here.
        """
        today = fields.Date.context_today(self)
        if not self.departure_date:
            return today
        target = midpoint.get_midpoint(self._get_notice_day(), self.departure_date)
        return max(target, today)

    def _filter_interviewers(self, users, officers):
        """Return those of ``users`` who may hold this interview, the company's choice.

        :param officers: everybody with the role HR Exit Officer
        :return: users of the company's pool, its HR exit officers, and the second-line
            manager when the company wants that
        """
        self.ensure_one()
        company = self.company_id
        fitting = company.exit_interviewer_ids | officers
        if company.exit_second_line:
            fitting |= self.manager_id.parent_id.user_id
        return (
            users.filtered(lambda user: company in user.company_ids) & fitting
        ) - self._get_barred_users()

    def _is_away(self, absences):
        """Tell whether leave covers all the days around the one to propose.

        :param absences: list of (first day, last day)
        """
        target = self._get_target_day()
        return any(
            first <= target - AWAY_MARGIN and last >= target + AWAY_MARGIN
            for first, last in absences
        )
