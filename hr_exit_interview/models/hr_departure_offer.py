import logging
from datetime import datetime, timedelta

from psycopg2 import OperationalError
from pytz import UTC, timezone

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ..planning import midpoint
from ..tools.turns import take_turns

_logger = logging.getLogger(__name__)

TYPE_ACTIVITY = "hr_exit_interview.mail_activity_type_departure_type_missing"
FAILED_ACTIVITY = "hr_exit_interview.mail_activity_type_offer_failed"
# Nobody is written to after these: relatives are spoken to by a person.
TYPES_WITHOUT_OFFER = ("death",)
BATCH_SIZE = 100
# Longer than any run of holidays, so that a hold period of a month fits.
HOLD_SEARCH_DAYS = 70
# A second interview that was not offered in time is not sent out of the blue.
SECOND_GRACE_DAYS = 30


class HrDeparture(models.Model):
    """Offering the interview: after the hold period, or by hand."""

    _inherit = "hr.departure"

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
        groups="hr_exit_interview.group_exit_officer",
        help="Of the last interview that was offered.",
    )
    can_offer_interview = fields.Boolean(compute="_compute_can_offer_interview")

    @api.depends("interview_ids.state")
    def _compute_interview_state(self):
        # All at once: the last one of each would be read alone.
        self.interview_ids.mapped("state")
        for departure in self:
            departure.interview_state = departure.interview_ids.sorted("id")[-1:].state

    @api.depends("state", "departure_type", "departure_reason_id", "interview_ids")
    @api.depends_context("uid")
    def _compute_can_offer_interview(self):
        # sudo: hr.exit.interview - whether there is one, also for who may not read
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
        return result

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

    # === Offering ===

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

        A fixed number of queries for any number of departures. Those that must not
        be offered, have an interview or are being offered by somebody else at this
        moment are left out, so it is safe to run twice.

        :return: the new interviews, in sudo
        """
        # sudo: hr.exit.interview - offered by cron or by whoever registers departures
        departures = self.sudo()._lock_to_offer()
        departures = departures.filtered(
            lambda d: not d._get_offer_obstacle() and not d._get_current_interviews()
        )
        interviews = departures._create_offers()
        departures.activity_unlink([TYPE_ACTIVITY, FAILED_ACTIVITY])
        interviews._send_offer()
        return interviews

    def _lock_to_offer(self):
        """Lock these departures; leave out those that somebody else is busy with.

        Who was offered an interview since this transaction began would look as if
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
        """The first interviews that were not called off."""
        return self.interview_ids.filtered(
            lambda i: i.state != "cancelled" and not i.is_second
        )

    def _get_offer_obstacle(self):
        """Why no interview is offered for this departure, with the way out.

        :return: translated sentence as str, "" when nothing is in the way
        """
        self.ensure_one()
        employee = self.employee_name
        env = self.env
        if self.is_historical:
            return env._(
                "%(employee)s left in the past: no interview is offered.",
                employee=employee,
            )
        if self.state == "draft":
            return env._(
                "%(employee)s may not have been told yet: confirm the departure first.",
                employee=employee,
            )
        if self.state == "withdrawn":
            return env._(
                "%(employee)s stays: there is nothing to offer.", employee=employee
            )
        if not self.departure_type:
            return env._(
                "Choose the type of departure of %(employee)s first: it decides what "
                "is asked.",
                employee=employee,
            )
        if self.departure_type in TYPES_WITHOUT_OFFER:
            return env._(
                "%(employee)s died: nothing is sent. Speak to the relatives in person.",
                employee=employee,
            )
        if (
            self.departure_reason_id
            and not self.departure_reason_id.is_interview_offered
        ):
            return env._(
                "No interview is offered for the reason “%(reason)s”. Change that on "
                "the reason if it should be.",
                reason=self.departure_reason_id.name,
            )
        return ""

    # === By itself ===

    @api.model
    def _cron_offer(self):
        """Offer what is due, ask for missing types; in batches, safe to run again."""
        due = self.search(self._get_offer_domain())._filter_hold_over()
        due.filtered("is_type_missing")._schedule_type_missing()
        due = due.filtered(lambda departure: not departure.is_type_missing)
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for batch in split_every(BATCH_SIZE, due.ids, self.browse):
            batch._try_offer()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _try_offer(self):
        """Offer a batch; when one departure fails, the others are offered alone."""
        try:
            with self.env.cr.savepoint():
                self._offer_interviews()
        except OperationalError:
            raise  # the database is in the way, not a departure: try it all again
        except Exception as error:
            _logger.exception(
                "Interviews could not be offered: departures %s", self.ids
            )
            if len(self) == 1:
                self._schedule_offer_failed(error)
            else:
                for departure in self:
                    departure._try_offer()

    def _schedule_offer_failed(self, error):
        """Ask HR to look at a departure whose interview could not be offered, once."""
        if self.activity_search([FAILED_ACTIVITY]):
            return
        reason = str(error) if isinstance(error, UserError) else type(error).__name__
        # sudo: hr.departure - who in HR looks after it
        user = self.sudo()._get_exit_responsibles()[self]
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            FAILED_ACTIVITY,
            note=self.env._(
                "The exit interview of %(employee)s could not be offered: %(reason)s. "
                "It is tried again by itself; you can also offer it by hand.",
                employee=self.employee_name,
                reason=reason,
            ),
            user_id=user.id or self.env.uid,
        )

    @api.model
    def _get_offer_domain(self):
        """Which departures may be due for an offer, the hold period apart.

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

    def _filter_hold_over(self):
        """The departures whose hold period is over by now."""
        now = fields.Datetime.now()
        result = self.browse()
        for company, departures in self.grouped("company_id").items():
            workdays = departures._get_company_workdays(company)
            result |= departures.filtered(
                lambda d, c=company, w=workdays: d._get_hold_end(c, w) <= now
            )
        return result

    def _get_hold_end(self, company, workdays):
        """The moment from which the interview may be offered.

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
        """The working days of a company around the hold periods of departures.

        :return: set of dates
        """
        # sudo: resource.calendar - the holidays of the company, whoever registers
        calendar = company.sudo().resource_calendar_id
        zone = timezone(calendar.tz or "UTC")
        start = UTC.localize(min(self.mapped("confirmed_datetime"))).astimezone(zone)
        stop = UTC.localize(fields.Datetime.now()) + timedelta(days=HOLD_SEARCH_DAYS)
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

    # === The second interview ===

    def _is_second_due(self):
        """Whether the day of the second interview has come and is not long past."""
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
