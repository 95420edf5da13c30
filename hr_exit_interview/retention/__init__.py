from . import (
    access_log,
    batch_line,
    departure,
    draft_departure,
    interview,
    interview_text,
    settlement,
    signal,
)
