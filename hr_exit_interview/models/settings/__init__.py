from . import (
    hr_exit_config,
    res_company,
)
