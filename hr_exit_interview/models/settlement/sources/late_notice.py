from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import merge_service, service_of
from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceLateNotice(models.AbstractModel):
    _name = "hr.settlement.source.late_notice"
    _inherit = "hr.settlement.source"
    _description = "Notice of the contract's end"

    @api.model
    def _collect(self, rule, departures):
        """Tell whether the end of a fixed term was announced in time (BW 7:668).

        The wage is that of the Besluit loonbegrip, article 2: with commission and
        piece pay. A contract without an end has none to announce.
        """
        versions = self._get_versions(departures)
        commission = self._get_components(
            departures, Domain("component_type", "=", "commission")
        )
        return self._collect_one(rule, departures, versions, commission)

    @api.model
    def _get_item(self, rule, departure, versions, commission):
        last_day = departure._get_last_day()
        contracts = self._get_contracts(versions, last_day)
        service = merge_service(contracts, max_gap_months=0)
        months = service_of(service).in_months if service else None
        return {
            **self._get_pay(versions[-1:], commission, last_day, months),
            "contract_start": versions[-1:].contract_date_start or None,
            "contract_end": departure.contract_end_date or None,
            "notified_date": departure.notice_date or None,
            "was_notified": False if departure.is_end_unannounced else None,
        }
