"""The analysis of what leavers answered, by theme."""

from harness import Figure
from past import make_interviews, make_past

from odoo import Command

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


class ThemeAnalysis(Figure):
    name = "theme_analysis"
    what = "Scores by theme as an HR exit officer, by number of answer lines"
    floor = "the same averages in one SQL statement, without rights or privacy"
    goal = "at most 3 x the floor, at 100,000"
    sizes = (1_000, 10_000, 100_000, 300_000)
    few_many = (300, 3_000)

    def prepare(self, size):
        self.survey = self.env.ref(f"{ADDON}.exit_survey_voluntary")
        asked = self.survey.question_ids.filtered(
            lambda q: q.exit_asked_in != "conversation"
        )
        make_past(self.env, max(1, size // len(asked)), with_answers=False)
        make_interviews(self.env)
        self.env.cr.execute(
            """
            INSERT INTO survey_user_input (survey_id, exit_interview_id, state, is_exit,
                exit_company_id, access_token, end_datetime)
            SELECT %s, id, 'done', true, company_id, 'bench-' || id, now()
              FROM hr_exit_interview
            """,
            (self.survey.id,),
        )
        self.env.cr.execute(FILL_IN, {"survey": self.survey.id})
        officer = self.env["res.users"].create(
            {
                "name": "Officer",
                "login": "bench_officer",
                "group_ids": [
                    Command.link(
                        self.env.ref("hr_exit_interview.group_exit_officer").id
                    )
                ],
            }
        )
        self.report = self.env["hr.exit.answer.report"].with_user(officer)

    def ours(self):
        domain = [("kind", "=", "score"), ("survey_id", "=", self.survey.id)]
        return self.report._read_group(domain, ["theme_id"], ["score:avg"])

    def bare(self):
        self.env.cr.execute(PLAIN, [self.survey.id])
        return self.env.cr.fetchall()

    def check(self):
        found = {theme.id: round(float(score), 6) for theme, score in self.ours()}
        expected = {theme: round(float(score), 6) for theme, score in self.bare()}
        if found != expected:
            raise AssertionError(f"{found} is not {expected}")

    def is_reached(self, result):
        return result["ratio"] <= 3
