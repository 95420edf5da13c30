from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

INTERVIEWER = "hr_exit_interview.group_exit_interviewer"
OFFICER = "hr_exit_interview.group_exit_officer"
CANDIDATES = 2
WAITING = ("offered", "accepted", "scheduled")


class HrExitInterview(models.Model):
    """Who may hold the conversation: two people, between whom the leaver chooses."""

    _inherit = "hr.exit.interview"

    candidate_ids = fields.Many2many(
        "res.users",
        "hr_exit_interview_candidate_rel",
        "interview_id",
        "user_id",
        string="Proposed Interviewers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="The leaver chooses one of them.",
    )

    @api.constrains("candidate_ids", "departure_id")
    def _check_candidates(self):
        # sudo: hr.departure - who decided on the dismissal is checked, not shown
        for interview in self.sudo():
            barred = (
                interview.candidate_ids & interview.departure_id._get_barred_users()
            )
            if barred:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot hold this interview: neither the leaver, the "
                        "direct manager nor who took part in the decision does. "
                        "Choose somebody else.",
                        user=barred[0].name,
                    )
                )

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
        when the company wants that; never who is barred, archived, leaving or away
        around the day to propose. A fixed number of queries. Called as superuser.

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
        """Who has the role Interviewer, is at work here and is not leaving."""
        users = self.env.ref(INTERVIEWER).all_user_ids
        users = users.filtered(lambda user: user.active and user._is_internal())
        # sudo: hr.departure - that a colleague leaves, for nobody to see
        open_departures = (
            self.env["hr.departure"]
            .sudo()
            .search(
                Domain("state", "in", ("draft", "confirmed"))
                & Domain("employee_id.user_id", "in", users.ids)
            )
        )
        return users - open_departures.employee_id.user_id

    @api.model
    def _get_loads(self, users):
        """How many open interviews everybody has or may get."""
        loads = Counter()
        domain = Domain("state", "in", WAITING)
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
