"""The usual figures of turnover and of scores."""

from collections import Counter
from collections.abc import Iterable, Sequence

PROMOTER_FROM = 9
DETRACTOR_UP_TO = 6


def average_headcount(counts: Sequence[float]) -> float:
    """Return the mean of the headcounts at month ends (or at start and end).

    :raises ValueError: without any count
    """
    if not counts:
        raise ValueError("No headcount to average")
    return sum(counts) / len(counts)


def turnover_rate(leavers: int, headcount: float) -> float | None:
    """Return leavers as a percentage of the average headcount, None when nobody was."""
    return 100 * leavers / headcount if headcount else None


def promoter_value(score: float) -> int:
    """Return what a score of 0 to 10 adds: 1 a promoter, -1 a detractor, else 0."""
    return (score >= PROMOTER_FROM) - (score <= DETRACTOR_UP_TO)


def net_promoter_score(scores: Iterable[float]) -> int | None:
    """Return the percentage of 9 and 10 less that of 0 to 6, None without scores."""
    values = [promoter_value(score) for score in scores]
    return round(100 * sum(values) / len(values)) if values else None


def kaplan_meier(observations: Iterable[tuple[float, bool]]) -> dict[float, float]:
    """Return the share still in service after each time at which somebody left.

    :param observations: (time in service, whether the person left); anyone still in
        service counts until that time. Those who leave at a time go before those
        whose observation ends at it.
    """
    left, ended = Counter(), Counter()
    for time, is_event in observations:
        ended[time] += 1
        left[time] += bool(is_event)
    return kaplan_meier_counts((time, left[time], ended[time]) for time in ended)


def kaplan_meier_counts(
    counts: Iterable[tuple[float, int, int]],
) -> dict[float, float]:
    """Return the same from counts: (time, how many left, how many ended in all)."""
    rows = sorted(counts)
    at_risk = sum(ended for _time, _left, ended in rows)
    share, curve = 1.0, {}
    for time, left, ended in rows:
        if left:
            share *= 1 - left / at_risk
            curve[time] = share
        at_risk -= ended
    return curve


def median_time(curve: dict[float, float]) -> float | None:
    """Return the first time at which half or less is left, None if never."""
    return next((time for time, share in sorted(curve.items()) if share <= 0.5), None)
