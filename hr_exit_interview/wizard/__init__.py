from . import (
    hr_departure_batch_add,
    hr_departure_page_link,
    hr_departure_wizard,
    hr_exit_erasure,
    hr_exit_person_report,
    hr_exit_retention_preview,
    hr_exit_signal_search,
    hr_settlement_confirm,
    hr_settlement_export,
    hr_settlement_reopen,
    hr_settlement_wizard,
    hr_settlement_wizard_line,
)
