from . import (
    hr_departure,
    hr_exit_answer,
    hr_exit_headcount,
    hr_exit_improvement,
    hr_exit_insight,
    hr_exit_insight_counted,
    hr_exit_insight_dashboard,
    hr_exit_insight_release,
    hr_exit_insight_source,
    hr_exit_signal,
    res_company,
)
