from odoo import api, models


class HrSettlementSourceLateNotice(models.AbstractModel):
    _name = "hr.settlement.source.late_notice"
    _inherit = "hr.settlement.source"
    _description = "Notice of the contract's end"

    @api.model
    def _collect(self, rule, departures):
        """Whether the end of a fixed term was announced in time (BW 7:668)."""
        versions = self._get_versions(departures)
        return {
            departure: [self._get_item(departure, versions[departure][-1:])]
            for departure in departures
            if departure._get_last_day()
        }

    @api.model
    def _get_item(self, departure, version):
        return {
            "salary": self._get_wage(version),
            "contract_start": version.contract_date_start or None,
            "contract_end": departure.sudo().contract_end_date
            or departure._get_last_day(),
            "notified_date": departure.notice_date or None,
            "was_notified": False if departure.is_end_unannounced else None,
        }
