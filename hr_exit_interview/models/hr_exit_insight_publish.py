import csv
import io
from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..insight import (
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
from .hr_departure_reason import get_departure_types
from .hr_exit_insight_source import DIMENSIONS, ENPS_THEME
from .hr_exit_interview import TENURE_BANDS

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


class HrExitInsightRelease(models.Model):
    """Working out the figures of a release: ``insight/publish.py`` has the rules."""

    _inherit = "hr.exit.insight.release"

    def _fill(self):
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
        self._insert(rows)
        return len(rows)

    def _get_quarters(self, waiting):
        """In which release the leavers of each quarter are counted.

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
        # sudo: hr.department - the whole tree, whoever asks for the refresh
        departments = self.env["hr.department"].sudo().with_context(active_test=False)
        units = departments.search_fetch(
            [("company_id", "in", (self.company_id.id, False))], ["parent_id"]
        )
        return {
            "unit": Tree({unit.id: unit.parent_id.id or ROOT for unit in units}),
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
        """The values of a published cell, by column."""
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
        """A mean of 1 to 5 for a theme, else a percentage (whole below 20 people)."""
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

    def _insert(self, rows):
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
