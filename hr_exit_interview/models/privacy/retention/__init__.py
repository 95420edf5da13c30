from . import (
    access_log,
    departure,
    draft_departure,
    interview,
    interview_text,
    settlement,
    signal,
)
