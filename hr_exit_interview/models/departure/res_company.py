from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    exit_carry_out_days = fields.Integer(
        string="Days After the Last Day",
        default=1,
        help="How many days after the last day the employee is archived.",
    )
    exit_archive_user = fields.Boolean(
        string="Archive the User",
        help="Propose to archive the leaver's user together with the employee.",
    )
    exit_responsible_id = fields.Many2one(
        "res.users",
        string="Responsible for Departures",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Gets an activity when somebody is archived without a departure. Empty: "
        "the HR responsible of the employee.",
    )

    @api.constrains("exit_carry_out_days")
    def _check_exit_carry_out_days(self):
        for company in self:
            if company.exit_carry_out_days < 0:
                raise ValidationError(
                    self.env._(
                        "%(company)s: archiving employees before their last day would "
                        "cut off somebody who still works. Choose 0 days or more.",
                        company=company.name,
                    )
                )
