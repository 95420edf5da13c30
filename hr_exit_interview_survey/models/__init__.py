from . import (
    hr_departure,
    hr_exit_interview,
    hr_exit_interview_anonymise,
    hr_exit_interview_talk,
    hr_exit_interview_template,
    survey_question,
    survey_question_answer,
    survey_survey,
    survey_user_input,
    survey_user_input_line,
)
