from . import exit_log, exit_page
