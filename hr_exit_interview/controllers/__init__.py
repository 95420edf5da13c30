from . import exit_insight, exit_interviewer, exit_log, exit_page, exit_thread
