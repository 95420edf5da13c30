from odoo import api, models
from odoo.fields import Domain

IMPORT_COMPANY = "exit_import_company_id"


class HrDeparture(models.Model):
    """Past leavers imported from a file."""

    _inherit = "hr.departure"

    @api.model
    def load(self, fields, data):
        """Import as Odoo does, finding archived managers, units and reasons too.

        Units, jobs and managers are those of the company that the file is about: two
        companies may have a unit of the same name.
        """
        company = self._get_import_company(fields, data)
        past = self.with_context(active_test=False, **{IMPORT_COMPANY: company.id})
        return super(HrDeparture, past).load(fields, data)

    @api.model
    def _get_import_company(self, fields, data):
        """The one company of the rows; none when they name several, or by id."""
        if not any(name.startswith("company_id") for name in fields):
            return self.env.company
        names = set()
        if "company_id" in fields:
            at = fields.index("company_id")
            names = {row[at] for row in data} - {""}
        companies = self.env["res.company"].search([("name", "in", [*names])])
        return companies if len(names) == len(companies) == 1 else companies.browse()


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


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "hr.exit.import.name"]


class HrJob(models.Model):
    _name = "hr.job"
    _inherit = ["hr.job", "hr.exit.import.name"]


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "hr.exit.import.name"]
