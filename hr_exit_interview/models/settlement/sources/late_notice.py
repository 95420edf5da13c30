from odoo import api, models

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceLateNotice(models.AbstractModel):
    _name = "hr.settlement.source.late_notice"
    _inherit = "hr.settlement.source"
    _description = "Notice of the contract's end"

    @api.model
    def _collect(self, rule, departures):
        """Tell whether the end of a fixed term was announced in time (BW 7:668)."""
        return self._collect_one(rule, departures, self._get_versions(departures))

    @api.model
    def _get_item(self, rule, departure, versions):
        version = versions[-1:]
        return {
            "salary": self._get_wage(version),
            "contract_start": version.contract_date_start or None,
            "contract_end": departure.contract_end_date or departure._get_last_day(),
            "notified_date": departure.notice_date or None,
            "was_notified": False if departure.is_end_unannounced else None,
        }
