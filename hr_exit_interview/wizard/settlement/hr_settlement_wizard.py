from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.chosen import get_chosen_records
from ...lib.trusted import Trusted
from ...models.settlement.hr_settlement import KEY_FIELDS


class HrSettlementWizard(models.TransientModel):
    _name = "hr.settlement.wizard"
    _description = "Prepare Settlements"

    departure_ids = fields.Many2many(
        "hr.departure",
        string="Departures",
        default=lambda self: get_chosen_records(self.env, "hr.departure"),
        domain=[("is_historical", "=", False), ("state", "!=", "withdrawn")],
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees Without a Departure",
        default=lambda self: get_chosen_records(self.env, "hr.employee"),
        context={"active_test": False},
        help="For them a departure is registered when the list is saved.",
    )
    date = fields.Date(
        string="Last Day",
        help="Compute the list for this last day. Empty: the day of each departure.",
    )
    departure_reason_id = fields.Many2one(
        "hr.departure.reason", help="For employees without a registered departure."
    )
    other_date = fields.Date(
        string="Compare With", help="What another last day would give, side by side."
    )
    line_ids = fields.One2many("hr.settlement.wizard.line", "wizard_id")
    earning_line_ids = fields.One2many(
        "hr.settlement.wizard.line", "wizard_id", domain=[("kind", "=", "earning")]
    )
    deduction_line_ids = fields.One2many(
        "hr.settlement.wizard.line", "wizard_id", domain=[("kind", "=", "deduction")]
    )
    handover_line_ids = fields.One2many(
        "hr.settlement.wizard.line", "wizard_id", domain=[("kind", "=", "handover")]
    )
    clause_line_ids = fields.One2many(
        "hr.settlement.wizard.line", "wizard_id", domain=[("kind", "=", "clause")]
    )
    paper_line_ids = fields.One2many(
        "hr.settlement.wizard.line",
        "wizard_id",
        domain=[("kind", "in", ("paper", "information"))],
    )
    missing_line_ids = fields.One2many(
        "hr.settlement.wizard.line",
        "wizard_id",
        domain=[("missing_text", "!=", False)],
        readonly=True,
    )
    is_computed = fields.Boolean()
    is_for_many = fields.Boolean(compute="_compute_is_for_many")
    missing_count = fields.Integer(compute="_compute_totals")
    currency_id = fields.Many2one("res.currency", compute="_compute_totals")
    amount_total = fields.Monetary(string="Total", compute="_compute_totals")
    other_total = fields.Monetary(
        string="Total on the Other Day", compute="_compute_totals"
    )

    # === Defaults ===

    # === Computes ===

    @api.depends("line_ids.amount", "line_ids.is_counted", "line_ids.other_amount")
    def _compute_totals(self):
        for wizard in self:
            lines = wizard.line_ids.filtered("is_counted")
            currencies = wizard.line_ids.currency_id
            single = len(currencies) == 1
            wizard.currency_id = currencies if single else False
            wizard.amount_total = sum(lines.mapped("amount")) if single else 0.0
            wizard.other_total = sum(lines.mapped("other_amount")) if single else 0.0
            wizard.missing_count = len(wizard.line_ids.filtered("missing_text"))

    @api.depends("departure_ids", "employee_ids")
    def _compute_is_for_many(self):
        for wizard in self:
            people = len(wizard.departure_ids) + len(wizard.employee_ids)
            wizard.is_for_many = people > 1

    # === Actions ===

    def action_compute(self):
        """Show what is open for everybody chosen; nothing is saved yet."""
        self.ensure_one()
        self._check_input()
        self._take_over_departures()
        manual = self.line_ids.filtered("is_manual")
        (self.line_ids - manual).unlink()
        self.env["hr.settlement.wizard.line"].create(self._prepare_lines())
        self.is_computed = True
        return self._reopen()

    def action_save(self):
        """Save the list to the settlement of each person and open it.

        Employees without a departure get one. Lines that were already discussed on an
        existing settlement stay as they are.
        """
        self.ensure_one()
        if not self.is_computed:
            raise UserError(self.env._("Compute the list first, then save it."))
        departures = self._get_saved_departures()
        settlements = self.env["hr.settlement"]._create_for_departures(departures)
        # sudo: hr.settlement - HR prepares the list, payroll owns it
        settlements = settlements.sudo()
        self._check_drafts(settlements)
        self._save_choices(settlements)
        self._save_manual_lines(settlements)
        return self._open(settlements)

    # === Input ===

    def _check_input(self):
        if not self.departure_ids and not self.employee_ids:
            raise UserError(
                self.env._("Choose at least one departure or employee to settle.")
            )
        self._check_not_own()
        self._check_last_day()

    def _check_not_own(self):
        """Refuse a preview of the user's own settlement: record rules hide it too."""
        if (
            self.env.user
            in (self.employee_ids | self.departure_ids.employee_id).user_id
        ):
            raise UserError(
                self.env._(
                    "You are on this list yourself: somebody else prepares your own"
                    " settlement."
                )
            )

    def _check_last_day(self):
        if self.date:
            return
        without_date = self.departure_ids.filtered(lambda d: not d.departure_date)
        names = [
            *without_date.mapped("employee_name"),
            *self.employee_ids.mapped("name"),
        ]
        if names:
            raise UserError(
                self.env._(
                    "Fill in the last day: it is not known for %(names)s.",
                    names=self._list_names(names),
                )
            )

    def _check_drafts(self, settlements):
        """Refuse to change what was checked: those who prepare the list may not."""
        checked = settlements.filtered(lambda settlement: settlement.state != "draft")
        if checked:
            raise UserError(
                self.env._(
                    "The settlement of %(names)s was checked already. Leave them out"
                    " of this list, or have payroll take it back to draft; a confirmed"
                    " one gets a supplement.",
                    names=self._list_names(checked.mapped("employee_name")),
                )
            )

    @api.model
    def _list_names(self, names):
        """Return the first names, with an ellipsis for the others."""
        return ", ".join([*names[:5], "…"] if len(names) > 5 else names)

    def _take_over_departures(self):
        """Employees who turn out to have a departure are settled through it."""
        found = self.env["hr.departure"]._find_current(self.employee_ids)
        self.departure_ids |= found
        self.employee_ids -= found.employee_id

    # === Preview ===

    def _get_departures(self, day=None):
        """Return the departures, registered ones and unsaved ones, for a last day."""
        unsaved = self.env["hr.settlement"]._preview_departures(
            self._prepare_departures()
        )
        departures = self.departure_ids | unsaved
        return departures.with_context(settlement_last_day=Trusted(day))

    def _prepare_departures(self):
        return [
            {
                "employee_id": employee.id,
                "employee_name": employee.name,
                "company_id": employee.company_id.id,
                "departure_date": self.date,
                "departure_reason_id": self.departure_reason_id.id,
            }
            for employee in self.employee_ids
        ]

    def _collect_lines(self, day):
        """Return {departure: [line values]} for one last day."""
        departures = self._get_departures(day)
        return self.env["hr.settlement"]._preview_lines(departures)

    def _prepare_lines(self):
        others = self._get_other_amounts()
        return [
            self._prepare_line(departure, values, others)
            for departure, lines in self._collect_lines(self.date).items()
            for values in lines
        ]

    def _get_other_amounts(self):
        """Return {(employee, key): amount} on the other last day."""
        if not self.other_date:
            return {}
        return {
            (departure.employee_id, self._get_key(values)): values["amount_proposed"]
            for departure, lines in self._collect_lines(self.other_date).items()
            for values in lines
            if values["is_amount_known"]
        }

    @api.model
    def _get_key(self, values):
        return self.env["hr.settlement"]._get_origin_key(values)

    def _prepare_line(self, departure, values, others):
        # The line's own fields turn inputs into words and counts: ask them once.
        line = self.env["hr.settlement.line"].new(
            {**values, "currency_id": departure.currency_id.id}
        )
        other = others.get((departure.employee_id, self._get_key(values)))
        return {
            "wizard_id": self.id,
            "departure_id": departure._origin.id,
            "employee_id": departure.employee_id.id,
            "employee_name": departure.employee_name,
            "currency_id": departure.currency_id.id,
            "name": line.title,
            "missing_text": line.missing_text,
            "explanation": "\n".join(line._get_sentences()),
            "is_amount_known": values["is_amount_known"],
            "is_counted": line.is_counted,
            "amount": values["amount_proposed"],
            "is_other_known": other is not None,
            "other_amount": other or 0.0,
            "is_manual": False,
            **{
                name: values[name]
                for name in (
                    "kind",
                    "sequence",
                    "source",
                    "label",
                    *KEY_FIELDS,
                    "quantity",
                    "needs_agreement",
                )
            },
        }

    # === Saving ===

    def _get_saved_departures(self):
        """Return the departures, registering those of employees without one."""
        self._take_over_departures()
        created = self.env["hr.departure"].create(self._prepare_departures())
        self.departure_ids |= created
        self.employee_ids = False
        if self.date:
            moved = self.departure_ids.filtered(
                lambda departure: departure.departure_date != self.date
            )
            moved.write({"departure_date": self.date})
        return self.departure_ids

    def _save_choices(self, settlements):
        """Keep which of the lines shown here are to be talked through."""
        choices = {
            (line.employee_id, self._get_key(line)): line.is_to_discuss
            for line in self.line_ids
            if not line.is_manual
        }
        changed = settlements.line_ids.filtered(
            lambda line: (
                line.is_to_discuss
                != choices.get(self._get_person_key(line), line.is_to_discuss)
            )
        )
        for is_to_discuss, lines in changed.grouped("is_to_discuss").items():
            lines.write({"is_to_discuss": not is_to_discuss})

    @api.model
    def _get_person_key(self, line):
        employee = line.settlement_id.departure_id.employee_id
        return employee, line._get_origin_key()

    def _save_manual_lines(self, settlements):
        """Add what was typed manually; a line without employee is for everybody."""
        lines = self.line_ids.filtered(
            lambda line: line.is_manual and not line.is_saved
        )
        self._check_people(lines, settlements)
        # sudo: hr.settlement.line - HR prepares the list, payroll owns it
        self.env["hr.settlement.line"].sudo().create(
            [
                {**line._prepare_manual_line(), "settlement_id": settlement.id}
                for line in lines
                for settlement in settlements
                if not line.employee_id
                or line.employee_id == settlement.departure_id.employee_id
            ]
        )
        lines.is_saved = True

    def _check_people(self, lines, settlements):
        """Refuse a line for somebody who is not on the list: it would be lost."""
        strangers = lines.employee_id - settlements.departure_id.employee_id
        if strangers:
            raise UserError(
                self.env._(
                    "%(names)s: not on this list. Add the employee, or choose somebody"
                    " else on the line.",
                    names=self._list_names(strangers.mapped("name")),
                )
            )

    # === Windows ===

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prepare the Settlement"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _open(self, settlements):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlements"),
            "res_model": "hr.settlement",
            "view_mode": "list,form",
            "domain": [("id", "in", settlements.ids)],
        }
        if len(settlements) == 1:
            action |= {"view_mode": "form", "res_id": settlements.id}
        return action
