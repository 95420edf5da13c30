"""Leavers of the past ten years with their interviews and scores, by SQL."""

UNITS, YEARS = 200, 10


def make_past(env, size, with_answers=True):
    """Insert ``size`` departures over ten years; interviews and ten scores each."""
    company = env.company
    units = env["hr.department"].create(
        [{"name": f"Unit {at}", "company_id": company.id} for at in range(UNITS)]
    )
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
        (company.id, ways.ids, units.ids, UNITS, 365 * YEARS, 365 * YEARS, size),
    )
    if with_answers:
        make_interviews(env)
        make_scores(env)
    env.invalidate_all()


def make_interviews(env):
    reasons = env["hr.exit.reason"].search([("parent_id", "!=", False)])
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


def make_scores(env):
    themes = env["hr.exit.theme"].search([], limit=10)
    env.cr.execute(
        """
        INSERT INTO hr_exit_answer (interview_id, theme_id, score)
        SELECT i.id, theme, 1 + (i.id * theme) %% 5
          FROM hr_exit_interview i, unnest(%s) theme
        """,
        (themes.ids,),
    )
