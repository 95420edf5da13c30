import logging
from collections import defaultdict

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.isolate import for_each_part, name_error
from .hr_departure import OPEN_STATES

_logger = logging.getLogger(__name__)
CARRY_OUT_FAILED_ACTIVITY = "hr_exit_interview.mail_activity_type_carry_out_failed"
UNREGISTERED_ACTIVITY = "hr_exit_interview.mail_activity_type_departure_unregistered"


class HrDeparture(models.Model):
    """Carry departures out with core's own wizard, and put things back on withdrawal.

    Manually, or on the day by cron.
    """

    _inherit = "hr.departure"

    wizard_values = fields.Json(
        copy=False,
        groups=fields.NO_ACCESS,  # replayed as superuser, so nobody writes it
        help="The choices of core's departure wizard by field name, replayed on the "
        "day itself.",
    )
    wizard_choices = fields.Char(
        string="Also on That Day",
        compute="_compute_wizard_choices",
        compute_sudo=True,
        groups="hr.group_hr_user",
        help="What else happens when the employee is archived.",
    )

    @api.depends("wizard_values")
    def _compute_wizard_choices(self):
        wizards = self.env["hr.departure.wizard"]
        names = wizards._get_choice_names()
        labels = wizards.fields_get(names, ["string", "type"])
        defaults = wizards.default_get(names)
        for departure in self:
            values = {**defaults, **(departure.wizard_values or {})}
            departure.wizard_choices = ", ".join(
                labels[name]["string"]
                for name in names
                if labels[name]["type"] == "boolean" and values.get(name)
            )

    def action_choose_carry_out(self):
        """Open core's wizard to choose what happens on the day, without doing it."""
        self.ensure_one()
        self.check_access("write")
        # sudo: hr.departure - what was chosen before, for whoever may change it
        choices = self.sudo().wizard_values or {}
        view = self.env.ref("hr_exit_interview.hr_departure_wizard_view_form_ahead")
        return {
            "name": self.env._("On the Day of Departure"),
            "type": "ir.actions.act_window",
            "res_model": "hr.departure.wizard",
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {
                "active_ids": self.employee_id.ids,
                "default_departure_id": self.id,
                # Core's own default reads contract dates, which are for HR managers.
                "default_departure_date": self.departure_date,
                **{f"default_{name}": value for name, value in choices.items()},
            },
        }

    def action_carry_out(self):
        """Open core's wizard to carry the departure out now."""
        self.ensure_one()
        return {
            "name": self.env._("Employee Termination"),
            "type": "ir.actions.act_window",
            "res_model": "hr.departure.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_ids": self.employee_id.ids,
                "employee_termination": True,
            },
        }

    def action_withdraw(self):
        """Withdraw departures and put back what carrying them out changed.

        The chatter lists what was put back and what cannot be.

        :raises UserError: for a withdrawn or historical departure
        """
        self._check_can_withdraw()
        # sudo: hr.employee, res.users, hr.version - the officer who withdraws need not
        # manage contracts or users
        carried_out = self.sudo().filtered("restore_data")
        self.write({"state": "withdrawn", "apply_date": False})
        notes = carried_out._restore_archived()
        carried_out.restore_data = False
        self._on_step("withdrawn")
        for departure in self:
            departure._log_withdrawal(notes.get(departure, []))

    @api.model
    def _cron_carry_out(self):
        """Carry out the confirmed departures whose day has come.

        One by one, each kept or undone as a whole: a departure that fails gets an
        activity and does not stop the others.
        """
        due = self.search(self._get_due_domain(), order="action_date, id")
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for departure in due:
            departure._try_carry_out()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_due_domain(self):
        """Return which departures the cron carries out today.

        :return: Domain
        """
        return (
            Domain("state", "=", "confirmed")
            & Domain("employee_id", "!=", False)
            & Domain("action_date", "<=", fields.Date.context_today(self))
        )

    def _try_carry_out(self):
        """Carry out one departure, unless somebody else is at it."""
        locked = self.try_lock_for_update().filtered_domain(self._get_due_domain())
        for_each_part(
            locked,
            lambda departure: departure._carry_out(),
            lambda departure, error: departure._schedule_carry_out_failed(error),
        )

    def _carry_out(self):
        """Replay core's wizard with the choices made at registration."""
        for departure in self:
            wizards = self.env["hr.departure.wizard"].with_context(
                employee_termination=True,
                active_ids=departure.employee_id.ids,
                allowed_company_ids=departure.company_id.ids,
            )
            wizards.create(
                departure._prepare_wizard_values()
            ).action_register_departure()

    def _prepare_wizard_values(self):
        """Return the values of core's wizard for one departure.

        Choices of an app that was uninstalled meanwhile are left out.

        :return: dict
        """
        self.ensure_one()
        names = self.env["hr.departure.wizard"]._get_choice_names()
        # sudo: hr.departure - replayed for whoever carries it out
        choices = self.sudo().wizard_values or {}
        return {
            **{name: choices[name] for name in names if name in choices},
            "employee_ids": [Command.set(self.employee_id.ids)],
            "departure_reason_id": self.departure_reason_id.id,
            "departure_type": self.departure_type,
            "departure_description": self.departure_description,
            "departure_date": self.departure_date,
            "notice_date": self.notice_date,
            "is_regretted": self.is_regretted,
        }

    def _schedule_carry_out_failed(self, error):
        """Ask somebody to look at a departure that could not be carried out, once."""
        _logger.error("Departure %s could not be carried out", self.id, exc_info=error)
        if self.activity_search([CARRY_OUT_FAILED_ACTIVITY]):
            return
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            CARRY_OUT_FAILED_ACTIVITY,
            note=self.env._(
                "Odoo could not carry out this departure: %(reason)s",
                reason=name_error(error),
            ),
            user_id=self.employee_id._get_departure_responsible().id,
        )

    @api.model
    def _register_for_wizard(self, employees, values):
        """Create or complete the departure of each employee core is about to archive.

        An open departure is completed, and so is the last one of somebody who is in
        the archive already: then core's wizard is run to correct it.

        :param dict values: what the wizard says, for all of them
        :return: the departures, one per employee
        """
        known = self._find_current(employees)
        known._complete_for_wizard(values)
        return known | self.create(
            [
                {**values, "employee_id": employee.id}
                for employee in employees - known.employee_id
            ]
        )

    @api.model
    def _find_current(self, employees):
        """Return the departure each employee is in: open, or the last one if archived.

        :return: one departure per employee at most
        """
        found = self.search(
            Domain("employee_id", "in", employees.ids)
            & (
                Domain("state", "in", OPEN_STATES)
                | Domain("state", "=", "done")
                & Domain("rehire_date", "=", False)
                & Domain("employee_id.active", "=", False)
            )
        )
        latest = {departure.employee_id: departure for departure in found[::-1]}
        return self.union(*latest.values())

    def _complete_for_wizard(self, values):
        """Take over what the wizard says; what it leaves empty stays as registered.

        A reason that is the same is not written: type and initiative would follow it
        again, and what HR typed instead would be lost.
        """
        reason_id = values.get("departure_reason_id")
        filled = {name: value for name, value in values.items() if value}
        same = self.filtered(lambda d: d.departure_reason_id.id == reason_id)
        (self - same).write(filled)
        filled.pop("departure_reason_id", None)
        same.write(filled)

    def _before_core(self):
        """Read what must be known before core cuts leave, contract and equipment."""
        self._collect_before_core()
        self._on_step("carried_out")

    def _after_core(self):
        """Set the state by what core did: archived is done, else it is confirmed."""
        archived = self.filtered(lambda departure: not departure.employee_id.active)
        today = fields.Date.context_today(self)
        archived.filtered(lambda d: d.state != "done").write(
            {"state": "done", "apply_date": today}
        )
        (self - archived).write({"state": "confirmed"})
        self._keep_core_contract_end()
        self.activity_unlink([CARRY_OUT_FAILED_ACTIVITY])
        self.employee_id.activity_unlink([UNREGISTERED_ACTIVITY])
        self._message_log_batch(
            {
                departure.id: self.env._("Carried out with Odoo's departure wizard.")
                for departure in archived
            }
        )

    def _check_can_withdraw(self):
        for departure in self:
            if departure.is_historical or departure.state == "withdrawn":
                raise UserError(
                    self.env._(
                        "The departure of %(employee)s is closed: there is nothing to "
                        "withdraw.",
                        employee=departure.employee_name,
                    )
                )

    def _restore_archived(self):
        """Put back what core changed; called as superuser.

        Override to restore what another app cut, and to say what it cannot restore.

        :return: dict {departure: list of sentences on what could not be put back}
        """
        notes = defaultdict(list)
        self._restore_employees()
        for departure in self:
            data = departure.restore_data
            notes[departure] += departure._restore_user(data)
            notes[departure] += departure._restore_contract(data)
            notes[departure] += departure._restore_roles(data)
            notes[departure] += departure._restore_leave(data)
        return notes

    def _restore_employees(self):
        """Un-archive; core wipes its departure fields then, as it should here."""
        employees = self.with_context(active_test=False).employee_id
        archived = employees.filtered(lambda employee: not employee.active)
        archived.action_unarchive()
        (employees - archived).write(
            {
                "departure_reason_id": False,
                "departure_description": False,
                "departure_date": False,
            }
        )
        self.write({"rehire_date": False})

    def _restore_user(self, data):
        user = self.env["res.users"].browse(data.get("user_id")).exists()
        if data.get("user_id") and not user:
            return [self.env._("The user was deleted: give the employee a new one.")]
        if user and not user.active:
            user.action_unarchive()
        return []

    def _restore_contract(self, data):
        version = self.env["hr.version"].browse(data.get("version_id")).exists()
        end = fields.Date.to_date(data.get("contract_date_end"))
        if not version or version.contract_date_end == (end or False):
            return []
        by_core = fields.Date.to_date(data.get("core_contract_date_end"))
        if version.contract_date_end != by_core:
            return [
                self.env._(
                    "The contract end was changed meanwhile and is left as it is."
                )
            ]
        version.write({"contract_date_end": end})
        return []

    def _restore_roles(self, data):
        notes = []
        for name, ids in data.get("roles", {}).items():
            field = self.env["hr.employee"]._fields.get(name)
            if not field:
                continue  # its app was uninstalled
            replaced = self._restore_role(field, ids)
            if replaced:
                notes.append(
                    self.env._(
                        "%(role)s was given to somebody else for: %(employees)s.",
                        role=field._description_string(self.env),
                        employees=", ".join(replaced.mapped("name")),
                    )
                )
        return notes

    def _restore_role(self, field, ids):
        """Make the leaver manager, coach or approver again of those who have none.

        :return: the employees who have somebody else by now
        """
        self.ensure_one()
        holder = self.employee_id
        if field.comodel_name == "res.users":
            holder = holder.user_id
        employees = self.env["hr.employee"].browse(ids).exists()
        replaced = employees.filtered(field.name) - employees.filtered_domain(
            [(field.name, "=", holder.id)]
        )
        (employees - replaced).write({field.name: holder.id})
        return replaced

    def _log_withdrawal(self, notes):
        """Say in the chatter that the person stays, and what is left to do manually."""
        self.ensure_one()
        body = Markup("<p>%s</p>") % self.env._(
            "Withdrawn: %(employee)s stays.", employee=self.employee_name
        )
        if notes:
            items = Markup().join(Markup("<li>%s</li>") % note for note in notes)
            body += Markup("<p>%s</p><ul>%s</ul>") % (
                self.env._("This could not be put back:"),
                items,
            )
        self._message_log(body=body)
