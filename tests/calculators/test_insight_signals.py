"""How often companies without any effect raise a signal; whether a real one is found.

The full number of companies: EXIT_SIGNAL_RUNS=1000.
"""

import os
import random
from collections import Counter
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.insight import (
    RISE_FLAG_AT,
    Comparison,
    Excess,
    find_flags,
)

RUNS = int(os.environ.get("EXIT_SIGNAL_RUNS", "150"))
REASONS = {
    "career": 0.24,
    "work": 0.12,
    "manager": 0.15,
    "organisation": 0.08,
    "reward": 0.16,
    "balance": 0.10,
    "team": 0.06,
    "conditions": 0.03,
    "personal": 0.16,
}


class Company:
    """Leavers of managers and units, with one to three reasons each."""

    def __init__(self, seed, managers=50, each=6, planted=None):
        draw = random.Random(seed)
        self.leavers = []
        for manager in range(managers):
            for _number in range(each):
                named = set(
                    draw.choices(list(REASONS), REASONS.values(), k=draw.randint(1, 3))
                )
                if manager == planted and draw.random() < 0.8:
                    named.add("manager")
                self.leavers.append(
                    (manager, manager // 5, draw.random() < 1 / 3, named)
                )
        self.draw = draw

    def comparisons(self, kinds):
        """Managers (0), units (1) or the last year against before (2), by reason."""
        totals = Counter(r for *_group, named in self.leavers for r in named)
        for kind in kinds:
            sizes = Counter(leaver[kind] for leaver in self.leavers)
            counts = Counter((g[kind], r) for g in self.leavers for r in g[3])
            for group, n in sizes.items():
                if kind == 2 and not group:
                    continue
                for reason, total_k in totals.items():
                    yield Comparison(
                        (kind, group, reason),
                        n,
                        counts[group, reason],
                        len(self.leavers),
                        total_k,
                    )

    def flags(self):
        """What a run finds, of all three kinds of signals."""
        return [
            *find_flags(self.comparisons(range(2))),
            *find_flags(self.comparisons([2]), RISE_FLAG_AT),
            *find_flags(self.excesses()),
        ]

    def excesses(self, units=20, expected=4.0):
        """Units that people leave at the company's rate."""
        counts = Counter(
            self.draw.randrange(units) for _leaver in range(int(units * expected))
        )
        return [Excess(unit, counts[unit], expected) for unit in range(units)]


class TestInsightSignals(TestCase):
    def test_worked_examples(self):
        """5 of 6 stands out of 18 of 120; 3 of 4 is not tested, 2 of 5 nothing."""
        cases = [
            Comparison("clear", 6, 5, 120, 18),
            Comparison("usual", 5, 2, 120, 18),
            Comparison("too few", 4, 3, 120, 18),
        ]
        flags = find_flags(cases)
        self.assertEqual([flag.case.key for flag in flags], ["clear"])
        # Two are tested: twice 0.000244.
        self.assertAlmostEqual(flags[0].q_value, 0.000488674, 8)
        self.assertTrue(flags[0].is_strong)

    def test_filters_come_after_the_correction(self):
        """A comparison nobody would show still counts among the tests."""
        shown = Comparison("shown", 10, 6, 120, 24)
        idle = [Comparison(at, 10, 2, 120, 24) for at in range(40)]
        self.assertTrue(find_flags([shown]))
        self.assertFalse(find_flags([shown, *idle]))

    def test_two_people_are_no_signal(self):
        """Two of five, nobody else of 400: rare, but a grudge can be."""
        self.assertFalse(find_flags([Comparison("two", 5, 2, 400, 2)]))

    def test_too_many_leavers(self):
        """12 where 3 are usual stand out, 6 where 1.8 are do among five units."""
        self.assertTrue(find_flags([Excess("A", 12, 3.0), Excess("B", 3, 3.0)]))
        usual = [Excess(unit, 2, 1.8) for unit in range(4)]
        self.assertTrue(find_flags([Excess("A", 6, 1.8), *usual]))
        self.assertFalse(find_flags([Excess("A", 4, 0.5), *usual]))

    def test_companies_without_any_effect(self):
        """At most one in ten raises any signal at all."""
        alarms = 0
        for seed in range(RUNS):
            company = Company(seed, managers=random.Random(seed).choice([10, 30, 50]))
            alarms += bool(company.flags())
        self.assertLessEqual(alarms / RUNS, 0.10, f"{alarms} of {RUNS}")

    def test_planted_rise_is_found(self):
        """A reason of 15 % that half of the last year's leavers name: mostly found."""
        found = 0
        for seed in range(RUNS):
            company = Company(seed, managers=20)
            company.leavers = [
                (
                    manager,
                    unit,
                    is_new,
                    named | {"manager"} if at % 5 < 2 * is_new else named,
                )
                for at, (manager, unit, is_new, named) in enumerate(company.leavers)
            ]
            found += any(
                flag.case.key == (2, True, "manager") for flag in company.flags()
            )
        self.assertGreaterEqual(found / RUNS, 0.50, f"{found} of {RUNS}")

    def test_rise_is_not_drowned_by_groups(self):
        """16 of 40 against 12 of 80, eight other reasons as before."""
        rise = Comparison("rise", 40, 16, 120, 28)
        usual = [Comparison(at, 40, 4, 120, 12) for at in range(8)]
        self.assertTrue(find_flags([rise, *usual], RISE_FLAG_AT))

    def test_planted_manager_is_found(self):
        """Twelve left one manager and nine in ten name the manager: mostly found."""
        found = 0
        for seed in range(RUNS):
            flags = Company(seed, each=12, planted=7).flags()
            found += any(flag.case.key == (0, 7, "manager") for flag in flags)
        self.assertGreaterEqual(found / RUNS, 0.70, f"{found} of {RUNS}")
