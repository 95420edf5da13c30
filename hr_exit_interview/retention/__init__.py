from . import (
    access_log,
    departure,
    interview,
    interview_text,
    settlement,
    signal,
)
