"""A leaver with an interview and a questionnaire, and the users of Survey."""

import pathlib
import sys

from odoo.fields import Command

from ..common import ExitInterviewCommon

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "setup/lib"))

import questions  # in setup/lib, not a package

ADDON = "hr_exit_interview_survey"
BANK = questions.read()
# What each questionnaire asks, in order: {code: [question]}.
ASKED = {
    code: [q for page in questions.get_pages(BANK, code).values() for q in page]
    for code, interview in BANK["interviews"].items()
    if "questionnaire" in interview
}


class QuestionnaireCommon(ExitInterviewCommon):
    """The leaver resigned in March 2026; freeze the time before the last day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey_user = cls._user("survey_user", "survey.group_survey_user")
        cls.survey_manager = cls._user("survey_manager", "survey.group_survey_manager")
        cls.departure = cls._departure(cls.employee, lang="nl_NL")
        cls.interview = cls.env["hr.exit.interview"].create(
            {
                "departure_id": cls.departure.id,
                "interviewer_id": cls.interviewer.id,
                "state": "accepted",
            }
        )
        cls.survey = cls._template("voluntary")

    @classmethod
    def _template(cls, code):
        return cls.env.ref(f"{ADDON}.exit_survey_{code}")

    @classmethod
    def _question(cls, code, survey=None):
        survey = survey or cls.survey
        return survey.question_ids.filtered(lambda q: q.exit_code == code)

    @classmethod
    def _answers(cls, question, *codes):
        """The ids of suggested answers, as the page sends them."""
        chosen = question.suggested_answer_ids.filtered(lambda a: a.exit_code in codes)
        return [str(answer.id) for answer in chosen]

    @classmethod
    def _fill_in(cls, user_input, answers, done=True):
        """Answer questions by code: a text, a number, or codes of answers."""
        for code, answer in answers.items():
            question = cls._question(code, user_input.survey_id)
            if question.suggested_answer_ids:
                chosen = (answer,) if isinstance(answer, str) else answer
                answer = cls._answers(question, *chosen)
                if question.question_type == "simple_choice":
                    answer = answer[0]
            user_input._save_lines(question, answer)
        if done:
            user_input._mark_done()
        return user_input

    @classmethod
    def _company_survey(cls, **vals):
        """A survey of the company's own, with one text question."""
        return cls.env["survey.survey"].create(
            {
                "title": "Hoe ging het?",
                "survey_type": "custom",
                "question_and_page_ids": [
                    Command.create({"title": "Vertel", "question_type": "text_box"})
                ],
                **vals,
            }
        )
