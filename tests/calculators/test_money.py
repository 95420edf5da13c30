from decimal import Decimal
from fractions import Fraction
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import (
    exact,
    round_half_up,
    to_decimal,
)
from odoo.addons.hr_exit_interview.lib.settlement.money import shown, to_ratio

UNITS = st.sampled_from(
    [Decimal("0.01"), Decimal(1), Decimal("0.05"), Decimal("0.001")]
)
AMOUNTS = st.decimals("-1e9", "1e9", places=6)


class TestToDecimal(TestCase):
    def test_float_is_read_as_it_is_written(self):
        """0.1 is a tenth, not the binary number next to it."""
        self.assertEqual(to_decimal(0.1), Decimal("0.1"))
        self.assertEqual(exact(1161.29), Fraction(116129, 100))

    def test_text_and_whole_numbers(self):
        """Numbers stored as text come back as they were."""
        self.assertEqual(to_decimal("2294.40"), Decimal("2294.40"))
        self.assertEqual(to_decimal(3), Decimal(3))
        self.assertEqual(to_decimal(Fraction(1, 4)), Decimal("0.25"))

    def test_nothing_is_not_zero(self):
        """What is empty or no number gives None."""
        for value in (None, False, "", "abc", float("nan"), float("inf"), "Infinity"):
            with self.subTest(value=value):
                self.assertIsNone(to_decimal(value))
                self.assertIsNone(exact(value))
                self.assertIsNone(to_ratio(value))

    def test_no_number_at_all_is_a_programming_error(self):
        """True or a list where a number belongs raises."""
        for value in (True, [1], object()):
            with self.subTest(value=value), self.assertRaises(TypeError):
                to_decimal(value)


class TestToRatio(TestCase):
    def test_thirds_are_thirds(self):
        """Six decimals or more, cut or rounded, are the fraction that was meant."""
        for value in ("0.333333", 0.3333333333333333, Decimal(1) / 3, Fraction(1, 3)):
            self.assertEqual(to_ratio(value), Fraction(1, 3))
        for value in ("0.666666", "0.666667", 0.6666666666666666):
            self.assertEqual(to_ratio(value), Fraction(2, 3))
        self.assertEqual(to_ratio("0.02777778"), Fraction(1, 36))

    def test_short_numbers_are_literal(self):
        """0.3333 is typed by somebody who may mean it."""
        self.assertEqual(to_ratio("0.3333"), Fraction(3333, 10000))
        self.assertEqual(to_ratio("0.25"), Fraction(1, 4))
        self.assertEqual(to_ratio("0.123456"), Fraction(123456, 10**6))


class TestRoundHalfUp(TestCase):
    def test_units(self):
        """Cents, whole yen and five cents."""
        self.assertEqual(str(round_half_up(Decimal("2.005"), Decimal("0.01"))), "2.01")
        self.assertEqual(str(round_half_up(Decimal("2.5"), Decimal(1))), "3")
        self.assertEqual(str(round_half_up(Decimal("2.025"), Decimal("0.05"))), "2.05")
        self.assertEqual(str(round_half_up(Decimal("2.02"), Decimal("0.05"))), "2.00")

    def test_negative_halves_go_away_from_zero(self):
        """A repayment is rounded as the payment of the same size."""
        self.assertEqual(
            str(round_half_up(Decimal("-0.005"), Decimal("0.01"))), "-0.01"
        )

    def test_a_third_is_not_cut_before_it_is_rounded(self):
        """Half a cent made of fractions is seen as half a cent."""
        self.assertEqual(
            str(round_half_up(3 * Fraction("0.005") / 3, Decimal("0.01"))), "0.01"
        )

    def test_unit_must_be_above_zero(self):
        """There is nothing to round to."""
        for unit in (Decimal(0), Decimal(-1), None):
            with self.subTest(unit=unit), self.assertRaises(ValueError):
                round_half_up(Decimal(1), unit)

    def test_shown_hours(self):
        """What the reader sees has two decimals."""
        self.assertEqual(shown(Fraction(208, 3)), Fraction("69.33"))

    @given(AMOUNTS, UNITS)
    def test_result_is_a_multiple_within_half_a_unit(self, value, unit):
        rounded = round_half_up(value, unit)
        self.assertEqual(rounded % unit, 0)
        self.assertLessEqual(abs(rounded - value), unit / 2)

    @given(AMOUNTS, UNITS)
    def test_sign_and_repetition_change_nothing(self, value, unit):
        rounded = round_half_up(value, unit)
        self.assertEqual(round_half_up(-value, unit), -rounded)
        self.assertEqual(round_half_up(rounded, unit), rounded)
