{
    "name": "Exit Interviews",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Exit Interviews",
    "summary": "Departures, exit interviews and what is still open when somebody leaves",
    "author": "hr_exit_interview contributors",
    "website": "https://example.org/hr_exit_interview",
    "license": "LGPL-3",
    "depends": ["hr", "hr_holidays", "mail", "portal"],
    "data": [
        "security/hr_exit_interview_groups.xml",
        "security/ir.model.access.csv",
    ],
    "application": True,
    "installable": True,
}
