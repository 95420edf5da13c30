from . import (
    hr_settlement_confirm,
    hr_settlement_export,
    hr_settlement_reopen,
    hr_settlement_wizard,
    hr_settlement_wizard_line,
)
