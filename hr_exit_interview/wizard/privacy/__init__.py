from . import (
    hr_exit_erasure,
    hr_exit_person_report,
    hr_exit_retention_preview,
)
