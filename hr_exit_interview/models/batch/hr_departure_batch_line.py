import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.isolate import for_each_part, name_error
from ..departure.hr_departure import OPEN_STATES
from ..settlement.hr_settlement_line import SIGNED_KINDS

# What only a run writes.
RUN_LINE_FIELDS = {"state", "message", "last_day", "departure_id", "settlement_id"}
_logger = logging.getLogger(__name__)


class HrDepartureBatchLine(models.Model):
    """One employee of a mass departure, and how far the run is with them."""

    _name = "hr.departure.batch.line"
    _description = "Employee of a Mass Departure"
    _order = "batch_id, id"
    _rec_name = "employee_id"
    _check_company_auto = True

    # The unique index below begins with it.
    batch_id = fields.Many2one("hr.departure.batch", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="batch_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="batch_id.currency_id")
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="cascade",
        check_company=True,
        index=True,
    )
    department_id = fields.Many2one(related="employee_id.department_id")
    planned_date = fields.Date(
        string="Other Last Day", help="Instead of the last day of the others."
    )
    last_day = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Ready"), ("failed", "Failed")],
        default="todo",
        required=True,
        readonly=True,
        copy=False,
    )
    message = fields.Char(string="Why It Failed", readonly=True, copy=False)
    departure_id = fields.Many2one(
        "hr.departure", readonly=True, copy=False, index="btree_not_null"
    )
    settlement_id = fields.Many2one(
        "hr.settlement", readonly=True, copy=False, index="btree_not_null"
    )
    cost_ids = fields.One2many("hr.departure.batch.cost", "line_id")
    has_costs = fields.Boolean(compute="_compute_cost_total")
    cost_total = fields.Monetary(string="What-If Costs", compute="_compute_cost_total")
    cost_unknown_count = fields.Integer(
        string="Amounts Not Known", compute="_compute_cost_total"
    )

    _employee_uniq = models.UniqueIndex(
        "(batch_id, employee_id)", "This employee is on the list already."
    )

    # The run asks for the next lines to do, in order.
    _todo_idx = models.Index("(batch_id, id) WHERE state = 'todo'")

    @api.depends("cost_ids.amount", "cost_ids.is_counted", "cost_ids.has_amount")
    def _compute_cost_total(self):
        for line in self:
            counted = line.cost_ids.filtered("is_counted")
            unknown = line.cost_ids.filtered(lambda cost: not cost.has_amount)
            line.has_costs = bool(line.cost_ids)
            line.cost_total = sum(counted.mapped("amount"))
            line.cost_unknown_count = len(unknown)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.env["hr.exit.run"]._check_run_kept(vals, RUN_LINE_FIELDS)
        lines = super().create(vals_list)
        lines._check_not_running()
        return lines

    def write(self, vals):
        self.env["hr.exit.run"]._check_run_kept(vals, RUN_LINE_FIELDS)
        if not self.env.su:
            self._check_not_running()
            self._check_not_registered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        self._check_not_running()
        self._check_not_registered()

    def action_open_departure(self):
        """Open the departure that was registered."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.departure",
            "res_id": self.departure_id.id,
            "view_mode": "form",
        }

    def _check_not_running(self):
        for batch in self.batch_id:
            if batch.state == "running":
                raise UserError(
                    self.env._(
                        "%(batch)s is running: stop it before you change its list.",
                        batch=batch.name,
                    )
                )

    def _check_not_registered(self):
        for line in self.filtered("departure_id"):
            raise UserError(
                self.env._(
                    "The departure of %(employee)s is registered: change or withdraw"
                    " the departure itself.",
                    employee=line.employee_id.name,
                )
            )

    def _run_for(self, batch):
        """Do the step of the batch for these lines, as the user who started the run.

        Where it cannot be done, the line says why. When something goes wrong
        unexpectedly, nothing of them is kept and each half is tried on its own, until
        it is known whose line it is. Not for that user's own line: whoever starts a
        run may not even see it.
        """
        own = self.filtered(lambda line: batch.user_id in line.employee_id.user_id)
        own._note_failed(
            self.env._(
                "Started the run, and nobody handles the own departure: somebody else"
                " tries again."
            )
        )
        for_each_part(
            (self - own).with_env(batch._as_runner(batch.company_id).env),
            lambda lines: lines._run_allowed(batch.step),
            lambda line, error: line._note_error(batch.step, error),
        )

    def _run_allowed(self, step):
        refuse, run = {
            "calculate": (self._refuse_register, type(self)._run_calculate),
            "register": (self._refuse_register, type(self)._run_register),
            "confirm": (self._refuse_confirm, type(self)._run_confirm),
        }[step]
        refusals = refuse()
        for line, reason in refusals.items():
            line._note_failed(reason)
        allowed = self.filtered(lambda line: line not in refusals)
        if allowed:
            run(allowed)

    def _run_calculate(self):
        """Compute the settlements and keep their amounts; nothing is registered."""
        departures = self._preview_departures()
        lines = self._check_last_days(departures)
        previews = self.env["hr.settlement"]._preview_lines(
            departures.browse().union(*lines)
        )
        # sudo: hr.departure.batch.cost - computed, so nobody may type them
        self.env["hr.departure.batch.cost"].sudo().create(
            [
                values
                for departure, line in lines.items()
                for values in line._prepare_costs(departure, previews[departure])
            ]
        )
        for departure, line in lines.items():
            line._note_done(last_day=departure.departure_date)

    def _prepare_costs(self, departure, values_list):
        """Return the values of the costs out of those of settlement lines.

        What the normal payslip pays anyway is no cost of leaving.
        """
        settlement_lines = self.env["hr.settlement.line"]
        # The line's own fields tell what counts: ask them, without saving any.
        found = [
            settlement_lines.new({**values, "currency_id": departure.currency_id.id})
            for values in values_list
            if values["kind"] in SIGNED_KINDS and not values["is_reference"]
        ]
        return [
            {
                "batch_id": self.batch_id.id,
                "line_id": self.id,
                "department_id": departure.department_id.id,
                "currency_id": departure.currency_id.id,
                "rule_id": line.rule_id.id,
                **{
                    name: line[name]
                    for name in (
                        "code",
                        "sequence",
                        "kind",
                        "has_amount",
                        "amount",
                        "is_counted",
                        "is_only_if_agreed",
                        "missing",
                    )
                },
            }
            for line in found
        ]

    def _refuse_register(self):
        """Return {line: why} of people whose departure cannot be registered here."""
        reasons = {}
        open_departures = self._get_open_departures()
        for line in self:
            employee = line.employee_id
            if employee in open_departures:
                reasons[line] = self.env._(
                    "Has an open departure already: %(departure)s.",
                    departure=open_departures[employee].display_name,
                )
            elif not employee.active:
                reasons[line] = self.env._("Is in the archive already.")
        return reasons

    def _get_open_departures(self):
        """Return {employee: open departure} of those who have one."""
        # sudo: hr.departure - only that there is one; also of another company
        found = (
            self.env["hr.departure"]
            .sudo()
            .search(
                Domain("employee_id", "in", self.employee_id.ids)
                & Domain("state", "in", OPEN_STATES)
            )
        )
        return {departure.employee_id: departure for departure in found}

    def _run_register(self):
        """Register a departure for each, ahead of the day: nobody is mailed."""
        departures = self._preview_departures()
        lines = self._check_last_days(departures)
        registered = (
            self.env["hr.departure"]
            .with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
            .create(
                [
                    {
                        **line._prepare_departure(),
                        "departure_date": departure.departure_date,
                    }
                    for departure, line in lines.items()
                ]
            )
        )
        for line, departure in zip(lines.values(), registered, strict=True):
            line._note_done(
                departure_id=departure.id, last_day=departure.departure_date
            )
        self._log_on_departures(registered, self.env._("Registered with %s."))

    def _refuse_confirm(self):
        """Return {line: why} of people whose departure cannot be confirmed."""
        return {
            line: self.env._("The departure was withdrawn.")
            for line in self
            if line.departure_id.state == "withdrawn"
        }

    def _run_confirm(self):
        """Confirm the departures, which makes their settlements."""
        drafts = self.departure_id.filtered(lambda d: d.state == "draft")
        # One log message for all instead of tracking, which writes one by one.
        drafts.with_context(mail_notrack=True).action_confirm()
        self._log_on_departures(drafts, self.env._("Confirmed with %s."))
        # sudo: hr.settlement - only which one belongs to the departure
        settlements = self.env["hr.settlement"].sudo()
        found = settlements._find_main(self.departure_id).grouped("departure_id")
        for line in self:
            settlement = found.get(line.departure_id, settlements)
            line._note_done(settlement_id=settlement[:1].id)

    def _preview_departures(self):
        """Return unsaved departures in the order of the lines, with their last day."""
        departures = self.env["hr.settlement"]._preview_departures(
            [line._prepare_departure() for line in self]
        )
        for departure in departures:
            if not departure.departure_date and departure.regular_end_date:
                departure.departure_date = departure.regular_end_date
        return departures

    def _prepare_departure(self):
        """Return the values of the departure; its last day may follow from the term."""
        batch = self.batch_id
        same = batch.departure_date if batch.date_choice == "fixed" else False
        return {
            "employee_id": self.employee_id.id,
            "employee_name": self.employee_id.name,
            "company_id": self.company_id.id,
            "departure_reason_id": batch.departure_reason_id.id,
            "departure_type": batch.departure_type,
            "initiative": batch.initiative,
            "notice_date": batch.notice_date,
            "procedure_days": batch.procedure_days,
            "departure_date": self.planned_date or same,
            "departure_description": batch.departure_description,
            "decision_user_ids": [Command.set(batch.decision_user_ids.ids)],
        }

    def _check_last_days(self, departures):
        """Return {departure: line} of those with a last day; the others failed."""
        lines = {}
        for line, departure in zip(self, departures, strict=True):
            if not departure.departure_date:
                line._note_failed(
                    self.env._(
                        "No term of notice is known: fill in the other last day."
                    )
                )
            else:
                lines[departure] = line
        return lines

    def _log_on_departures(self, departures, text):
        """Log on departures which mass departure did it."""
        body = text % self.batch_id.name
        departures._message_log_batch(dict.fromkeys(departures.ids, body))

    def _reset_lines(self, step):
        """Have a step done for these lines, again where it was done or failed."""
        # sudo: hr.departure.batch.line - only a run writes how far it is
        lines = self.sudo()
        if step == "calculate":
            lines.cost_ids.unlink()
        lines.write({"state": "todo", "message": False})

    def _note_done(self, **vals):
        # sudo: hr.departure.batch.line - only a run writes how far it is
        self.sudo().write({"state": "done", "message": False, **vals})

    def _note_failed(self, message):
        # sudo: hr.departure.batch.line - only a run writes how far it is
        self.sudo().write({"state": "failed", "message": message})

    def _note_error(self, step, error):
        _logger.warning("%s failed for line %s", step, self.id, exc_info=error)
        self._note_failed(name_error(error))
