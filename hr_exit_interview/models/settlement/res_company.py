from babel.dates import get_month_names

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, get_lang


class ResCompany(models.Model):
    _inherit = "res.company"

    settlement_scheme_id = fields.Many2one(
        "hr.settlement.scheme",
        help="The rules of final settlements. Empty: the scheme of the company's "
        "country, otherwise the generic one.",
    )
    settlement_responsible_id = fields.Many2one(
        "res.users",
        string="Responsible for Settlements",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Is reminded of settlements that are overdue. Empty: who checked the"
        " settlement, otherwise somebody with the payroll role.",
    )

    holiday_payment_month = fields.Selection(
        lambda self: self._get_month_names(),
        string="Holiday Allowance Paid with the Wage Of",
        help="The month with whose wage the holiday allowance of a year is paid. Empty:"
        " as the scheme says, June in the Netherlands.",
    )

    @api.model
    def _get_month_names(self):
        """Return [(number, name)] of the months in the reader's language."""
        locale = babel_locale_parse(get_lang(self.env).code)
        names = get_month_names(locale=locale)
        return [(str(number), name) for number, name in names.items()]

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
