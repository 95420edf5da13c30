from . import hr_exit_answer_report
