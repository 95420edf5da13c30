from . import hr_exit_signal_search
