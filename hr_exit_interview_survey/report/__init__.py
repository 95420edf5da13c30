from . import hr_exit_answer_report, hr_exit_answer_report_visitors
