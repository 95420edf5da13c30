from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain


class HrExitRetentionBatchLine(models.AbstractModel):
    """The people on the list of a mass departure, and what it would have cost.

    Whoever was not registered was never told to leave: nothing of them stays. Of the
    others only the estimates go; the line goes with their departure.
    """

    _name = "hr.exit.retention.batch_line"
    _inherit = "hr.exit.retention"
    _description = "Lists and What-If Costs of Mass Departures"

    _retention_model = "hr.departure.batch.line"
    # When a run or HR last worked on it: there may never be a last day.
    _day_field = "write_date"
    _departure_path = "departure_id"
    _retention_sequence = 35

    @api.model
    def _get_period(self, company):
        return relativedelta(months=company.exit_batch_retention_months)

    @api.model
    def _get_not_purged_domain(self, company):
        holds = Domain("departure_id", "=", False) | Domain("cost_ids", "!=", False)
        return holds & Domain("batch_id.state", "!=", "running")

    @api.model
    def _get_legal_hold_domain(self, day):
        """Return the domain of lines of a person with a departure on legal hold.

        It covers those who were never registered: another departure holds their line.
        """
        held = Domain("hold_until", ">=", day)
        return Domain("employee_id.departure_ids", "any", held)

    @api.model
    def _get_departures(self, record):
        return record.employee_id.departure_ids.filtered("hold_until")

    @api.model
    def _get_person(self, record):
        return record.employee_id.name

    @api.model
    def _purge(self, records):
        records.cost_ids.unlink()
        records.filtered(lambda line: not line.departure_id).unlink()
