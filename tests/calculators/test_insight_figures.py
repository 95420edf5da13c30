"""Figures worked out by hand; the survival curve also against scipy."""

from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from odoo.addons.hr_exit_interview.lib.insight import (
    average_headcount,
    kaplan_meier,
    kaplan_meier_counts,
    median_time,
    net_promoter_score,
    turnover_rate,
)

# (months in service, whether the person left)
SERVICE = [
    (3, True),
    (5, True),
    (5, False),
    (8, True),
    (12, False),
    (14, True),
    (20, False),
    (26, True),
    (30, False),
    (36, False),
]
observations = st.lists(
    st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=80
)


class TestInsightFigures(TestCase):
    def test_turnover(self):
        """52 leavers, 340 people at the start and 360 at the end; 15 of 195."""
        self.assertEqual(average_headcount([340, 360]), 350)
        self.assertAlmostEqual(turnover_rate(52, 350), 14.857143, 6)
        self.assertAlmostEqual(turnover_rate(15, 195), 7.6923, 4)
        self.assertIsNone(turnover_rate(1, 0))
        with self.assertRaises(ValueError):
            average_headcount([])

    def test_net_promoter_score(self):
        """Four promoters and three detractors of ten."""
        self.assertEqual(net_promoter_score([10, 9, 9, 8, 7, 7, 6, 5, 3, 10]), 10)
        self.assertEqual(net_promoter_score([0, 0, 0]), -100)
        self.assertIsNone(net_promoter_score([]))

    def test_kaplan_meier_by_hand(self):
        """9/10, times 8/9 (who stays at 5 still counts), times 6/7, 4/5 and 2/3."""
        curve = kaplan_meier(SERVICE)
        expected = {3: 0.9, 5: 0.8, 8: 0.685714, 14: 0.548571, 26: 0.365714}
        self.assertEqual(list(curve), list(expected))
        for time, share in expected.items():
            self.assertAlmostEqual(curve[time], share, 6)
        self.assertEqual(median_time(curve), 26)
        self.assertIsNone(median_time({3: 0.9}))
        self.assertEqual(
            kaplan_meier_counts([(5, 1, 2), (3, 1, 1), (8, 0, 7)]),
            {3: 0.9, 5: 0.9 * (1 - 1 / 9)},
        )

    @settings(max_examples=100, deadline=None)
    @given(observations)
    def test_kaplan_meier_against_scipy(self, seen):
        times, left = zip(*seen, strict=True)
        data = stats.CensoredData.right_censored(times, [not one for one in left])
        function = stats.ecdf(data).sf
        for time, share in kaplan_meier(seen).items():
            self.assertAlmostEqual(share, float(function.evaluate(time)), 9)
