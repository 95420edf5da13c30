from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..insight import DETRACTOR_UP_TO, PROMOTER_FROM
from .hr_exit_interview import TENURE_BANDS

ENPS_THEME = "enps"
# Where an offered interview has got to for good, and where there are answers.
FINAL_STATES = ("held", "closed", "declined", "expired", "no_show")
ANSWERED_STATES = ("held", "closed")
DEPARTURE_STATES = ("done", "confirmed")
# {dimension: column}, the same on interviews and departures but for the band.
DIMENSIONS = {
    "unit": "department_id",
    "type": "departure_type",
    "tenure": "tenure_band",
}
NOTHING = SQL()


class HrExitInsightSource(models.AbstractModel):
    """Where releases get their counts from: the only door to interviews.

    Nothing but codes, scores and dimensions goes through it; texts do not. Each method
    is one query, whatever the number of leavers.
    """

    _name = "hr.exit.insight.source"
    _description = "Source of Published Figures"

    @api.model
    def _count_waiting(self, company, date_to):
        """How many answered interviews and departures are in no release yet.

        :param date_to: the last day of the quarter that is closed
        :return: (interviews, departures)
        """
        return self.env.execute_query(
            SQL(
                "SELECT (SELECT count(*) FILTER (WHERE state IN %s) FROM (%s) i),"
                " (SELECT count(*) FROM (%s) d)",
                ANSWERED_STATES,
                self._get_interviews_query(company, date_to),
                self._get_departures_query(company, date_to),
            )
        )[0]

    @api.model
    def _add_interviews(self, release):
        """Put the waiting interviews into ``release``: never counted again."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO hr_exit_insight_counted (release_id, interview_id)"
                " SELECT %s, id FROM (%s) waiting",
                release.id,
                self._get_interviews_query(release.company_id, release.date_to),
            )
        )

    @api.model
    def _add_departures(self, release):
        """Put the waiting departures into ``release``: never counted again."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO hr_exit_insight_counted (release_id, departure_id)"
                " SELECT %s, id FROM (%s) waiting",
                release.id,
                self._get_departures_query(release.company_id, release.date_to),
            )
        )

    @api.model
    def _get_interviews_query(self, company, date_to):
        """Interviews that came to an end, of who left up to ``date_to``."""
        return SQL(
            """
            SELECT i.id, i.state FROM hr_exit_interview i
             WHERE i.company_id = %s AND i.state IN %s AND i.is_second IS NOT TRUE
               AND (i.quarter <= %s OR (i.quarter IS NULL AND i.held_date <= %s))
               AND NOT EXISTS (SELECT FROM hr_exit_insight_counted counted
                                WHERE counted.interview_id = i.id)
            """,
            company.id,
            FINAL_STATES,
            self._get_quarter(date_to),
            date_to,
        )

    @api.model
    def _get_departures_query(self, company, date_to):
        """Departures with a known way of leaving, up to ``date_to``."""
        return SQL(
            """
            SELECT d.id FROM hr_departure d
             WHERE d.company_id = %s AND d.state IN %s AND d.departure_date <= %s
               AND d.departure_type IS NOT NULL
               AND NOT EXISTS (SELECT FROM hr_exit_insight_counted counted
                                WHERE counted.departure_id = d.id)
            """,
            company.id,
            DEPARTURE_STATES,
            date_to,
        )

    @api.model
    def _get_quarter(self, day):
        """The name of a day's quarter, as interviews have it: 2026-Q3."""
        return f"{day.year}-Q{(day.month + 2) // 3}"

    @api.model
    def _count_people(self, release):
        """{dimension: {node: (answered, asked)}} of the interviews of a release."""
        pools = {dimension: {} for dimension in DIMENSIONS}
        answered = SQL("(i.state IN %s)::int", ANSWERED_STATES)
        for dimension, node, _answer, asked, total in self._count_interviews(
            release, SQL("NULL"), answered
        ):
            pools[dimension][node] = int(total), asked
        return pools

    @api.model
    def _count_reasons(self, release):
        """{dimension: {node: {reason: how many gave it as the main one}}}.

        A sensitive reason counts as its category.
        """
        return self._to_choices(
            self._count_interviews(
                release,
                SQL(
                    "CASE WHEN r.is_sensitive THEN coalesce(r.parent_id, r.id)"
                    " ELSE r.id END"
                ),
                SQL("1"),
                SQL("JOIN hr_exit_reason r ON r.id = i.main_reason_id"),
                SQL("AND i.state IN %s", ANSWERED_STATES),
            )
        )

    @api.model
    def _count_scores(self, release):
        """{theme: {dimension: {node: (n, sum of the scores)}}}.

        For recommending us the sum is that of promoters less detractors.
        """
        pools = defaultdict(lambda: {dimension: {} for dimension in DIMENSIONS})
        for dimension, node, theme, n, total in self._count_interviews(
            release,
            SQL("a.theme_id"),
            SQL(
                "CASE WHEN t.code = %s"
                " THEN (a.score >= %s)::int - (a.score <= %s)::int ELSE a.score END",
                ENPS_THEME,
                PROMOTER_FROM,
                DETRACTOR_UP_TO,
            ),
            SQL(
                "JOIN hr_exit_answer a ON a.interview_id = i.id"
                " JOIN hr_exit_theme t ON t.id = a.theme_id"
            ),
            SQL("AND i.state IN %s", ANSWERED_STATES),
        ):
            pools[theme][dimension][node] = n, total
        return pools

    @api.model
    def _count_types(self, release):
        """{dimension: {node: {way of leaving: n}}} of the departures of a release."""
        return self._to_choices(
            self._count_departures(release, SQL("d.departure_type"), SQL("1"))
        )

    @api.model
    def _count_regretted(self, release):
        """{dimension: {node: (leavers, how many of them are regretted)}}."""
        pools = {dimension: {} for dimension in DIMENSIONS}
        for dimension, node, _answer, n, total in self._count_departures(
            release, SQL("NULL"), SQL("(d.is_regretted IS TRUE)::int")
        ):
            pools[dimension][node] = n, int(total)
        return pools

    @api.model
    def _to_choices(self, rows):
        pools = {dimension: defaultdict(dict) for dimension in DIMENSIONS}
        for dimension, node, answer, n, _total in rows:
            pools[dimension][node][answer] = n
        return pools

    @api.model
    def _count_interviews(self, release, answer, value, joins=NOTHING, where=NOTHING):
        return self._count(
            SQL(
                """
                SELECT i.department_id, i.departure_type, i.tenure_band,
                       %s AS answer, %s AS value
                  FROM hr_exit_insight_counted counted
                  JOIN hr_exit_interview i ON i.id = counted.interview_id %s
                 WHERE counted.release_id = %s %s
                """,
                answer,
                value,
                joins,
                release.id,
                where,
            )
        )

    @api.model
    def _count_departures(self, release, answer, value):
        return self._count(
            SQL(
                """
                SELECT d.department_id, d.departure_type, %s AS tenure_band,
                       %s AS answer, %s AS value
                  FROM hr_exit_insight_counted counted
                  JOIN hr_departure d ON d.id = counted.departure_id
                 WHERE counted.release_id = %s
                """,
                self._get_tenure_band(),
                answer,
                value,
                release.id,
            )
        )

    @api.model
    def _get_tenure_band(self):
        """The band of the whole months in service of a departure ``d``."""
        served = SQL("age(d.departure_date + 1, d.service_start_date)")
        months = SQL(
            "extract(year FROM %s) * 12 + extract(month FROM %s)", served, served
        )
        cases = [
            SQL("WHEN %s < %s THEN %s", months, limit, code)
            for code, _label, limit in TENURE_BANDS
            if limit
        ]
        return SQL(
            "CASE WHEN d.service_start_date IS NULL THEN NULL %s ELSE %s END",
            SQL(" ").join(cases),
            TENURE_BANDS[-1][0],
        )

    @api.model
    def _count(self, query):
        """[(dimension, node, answer, n, sum of the values)], one dimension at a time.

        :param query: rows with the columns of ``DIMENSIONS``, ``answer`` and ``value``
        """
        columns = [SQL.identifier(column) for column in DIMENSIONS.values()]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s, answer, count(*), sum(value) FROM (%s) counted"
                " GROUP BY GROUPING SETS (%s)",
                SQL(", ").join(SQL("GROUPING(%s)", column) for column in columns),
                SQL(", ").join(columns),
                query,
                SQL(", ").join(SQL("(answer, %s)", column) for column in columns),
            )
        )
        at = len(columns)
        for row in rows:
            place = row[:at].index(0)
            yield list(DIMENSIONS)[place], row[at + place], *row[2 * at :]
