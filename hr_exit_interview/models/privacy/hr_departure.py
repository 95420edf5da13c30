from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib.coarse import get_quarter

NAMELESS = "—"
# What an anonymous departure is still counted by.
KEPT_DEPARTURE_FIELDS = {
    "company_id",
    "state",
    "departure_reason_id",
    "departure_type",
    "initiative",
    "is_historical",
    "is_regretted",
    "tenure_band",
}
# Origins that would lead from a line of the settlement back to the departure.
OWN_MODELS = ("hr.departure", "hr.departure.agreement")
HOLD_FIELDS = {"hold_until", "hold_reason"}
HOLD_TRACE_FIELDS = {"hold_user_id", "hold_date"}


class HrDeparture(models.Model):
    """What is left of a departure when its period is over: what is counted.

    A legal hold keeps everything for as long as it lasts.
    """

    _inherit = "hr.departure"

    hold_until = fields.Date(
        string="Held Until",
        tracking=True,
        copy=False,
        help="Nothing of this person is removed up to and including this day, for "
        "instance because of a dispute.",
    )
    hold_reason = fields.Char(
        string="Reason of the Hold",
        copy=False,
        help="Why it is needed longer: a claim, an investigation.",
    )
    hold_user_id = fields.Many2one(
        "res.users", string="Held By", readonly=True, copy=False
    )
    hold_date = fields.Date(string="Held Since", readonly=True, copy=False)

    @api.depends("is_anonymous")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for departure in self.filtered("is_anonymous"):
            departure.display_name = self.env._(
                "Anonymous, %(quarter)s",
                quarter=get_quarter(departure.departure_date) or "?",
            )
        return result

    @api.constrains(*HOLD_FIELDS)
    def _check_hold(self):
        for departure in self.filtered("hold_until"):
            if not departure.hold_reason:
                raise ValidationError(
                    self.env._(
                        "%(departure)s: say why it is held. Data may be kept longer "
                        "only for a reason.",
                        departure=departure.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        departures = super().create([self._prepare_hold(vals) for vals in vals_list])
        departures._anonymise_old_history()
        return departures

    def write(self, vals):
        self._check_not_anonymous()
        return super().write(self._prepare_hold(vals))

    def _check_not_anonymous(self):
        """What is only counted is about nobody: there is nothing to correct."""
        # sudo: hr.departure - interviewers do not read departures; this is no secret
        if not self.env.su and any(self.sudo().mapped("is_anonymous")):
            raise UserError(
                self.env._(
                    "The period of this departure is over: it is only counted, and "
                    "cannot be changed."
                )
            )

    def _anonymise_old_history(self):
        """Store what is taken over from long ago without a person, from the start."""
        past = self.filtered(lambda d: d.is_historical and d.departure_date)
        today = fields.Date.context_today(self)
        for company, departures in past.grouped("company_id").items():
            old = departures.filtered(
                lambda d, company=company: company._is_exit_code_over(
                    d.departure_date, today
                )
            )
            # sudo: hr.departure - follows from their age, not from a right
            old.sudo()._anonymise_records()

    def _anonymise_records(self):
        """Take the persons out of departures and their interviews; as superuser.

        Way of leaving, band of service, quarter, coded reasons and scores stay, and
        unit and job where enough people left them. Fixed number of queries; nothing is
        sent, tracked or worked out again.
        """
        if not self:
            return
        # Searched: what is read after the cache was emptied is then read at once.
        interviews = self.interview_ids.search([("departure_id", "in", self.ids)])
        units = self._get_counted_units()
        self._delete_mails_with_link()
        self._cut_from_settlements()
        self._delete_agreements()
        interviews._anonymise_records(units)
        blank = self.env["hr.exit.blank"]
        blank._delete_traces(self)
        blank._blank(self, self._get_kept_fields(), self._get_replaced_fields(units))

    @api.model
    def _get_kept_fields(self):
        """Return the names of fields that stay; all others are emptied."""
        return KEPT_DEPARTURE_FIELDS

    @api.model
    def _get_replaced_fields(self, units):
        blank = self.env["hr.exit.blank"]
        return {
            "employee_name": SQL("%s", NAMELESS),
            "is_anonymous": SQL("TRUE"),
            "culpable_party": SQL("'none'"),
            "departure_date": blank._sql_quarter_end("departure_date"),
            "department_id": blank._sql_unit(units),
            "job_id": self._sql_counted_job(),
            "create_date": blank._sql_quarter_start("create_date"),
        }

    def _get_counted_units(self):
        """Which unit is kept for whom: the own one, one above it, or none.

        A unit is kept when at least as many people left it, the units below it
        included, as figures are published about.

        :return: {id of a unit: id of the unit that is kept, or None}
        """
        tree = self.env["hr.department"]._get_exit_tree()
        leavers = dict(
            self.with_context(active_test=False)._read_group(
                Domain("company_id", "in", self.company_id.ids)
                & Domain("department_id", "!=", False)
                & Domain("state", "=", "done"),
                ["department_id"],
                ["__count"],
            )
        )
        totals = Counter()
        for unit, count in leavers.items():
            totals.update(dict.fromkeys(tree.path(unit.id), count))
        enough = self._get_smallest_group()
        return {
            unit.id: next(
                (
                    node
                    for node in tree.path(unit.id)
                    if node and totals[node] >= enough
                ),
                None,
            )
            for unit in self.department_id | self.interview_ids.department_id
        }

    def _sql_counted_job(self):
        """The job, where at least as many people left it as figures are published
        about, as SQL: signals compare jobs too."""
        leavers = self.with_context(active_test=False)._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("job_id", "in", self.job_id.ids)
            & Domain("state", "=", "done"),
            ["job_id"],
            having=[("__count", ">=", self._get_smallest_group())],
        )
        kept = tuple(job.id for (job,) in leavers)
        if not kept:
            return SQL("NULL")
        return SQL("CASE WHEN job_id IN %s THEN job_id END", kept)

    def _get_smallest_group(self):
        return max(self.company_id.mapped("exit_insight_minimum"))

    def _delete_mails_with_link(self):
        """Delete mails that could not be sent: they hold name and personal link."""
        tokens = self.mapped("exit_token")
        tokens += self.interview_ids.mapped("interviewer_token")
        links = [*filter(None, tokens)]
        self.env["hr.exit.blank"]._search_traces(
            "mail.mail", Domain.OR(Domain("body_html", "like", link) for link in links)
        ).unlink()

    def _cut_from_settlements(self):
        """Settlements live on by their own snapshot, without a way back to here."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE hr_settlement_line SET res_model = NULL, res_id = NULL"
                " WHERE res_model IN %s AND settlement_id IN"
                " (SELECT id FROM hr_settlement WHERE departure_id IN %s)",
                OWN_MODELS,
                self._ids,
            )
        )
        # Not by writing: that would refuse confirmed ones and work drafts out again.
        self.env.cr.execute(
            SQL(
                "UPDATE hr_settlement SET departure_id = NULL WHERE departure_id IN %s",
                self._ids,
            )
        )

    def _delete_agreements(self):
        agreements = self.agreement_ids
        agreements.attachment_ids.unlink()
        self.env["hr.exit.blank"]._delete_traces(agreements)
        agreements.unlink()

    def _get_legal_hold_end(self):
        """Until when something of this person is held, by any of their departures.

        :return: date, or None when nothing is held today
        """
        self.ensure_one()
        # sudo: hr.departure - a hold in another company is a hold
        departure = self.sudo()
        departures = departure | departure.employee_id.departure_ids
        today = fields.Date.context_today(self)
        ends = filter(None, departures.mapped("hold_until"))
        return max((end for end in ends if end >= today), default=None)

    @api.model
    def _prepare_hold(self, vals):
        """Who holds it and since when, or nobody any more."""
        vals = {name: vals[name] for name in vals.keys() - HOLD_TRACE_FIELDS}
        if "hold_until" not in vals:
            return vals
        if not vals["hold_until"]:
            return {**vals, **dict.fromkeys(HOLD_FIELDS | HOLD_TRACE_FIELDS, False)}
        today = fields.Date.context_today(self)
        return {**vals, "hold_user_id": self.env.uid, "hold_date": today}
