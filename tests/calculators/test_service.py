from fractions import Fraction
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement.service import (
    PART_ROUNDINGS,
    Service,
    service_of,
)

from .common import day

SERVICES = st.builds(
    Service, st.integers(0, 50), st.integers(0, 11), st.integers(0, 27), st.just(28)
)


class TestService(TestCase):
    def test_periods_are_added_up(self):
        """Twice six months with a gap between them is a year."""
        service = service_of(
            [
                (day("2024-01-01"), day("2024-06-30")),
                (day("2024-09-01"), day("2025-02-28")),
            ]
        )
        self.assertEqual((service.years, service.months, service.days), (1, 0, 0))

    def test_days_make_a_month(self):
        """20 and 20 days are a month of 30 and 10 days."""
        service = service_of(
            [
                (day("2024-01-01"), day("2024-01-20")),
                (day("2024-04-01"), day("2024-04-20")),
            ]
        )
        self.assertEqual(service, Service(0, 1, 10, 30))

    def test_nothing_to_add_is_a_programming_error(self):
        """The caller knows that there are periods."""
        with self.assertRaises(ValueError):
            service_of([])

    def test_part_roundings(self):
        """3 years, 5 months and 26 of 31 days."""
        service = Service(3, 5, 26, 31)
        expected = {
            "official": 3 + Fraction(5, 12) + Fraction(26, 31 * 12),
            "per_1095": 3 + Fraction(5, 12) + Fraction(26, 365),
            "full_months": 3 + Fraction(5, 12),
            "full_years": 3,
            "half_year_up": 3,
        }
        for name, years in expected.items():
            with self.subTest(name=name):
                self.assertEqual(PART_ROUNDINGS[name](service), years)

    def test_half_year_up_needs_more_than_six_months(self):
        """Exactly six months make no year, a day more does."""
        half_year_up = PART_ROUNDINGS["half_year_up"]
        self.assertEqual(half_year_up(Service(7, 6, 0, 30)), 7)
        self.assertEqual(half_year_up(Service(7, 6, 1, 30)), 8)
        self.assertEqual(half_year_up(Service(7, 7, 0, 30)), 8)

    @given(SERVICES, st.sampled_from(sorted(PART_ROUNDINGS)))
    def test_rounding_stays_within_a_year(self, service, name):
        years = PART_ROUNDINGS[name](service)
        self.assertTrue(service.years <= years <= service.years + 1)
