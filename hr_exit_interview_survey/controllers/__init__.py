from . import exit_survey
