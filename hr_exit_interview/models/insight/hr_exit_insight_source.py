from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...lib.coarse import TENURE_BANDS, get_quarter
from ...lib.insight import DETRACTOR_UP_TO, PROMOTER_FROM

ENPS_THEME = "enps"
# Where an offered interview has got to for good, and where there are answers.
FINAL_STATES = ("held", "closed", "declined", "expired", "no_show")
ANSWERED_STATES = ("held", "closed")
DEPARTURE_STATES = ("done", "confirmed")
# {dimension: column of those counted}
DIMENSIONS = {
    "unit": "department_id",
    "type": "departure_type",
    "tenure": "tenure_band",
}
NONE, ONE, NOTHING, ALL = SQL("NULL"), SQL("1"), SQL(), SQL("true")


class HrExitInsightSource(models.AbstractModel):
    """Where releases get their counts from: the only door to interviews.

    Nothing but codes, scores and dimensions goes through it; texts do not. Those to
    be published are set apart in temporary tables, then counted for all releases
    together: each method is one pass, whatever the number of leavers and of releases.
    """

    _name = "hr.exit.insight.source"
    _description = "Source of Published Figures"

    @api.model
    def _count_waiting(self, company, date_to):
        """Return how many answered interviews and departures are in no release yet.

        :param date_to: the last day of the last quarter that is closed
        :return: ({quarter: interviews}, {quarter: departures}) by the last day of work,
            those in which nobody answered too
        """
        return tuple(
            dict(
                self.env.execute_query(
                    SQL(
                        "SELECT quarter, count(*) FILTER (WHERE is_answered)"
                        " FROM (%s) waiting GROUP BY 1",
                        waiting,
                    )
                )
            )
            for waiting in (
                self._get_interviews_query(company, date_to),
                self._get_departures_query(company, date_to),
            )
        )

    @api.model
    def _add_interviews(self, company, date_to, releases):
        """Put the waiting interviews into releases: their answers never count again.

        :param releases: {quarter: id of the release that its leavers are counted in}
        """
        self._set_apart(
            "insight_interview", self._get_interviews_query(company, date_to), releases
        )
        self.env.cr.execute(
            "INSERT INTO hr_exit_insight_counted"
            " (release_id, interview_id, is_answered)"
            " SELECT release_id, id, is_answered FROM insight_interview"
        )

    @api.model
    def _add_departures(self, company, date_to, releases):
        """Put the waiting departures into releases: never counted again.

        :param releases: {quarter: id of the release that its leavers are counted in}
        """
        self._set_apart(
            "insight_departure", self._get_departures_query(company, date_to), releases
        )
        self.env.cr.execute(
            "INSERT INTO hr_exit_insight_counted (release_id, departure_id)"
            " SELECT release_id, id FROM insight_departure"
        )

    @api.model
    def _set_apart(self, table, waiting, releases):
        """Keep those to be published in a temporary table, small enough to read often.

        Not read from the table of counted people: a statement that fills a table it
        also searches does so without knowing how large it has become.
        """
        table = SQL.identifier(table)
        # Counting by units needs some memory, else it sorts a million answers on disk.
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS"
                " SELECT release_id, waiting.* FROM (%s) waiting"
                " JOIN unnest(%s, %s) AS release (name, release_id)"
                " ON release.name = waiting.quarter",
                table,
                waiting,
                list(releases),
                list(releases.values()),
            )
        )
        self.env.cr.execute(SQL("ANALYZE %s", table))

    @api.model
    def _get_interviews_query(self, company, date_to):
        """Select interviews that came to an end, up to the quarter of ``date_to``.

        Anyone who declined and was counted so, but took part after all, waits again.
        """
        quarter = SQL("coalesce(i.quarter, %s)", self._sql_quarter(SQL("i.held_date")))
        return SQL(
            """
            SELECT i.id, %(quarter)s AS quarter, i.state IN %(answered)s AS is_answered,
                   i.department_id, i.departure_type, i.tenure_band, i.main_reason_id
              FROM hr_exit_interview i
              LEFT JOIN hr_exit_insight_counted counted
                ON counted.interview_id = i.id
               AND (counted.is_answered OR i.state NOT IN %(answered)s)
             WHERE i.company_id = %(company)s AND i.state IN %(final)s
               AND i.is_second IS NOT TRUE AND counted.id IS NULL
               AND %(quarter)s <= %(last)s
            """,
            quarter=quarter,
            answered=ANSWERED_STATES,
            final=FINAL_STATES,
            company=company.id,
            last=get_quarter(date_to),
        )

    @api.model
    def _get_departures_query(self, company, date_to):
        """Departures with a known way of leaving, up to ``date_to``."""
        return SQL(
            """
            SELECT d.id, %s AS quarter, d.department_id, d.departure_type,
                   %s AS tenure_band, d.is_regretted, true AS is_answered
              FROM hr_departure d
              LEFT JOIN hr_exit_insight_counted counted ON counted.departure_id = d.id
              CROSS JOIN age(d.departure_date + 1, d.service_start_date) AS age
              CROSS JOIN LATERAL (
                  SELECT extract(year FROM age) * 12 + extract(month FROM age) AS months
              ) served
             WHERE d.company_id = %s AND d.state IN %s AND d.departure_date <= %s
               AND d.departure_type IS NOT NULL AND counted.id IS NULL
            """,
            self._sql_quarter(SQL("d.departure_date")),
            self._sql_tenure_band(),
            company.id,
            DEPARTURE_STATES,
            date_to,
        )

    @api.model
    def _sql_quarter(self, day):
        """Return the SQL of a quarter's name, written as by ``get_quarter``."""
        return SQL("""to_char(%s, 'YYYY-"Q"Q')""", day)

    @api.model
    def _count_people(self):
        """{release: {dimension: {node: (answered, asked)}}} of interviews."""
        rows = self._count("insight_interview", value=SQL("is_answered::int"))
        return self._to_pools(rows, lambda asked, answered: (int(answered), asked))

    @api.model
    def _count_reasons(self):
        """{release: {dimension: {node: {reason: how many gave it as the main one}}}}.

        A sensitive reason counts as its category.
        """
        return self._to_choices(
            self._count(
                "insight_interview",
                answer=SQL(
                    "CASE WHEN r.is_sensitive THEN coalesce(r.parent_id, r.id)"
                    " ELSE r.id END"
                ),
                joins=SQL("JOIN hr_exit_reason r ON r.id = i.main_reason_id"),
                where=SQL("i.is_answered"),
            )
        )

    @api.model
    def _count_scores(self):
        """{release: {theme: {dimension: {node: (n, sum of the scores)}}}}.

        For recommending us the sum is that of promoters less detractors.
        """
        rows = self._count(
            "insight_interview",
            answer=SQL("a.theme_id"),
            value=SQL(
                "CASE WHEN t.code = %s"
                " THEN (a.score >= %s)::int - (a.score <= %s)::int ELSE a.score END",
                ENPS_THEME,
                PROMOTER_FROM,
                DETRACTOR_UP_TO,
            ),
            joins=SQL(
                "JOIN hr_exit_answer a ON a.interview_id = i.id"
                " JOIN hr_exit_theme t ON t.id = a.theme_id"
            ),
            where=SQL("i.is_answered"),
        )
        pools = defaultdict(lambda: defaultdict(_new_pools))
        for release, dimension, node, theme, n, total in rows:
            pools[release][theme][dimension][node] = n, total
        return pools

    @api.model
    def _count_types(self):
        """{release: {dimension: {node: {way of leaving: n}}}} of departures."""
        return self._to_choices(
            self._count("insight_departure", answer=SQL("departure_type"))
        )

    @api.model
    def _count_regretted(self):
        """{release: {dimension: {node: (leavers, how many of them are regretted)}}}."""
        rows = self._count(
            "insight_departure", value=SQL("(is_regretted IS TRUE)::int")
        )
        return self._to_pools(rows, lambda n, regretted: (n, int(regretted)))

    @api.model
    def _to_pools(self, rows, to_counts):
        pools = defaultdict(_new_pools)
        for release, dimension, node, _answer, n, total in rows:
            pools[release][dimension][node] = to_counts(n, total)
        return pools

    @api.model
    def _to_choices(self, rows):
        pools = defaultdict(_new_pools)
        for release, dimension, node, answer, n, _total in rows:
            pools[release][dimension].setdefault(node, {})[answer] = n
        return pools

    @api.model
    def _sql_tenure_band(self):
        """Return the band of whole months in service (``served.months``)."""
        cases = [
            SQL("WHEN served.months < %s THEN %s", limit, code)
            for code, _label, limit in TENURE_BANDS
            if limit
        ]
        return SQL(
            "CASE WHEN served.months IS NULL THEN NULL %s ELSE %s END",
            SQL(" ").join(cases),
            TENURE_BANDS[-1][0],
        )

    @api.model
    def _count(self, table, answer=NONE, value=ONE, joins=NOTHING, where=ALL):
        """Yield (release, dimension, node, answer, n, sum of values).

        One dimension is split at a time.

        :param table: those set apart, as ``i``
        """
        columns = [SQL("i.%s", SQL.identifier(name)) for name in DIMENSIONS.values()]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s, i.release_id, %s AS answer, count(*), sum(%s)"
                " FROM %s i %s WHERE %s"
                " GROUP BY i.release_id, answer, GROUPING SETS (%s)",
                SQL(", ").join(SQL("GROUPING(%s)", column) for column in columns),
                SQL(", ").join(columns),
                answer,
                value,
                SQL.identifier(table),
                joins,
                where,
                SQL(", ").join(SQL("(%s)", column) for column in columns),
            )
        )
        at = len(columns)
        names = list(DIMENSIONS)
        for row in rows:
            place = row.index(0)
            release, *counts = row[2 * at :]
            yield release, names[place], row[at + place], *counts


def _new_pools():
    return {dimension: {} for dimension in DIMENSIONS}
