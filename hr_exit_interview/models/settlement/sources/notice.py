from odoo import api, models

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceNotice(models.AbstractModel):
    _name = "hr.settlement.source.notice"
    _inherit = "hr.settlement.source"
    _description = "Notice term"

    @api.model
    def _collect(self, rule, departures):
        """Collect the wage until the regular end (BW 7:672 lid 11).

        Owed when notice was too short. A fixed term that is broken off without a clause
        that allows it runs to its agreed end, whoever breaks it off (BW 7:677 lid 4).
        Nothing where there is no gap, and during the trial period.
        """
        versions = self._get_versions(departures)
        components = self._get_money_components(departures)
        result = {}
        for departure in departures.filtered(lambda dep: dep._get_last_day()):
            version = versions[departure][-1:]
            item = self._get_item(departure, version, components[departure])
            if item:
                result[departure] = [item]
        return result

    @api.model
    def _get_item(self, departure, version, components):
        last_day, agreed_end = departure._get_last_day(), departure.contract_end_date
        if self._is_in_trial(departure, version):
            return None
        if agreed_end and agreed_end <= last_day:
            return None
        is_broken = bool(agreed_end) and not departure.has_interim_notice
        if not is_broken and not departure.regular_end_date:
            return {"missing": self._get_missing(departure)}
        ends = (agreed_end, not is_broken and departure.regular_end_date)
        regular_end = min(filter(None, ends))
        if regular_end <= last_day:
            return None
        return {
            **self._get_money_wage(version, components, last_day),
            "last_day": last_day,
            "regular_end": regular_end,
            "is_agreed_end": regular_end == agreed_end,
        }

    @api.model
    def _is_in_trial(self, departure, version):
        """Tell whether notice was given in the trial period (BW 7:676)."""
        trial_end = version.trial_date_end
        noticed = departure.notice_date or departure._get_last_day()
        return bool(trial_end) and noticed <= trial_end

    @api.model
    def _get_missing(self, departure):
        """Return why the regular end is unknown."""
        missing = []
        if not departure.notice_date:
            missing.append("notice_date")
        if not departure.service_start_date:
            missing.append("service_start")
        return missing or ["notice_months"]
