"""Publishing figures about leavers, and opening the dashboard on them."""

from harness import Figure
from past import make_past

DIMENSIONS = "(answer, department_id), (answer, departure_type), (answer, tenure_band)"
ANSWERED = "i.state IN ('held', 'closed')"
FINAL = "i.state IN ('held', 'closed', 'declined', 'expired', 'no_show')"
COUNTED = {
    "people": f"SELECT i.*, '' AS answer, ({ANSWERED})::int AS value"
    f" FROM hr_exit_interview i WHERE {FINAL}",
    "reason": "SELECT i.*, main_reason_id::text AS answer, 1 AS value"
    f" FROM hr_exit_interview i WHERE {ANSWERED}",
    "score": "SELECT i.*, a.theme_id::text AS answer, a.score AS value"
    " FROM hr_exit_interview i JOIN hr_exit_answer a ON a.interview_id = i.id"
    f" WHERE {ANSWERED}",
    "type": "SELECT i.*, d.departure_type AS answer, d.is_regretted::int AS value"
    " FROM hr_exit_interview i JOIN hr_departure d ON d.id = i.departure_id",
}


# About as many as are published of 100,000 departures.
FIGURES = 52_000
STORE = """
    WITH release AS (
        INSERT INTO hr_exit_insight_release (company_id, quarter, date_from, date_to,
            minimum)
        SELECT %(company)s, quarter, current_date, current_date, 5
          FROM (SELECT DISTINCT quarter FROM figure) seen RETURNING id, quarter
    )
    INSERT INTO hr_exit_insight (release_id, company_id, quarter, item, dimension,
        theme_id, department_id, departure_type, tenure_band, reason_id, n, total,
        figure)
    SELECT release.id, %(company)s, quarter, item, 'unit',
           CASE WHEN item = 'score' THEN answer::int END, unit, type, band,
           CASE WHEN item = 'reason' THEN answer::int END, n, total, total / n
      FROM figure JOIN release USING (quarter)
     ORDER BY item = 'score' DESC LIMIT %(figures)s
"""


class InsightRefresh(Figure):
    name = "insight_refresh"
    what = "Publishing all quarters of ten years, ten answers a departure"
    floor = "SQL that counts the same groups and stores as many rows, unprotected"
    goal = "at most 1.5 x the floor, at 100,000"
    sizes = (1_000, 10_000, 100_000)
    few_many = (1_000, 4_000)

    def prepare(self, size):
        make_past(self.env, size)
        self.env["hr.exit.headcount"]._close_past_months(self.env.company)

    def ours(self):
        self.env["hr.exit.insight.release"]._publish_waiting(self.env.company)

    def bare(self):
        execute = self.env.cr.execute
        execute(
            "CREATE TEMP TABLE figure (item text, quarter text, unit int, type text,"
            " band text, answer text, n int, total float) ON COMMIT DROP"
        )
        execute(
            "CREATE TEMP TABLE counted (release_id int, interview_id int UNIQUE,"
            " departure_id int UNIQUE) ON COMMIT DROP"
        )
        execute(
            "INSERT INTO counted SELECT 1, id, NULL FROM hr_exit_interview i"
            f" WHERE {FINAL}"
        )
        execute("INSERT INTO counted SELECT 1, NULL, id FROM hr_departure")
        for item, source in COUNTED.items():
            execute(
                "INSERT INTO figure SELECT %s, quarter, department_id, departure_type,"
                " tenure_band, answer, count(*), sum(value) FROM"
                f" ({source}) counted GROUP BY quarter, GROUPING SETS ({DIMENSIONS})",
                (item,),
            )
        company = self.env.company.id
        execute(STORE, {"company": company, "figures": FIGURES})

    def is_reached(self, result):
        return result["ratio"] <= 1.5


class InsightDashboard(Figure):
    name = "insight_dashboard"
    what = "Opening the dashboard on ten years of releases"
    goal = "at most 10 queries and 150 ms, at 100,000"
    sizes = (1_000, 10_000, 100_000)
    few_many = (1_000, 4_000)
    slack = 2

    def prepare(self, size):
        make_past(self.env, size)
        self.env["hr.exit.headcount"]._close_past_months(self.env.company)
        self.env["hr.exit.insight.release"]._publish_waiting(self.env.company)

    def ours(self):
        self.env["hr.exit.insight.dashboard"].get_data(quarters=4)

    def is_reached(self, result):
        return result["queries"] <= 10 and result["median_s"] <= 0.15
