from decimal import Decimal
from fractions import Fraction
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import monthly_wage


class TestMonthlyWage(TestCase):
    def test_components(self):
        """Wage, 8 %, 13th month, overtime of a year, bonuses of three years."""
        components = [
            (3000, "month"),
            (240, "month"),
            (3000, "year"),
            (2400, "12m"),
            (5400, "36m"),
        ]
        self.assertEqual(monthly_wage(components), Decimal(3840))

    def test_shorter_service_shortens_the_divisor(self):
        """900 in six months is 150 a month, in 2.5 months 360, in half a one 1,800."""
        self.assertEqual(monthly_wage([(900, "36m")], service_months=6), Decimal(150))
        for months, amount in ((Fraction(5, 2), 360), (Fraction(1, 2), 1800)):
            wage = monthly_wage([(900, "12m")], service_months=months)
            self.assertEqual(wage, Decimal(amount))
        self.assertEqual(monthly_wage([(3000, "month")], service_months=6), 3000)

    def test_shorter_service_leaves_what_is_paid_a_year(self):
        """A 13th month of 3,000 is 250 a month, also after half a year."""
        self.assertEqual(monthly_wage([(3000, "year")], service_months=6), Decimal(250))

    def test_unknown(self):
        """One unknown component makes the whole unknown, no components as well."""
        self.assertIsNone(monthly_wage([(3000, "month"), (None, "year")]))
        self.assertIsNone(monthly_wage([]))

    def test_unknown_period_is_a_programming_error(self):
        with self.assertRaises(KeyError):
            monthly_wage([(3000, "week")])
