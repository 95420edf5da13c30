from odoo import fields, models
from odoo.fields import Domain

from ...lib.groups import OFFICER
from . import hr_exit_import_name  # noqa: F401 - inherited here
from .hr_departure import OPEN_STATES
from .hr_departure_carry_out import UNREGISTERED_ACTIVITY


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "hr.exit.import.name"]

    departure_ids = fields.One2many("hr.departure", "employee_id", groups=OFFICER)
    departure_count = fields.Integer(compute="_compute_departure_count", groups=OFFICER)

    def _compute_departure_count(self):
        counts = dict(
            self.env["hr.departure"]._read_group(
                Domain("employee_id", "in", self.ids), ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.departure_count = counts.get(employee, 0)

    def action_archive(self):
        """Archive, and ask HR for the departures that are not registered."""
        archived = self.filtered("active")
        result = super().action_archive()
        archived._schedule_unregistered_departures()
        return result

    def action_unarchive(self):
        """Un-archive; the departures stay as they were, but for the day of return."""
        archived = self.filtered(lambda employee: not employee.active)
        result = super().action_unarchive()
        # sudo: hr.departure - whoever may un-archive need not have the exit role
        left = self.env["hr.departure"].sudo().search(archived._get_left_domain())
        left.write({"rehire_date": fields.Date.context_today(self)})
        return result

    def action_register_departure(self):
        """Open a new departure of the employee in Exit Interviews."""
        self.ensure_one()
        return {
            "name": self.env._("Departure"),
            "type": "ir.actions.act_window",
            "res_model": "hr.departure",
            "views": [(False, "form")],
            "context": {"default_employee_id": self.id},
        }

    def action_open_departures(self):
        """Open the departures of the employee, the one directly when there is one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_departure_action"
        )
        action["domain"] = [("employee_id", "=", self.id)]
        action["context"] = {"default_employee_id": self.id}
        if len(self.departure_ids) == 1:
            action.update(res_id=self.departure_ids.id, views=[(False, "form")])
        return action

    def _get_left_domain(self):
        """Return the domain of departures by which these employees are gone.

        Rehired people are left out.
        """
        return (
            Domain("employee_id", "in", self.ids)
            & Domain("state", "=", "done")
            & Domain("rehire_date", "=", False)
        )

    def _schedule_unregistered_departures(self):
        """Schedule the activity "Departure not registered", once per employee.

        Never in the way of archiving: the activity goes to somebody who may see the
        employee, in one batch and without mail.
        """
        domain = self._get_left_domain() | Domain(
            "employee_id", "in", self.ids
        ) & Domain("state", "in", OPEN_STATES)
        # sudo: hr.departure, hr.employee - whoever archives need not have the exit role
        known = self.env["hr.departure"].sudo().search(domain).employee_id
        unknown = (self - known).sudo().with_context(mail_activity_quick_update=True)
        for responsible, employees in unknown.grouped(
            lambda employee: employee._get_departure_responsible()
        ).items():
            employees.activity_schedule(UNREGISTERED_ACTIVITY, user_id=responsible.id)

    def _get_departure_responsible(self):
        """Return who looks after the departure: by the settings, else HR's responsible.

        :return: an active user with HR rights in the company, else the current user
        """
        candidates = (
            self.company_id.exit_responsible_id,
            # sudo: hr.version - the responsible is looked up, not shown
            self.sudo().version_id.hr_responsible_id,
        )
        for user in candidates:
            is_allowed = self.company_id in user.company_ids
            if user.active and is_allowed and user.has_group("hr.group_hr_user"):
                return user
        return self.env.user
