import logging
import time
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..tools.turns import take_turns

_logger = logging.getLogger(__name__)

# Ten years in a transaction: a first refresh of most companies is one.
QUARTERS_AT_ONCE = 40


class HrExitInsightRelease(models.Model):
    """What is published about one closed quarter of one company: once, and frozen.

    Every leaver is counted in one release only. Who answers after a quarter is closed
    is counted in the next one; so is everybody as long as there are too few.
    """

    _name = "hr.exit.insight.release"
    _description = "Published Release"
    _order = "quarter desc, company_id"
    _rec_name = "quarter"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    quarter = fields.Char(required=True, readonly=True, help="As in 2026-Q3.")
    date_from = fields.Date(required=True, readonly=True)
    date_to = fields.Date(required=True, readonly=True)
    minimum = fields.Integer(
        string="Smallest Group", required=True, readonly=True, aggregator=False
    )
    cell_ids = fields.One2many("hr.exit.insight", "release_id", string="Figures")

    _quarter_uniq = models.UniqueIndex(
        "(company_id, quarter)", "This quarter is published already."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        raise UserError(
            self.env._("A release is frozen: it stays as it was when it was published.")
        )

    @api.model
    def _cron_publish(self):
        """Publish every closed quarter of every company that is not published yet.

        The quarters of a few years are one transaction, so that a run that is stopped
        goes on where it was; a quarter that is there is left alone.
        """
        cron = self.env["ir.cron"]
        groups = self.env["hr.departure"]._read_group(
            [("departure_date", "!=", False)], ["company_id"]
        )
        companies = [company for (company,) in groups]
        for company in companies:
            self.env["hr.exit.headcount"]._close_past_months(company)
        waiting = [
            (company, quarters)
            for company in companies
            for quarters in split_every(
                QUARTERS_AT_ONCE, self._get_waiting_quarters(company)
            )
        ]
        for done, (company, quarters) in enumerate(waiting, start=1):
            self._publish_quarters(company, quarters)
            if not cron._commit_progress(1, remaining=len(waiting) - done):
                break

    @api.model
    def _publish_waiting(self, company):
        """Publish every closed quarter of ``company`` that is not published yet."""
        self._publish_quarters(company, self._get_waiting_quarters(company))

    @api.model
    def _get_waiting_quarters(self, company):
        """The first days of closed quarters that are not published, oldest first.

        From the quarter of the first departure, or after the last release.
        """
        last = self.search([("company_id", "=", company.id)], limit=1)
        if last:
            first = last.date_to + timedelta(days=1)
        else:
            first = self._get_first_day(company)
        # Midnight in the company's country is close enough to the server's.
        today = fields.Date.today()
        quarters = []
        while first and first + relativedelta(months=3) <= today:
            quarters.append(first)
            first += relativedelta(months=3)
        return quarters

    @api.model
    def _get_first_day(self, company):
        """The first day of the quarter of the first departure, None without one."""
        [(day,)] = self.env["hr.departure"]._read_group(
            [("company_id", "=", company.id), ("departure_date", "!=", False)],
            aggregates=["departure_date:min"],
        )
        return day and date(day.year, day.month - (day.month - 1) % 3, 1)

    @api.model
    def _publish_quarters(self, company, firsts):
        """Publish the quarters that begin on these days, unless they are there already.

        :param firsts: first days of closed quarters, the oldest first
        :return: the releases that are new
        """
        take_turns(company)
        started = time.monotonic()
        releases = self._create_quarters(company, firsts)
        if releases:
            self.env["hr.exit.headcount"]._close_past_months(company)
            cells = releases._fill()
            _logger.info(
                "Published %s to %s with %s figures in %.1f s",
                releases[0].quarter,
                releases[-1].quarter,
                cells,
                time.monotonic() - started,
            )
        return releases

    def _create_quarters(self, company, firsts):
        get_quarter = self.env["hr.exit.insight.source"]._get_quarter
        quarters = {get_quarter(first): first for first in firsts}
        there = self.search(
            [("company_id", "=", company.id), ("quarter", "in", list(quarters))]
        ).mapped("quarter")
        return self.create(
            [
                {
                    "company_id": company.id,
                    "quarter": quarter,
                    "date_from": first,
                    "date_to": first + relativedelta(months=3, days=-1),
                    "minimum": company.exit_insight_minimum,
                }
                for quarter, first in quarters.items()
                if quarter not in there
            ]
        )
