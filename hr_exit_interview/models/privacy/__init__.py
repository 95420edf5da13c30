from . import (
    base,
    hr_departure,
    hr_exit_access_log,
    hr_exit_blank,
    hr_exit_content,
    hr_exit_interview,
    hr_exit_interview_point,
    hr_exit_retention,
    hr_exit_retention_log,
    hr_exit_signal,
    res_company,
    retention,
)
