"""Figures worked out by hand, then against scipy on random cases."""

from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from odoo.addons.hr_exit_interview.lib.insight import (
    benjamini_hochberg,
    hypergeometric_upper_tail,
    poisson_upper_tail,
    wilson_interval,
)


@st.composite
def groups(draw, largest=3000):
    """(n, k, N, K) that can be."""
    total = draw(st.integers(1, largest))
    total_k, n = draw(st.integers(0, total)), draw(st.integers(0, total))
    k = draw(st.integers(max(0, n + total_k - total), min(n, total_k)))
    return n, k, total, total_k


class TestInsightProbability(TestCase):
    def test_hypergeometric_by_hand(self):
        """5 of 6 where 18 of 120 is usual is rare, 2 of 5 is not."""
        for counts, expected in (
            ((6, 5, 120, 18), 0.000244337),
            ((5, 2, 120, 18), 0.161582),
            ((40, 14, 120, 26), 0.012766),
        ):
            self.assertAlmostEqual(hypergeometric_upper_tail(*counts), expected, 6)
        self.assertEqual(hypergeometric_upper_tail(6, 0, 120, 18), 1)
        with self.assertRaisesRegex(ValueError, "7 of 6 cannot be part"):
            hypergeometric_upper_tail(6, 7, 120, 18)

    def test_hypergeometric_where_the_first_term_is_tiny(self):
        """None of 1,662 hardly ever happens: one or more is 1 to the last digit."""
        self.assertEqual(hypergeometric_upper_tail(1662, 1, 2929, 697), 1.0)

    @settings(max_examples=200, deadline=None)
    @given(groups())
    def test_hypergeometric_against_scipy(self, counts):
        n, k, total, total_k = counts
        found = hypergeometric_upper_tail(n, k, total, total_k)
        expected = stats.hypergeom.sf(k - 1, total, total_k, n)
        self.assertLess(abs(found - expected), 1e-8 * expected + 1e-13, counts)

    @settings(max_examples=50, deadline=None)
    @given(groups(largest=150))
    def test_hypergeometric_is_the_exact_test_of_fisher(self, counts):
        n, k, total, total_k = counts
        table = [[k, n - k], [total_k - k, total - n - total_k + k]]
        expected = stats.fisher_exact(table, alternative="greater").pvalue
        self.assertAlmostEqual(hypergeometric_upper_tail(*counts), expected, 9)

    def test_poisson_by_hand(self):
        """Six leavers where 1.8 were expected, and so on."""
        for observed, expected, tail in (
            (6, 1.8, 0.010378),
            (4, 1.8, 0.108708),
            (5, 2.0, 0.052653),
        ):
            self.assertAlmostEqual(poisson_upper_tail(observed, expected), tail, 6)
        self.assertEqual(poisson_upper_tail(0, 3), 1)
        self.assertEqual(poisson_upper_tail(1, 0), 0)

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 400), st.floats(0.01, 300))
    def test_poisson_against_scipy(self, observed, expected):
        self.assertLess(
            abs(
                poisson_upper_tail(observed, expected)
                - stats.poisson.sf(observed - 1, expected)
            ),
            1e-9,
        )

    def test_benjamini_hochberg_by_hand(self):
        """Eight tests, four of them at 10 %."""
        found = benjamini_hochberg([0.0004, 0.012, 0.021, 0.04, 0.2, 0.33, 0.61, 0.8])
        expected = [0.0032, 0.048, 0.056, 0.08, 0.32, 0.44, 0.697143, 0.8]
        for one, other in zip(found, expected, strict=True):
            self.assertAlmostEqual(one, other, 6)
        self.assertEqual(benjamini_hochberg([]), [])

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
    def test_benjamini_hochberg_against_scipy(self, p_values):
        expected = stats.false_discovery_control(p_values)
        for one, other in zip(benjamini_hochberg(p_values), expected, strict=True):
            self.assertAlmostEqual(one, other, 9)

    def test_wilson_by_hand(self):
        """5 of 6, 18 of 120, none of 5."""
        for k, n, low, high in (
            (5, 6, 0.4365, 0.9699),
            (18, 120, 0.0970, 0.2247),
            (0, 5, 0.0, 0.4345),
        ):
            found = wilson_interval(k, n)
            self.assertAlmostEqual(found[0], low, 4)
            self.assertAlmostEqual(found[1], high, 4)
        with self.assertRaises(ValueError):
            wilson_interval(0, 0)

    @settings(max_examples=100, deadline=None)
    @given(st.integers(1, 2000), st.data())
    def test_wilson_against_scipy(self, n, data):
        k = data.draw(st.integers(0, n))
        expected = stats.binomtest(k, n).proportion_ci(method="wilson")
        for one, other in zip(wilson_interval(k, n), expected, strict=True):
            self.assertAlmostEqual(one, other, 9)
