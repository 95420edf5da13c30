from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.groups import OFFICER
from ...lib.trusted import Trusted
from ...models.departure.hr_departure import OPEN_STATES
from ...models.departure.hr_departure_reason import get_departure_types

# What a departure says itself; all other fields of the wizard are choices.
OWN_FIELDS = ("departure_type", "reason_type", "is_regretted")
CHOICE_TYPES = ("boolean", "selection", "char", "text", "integer", "float")


class HrDepartureWizard(models.TransientModel):
    """Core's wizard, registering the departure before it cuts anything."""

    _inherit = "hr.departure.wizard"

    # Core proposes the first reason, which is "Fired": a choice nobody made. Required
    # in the form only, so that code that names no reason gets none.
    departure_reason_id = fields.Many2one(required=False, default=False)
    remove_related_user = fields.Boolean(
        default=lambda self: self.env.company.exit_archive_user
    )
    departure_id = fields.Many2one(
        "hr.departure",
        groups=OFFICER,  # its name tells who leaves, and when
        help="The registered departure for whose day the choices are made.",
    )
    notice_date = fields.Date(
        help="The day on which notice was given or the end agreed."
    )
    reason_type = fields.Selection(
        string="Type of the Reason", related="departure_reason_id.departure_type"
    )
    departure_type = fields.Selection(
        get_departure_types,
        compute="_compute_departure_type",
        store=True,
        readonly=False,
    )
    is_regretted = fields.Boolean(
        string="Regretted Loss",
        help="The company would have liked this person to stay.",
    )

    @api.depends("departure_reason_id")
    def _compute_departure_type(self):
        for wizard in self:
            wizard.departure_type = wizard.departure_reason_id.departure_type

    @api.model
    def default_get(self, fields_list):
        """Start from the departure that was registered ahead, for one employee."""
        # Odoo itself asks nobody who may call this.
        self.check_access("create")
        employee_ids = self.env.context.get("active_ids") or []
        asks_date = "default_departure_date" not in self.env.context
        if len(employee_ids) == 1 and asks_date and "departure_date" in fields_list:
            # Core's default of the date would fail without telling the way out.
            self._check_may_carry_out()
        values = super().default_get(fields_list)
        if len(employee_ids) == 1:
            departure = self._find_registered(employee_ids)
            values.update(self._prepare_defaults(departure, fields_list))
        return values

    @api.model
    def _find_registered(self, employee_ids):
        """Return the open departure of an employee, as far as the user may know it.

        Those with an exit role read it by their rules. An HR administrator without
        one, who may archive anyway, goes on with it too, but for the own departure.
        """
        domain = Domain("employee_id", "in", employee_ids) & Domain(
            "state", "in", OPEN_STATES
        )
        departures = self.env["hr.departure"]
        if departures.has_access("read"):
            return departures.search(domain)
        employees = self.env["hr.employee"].search(
            Domain("id", "in", employee_ids) & Domain("user_id", "!=", self.env.uid)
        )
        if not employees or not self._may_carry_out():
            return departures
        # sudo: hr.departure - the exit role is not needed to carry it out
        return departures.sudo().search(
            domain & Domain("employee_id", "in", employees.ids)
        )

    def action_register_departure(self):
        """Register, read what is about to be cut, then let core carry it out.

        :raises UserError: when the user may not end contracts
        """
        self._check_may_carry_out()
        # sudo: hr.departure - core lets HR officers archive; registering it is not
        # a privilege of the exit role
        departures = (
            self.env["hr.departure"]
            .sudo()
            .with_context(
                # One log message at the end says what happened, instead of three.
                mail_notrack=True,
                mail_create_nolog=True,
                mail_create_nosubscribe=True,
            )
            ._register_for_wizard(self.employee_ids, self._prepare_departure_values())
        )
        departures._before_core()
        wizard = self.with_context(departure_last_day=Trusted(self.departure_date))
        action = super(HrDepartureWizard, wizard).action_register_departure()
        departures._after_core()
        return action

    def action_save_choices(self):
        """Keep the choices on the departure, for the day itself."""
        self.ensure_one()
        names = self._get_choice_names()
        self.departure_id.check_access("write")
        # sudo: hr.departure - replayed as superuser, so this alone writes it
        self.departure_id.sudo().wizard_values = {name: self[name] for name in names}
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _get_choice_names(self):
        """Return the names of what the wizard lets one choose, other apps' fields too.

        :return: list of field names
        """
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and field.type in CHOICE_TYPES
            and name not in (*models.MAGIC_COLUMNS, *OWN_FIELDS)
        ]

    @api.model
    def _prepare_defaults(self, departure, names):
        """Return what a registered departure fills in beforehand, empty without one.

        :return: dict of values for those of ``names`` it knows
        """
        if not departure:
            return {}
        values = departure[:1]._prepare_wizard_values()
        values.pop("employee_ids")
        return {name: values[name] for name in names if values.get(name)}

    def _prepare_departure_values(self):
        """Return what the wizard says about the departures it registers.

        :return: dict of values, the same for every employee
        """
        values = {
            "departure_reason_id": self.departure_reason_id.id,
            "departure_date": self.departure_date,
            "departure_description": self.departure_description,
            "notice_date": self.notice_date,
            "is_regretted": self.is_regretted,
        }
        if self.departure_type:
            values["departure_type"] = self.departure_type
        return values

    def _check_may_carry_out(self):
        """Core reads contract dates here, which are for HR administrators only."""
        if self._may_carry_out():
            return
        raise UserError(
            self.env._(
                "Archiving an employee ends the contract, for which you need the role "
                "Administrator of Employees. Register the departure in Exit "
                "Interviews instead: it is then carried out by itself on the day after "
                "the last one."
            )
        )

    @api.model
    def _may_carry_out(self):
        versions = self.env["hr.version"]
        field = versions._fields["contract_date_start"]
        return self.env.su or versions._has_field_access(field, "read")
