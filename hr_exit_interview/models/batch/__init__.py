from . import (
    hr_departure_batch,
    hr_departure_batch_cost,
    hr_departure_batch_line,
    hr_exit_blank,
    hr_exit_retention_batch_line,
)
