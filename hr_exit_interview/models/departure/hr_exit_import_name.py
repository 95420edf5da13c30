from odoo import api, models
from odoo.fields import Domain

IMPORT_COMPANY = "exit_import_company_id"


class HrExitImportName(models.AbstractModel):
    """A record that imported rows name, found within the company they are about."""

    _name = "hr.exit.import.name"
    _description = "Named by Imported Departures"

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        company_id = self.env.context.get(IMPORT_COMPANY)
        if company_id:
            domain = Domain(domain or Domain.TRUE) & Domain(
                "company_id", "in", (company_id, False)
            )
        return super().name_search(name, domain, operator, limit)
