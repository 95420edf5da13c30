from . import exit_insight, exit_log, exit_page
