from . import (
    hr_exit_setup_step,
    res_config_settings,
)
