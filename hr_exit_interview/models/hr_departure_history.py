import logging
import time

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

BATCH_SIZE = 1000


class HrDeparture(models.Model):
    """Departures from before this app, from what Odoo still knows."""

    _inherit = "hr.departure"

    @api.model
    def _create_historical(self):
        """Make a historical departure for archived employees that have none.

        Safe to run again. In batches, without mail, activity or settlement. Those of
        long ago are taken over the first time only: without a name nobody can tell
        which are there already.
        """
        started = time.monotonic()
        is_again = bool(self.search_count([("is_anonymous", "=", True)], limit=1))
        employees = self.env["hr.employee"].search(
            Domain("active", "=", False) & Domain("departure_ids", "=", False)
        )
        quiet = self.with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_activity_automation_skip=True,
        )
        for ids in split_every(BATCH_SIZE, employees.ids):
            batch = employees.browse(ids)
            vals_list = quiet._prepare_historical(batch)
            if is_again:
                vals_list = quiet._drop_anonymous(vals_list)
            quiet.create(vals_list)
            self.env.flush_all()
            self.env.invalidate_all()
        _logger.info(
            "Made %s historical departures in %.1f s",
            len(employees),
            time.monotonic() - started,
        )

    @api.model
    def _drop_anonymous(self, vals_list):
        """Leave out who would be taken over without a name."""
        companies = self.env["res.company"]
        today = fields.Date.context_today(self)
        return [
            vals
            for vals in vals_list
            if not companies.browse(vals["company_id"])._is_exit_code_over(
                fields.Date.to_date(vals["departure_date"]), today
            )
        ]

    @api.model
    def _prepare_historical(self, employees):
        """The values of the historical departure of each archived employee."""
        versions = (
            self.env["hr.version"]
            .with_context(active_test=False)
            .search([("employee_id", "in", employees.ids)], order="date_version, id")
            .grouped("employee_id")
        )
        return [
            self._prepare_historical_departure(employee, versions.get(employee))
            for employee in employees
        ]

    @api.model
    def _prepare_historical_departure(self, employee, versions):
        """One past departure. A new version drops core's fields, so look behind it."""
        told = versions.filtered(lambda v: v.departure_date or v.departure_reason_id)
        version = (told or versions)[-1:]
        return {
            "is_historical": True,
            "employee_id": employee.id,
            "company_id": employee.company_id.id,
            "departure_reason_id": version.departure_reason_id.id,
            "departure_description": version.departure_description,
            "departure_date": version.departure_date or version.contract_date_end,
            "apply_date": version.departure_date,
        }
