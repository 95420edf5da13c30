from collections import Counter

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.intervals import Intervals

from ...lib.chosen import get_chosen_records
from ...models.interview.hr_exit_interview_planning import PLANNABLE_STATES

# Conversations in a row tire: an interviewer holds no more than these on one day.
MAX_A_DAY = 3
# How many are booked at a time, so that the screen says how far it is.
BOOKED_AT_A_TIME = 25


class HrExitPlanningWizard(models.TransientModel):
    """Offer and plan interviews of many leavers in one go, after a look at the list."""

    _name = "hr.exit.planning.wizard"
    _description = "Offer and Plan Interviews"

    has_planning = fields.Boolean(
        string="Plan a Moment Too",
        help="Leavers are told the moment and can choose another one. Otherwise they "
        "choose themselves.",
    )
    line_ids = fields.One2many("hr.exit.planning.wizard.line", "wizard_id")
    ready_count = fields.Integer(compute="_compute_counts", string="To Do")
    done_count = fields.Integer(compute="_compute_counts", string="Done")
    blocked_count = fields.Integer(compute="_compute_counts", string="Left Out")
    progress = fields.Float(compute="_compute_counts")
    has_moments = fields.Boolean(string="Moments Found", compute="_compute_has_moments")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for wizard in self:
            counts = Counter(wizard.line_ids.mapped("state"))
            wizard.ready_count = counts["ready"]
            wizard.done_count = counts["done"]
            wizard.blocked_count = counts["blocked"]
            total = counts["ready"] + counts["done"]
            wizard.progress = total and 100 * counts["done"] / total

    @api.depends("line_ids.state", "line_ids.start_datetime")
    def _compute_has_moments(self):
        for wizard in self:
            ready = wizard.line_ids.filtered(lambda line: line.state == "ready")
            wizard.has_moments = any(ready.mapped("start_datetime"))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        departures = self._get_departures()
        if "has_planning" in fields_list:
            values["has_planning"] = bool(
                get_chosen_records(self.env, "hr.exit.interview")
            )
        if "line_ids" in fields_list:
            values["line_ids"] = [
                Command.create(self._prepare_line(departure, len(departures) > 1))
                for departure in departures
            ]
        return values

    @api.model
    def _get_departures(self):
        """Return the departures chosen in the list, or those of chosen interviews."""
        interviews = get_chosen_records(self.env, "hr.exit.interview")
        chosen = get_chosen_records(self.env, "hr.departure")
        return interviews.departure_id or chosen

    @api.model
    def _prepare_line(self, departure, is_together):
        interview = departure._get_current_interviews()[-1:]
        obstacle = self._get_obstacle(departure, interview, is_together)
        return {
            "departure_id": departure.id,
            "interview_id": interview.id,
            "state": "blocked" if obstacle else "ready",
            "message": obstacle,
        }

    @api.model
    def _get_obstacle(self, departure, interview, is_together):
        # sudo: hr.departure - who is barred is checked, not shown
        if self.env.user in departure.sudo()._get_barred_users():
            return self.env._("A colleague in HR does this one.")
        return departure._get_offer_obstacle() or self._get_interview_obstacle(
            interview, is_together
        )

    @api.model
    def _get_interview_obstacle(self, interview, is_together):
        """Return why to leave the interview alone, False when it can be planned.

        What a leaver said or planned stays, unless HR chose just this interview.
        """
        if interview and interview.state not in PLANNABLE_STATES:
            return self.env._("The interview took place.")
        if is_together and interview.state == "scheduled":
            return self.env._("Has a moment already. Move it on the interview itself.")
        if is_together and interview.state == "declined":
            return self.env._("Would rather not talk, and that is fine.")
        if is_together and interview.state == "expired":
            return self.env._("Did not answer, and the offer is closed.")
        return False

    def action_preview(self):
        """Find a slot for each, spread over interviewers and days; show the list."""
        self.ensure_one()
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        if self.has_planning:
            ready._assign_moments()
        else:
            ready.write({"start_datetime": False, "interviewer_id": False})
        return self._reopen()

    def action_apply(self):
        """Offer to all, then book some; the screen comes back until all are done.

        :raises UserError: nothing is left to do
        """
        self.ensure_one()
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        if not ready:
            raise UserError(self.env._("There is nothing left to do."))
        ready._offer_interview()
        ready[:BOOKED_AT_A_TIME]._book_slot()
        return self._reopen()

    def _reopen(self):
        return {
            "name": self.env._("Offer and Plan Interviews"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class HrExitPlanningWizardLine(models.TransientModel):
    """One leaver in the list: what will happen, or why nothing does."""

    _name = "hr.exit.planning.wizard.line"
    _description = "Interview to Offer and Plan"

    wizard_id = fields.Many2one(
        "hr.exit.planning.wizard", required=True, ondelete="cascade"
    )
    departure_id = fields.Many2one("hr.departure", required=True, readonly=True)
    interview_id = fields.Many2one("hr.exit.interview", readonly=True)
    company_id = fields.Many2one(related="departure_id.company_id")
    state = fields.Selection(
        [("ready", "To Do"), ("done", "Done"), ("blocked", "Left Out")],
        default="ready",
        readonly=True,
    )
    start_datetime = fields.Datetime(string="Moment")
    interviewer_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    message = fields.Char(readonly=True)

    def _assign_moments(self):
        """Choose a free time slot for each line, none twice, few a day for each."""
        interviews = self._get_interviews()
        # sudo: calendar.event - whether colleagues are free, not why
        agenda = self.env["hr.exit.interview"].sudo().union(*interviews)._get_agenda()
        a_day = Counter()
        for line, interview in zip(self, interviews, strict=True):
            line._assign_moment(interview, agenda, a_day)

    def _get_interviews(self):
        """Return the interview of each line, a trial one where none was offered yet."""
        # sudo: hr.exit.interview - planned on behalf of HR, barred lines are left out
        interviews = self.env["hr.exit.interview"].sudo()
        departures = self.departure_id.sudo()
        candidates = interviews._pick_candidates(departures)
        return [
            line.interview_id.sudo()
            or interviews.new(
                {
                    "departure_id": line.departure_id.id,
                    "candidate_ids": candidates[line.departure_id.sudo()].ids,
                }
            )
            for line in self
        ]

    def _assign_moment(self, interview, agenda, a_day):
        """Choose for one line, and take the slot out of the interviewer's agenda."""
        fitting = self._rank_moments(interview, agenda, a_day)
        if fitting:
            *_order, start, user = min(fitting, key=lambda item: item[:4])
            self._take_moment(interview, start, user, agenda, a_day)
        else:
            self.start_datetime = False
            self.message = self.env._("Nobody is free: choose a moment yourself.")

    def _rank_moments(self, interview, agenda, a_day):
        """Return free time slots as (day is full, rank of day, work, start, user)."""
        starts = interview._get_free_starts(agenda)
        days = interview._order_days(starts, agenda)
        ranks = {day: rank for rank, day in enumerate(days)}
        return [
            (
                a_day[user.id, start.date()] >= MAX_A_DAY,
                ranks[start.date()],
                agenda["loads"][user],
                start,
                user,
            )
            for start, user in starts
            if start.date() in ranks
        ]

    def _take_moment(self, interview, start, user, agenda, a_day):
        slot = interview._prepare_slot(start, user)
        a_day[user.id, start.date()] += 1
        agenda["loads"][user] += 1
        partner = user.partner_id or interview.outside_interviewer_id
        agenda["busy"][partner] |= Intervals([interview._get_slot_interval(start)])
        self.write(
            {
                "start_datetime": slot["start"],
                "interviewer_id": user.id,
                "message": False,
            }
        )

    def _offer_interview(self):
        """Offer to those who have no interview yet, in one batch."""
        unoffered = self.filtered(lambda line: not line.interview_id)
        unoffered.departure_id._offer_interviews()
        for line in unoffered:
            line.interview_id = line.departure_id._get_current_interviews()[-1:]

    def _book_slot(self):
        """Book each line on its own: one that is taken meanwhile stops no other."""
        for line in self:
            if line.start_datetime:
                line._try_book()
            else:
                line.state = "done"

    def _try_book(self):
        try:
            with self.env.cr.savepoint():
                self._check_as_shown()
                self.interview_id._book_slot(
                    self.start_datetime, self.interviewer_id, is_by_hand=True
                )
        except (UserError, ValidationError) as error:
            self.write({"state": "blocked", "message": str(error)})
        else:
            self.write({"state": "done", "message": False})

    def _check_as_shown(self):
        """Leavers answer while HR looks at the list: that counts, not the list."""
        is_together = len(self.wizard_id.line_ids) > 1
        obstacle = self.wizard_id._get_interview_obstacle(
            self.interview_id, is_together
        )
        if obstacle:
            raise UserError(obstacle)
