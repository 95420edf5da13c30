"""Refresh and dashboard with 100,000 departures and 1,000,000 answers, beside SQL.

    setup/shell min < setup/bench_insight.py

The floor is hand-written SQL that counts the same people by the same groups, without
deciding what may be shown. It is measured twice: counts kept in a temporary table, and
as many rows stored where published figures are, with its foreign keys. Each run starts
from nothing published.
"""

import statistics
import time

DEPARTURES, UNITS, YEARS, RUNS = 100_000, 200, 10, 5
# About as many as are published of so many.
FIGURES = 52_000
DIMENSIONS = "(answer, department_id), (answer, departure_type), (answer, tenure_band)"
ANSWERED = "i.state IN ('held', 'closed')"
FINAL = "i.state IN ('held', 'closed', 'declined', 'expired', 'no_show')"


def make_data():
    """Insert leavers over ten years, ten scores each, as the ORM would leave them."""
    company = env.company
    units = env["hr.department"].create(
        [{"name": f"Unit {at}", "company_id": company.id} for at in range(UNITS)]
    )
    reasons = env["hr.exit.reason"].search([("parent_id", "!=", False)])
    themes = env["hr.exit.theme"].search([], limit=10)
    ways = env.ref("hr.departure_resigned") + env.ref("hr.departure_retired")
    env.cr.execute(
        """
        INSERT INTO hr_departure (employee_name, company_id, state, departure_type,
            departure_reason_id, department_id, service_start_date, departure_date,
            culpable_party, is_historical, is_regretted)
        SELECT 'Leaver ' || i, %s, 'done',
               CASE WHEN i %% 5 < 3 THEN 'voluntary' ELSE 'retirement' END,
               (%s)[1 + (i %% 5) / 3], (%s)[1 + (i * 7919) %% %s],
               current_date - (i %% %s) - 100 * (1 + i %% 40),
               current_date - (i %% %s), 'none', true, i %% 3 = 0
          FROM generate_series(1, %s) i
        """,
        (company.id, ways.ids, units.ids, UNITS, 365 * YEARS, 365 * YEARS, DEPARTURES),
    )
    env.cr.execute(
        """
        INSERT INTO hr_exit_interview (departure_id, company_id, state, department_id,
            departure_type, tenure_band, quarter, main_reason_id, held_date,
            share_choice)
        SELECT id, company_id, CASE WHEN id %% 4 = 0 THEN 'declined' ELSE 'closed' END,
               department_id, departure_type,
               (ARRAY['0_3m', '3_12m', '1_2y', '2_5y', '5_10y', '10y'])[1 + id %% 6],
               to_char(departure_date, 'YYYY-"Q"Q'),
               (%s)[1 + (id * 31) %% %s], departure_date, 'no'
          FROM hr_departure WHERE employee_name LIKE 'Leaver %%'
        """,
        (reasons.ids, len(reasons)),
    )
    env.cr.execute(
        """
        INSERT INTO hr_exit_answer (interview_id, theme_id, score)
        SELECT i.id, theme, 1 + (i.id * theme) %% 5
          FROM hr_exit_interview i, unnest(%s) theme
        """,
        (themes.ids,),
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def count_by_hand():
    """Count and store the same groups in as few statements as SQL needs."""
    env.cr.execute(
        "CREATE TEMP TABLE figure (item text, quarter text, unit int, type text,"
        " band text, answer text, n int, total float) ON COMMIT DROP"
    )
    env.cr.execute(
        "CREATE TEMP TABLE counted (release_id int, interview_id int UNIQUE,"
        " departure_id int UNIQUE) ON COMMIT DROP"
    )
    env.cr.execute(
        f"INSERT INTO counted SELECT 1, id, NULL FROM hr_exit_interview i WHERE {FINAL}"
    )
    env.cr.execute("INSERT INTO counted SELECT 1, NULL, id FROM hr_departure")
    for item, source in (
        (
            "people",
            f"SELECT i.*, '' AS answer, ({ANSWERED})::int AS value"
            f" FROM hr_exit_interview i WHERE {FINAL}",
        ),
        (
            "reason",
            "SELECT i.*, main_reason_id::text AS answer, 1 AS value"
            f" FROM hr_exit_interview i WHERE {ANSWERED}",
        ),
        (
            "score",
            "SELECT i.*, a.theme_id::text AS answer, a.score AS value"
            " FROM hr_exit_interview i JOIN hr_exit_answer a ON a.interview_id = i.id"
            f" WHERE {ANSWERED}",
        ),
        (
            "type",
            "SELECT i.*, d.departure_type AS answer, d.is_regretted::int AS value"
            " FROM hr_exit_interview i JOIN hr_departure d ON d.id = i.departure_id",
        ),
    ):
        env.cr.execute(
            "INSERT INTO figure SELECT %s, quarter, department_id, departure_type,"
            " tenure_band, answer, count(*), sum(value)"
            f" FROM ({source}) counted GROUP BY quarter, GROUPING SETS ({DIMENSIONS})",
            (item,),
        )


def count_and_store():
    """The same, stored in the table of published figures."""
    company = env.company
    count_by_hand()
    env.cr.execute(
        """
        WITH release AS (
            INSERT INTO hr_exit_insight_release (company_id, quarter, date_from,
                date_to, minimum)
            SELECT %s, quarter, current_date, current_date, 5
              FROM (SELECT DISTINCT quarter FROM figure) seen RETURNING id, quarter
        )
        INSERT INTO hr_exit_insight (release_id, company_id, quarter, item, dimension,
            theme_id, department_id, departure_type, tenure_band, reason_id, n, total,
            figure)
        SELECT release.id, %s, quarter, item, 'unit',
               CASE WHEN item = 'score' THEN answer::int END, unit, type, band,
               CASE WHEN item = 'reason' THEN answer::int END, n, total, total / n
          FROM figure JOIN release USING (quarter)
         ORDER BY item = 'score' DESC LIMIT %s
        """,
        (company.id, company.id, FIGURES),
    )


def publish():
    env["hr.exit.insight.release"]._publish_waiting(env.company)


def close_months():
    env["hr.exit.headcount"]._close_past_months(env.company)


def dashboard():
    env.invalidate_all()
    env["hr.exit.insight.dashboard"].get_data(quarters=4)


def measure(name, work, keep=False):
    """Print the median of several runs, their range and the number of queries."""
    times, queries = [], 0
    for run in range(RUNS):
        env.flush_all()
        with env.cr.savepoint() as savepoint:
            before, started = env.cr.sql_log_count, time.perf_counter()
            work()
            env.flush_all()
            times.append(time.perf_counter() - started)
            queries = env.cr.sql_log_count - before
            if not (keep and run == RUNS - 1):
                savepoint.rollback()
                env.invalidate_all()
        env.cr.execute("DROP TABLE IF EXISTS figure; DROP TABLE IF EXISTS counted")
    median = statistics.median(times)
    print(
        f"{name}: median {median:.2f} s ({min(times):.2f} to {max(times):.2f}),"
        f" {queries} queries"
    )
    return median


make_data()
closed = env["hr.exit.insight.release"]._get_waiting_quarters(env.company)
print(f"{DEPARTURES} departures, {DEPARTURES * 10} answers, {len(closed)} quarters")
measure("months of headcount        ", close_months, keep=True)
floor = measure("hand-written SQL, counted  ", count_by_hand)
stored = measure("hand-written SQL, stored   ", count_and_store)
ours = measure("refresh, all quarters      ", publish, keep=True)
print(f"ratio: {ours / floor:.2f} to counted, {ours / stored:.2f} to stored")
measure("dashboard                  ", dashboard)
cells = env["hr.exit.insight"].search_count([])
people = env["hr.exit.insight"]._read_group(
    [("item", "=", "people"), ("dimension", "=", "company")], [], ["n:sum"]
)
print(f"{cells} figures of {people[0][0]} answers")
