"""The arithmetic of insight: plain Python, no ORM."""

from .figures import (
    DETRACTOR_UP_TO,
    PROMOTER_FROM,
    average_headcount,
    kaplan_meier,
    kaplan_meier_counts,
    median_time,
    net_promoter_score,
    promoter_value,
    turnover_rate,
)
from .probability import (
    benjamini_hochberg,
    hypergeometric_upper_tail,
    poisson_upper_tail,
    wilson_interval,
)
from .publish import COMPANY, PEOPLE, Cell, Choice, Score, publish
from .rollup import Block, roll_up
from .safety import DEFAULT_MINIMUM, Safe, SafeChoice, SafeScore
from .signals import FLAG_AT, RISE_FLAG_AT, Comparison, Excess, Flag, find_flags
from .tree import ROOT, Tree

__all__ = [
    "COMPANY",
    "DEFAULT_MINIMUM",
    "DETRACTOR_UP_TO",
    "FLAG_AT",
    "PEOPLE",
    "PROMOTER_FROM",
    "RISE_FLAG_AT",
    "ROOT",
    "Block",
    "Cell",
    "Choice",
    "Comparison",
    "Excess",
    "Flag",
    "Safe",
    "SafeChoice",
    "SafeScore",
    "Score",
    "Tree",
    "average_headcount",
    "benjamini_hochberg",
    "find_flags",
    "hypergeometric_upper_tail",
    "kaplan_meier",
    "kaplan_meier_counts",
    "median_time",
    "net_promoter_score",
    "poisson_upper_tail",
    "promoter_value",
    "publish",
    "roll_up",
    "turnover_rate",
    "wilson_interval",
]
