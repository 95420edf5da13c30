"""The roles of these addons, by the XML id of their group."""

INTERVIEWER = "hr_exit_interview.group_exit_interviewer"
PAYROLL = "hr_exit_interview.group_exit_payroll"
OFFICER = "hr_exit_interview.group_exit_officer"
ADMIN = "hr_exit_interview.group_exit_admin"
INSIGHT_READER = "hr_exit_interview.group_exit_insight_reader"
SIGNAL_READER = "hr_exit_interview.group_exit_signal_reader"
