"""How long the analysis of answers takes, beside the same in plain SQL.

    setup/shell full < setup/bench_answers.py

makes 10,000 leavers who answered 30 questions each, on the throw-away copy.
"""

import time

LEAVERS = 10_000
ADDON = "hr_exit_interview_survey"

PLAIN = """
    SELECT q.exit_theme_id, avg(l.value_scale)
      FROM survey_user_input_line l
      JOIN survey_question q ON q.id = l.question_id
     WHERE q.survey_id = %s AND q.scale_max = 5 AND l.answer_type = 'scale'
  GROUP BY 1 ORDER BY 1
"""
# Each scale gets a score, each text a sentence, each choice its first answer.
FILL_IN = """
    INSERT INTO survey_user_input_line
           (user_input_id, survey_id, question_id, question_sequence, answer_type,
            value_scale, value_text_box, suggested_answer_id, skipped, exit_question)
    SELECT u.id, q.survey_id, q.id, q.sequence,
           CASE q.question_type WHEN 'scale' THEN 'scale'
                                WHEN 'text_box' THEN 'text_box' ELSE 'suggestion' END,
           CASE WHEN q.question_type = 'scale' THEN 1 + (u.id * 7 + q.id) %% 5 END,
           CASE WHEN q.question_type = 'text_box'
                THEN 'De werkdruk was hoog en de koffie goed ' || u.id %% 97 END,
           (SELECT min(id) FROM survey_question_answer a WHERE a.question_id = q.id),
           FALSE, q.title->>'en_US'
      FROM survey_user_input u, survey_question q
     WHERE u.survey_id = %(survey)s AND q.survey_id = %(survey)s
       AND q.is_page IS NOT TRUE AND q.exit_asked_in != 'conversation'
"""


def make(env, survey):
    """Leavers by name only, each with an interview and a complete questionnaire."""
    departures = env["hr.departure"].create(
        [{"employee_name": f"Leaver {n}"} for n in range(LEAVERS)]
    )
    interviews = env["hr.exit.interview"].create(
        [{"departure_id": departure.id} for departure in departures]
    )
    env["survey.user_input"].create(
        [
            {
                "survey_id": survey.id,
                "exit_interview_id": interview.id,
                "state": "done",
                "predefined_question_ids": False,
            }
            for interview in interviews
        ]
    )
    env.flush_all()
    env.cr.execute(FILL_IN, {"survey": survey.id})
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def measure(env, name, method):
    queries, start = env.cr.sql_log_count, time.perf_counter()
    result = method()
    elapsed = time.perf_counter() - start
    print(f"{name}: {elapsed:.2f} s, {env.cr.sql_log_count - queries} queries")
    return result


def compare(env, survey):
    officer = env["res.users"].create(
        {
            "name": "Officer",
            "login": "bench_officer",
            "group_ids": [env.ref("hr_exit_interview.group_exit_officer").id],
        }
    )
    report = env["hr.exit.answer.report"].with_user(officer)
    domain = [("kind", "=", "score"), ("survey_id", "=", survey.id)]

    def analyse():
        return report._read_group(domain, ["theme_id"], ["score:avg"])

    def plain():
        env.cr.execute(PLAIN, [survey.id])
        return env.cr.fetchall()

    measure(env, "plain SQL, cold", plain)
    expected = measure(env, "plain SQL", plain)
    measure(env, "analysis as officer, cold", analyse)
    found = measure(env, "analysis as officer", analyse)
    found = {theme.id: round(float(score), 6) for theme, score in found}
    if found != {theme: round(float(score), 6) for theme, score in expected}:
        raise AssertionError(f"{found} is not {expected}")
    wizard = env["hr.exit.phrase"].with_user(officer).create({})
    lines = measure(env, "words and phrases", lambda: wizard.line_ids)
    print(f"{len(lines)} words and phrases; the same scores both ways")


survey = env.ref(f"{ADDON}.exit_survey_voluntary")
make(env, survey)
compare(env, survey)
