"""Tail probabilities, what many tests together mean, and how sure a share is."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import comb, exp, fsum, lgamma, log, sqrt
from operator import mul, truediv

Z_95 = 1.959963984540054


@lru_cache(maxsize=4096)
def _comb(n: int, k: int) -> int:
    return comb(n, k)


def hypergeometric_upper_tail(n: int, k: int, total: int, total_k: int) -> float:
    """Return P(X >= k) for ``n`` drawn from ``total`` of which ``total_k`` count.

    The same as Fisher's exact test, one-sided "greater". Exact up to the precision of
    a float: the first term is a ratio of whole numbers.

    :raises ValueError: when a part is larger than its whole
    """
    if not (0 <= k <= n <= total and k <= total_k <= total):
        raise ValueError(f"{k} of {n} cannot be part of {total_k} of {total}")
    lowest = max(k, n + total_k - total)
    highest = min(n, total_k)
    if lowest == max(0, n + total_k - total):
        return 1.0
    # From the likeliest number on: a first term far from it may be too small for a
    # float to hold exactly, and every other one would inherit its error.
    likeliest = (n + 1) * (total_k + 1) // (total + 2)
    start = min(max(lowest, likeliest), highest)
    first = _comb(total_k, start) * _comb(total - total_k, n - start) / _comb(total, n)

    def rise(at):
        """Return P(X = at + 1) / P(X = at)."""
        return (total_k - at) * (n - at) / ((at + 1) * (total - total_k - n + at + 1))

    upper = accumulate(map(rise, range(start, highest)), mul, initial=first)
    lower = accumulate(
        map(rise, range(start - 1, lowest - 1, -1)), truediv, initial=first
    )
    return min(1.0, fsum(upper) + fsum(lower) - first)


def poisson_upper_tail(observed: int, expected: float) -> float:
    """Return P(X >= observed) when ``expected`` events are expected.

    :raises ValueError: when one of them is negative
    """
    if observed < 0 or expected < 0:
        raise ValueError("Neither what was observed nor expected can be negative")
    if observed == 0:
        return 1.0
    if expected == 0:
        return 0.0
    if observed <= expected:
        return max(0.0, 1.0 - fsum(_poisson_terms(range(observed), expected)))
    return fsum(_poisson_tail_terms(observed, expected))


def _poisson_terms(counts, expected):
    return (exp(at * log(expected) - expected - lgamma(at + 1)) for at in counts)


def _poisson_tail_terms(observed, expected):
    """Yield the terms from ``observed`` on, until they no longer change the sum."""
    (term,) = _poisson_terms([observed], expected)
    at, largest = observed, term
    while term > largest * 1e-18:
        yield term
        at += 1
        term *= expected / at


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return the q-value of each p-value, in the order given.

    Keeping what has q <= 0.10 makes one in ten of what is kept a false alarm, on
    average. Source: Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995).
    """
    count = len(p_values)
    q_values = [1.0] * count
    lowest = 1.0
    by_size = sorted(range(count), key=lambda at: p_values[at], reverse=True)
    for rank, at in zip(range(count, 0, -1), by_size, strict=True):
        lowest = min(lowest, p_values[at] * count / rank)
        q_values[at] = lowest
    return q_values


def wilson_interval(k: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the interval in which the share behind ``k`` of ``n`` lies (Wilson, 95 %).

    :raises ValueError: when ``k`` is not a part of ``n``, or ``n`` is zero
    """
    if n <= 0 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share")
    share, square = k / n, z * z
    middle = share + square / (2 * n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    # Rounding must not leave a bound just outside of what a share can be.
    low = 0.0 if k == 0 else (middle - half) / scale
    high = 1.0 if k == n else (middle + half) / scale
    return low, high
