from . import (
    hr_exit_phrase,
    hr_exit_phrase_line,
    hr_exit_survey_adopt,
    hr_exit_survey_adopt_line,
)
