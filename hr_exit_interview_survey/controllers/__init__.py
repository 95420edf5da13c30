from . import exit_questionnaire, exit_survey
