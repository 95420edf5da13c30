from . import (
    hr_settlement_certificate,
    hr_settlement_cost_workbook,
    hr_settlement_leave_statement,
    hr_settlement_paper,
    hr_settlement_statement,
    hr_settlement_workbook,
    hr_settlement_workbook_leave,
    ir_actions_report,
    workbook_sheet,
)
