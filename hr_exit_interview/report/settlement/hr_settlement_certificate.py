from odoo import api, models
from odoo.tools.misc import formatLang

from . import hr_settlement_paper  # noqa: F401 - inherited here


class HrSettlementCertificate(models.AbstractModel):
    """The certificate of service of BW 7:656: kind of work, hours and dates.

    How the work was done and how the contract ended may be said only when the employee
    asks for it, so nothing here reads them.
    """

    _name = "report.hr_exit_interview.report_certificate"
    _inherit = "hr.settlement.paper"
    _description = "Certificate of Service (Print)"

    @api.model
    def _get_title(self, env):
        return env._("Certificate of service")

    @api.model
    def _is_provisional(self, settlement):
        """Dates and work do not wait for the amounts."""
        return False

    @api.model
    def _prepare_facts(self, settlement):
        """Return what the law asks for; what is not known is left to fill in."""
        env = settlement.env
        hours = settlement.weekly_hours
        return [
            (env._("Name"), settlement.employee_name),
            # sudo: hr.job - the name of the leaver's job, whoever prints
            (env._("Kind of work"), settlement.job_id.sudo().name),
            (env._("Hours a week"), self._number(settlement, hours) if hours else ""),
            (
                env._("First day in service"),
                self._day(settlement, settlement.service_start_date),
            ),
            (env._("Last day in service"), self._day(settlement, settlement.last_day)),
        ]

    @api.model
    def _number(self, settlement, hours):
        digits = 0 if float(hours).is_integer() else 2
        return formatLang(settlement.env, hours, digits=digits)
