from collections import defaultdict

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class HrDeparture(models.Model):
    """Withdrawing a departure: the person stays, what core changed is put back."""

    _inherit = "hr.departure"

    def action_withdraw(self):
        """Withdraw departures and put back what carrying them out changed.

        The chatter lists what was put back and what cannot be.

        :raises UserError: for a withdrawn or historical departure
        """
        self._check_can_withdraw()
        carried_out = self.filtered("restore_data")
        self.write({"state": "withdrawn", "apply_date": False})
        # sudo: hr.exit.interview - who withdraws need not see the interviews
        self.sudo().interview_ids._cancel_open()
        # sudo: hr.settlement - payroll's, whom the officer need not be
        self.env["hr.settlement"].sudo()._cancel_for_departures(self)
        # sudo: hr.employee, res.users, hr.version - the officer who withdraws need not
        # manage contracts or users
        notes = carried_out.sudo()._restore()
        carried_out.sudo().restore_data = False
        for departure in self:
            departure._log_withdrawal(notes.get(departure, []))

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

    def _restore(self):
        """Put back what core changed; called as superuser.

        Override to restore what another app cut, and to say what it cannot restore.

        :return: dict {departure: list of sentences on what could not be put back}
        """
        notes = defaultdict(list)
        self._restore_employees()
        losses = self.env["hr.settlement.source"]._restore_snapshots(self)
        for departure, texts in losses.items():
            notes[departure] += texts
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
        """Make the leaver manager, coach or approver again of who has none now.

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
        """Say in the chatter that the person stays, and what is left to do by hand."""
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
