from odoo import api, models

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceNotice(models.AbstractModel):
    _name = "hr.settlement.source.notice"
    _inherit = "hr.settlement.source"
    _description = "Notice term"

    @api.model
    def _collect(self, rule, departures):
        """The wage until the regular end when notice was too short (BW 7:672 lid 11).

        A fixed term that is broken off without a clause that allows it runs to its
        agreed end, at least three months (BW 7:677 lid 4). Nothing where there is no
        gap, and during the trial period.
        """
        versions = self._get_versions(departures)
        all_in = self._get_all_in(departures)
        result = {}
        for departure in departures.filtered(lambda dep: dep._get_last_day()):
            item = self._get_item(departure, versions[departure][-1:])
            if item:
                item["is_all_in"] = all_in[departure]
                result[departure] = [item]
        return result

    @api.model
    def _get_item(self, departure, version):
        last_day = departure._get_last_day()
        trial_end = version.trial_date_end
        if trial_end and (departure.notice_date or last_day) <= trial_end:
            return None
        agreed_end = departure.contract_end_date
        if agreed_end and not departure.has_interim_notice:
            return self._get_gap(departure, version, agreed_end, is_fixed_term=True)
        if not departure.regular_end_date:
            return {"missing": self._get_missing(departure)}
        return self._get_gap(departure, version, departure.regular_end_date)

    @api.model
    def _get_missing(self, departure):
        """Return why the regular end is unknown."""
        missing = []
        if not departure.notice_date:
            missing.append("notice_date")
        if not departure.service_start_date:
            missing.append("service_start")
        return missing or ["notice_months"]

    @api.model
    def _get_gap(self, departure, version, regular_end, is_fixed_term=False):
        last_day = departure._get_last_day()
        if regular_end <= last_day:
            return None
        item = {
            "salary": self._get_wage(version),
            "last_day": last_day,
            "regular_end": regular_end,
        }
        if not is_fixed_term:
            # The floor of months is that of BW 7:677 lid 4 alone.
            item["minimum_months"] = 0
        return item
