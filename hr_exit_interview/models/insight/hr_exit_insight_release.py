import csv
import io
import logging
import time
from collections import Counter, defaultdict
from datetime import date, timedelta

import xlsxwriter
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...lib.coarse import TENURE_BANDS, get_quarter
from ...lib.insight import (
    COMPANY,
    PEOPLE,
    ROOT,
    Choice,
    SafeScore,
    Score,
    Tree,
    kaplan_meier_counts,
    publish,
    turnover_rate,
)
from ...lib.turns import take_turns
from ..departure.hr_departure_reason import get_departure_types
from .hr_exit_insight_source import DIMENSIONS, ENPS_THEME

_logger = logging.getLogger(__name__)
# Ten years in a transaction: a first refresh of most companies is one.
QUARTERS_AT_ONCE = 40
# Scores of 1 to 5; for recommending us -1, 0 or 1 a head.
SCALES = {"theme": (1, 5), "enps": (-1, 1)}
# Turnover by time in service looks at everybody in service: for the last year.
QUARTERS_BY_BAND = 4
SURVIVAL_MONTHS = (3, 6, 12, 24, 36, 60, 120)
CELL_COLUMNS = (
    "release_id",
    "company_id",
    "quarter",
    "item",
    "theme_id",
    "dimension",
    "department_id",
    "departure_type",
    "tenure_band",
    "is_rest",
    "reason_id",
    "answer_type",
    "is_answer_rest",
    "months",
    "n",
    "total",
    "figure",
)
COLUMNS = (
    "quarter",
    "item",
    "dimension",
    "label",
    "answer_label",
    "n",
    "total",
    "figure",
)


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
        """Return the first days of closed quarters to be published, oldest first.

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
        """Return the first day of the quarter of the first departure, if any."""
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
            cells = releases._fill_figures()
            _logger.info(
                "Published %s to %s with %s figures in %.1f s",
                releases[0].quarter,
                releases[-1].quarter,
                cells,
                time.monotonic() - started,
            )
        return releases

    def _create_quarters(self, company, firsts):
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

    def _fill_figures(self):
        """Count who waits, decide what may be known of it and store that.

        Releases of one company, the oldest first. Queries do not depend on how many
        releases or leavers there are.

        :return: the number of figures
        """
        self.env.flush_all()
        trees = self._get_trees()
        rows = [
            *self._prepare_turnover(),
            *self[-QUARTERS_BY_BAND:]._prepare_turnover_by_band(),
            *self[-1:]._prepare_survival(),
        ]
        company, date_to = self.company_id, self[-1:].date_to
        source = self.env["hr.exit.insight.source"]
        interviews, departures = source._count_waiting(company, date_to)
        if releases := self._get_quarters(interviews):
            source._add_interviews(company, date_to, releases)
            rows += self._prepare_answers(trees)
        if releases := self._get_quarters(departures):
            source._add_departures(company, date_to, releases)
            rows += self._prepare_leavers(trees)
        self._insert_figures(rows)
        return len(rows)

    def _get_quarters(self, waiting):
        """Return in which release the leavers of each quarter are counted.

        As long as there are too few they wait for those of the next quarter.

        :param waiting: {quarter: how many answered}
        :return: {quarter: id of the release}
        """
        places = {}
        for release in self:
            enough = max(release.company_id.exit_insight_batch, release.minimum)
            together = [
                quarter
                for quarter in waiting
                if quarter <= release.quarter and quarter not in places
            ]
            if sum(waiting[quarter] for quarter in together) >= enough:
                places.update(dict.fromkeys(together, release.id))
        return places

    def _get_trees(self):
        """{dimension: its nodes}: units as they are now, archived ones included."""
        domain = [("company_id", "in", (self.company_id.id, False))]
        return {
            "unit": self.env["hr.department"]._get_exit_tree(domain),
            "type": self._get_types(),
            "tenure": Tree.flat(code for code, _label, _months in TENURE_BANDS),
        }

    def _prepare_answers(self, trees):
        """Yield the figures of interviews: participation, reasons, themes, eNPS."""
        source = self.env["hr.exit.insight.source"]
        people = source._count_people()
        reasons, scores = source._count_reasons(), source._count_scores()
        tree = self._get_reasons()
        themes = self.env["hr.exit.theme"].with_context(active_test=False)
        items = {
            theme.id: "enps" if theme.code == ENPS_THEME else "theme"
            for theme in themes.search([])
        }
        for release in self.filtered(lambda release: release.id in people):
            asked = people[release.id]
            cells = publish(
                trees,
                asked,
                [
                    release._prepare_participation(asked),
                    Choice("reason", tree, reasons[release.id]),
                    *(
                        Score(
                            (items[theme], theme),
                            SafeScore(release.minimum, *SCALES[items[theme]]),
                            pools,
                        )
                        for theme, pools in scores[release.id].items()
                    ),
                ],
                release.minimum,
            )
            yield from map(release._prepare_cell, cells)

    def _prepare_participation(self, people):
        pools = {
            dimension: {node: (n, answered) for node, (answered, n) in nodes.items()}
            for dimension, nodes in people.items()
        }
        # That everybody took part tells nothing about anybody.
        return Score("participation", SafeScore(self.minimum, is_high_safe=True), pools)

    def _prepare_leavers(self, trees):
        """Yield the figures of departures: ways of leaving, regretted losses."""
        source = self.env["hr.exit.insight.source"]
        # How people left says it all, so leavers are not split by it.
        trees = {dimension: trees[dimension] for dimension in ("unit", "tenure")}
        types = self._get_types()
        ways, regretted = source._count_types(), source._count_regretted()
        for release in self.filtered(lambda release: release.id in regretted):
            losses = regretted[release.id]
            people = {
                dimension: {node: (n, n) for node, (n, _k) in losses[dimension].items()}
                for dimension in trees
            }
            cells = publish(
                trees,
                people,
                [
                    Choice("type", types, ways[release.id]),
                    Score("regretted", SafeScore(release.minimum), losses),
                ],
                release.minimum,
            )
            for cell in cells:
                if cell.item != PEOPLE:
                    yield release._prepare_cell(cell)

    @api.model
    def _get_types(self):
        return Tree.flat(code for code, _label in get_departure_types(self))

    def _get_reasons(self):
        # sudo: hr.exit.reason - the whole tree, whoever asks for the refresh
        reasons = self.env["hr.exit.reason"].sudo().with_context(active_test=False)
        return Tree(
            {
                reason.id: reason.parent_id.id or ROOT
                for reason in reasons.search_fetch([], ["parent_id"])
            }
        )

    def _prepare_cell(self, cell):
        """Return the values of a published cell, by column."""
        item, theme_id = (
            cell.item if isinstance(cell.item, tuple) else (cell.item, None)
        )
        answer = "answer_type" if item == "type" else "reason_id"
        return {
            "release_id": self.id,
            "item": item,
            "theme_id": theme_id,
            "dimension": cell.dimension,
            # Those of the company as a whole are about no node.
            DIMENSIONS.get(cell.dimension, "department_id"): cell.node,
            "is_rest": cell.is_rest,
            answer: cell.value,
            "is_answer_rest": cell.is_value_rest,
            "n": cell.n,
            "total": cell.total,
            "figure": self._get_figure(item, cell.n, cell.total),
        }

    @api.model
    def _get_figure(self, item, n, total):
        """Return a mean of 1 to 5 for a theme, the number of people, else a percentage.

        A percentage is whole below 20 people.
        """
        if item == "theme":
            return round(total / n, 1)
        if item == "people":
            return n
        return round(100 * total / n, 0 if n < 20 or item == "enps" else 1)

    def _prepare_turnover(self):
        """Yield leavers against average headcount; how many leave is no secret."""
        groups = self.env["hr.exit.headcount"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("month", ">=", self[:1].date_from),
                ("month", "<=", self[-1:].date_to),
            ],
            ["month:quarter", "department_id"],
            ["headcount:sum", "leavers:sum", "early_leavers:sum"],
        )
        releases = {release.date_from: release for release in self}
        totals = defaultdict(Counter)
        for first, department, headcount, leavers, early in groups:
            release = releases.get(first)
            if not release:
                continue
            counts = {"headcount": headcount / 3, "leavers": leavers, "early": early}
            for name, count in counts.items():
                totals[release][name] += count
            if department:
                where = {"dimension": "unit", "department_id": department.id}
                yield from release._prepare_turnover_of(where, **counts)
        for release, counts in totals.items():
            yield from release._prepare_turnover_of({"dimension": COMPANY}, **counts)

    def _prepare_turnover_by_band(self):
        """Yield the same by time in service."""
        releases = {release.date_from: release for release in self}
        for first, band, headcount, leavers in self.env[
            "hr.exit.headcount"
        ]._count_by_band(
            self.company_id, [(one.date_from, one.date_to) for one in self]
        ):
            if headcount:
                yield {
                    "release_id": releases[first].id,
                    "item": "turnover",
                    "dimension": "tenure",
                    "tenure_band": band,
                    "n": leavers,
                    "total": headcount,
                    "figure": round(turnover_rate(leavers, headcount), 2),
                }

    def _prepare_turnover_of(self, where, headcount, leavers, early):
        where = {"release_id": self.id, "n": leavers, **where}
        if headcount:
            rate = round(turnover_rate(leavers, headcount), 2)
            yield {"item": "turnover", **where, "total": headcount, "figure": rate}
        if leavers:
            share = round(100 * early / leavers, 1)
            yield {"item": "early", **where, "total": early, "figure": share}

    def _prepare_survival(self):
        """Yield the share still in service after so many months (Kaplan-Meier).

        Of the newest quarter only: nobody asks for the curve of an older one.
        """
        if self.date_to + relativedelta(months=3) < fields.Date.today():
            return
        counts = self.env["hr.exit.headcount"]._count_service(
            self.company_id, self.date_to
        )
        curve = kaplan_meier_counts(counts)
        for months in SURVIVAL_MONTHS:
            # sum of those whose time in service is at least that long
            at_risk = sum(ended for time, _left, ended in counts if time >= months)
            if at_risk >= self.minimum:
                share = min(
                    (s for time, s in curve.items() if time <= months), default=1.0
                )
                yield {
                    "release_id": self.id,
                    "item": "survival",
                    "dimension": COMPANY,
                    "months": months,
                    "n": at_risk,
                    "figure": round(100 * share, 1),
                }

    def _insert_figures(self, rows):
        """Store figures, by SQL: nobody may write them otherwise.

        COPY takes a third of the time that INSERT takes.
        """
        release_of = {
            release.id: {
                "company_id": release.company_id.id,
                "quarter": release.quarter,
                "is_rest": False,
                "is_answer_rest": False,
                "total": 0.0,
            }
            for release in self
        }
        table = io.StringIO()
        csv.writer(table).writerows(
            [*map((release_of[row["release_id"]] | row).get, CELL_COLUMNS)]
            for row in rows
        )
        table.seek(0)
        copy = SQL(
            "COPY hr_exit_insight (%s) FROM STDIN (FORMAT csv)",
            SQL(", ").join(map(SQL.identifier, CELL_COLUMNS)),
        )
        self.env.cr.copy_expert(copy.code, table)
        self.env["hr.exit.insight"].invalidate_model()

    @api.model
    def _write_workbook(self, quarters):
        """Return the figures of the company's newest ``quarters``, as bytes of xlsx."""
        releases = self.search(
            [("company_id", "=", self.env.company.id)], limit=quarters
        )
        cells = self.env["hr.exit.insight"].search([("release_id", "in", releases.ids)])
        labels = cells.fields_get(COLUMNS, ["string", "selection"])
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            sheet = book.add_worksheet(self.env._("Published Figures"))
            bold = book.add_format({"bold": True})
            for column, name in enumerate(COLUMNS):
                sheet.write_string(0, column, labels[name]["string"], bold)
            for row, cell in enumerate(cells, start=1):
                for column, name in enumerate(COLUMNS):
                    self._write_figure(sheet, row, column, cell[name], labels[name])
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(cells), len(COLUMNS) - 1)
        return output.getvalue()

    @api.model
    def _write_figure(self, sheet, row, column, value, label):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
        elif value:
            text = dict(label.get("selection", ())).get(value, value)
            # Names that begin with = are no formulas.
            sheet.write_string(row, column, text)
