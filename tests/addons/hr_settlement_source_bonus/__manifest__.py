{
    "name": "Bonuses in the Final Settlement",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Exit Interviews",
    "summary": "Example: another app adds a source of settlement lines",
    "author": "hr_exit_interview contributors",
    "license": "LGPL-3",
    "depends": ["hr_exit_interview"],
    "data": [
        "security/ir.model.access.csv",
        "data/hr_settlement_rule_data.xml",
    ],
}
