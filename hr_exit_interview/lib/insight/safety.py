"""When a figure may be published: the one rule behind every cell.

A block is a group of people who are counted together. Blocks are disjoint, and all
that is published is a sum of whole blocks, so nothing smaller can be derived.
"""

from dataclasses import dataclass

# The number of answers below which nothing is said.
DEFAULT_MINIMUM = 5


@dataclass(frozen=True)
class Safe:
    """Whether the counts of a block may be known. Called with (n, ...)."""

    minimum: int = DEFAULT_MINIMUM

    def __call__(self, counts: tuple) -> bool:
        return counts[0] >= self.minimum


@dataclass(frozen=True)
class SafeScore(Safe):
    """For (n, total of the scores): no single score may follow from the mean.

    The total must be ``minimum`` steps away from everybody having given the lowest, and
    the highest, score. For yes and no (0 and 1) this says that both the number of
    yes and that of no are at least ``minimum``.

    :param low: the lowest possible score
    :param high: the highest possible score
    :param is_low_safe: everybody giving the lowest score tells nothing about anybody
    :param is_high_safe: the same for the highest
    """

    low: int = 0
    high: int = 1
    is_low_safe: bool = False
    is_high_safe: bool = False

    def __call__(self, counts: tuple) -> bool:
        n, total = counts
        above, below = total - n * self.low, n * self.high - total
        # A wider scale needs more room: any one score can be any value only if the
        # others can make up for it.
        room = max(self.minimum, self.high - self.low)
        return (
            n >= self.minimum
            and (above >= room or (self.is_low_safe and above == 0))
            and (below >= room or (self.is_high_safe and below == 0))
        )


@dataclass(frozen=True)
class SafeChoice(Safe):
    """For (n, first choice, second ...): each zero or large, and not all the same."""

    def __call__(self, counts: tuple) -> bool:
        n, *choices = counts
        chosen = [count for count in choices if count]
        return n >= self.minimum and len(chosen) > 1 and min(chosen) >= self.minimum
