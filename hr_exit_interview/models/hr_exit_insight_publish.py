from collections import defaultdict

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
from .hr_departure_reason import DEPARTURE_TYPES
from .hr_exit_insight_source import DIMENSIONS, ENPS_THEME
from .hr_exit_interview import TENURE_BANDS

# Scores of 1 to 5; for recommending us -1, 0 or 1 a head.
SCALES = {"theme": (1, 5), "enps": (-1, 1)}
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

        :return: the number of figures
        """
        self.ensure_one()
        self.env.flush_all()
        source = self.env["hr.exit.insight.source"]
        interviews, departures = source._count_waiting(self.company_id, self.date_to)
        enough = max(self.company_id.exit_insight_batch, self.minimum)
        trees = self._get_trees()
        rows = self._prepare_turnover() + self._prepare_survival()
        if interviews >= enough:
            source._add_interviews(self)
            rows += self._prepare_answers(trees)
        if departures >= enough:
            source._add_departures(self)
            rows += self._prepare_leavers(trees)
        self._insert(rows)
        return len(rows)

    def _get_trees(self):
        """{dimension: its nodes}: units as they are now, archived ones included."""
        # sudo: hr.department - the whole tree, whoever asks for the refresh
        departments = self.env["hr.department"].sudo().with_context(active_test=False)
        units = departments.search_fetch(
            [("company_id", "in", (self.company_id.id, False))], ["parent_id"]
        )
        return {
            "unit": Tree({unit.id: unit.parent_id.id or ROOT for unit in units}),
            "type": Tree.flat(code for code, _label in DEPARTURE_TYPES),
            "tenure": Tree.flat(code for code, _label, _months in TENURE_BANDS),
        }

    def _prepare_answers(self, trees):
        """The figures of interviews: participation, reasons, themes, eNPS."""
        source = self.env["hr.exit.insight.source"]
        people = source._count_people(self)
        asked = {
            dimension: {node: (n, answered) for node, (answered, n) in nodes.items()}
            for dimension, nodes in people.items()
        }
        # That everybody took part tells nothing about anybody.
        safe = SafeScore(self.minimum, is_high_safe=True)
        items = {
            "participation": Score("participation", safe, asked),
            "reason": Choice(
                "reason", self._get_reasons(), source._count_reasons(self)
            ),
        }
        themes = self.env["hr.exit.theme"].with_context(active_test=False)
        for theme_id, pools in source._count_scores(self).items():
            item = "enps" if themes.browse(theme_id).code == ENPS_THEME else "theme"
            code = item, theme_id
            items[code] = Score(code, SafeScore(self.minimum, *SCALES[item]), pools)
        cells = publish(trees, people, list(items.values()), self.minimum)
        return [self._prepare_cell(cell) for cell in cells]

    def _prepare_leavers(self, trees):
        """The figures of departures: ways of leaving, regretted losses."""
        source = self.env["hr.exit.insight.source"]
        # How people left says it all, so leavers are not split by it.
        dimensions = ("unit", "tenure")
        regretted = source._count_regretted(self)
        people = {
            dimension: {node: (n, n) for node, (n, _k) in regretted[dimension].items()}
            for dimension in dimensions
        }
        types = Tree.flat(code for code, _label in DEPARTURE_TYPES)
        items = [
            Choice("type", types, source._count_types(self)),
            Score("regretted", SafeScore(self.minimum), regretted),
        ]
        trees = {dimension: trees[dimension] for dimension in dimensions}
        cells = publish(trees, people, items, self.minimum)
        return [self._prepare_cell(cell) for cell in cells if cell.item != PEOPLE]

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
        values = {
            "item": item,
            "theme_id": theme_id,
            "dimension": cell.dimension,
            "is_rest": cell.is_rest,
            answer: cell.value,
            "is_answer_rest": cell.is_value_rest,
            "n": cell.n,
            "total": cell.total,
            "figure": self._get_figure(item, cell.n, cell.total),
        }
        if cell.dimension != COMPANY:
            values[DIMENSIONS[cell.dimension]] = cell.node
        return values

    @api.model
    def _get_figure(self, item, n, total):
        """A mean of 1 to 5 for a theme, else a percentage (whole below 20 people)."""
        if item == "theme":
            return round(total / n, 1)
        if item == "people":
            return n
        return round(100 * total / n, 0 if n < 20 or item == "enps" else 1)

    def _prepare_turnover(self):
        """Leavers against average headcount; how many leave is no secret."""
        groups = self.env["hr.exit.headcount"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("month", ">=", self.date_from),
                ("month", "<=", self.date_to),
            ],
            ["department_id"],
            ["headcount:sum", "leavers:sum", "early_leavers:sum"],
        )
        rows, totals = [], defaultdict(float)
        for department, headcount, leavers, early in groups:
            counts = {"headcount": headcount / 3, "leavers": leavers, "early": early}
            for name, count in counts.items():
                totals[name] += count
            if department:
                where = {"dimension": "unit", "department_id": department.id}
                rows += self._prepare_turnover_of(where, **counts)
        if totals:
            rows += self._prepare_turnover_of({"dimension": COMPANY}, **totals)
        return rows

    def _prepare_turnover_of(self, where, headcount, leavers, early):
        if headcount:
            rate = turnover_rate(leavers, headcount)
            values = {"n": leavers, "total": headcount, "figure": round(rate, 2)}
            yield {"item": "turnover", **where, **values}
        if leavers:
            rate = round(100 * early / leavers, 1)
            yield {
                "item": "early",
                **where,
                "n": leavers,
                "total": early,
                "figure": rate,
            }

    def _prepare_survival(self):
        """The share still in service after so many months (Kaplan-Meier).

        Of the newest quarter only: nobody asks for the curve of an older one.
        """
        if self.date_to + relativedelta(months=3) < fields.Date.today():
            return []
        counts = self.env["hr.exit.headcount"]._count_service(
            self.company_id, self.date_to
        )
        curve = kaplan_meier_counts(counts)
        rows = []
        for months in SURVIVAL_MONTHS:
            # sum of those whose time in service is at least that long
            at_risk = sum(ended for time, _left, ended in counts if time >= months)
            if at_risk >= self.minimum:
                share = min(
                    (s for time, s in curve.items() if time <= months), default=1.0
                )
                rows.append(
                    {
                        "item": "survival",
                        "dimension": COMPANY,
                        "months": months,
                        "n": at_risk,
                        "figure": round(100 * share, 1),
                    }
                )
        return rows

    def _insert(self, rows):
        """Store figures, by SQL: nobody may write them otherwise."""
        shared = {
            "release_id": self.id,
            "company_id": self.company_id.id,
            "quarter": self.quarter,
        }
        defaults = {"is_rest": False, "is_answer_rest": False, "total": 0.0}
        if not rows:
            return
        query = SQL(
            "INSERT INTO hr_exit_insight (%s) VALUES",
            SQL(", ").join(map(SQL.identifier, CELL_COLUMNS)),
        )
        self.env.cr.execute_values(
            query.code + " %s",
            [
                [{**defaults, **shared, **row}.get(name) for name in CELL_COLUMNS]
                for row in rows
            ],
            page_size=1000,
        )
        self.env["hr.exit.insight"].invalidate_model()
