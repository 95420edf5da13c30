from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    settlement_scheme_id = fields.Many2one(
        "hr.settlement.scheme",
        help="The rules of final settlements. Empty: the scheme of the company's "
        "country, otherwise the generic one.",
    )
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

    def _get_settlement_scheme(self):
        """Return the scheme of one company: its own, its country's or the generic."""
        self.ensure_one()
        if self.settlement_scheme_id:
            return self.settlement_scheme_id
        domain = Domain("company_id", "in", (False, self.id)) & Domain(
            "country_id", "in", (False, self.country_id.id)
        )
        schemes = self.env["hr.settlement.scheme"].search(domain)
        national = schemes.filtered(
            lambda scheme: scheme.country_id and scheme.country_id == self.country_id
        )
        return (national or schemes)[:1]
