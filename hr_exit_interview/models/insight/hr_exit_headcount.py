from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib.turns import take_turns


class HrExitHeadcount(models.Model):
    """How many people a unit had in one closed month: stored once, never again.

    In service is who has a contract, from the first contract start (else the first
    version) to the last day of a departure; for archived people without a departure to
    the end of the contract. Active people without a contract, or with one that ended,
    count. The unit is that of the version in force.
    """

    _name = "hr.exit.headcount"
    _description = "Monthly Headcount"
    _order = "month desc, department_id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    department_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, ondelete="set null"
    )
    month = fields.Date(readonly=True, required=True, help="First day of the month.")
    headcount_start = fields.Integer(readonly=True)
    headcount_end = fields.Integer(readonly=True)
    headcount = fields.Float(
        string="Average Headcount",
        readonly=True,
        help="Mean of the headcounts at the start and at the end of the month.",
    )
    hires = fields.Integer(readonly=True)
    leavers = fields.Integer(readonly=True)
    early_leavers = fields.Integer(
        string="Left within a Year",
        readonly=True,
        help="Leavers whose first day in service was less than a year before.",
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, month, department_id) NULLS NOT DISTINCT",
        "This month is stored already.",
    )

    @api.model
    def _close_past_months(self, company):
        """Store the months of ``company`` that are over, unless they are stored."""
        last = fields.Date.today().replace(day=1) - timedelta(days=1)
        [(stored,)] = self._read_group(
            [("company_id", "=", company.id)], aggregates=["month:max"]
        )
        if not stored or stored < last.replace(day=1):
            take_turns(company)
            self._close_months(company, last)

    @api.model
    def _close_months(self, company, date_to):
        """Store every month of ``company`` up to ``date_to`` that is not stored yet.

        One statement, however many months and people. Safe to run again.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH spell AS MATERIALIZED (%(spells)s),
                part AS (%(parts)s),
                change AS (
                    SELECT unit, date_trunc('month', day)::date AS month,
                           sum(change) AS change
                      FROM (SELECT unit, date_from AS day, 1 AS change FROM part
                             UNION ALL
                            SELECT unit, date_to + 1, -1 FROM part
                             WHERE date_to IS NOT NULL) event
                     GROUP BY 1, 2
                ),
                flow AS (%(flow)s),
                since AS (
                    SELECT unit, min(month) AS first
                      FROM (SELECT unit, month FROM change
                             UNION ALL SELECT unit, month FROM flow) seen GROUP BY 1
                ),
                grid AS (
                    SELECT unit, at::date AS month
                      FROM since, generate_series(first, %(last)s::date, '1 month') at
                ),
                counted AS (
                    SELECT grid.*, coalesce(change, 0) AS change,
                           sum(coalesce(change, 0))
                               OVER (PARTITION BY unit ORDER BY month) AS ends
                      FROM grid LEFT JOIN change USING (unit, month)
                )
                INSERT INTO hr_exit_headcount (company_id, department_id, month,
                    headcount_start, headcount_end, headcount, hires, leavers,
                    early_leavers)
                SELECT %(company)s, nullif(unit, 0), month, ends - change, ends,
                       ends - change / 2.0, coalesce(hires, 0), coalesce(leavers, 0),
                       coalesce(early, 0)
                  FROM counted LEFT JOIN flow USING (unit, month)
                 WHERE month > coalesce(
                           (SELECT max(month) FROM hr_exit_headcount
                             WHERE company_id = %(company)s), '-infinity')
                   AND (ends <> 0 OR change <> 0 OR hires <> 0 OR leavers <> 0)
                """,
                spells=self._get_spells_query(company),
                parts=self._get_parts_query(),
                flow=self._get_flow_query(),
                last=date_to.replace(day=1),
                company=company.id,
            )
        )

    @api.model
    def _get_spells_query(self, company):
        """(employee_id, department_id, date_from, date_to, is_left): times in service.

        A departure ends one; whoever came back or never left has another one.
        """
        return SQL(
            """
            WITH version AS (
                SELECT v.employee_id, v.date_version, v.contract_date_start AS start,
                       v.contract_date_end AS stop, v.department_id
                  FROM hr_version v JOIN hr_employee e ON e.id = v.employee_id
                 WHERE v.active AND e.company_id = %(company)s
            ),
            gone AS (
                SELECT employee_id, department_id, service_start_date, departure_date
                  FROM hr_departure
                 WHERE company_id = %(company)s AND departure_date IS NOT NULL
                   AND (state = 'done'
                        OR (state = 'confirmed' AND departure_date < CURRENT_DATE))
            ),
            service AS (
                SELECT e.id AS employee_id, e.active,
                       (array_agg(v.department_id ORDER BY v.date_version))[1]
                           AS department_id,
                       coalesce(min(v.start), min(v.date_version)) AS start,
                       max(v.stop) AS stop
                  FROM hr_employee e JOIN version v ON v.employee_id = e.id
                 GROUP BY e.id
            ),
            last AS (
                SELECT employee_id, max(departure_date) AS day FROM gone
                 WHERE employee_id IS NOT NULL GROUP BY 1
            )
            SELECT g.employee_id, g.department_id,
                   least(coalesce(g.service_start_date, s.start), g.departure_date)
                       AS date_from, g.departure_date AS date_to, true AS is_left
              FROM gone g LEFT JOIN service s ON s.employee_id = g.employee_id
             UNION ALL
            SELECT s.employee_id, s.department_id,
                   CASE WHEN l.day IS NULL THEN s.start
                        ELSE (SELECT coalesce(min(v.start), min(v.date_version))
                                FROM version v
                               WHERE v.employee_id = s.employee_id
                                 AND coalesce(v.start, v.date_version) > l.day) END,
                   CASE WHEN s.active THEN NULL ELSE s.stop END, false
              FROM service s LEFT JOIN last l ON l.employee_id = s.employee_id
             WHERE CASE WHEN l.day IS NULL THEN s.active OR s.stop IS NOT NULL
                        ELSE s.active AND EXISTS (
                            SELECT FROM version v WHERE v.employee_id = s.employee_id
                               AND coalesce(v.start, v.date_version) > l.day) END
            """,
            company=company.id,
        )

    @api.model
    def _get_parts_query(self):
        """(unit, date_from, date_to): spells cut where the version's unit changes."""
        return SQL(
            """
            SELECT coalesce(v.unit, spell.department_id, 0) AS unit,
                   greatest(spell.date_from, v.since) AS date_from,
                   least(spell.date_to, v.until) AS date_to
              FROM spell LEFT JOIN (
                  SELECT employee_id, department_id AS unit,
                         CASE WHEN row_number() OVER line > 1 THEN date_version END
                             AS since,
                         lead(date_version) OVER line - 1 AS until
                    FROM hr_version WHERE active AND employee_id IS NOT NULL
                  WINDOW line AS (PARTITION BY employee_id ORDER BY date_version)
              ) v ON v.employee_id = spell.employee_id
             WHERE coalesce(v.since <= spell.date_to, true)
               AND coalesce(v.until >= spell.date_from, true)
            """
        )

    @api.model
    def _get_flow_query(self):
        """(unit, month, hires, leavers, early): leavers in the unit they left from."""
        return SQL(
            """
            SELECT unit, month, sum(hired) AS hires, sum(gone) AS leavers,
                   sum(early) AS early
              FROM (
                  SELECT coalesce(department_id, 0) AS unit,
                         date_trunc('month', date_to)::date AS month, 0 AS hired,
                         1 AS gone,
                         (date_to < date_from + interval '1 year')::int AS early
                    FROM spell WHERE is_left
                   UNION ALL
                  SELECT coalesce(department_id, 0),
                         date_trunc('month', date_from)::date, 1, 0, 0
                    FROM spell
              ) moves GROUP BY 1, 2
            """
        )

    @api.model
    def _count_service(self, company, date_to):
        """[(whole months in service, how many left then, how many in all)].

        Anyone still in service on ``date_to`` counts until that day.
        """
        served = SQL(
            "age(least(coalesce(date_to, %s), %s) + 1, date_from)", date_to, date_to
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT months::int, count(*) FILTER (WHERE is_left), count(*)
                  FROM (SELECT extract(year FROM %s) * 12 + extract(month FROM %s)
                                   AS months,
                               is_left AND date_to <= %s AS is_left
                          FROM (%s) spell WHERE date_from <= %s) served
                 GROUP BY 1
                """,
                served,
                served,
                date_to,
                self._get_spells_query(company),
                date_to,
            )
        )

    @api.model
    def _count_by_band(self, company, quarters):
        """[(first day, band of service, average headcount, leavers)] of quarters.

        The headcount is the mean of that at the start and at the end; who leaves
        counts in the band of the last day.

        :param quarters: [(first day, last day)]
        """
        return self.env.execute_query(
            SQL(
                """
                WITH spell AS MATERIALIZED (%(spells)s),
                quarter AS (
                    SELECT * FROM unnest(%(first)s::date[], %(last)s::date[])
                        AS quarter (first, last)
                ),
                seen AS (
                    SELECT first, date_from, first AS day, 0.5 AS present, 0 AS gone
                      FROM quarter JOIN spell ON date_from < first
                           AND coalesce(date_to >= first, true)
                     UNION ALL
                    SELECT first, date_from, last + 1, 0.5, 0
                      FROM quarter JOIN spell ON date_from <= last
                           AND coalesce(date_to > last, true)
                     UNION ALL
                    SELECT first, date_from, date_to + 1, 0, 1
                      FROM quarter JOIN spell ON is_left
                           AND date_to BETWEEN first AND last
                )
                SELECT first, %(band)s AS band, sum(present)::float, sum(gone)
                  FROM seen CROSS JOIN age(day, date_from) AS age
                  CROSS JOIN LATERAL (SELECT extract(year FROM age) * 12
                                             + extract(month FROM age) AS months) served
                 GROUP BY 1, 2
                """,
                spells=self._get_spells_query(company),
                first=[first for first, _last in quarters],
                last=[last for _first, last in quarters],
                band=self.env["hr.exit.insight.source"]._sql_tenure_band(),
            )
        )
