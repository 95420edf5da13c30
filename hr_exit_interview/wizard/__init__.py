from . import (
    hr_departure_wizard,
    hr_settlement_export,
    hr_settlement_wizard,
    hr_settlement_wizard_line,
)
