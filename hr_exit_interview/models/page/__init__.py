from . import (
    hr_departure,
    hr_exit_interview,
    hr_settlement,
    hr_settlement_line,
    ir_http,
)
