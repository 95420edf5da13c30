from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HrDeparture(models.Model):
    """The days of a departure: notice, last day, carrying out, coming back."""

    _inherit = "hr.departure"

    notice_date = fields.Date(
        tracking=True, help="The day on which notice was given or the end agreed."
    )
    departure_date = fields.Date(
        string="Last Day",
        tracking=True,
        index=True,
        help="The last day of the contract.",
    )
    action_date = fields.Date(
        string="To Carry Out On",
        compute="_compute_action_date",
        store=True,
        precompute=True,
        readonly=False,
        help="The day on which the employee is archived, usually the day after the "
        "last one.",
    )
    apply_date = fields.Date(string="Carried Out On", readonly=True, copy=False)
    rehire_date = fields.Date(
        string="Came Back On",
        readonly=True,
        copy=False,
        help="The day on which the employee was taken out of the archive again.",
    )

    @api.depends("departure_date")
    def _compute_action_date(self):
        for departure in self:
            departure.action_date = departure.departure_date and fields.Date.add(
                departure.departure_date, days=departure.company_id.exit_carry_out_days
            )

    @api.constrains("departure_date", "service_start_date", "contract_start_date")
    def _check_departure_date(self):
        # sudo: hr.departure - the start of the contract is for HR managers, the check
        # is for everybody
        for departure in self.sudo().filtered("departure_date"):
            starts = [departure.service_start_date, departure.contract_start_date]
            start = max(filter(None, starts), default=None)
            if start and departure.departure_date < start:
                raise ValidationError(
                    self.env._(
                        "%(employee)s was in service from %(start)s, so the last day "
                        "cannot be %(day)s. Correct the last day or the start.",
                        employee=departure.employee_name,
                        start=format_date(self.env, start),
                        day=format_date(self.env, departure.departure_date),
                    )
                )

    @api.constrains("departure_date", "notice_date")
    def _check_notice_date(self):
        for departure in self.filtered(lambda d: d.departure_date and d.notice_date):
            # A summary dismissal ends the contract on the day itself.
            if departure.notice_date > departure.departure_date:
                raise ValidationError(
                    self.env._(
                        "The notice of %(employee)s is dated %(notice)s, after the "
                        "last day %(day)s. Correct one of them.",
                        employee=departure.employee_name,
                        notice=format_date(self.env, departure.notice_date),
                        day=format_date(self.env, departure.departure_date),
                    )
                )

    @api.constrains("departure_date", "action_date")
    def _check_action_date(self):
        for departure in self.filtered(lambda d: d.departure_date and d.action_date):
            if departure.action_date < departure.departure_date:
                raise ValidationError(
                    self.env._(
                        "%(employee)s works until %(day)s: carry out the departure on "
                        "that day or later.",
                        employee=departure.employee_name,
                        day=format_date(self.env, departure.departure_date),
                    )
                )
