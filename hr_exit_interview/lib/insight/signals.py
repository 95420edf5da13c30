"""Which groups of leavers are worth looking into, among all that are compared.

The order matters. First gates that do not look at how many gave the reason, then the
correction for many comparisons over all that passed, and only then filters on what is
shown: choosing what to test by the counts themselves finds patterns in noise.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from .probability import (
    benjamini_hochberg,
    hypergeometric_upper_tail,
    poisson_upper_tail,
)
from .safety import DEFAULT_MINIMUM

SMALLEST_REST = 10
FEWEST_NAMING = 3
LOWEST_RATIO = 1.5
FLAG_AT = 0.10
# What rises is a family of its own, else hundreds of groups would drown it; stricter,
# so that all families together raise a false alarm in one run of ten at most.
RISE_FLAG_AT = 0.05
STRONG_AT = 0.01


@dataclass(frozen=True)
class Comparison:
    """``k`` of the ``n`` leavers of a group, ``total_k`` of all ``total``."""

    key: Hashable
    n: int
    k: int
    total: int
    total_k: int

    @property
    def is_testable(self) -> bool:
        """Whether there are enough people in the group and outside of it."""
        return self.n >= DEFAULT_MINIMUM and self.total - self.n >= SMALLEST_REST

    @property
    def is_notable(self) -> bool:
        """Whether it is more than a grudge and clearly more often than elsewhere."""
        outside = (self.total_k - self.k) / (self.total - self.n)
        return self.k >= FEWEST_NAMING and self.k / self.n >= LOWEST_RATIO * outside

    @property
    def p_value(self) -> float:
        """The chance of so many, were the group like all others."""
        return hypergeometric_upper_tail(self.n, self.k, self.total, self.total_k)


@dataclass(frozen=True)
class Excess:
    """``observed`` leavers of a unit where ``expected`` would be usual."""

    key: Hashable
    observed: int
    expected: float

    @property
    def is_testable(self) -> bool:
        """Whether anybody was in the unit: not whether somebody left."""
        return self.expected > 0

    @property
    def is_notable(self) -> bool:
        """Whether enough people left to speak of."""
        return self.observed >= DEFAULT_MINIMUM

    @property
    def p_value(self) -> float:
        """The chance of so many, had the unit the company's rate."""
        return poisson_upper_tail(self.observed, self.expected)


@dataclass(frozen=True)
class Flag:
    """A comparison that stands out, with its chance and its corrected chance."""

    case: Comparison | Excess
    p_value: float
    q_value: float

    @property
    def is_strong(self) -> bool:
        """Whether hardly any false alarm would be this clear."""
        return self.q_value <= STRONG_AT


def find_flags(
    cases: Iterable[Comparison | Excess], flag_at: float = FLAG_AT
) -> list[Flag]:
    """Return what stands out among the comparisons of one family, the clearest first.

    :param flag_at: the largest corrected chance that is a flag
    """
    tested = [case for case in cases if case.is_testable]
    p_values = [case.p_value for case in tested]
    flags = [
        Flag(case, p_value, q_value)
        for case, p_value, q_value in zip(
            tested, p_values, benjamini_hochberg(p_values), strict=True
        )
        if q_value <= flag_at and case.is_notable
    ]
    return sorted(flags, key=lambda flag: flag.q_value)
