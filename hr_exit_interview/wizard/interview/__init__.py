from . import hr_exit_planning_wizard
