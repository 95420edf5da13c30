"""Odd values, and where an exception comes from."""

import os
import traceback

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# How many calls and requests each; EXIT_FUZZ=20000 for a night.
COUNT = int(os.environ.get("EXIT_FUZZ", "300"))
OUR_CODE = "/hr_exit_interview"
# The short form is the same each time; a night tries others.
many_examples = settings(
    max_examples=COUNT,
    deadline=None,
    database=None,
    derandomize=COUNT < 1000,
    suppress_health_check=list(HealthCheck),
)

odd_texts = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\x00",
            "a\x00b",
            "\ud800",
            "\u202e\u0000",
            "💥" * 50,
            "x" * 30_000,
            "<script>alert(1)</script>",
            "'; DROP TABLE hr_departure; --",
            "${7*7}{{7*7}}%s%(x)s{0}",
            "../../etc/passwd",
            "2026-02-30",
            "0000-00-00",
            "99999-12-31",
            "2026-03-10 09:00:00",
            "1e999",
            "NaN",
            "-1",
            "null",
            "[]",
            "٣",
            "a@b",
        ]
    ),
    st.text(max_size=40),
)
odd_numbers = st.one_of(
    st.sampled_from([0, -1, 1, 2, 2**31 - 1, 2**31, 2**63, 2**80, -(2**63), 1e308]),
    st.sampled_from([float("nan"), float("inf"), 0.1, True, False]),
    st.integers(-5, 50),
)
odd_values = st.recursive(
    st.one_of(st.none(), odd_numbers, odd_texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(odd_texts, inner, max_size=3)
    ),
    max_leaves=4,
)


def get_place(error):
    """(kind of exception, last line of our code)."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if OUR_CODE in frame.filename]
    if not ours:
        return type(error).__name__, ""
    last = ours[-1]
    place = f"{last.filename.partition(OUR_CODE)[2]}:{last.lineno} {last.name}"
    return type(error).__name__, place
