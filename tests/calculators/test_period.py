from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import (
    add_months,
    merge_service,
    month_slices,
    service_period,
    without,
    working_days,
)
from odoo.addons.hr_exit_interview.lib.settlement.period import (
    anniversary,
    calendar_days,
    month_before,
)

from .common import day

DAYS = st.dates(date(1960, 1, 1), date(2090, 12, 31))


class TestServicePeriod(TestCase):
    def assert_service(self, start, last_day, expected):
        self.assertEqual(service_period(day(start), day(last_day)), expected)

    def test_years_and_months(self):
        """Whole months have no days left."""
        self.assert_service("2021-01-01", "2026-03-31", (5, 3, 0, 30))
        self.assert_service("2021-03-01", "2026-08-31", (5, 6, 0, 30))
        self.assert_service("1986-01-01", "2026-12-31", (41, 0, 0, 31))

    def test_days_of_a_begun_month(self):
        """6 August to 31 August are 26 of the 31 days until 6 September."""
        self.assert_service("2023-03-06", "2026-08-31", (3, 5, 26, 31))

    def test_begun_month_runs_between_anniversaries(self):
        """20 January to 18 February are 30 of 31 days, whatever February has."""
        self.assert_service("2026-01-20", "2026-02-18", (0, 0, 30, 31))

    def test_start_on_29_february(self):
        """The year is full at the end of 28 February, in a leap year as well."""
        self.assert_service("2024-02-29", "2025-02-27", (0, 11, 30, 31))
        self.assert_service("2024-02-29", "2025-02-28", (1, 0, 0, 28))
        self.assert_service("2024-02-29", "2028-02-28", (4, 0, 0, 29))
        self.assert_service("2024-02-29", "2028-02-29", (4, 0, 1, 29))

    def test_start_on_a_day_the_month_lacks(self):
        """From 31 January the month is full at the end of February."""
        self.assert_service("2026-01-31", "2026-02-27", (0, 0, 28, 29))
        self.assert_service("2026-01-31", "2026-02-28", (0, 1, 0, 30))

    def test_one_day(self):
        """First day is last day."""
        self.assert_service("2026-08-31", "2026-08-31", (0, 0, 1, 31))

    def test_no_service(self):
        """An end before the start gives nothing."""
        self.assert_service("2026-08-31", "2026-08-01", (0, 0, 0, 31))

    @given(DAYS, st.integers(0, 20000))
    def test_days_stay_below_the_month(self, start, length):
        years, months, days, month_days = service_period(
            start, start + timedelta(days=length)
        )
        self.assertTrue(years >= 0 and 0 <= months < 12 and 0 <= days < month_days)

    @given(DAYS, st.integers(0, 15000))
    def test_a_day_more_is_never_less_service(self, start, length):
        last_day = start + timedelta(days=length)
        self.assertLess(
            service_period(start, last_day)[:3],
            service_period(start, last_day + timedelta(days=1))[:3],
        )


class TestMonths(TestCase):
    def test_add_months_stops_at_the_end_of_the_month(self):
        """31 January plus a month is the last of February."""
        self.assertEqual(add_months(day("2026-01-31"), 1), day("2026-02-28"))
        self.assertEqual(add_months(day("2028-01-31"), 1), day("2028-02-29"))
        self.assertEqual(add_months(day("2026-11-30"), 3), day("2027-02-28"))
        self.assertEqual(add_months(day("2026-03-31"), -1), day("2026-02-28"))
        self.assertEqual(add_months(day("2026-01-15"), -13), day("2024-12-15"))

    def test_anniversary_goes_to_the_first(self):
        """Service started on the 31st is a month old on the first after a short one."""
        self.assertEqual(anniversary(day("2026-01-31"), 1), day("2026-03-01"))
        self.assertEqual(anniversary(day("2026-10-31"), 1), day("2026-12-01"))

    def test_month_before(self):
        """End of a month goes to end of a month."""
        self.assertEqual(month_before(day("2026-08-31")), day("2026-07-31"))
        self.assertEqual(month_before(day("2026-09-30")), day("2026-08-31"))
        self.assertEqual(month_before(day("2026-02-28")), day("2026-01-31"))
        self.assertEqual(month_before(day("2026-09-15")), day("2026-08-15"))
        self.assertEqual(month_before(day("2026-03-30")), day("2026-02-28"))

    def test_slices(self):
        """A period is cut at the ends of months."""
        first, second = month_slices(day("2026-04-11"), day("2026-05-10"))
        self.assertEqual(
            first,
            (
                *map(day, ("2026-04-01", "2026-04-30")),
                *map(day, ("2026-04-11", "2026-04-30")),
            ),
        )
        self.assertEqual(second.part_from, day("2026-05-01"))
        self.assertEqual(second.part_to, day("2026-05-10"))
        self.assertFalse(first.is_full or second.is_full)
        self.assertTrue(month_slices(day("2026-04-01"), day("2026-04-30"))[0].is_full)
        self.assertEqual(month_slices(day("2026-04-02"), day("2026-04-01")), [])

    @given(DAYS, st.integers(0, 3000))
    def test_slices_hold_every_day_once(self, start, length):
        end = start + timedelta(days=length)
        slices = month_slices(start, end)
        self.assertEqual(
            sum(calendar_days(piece.part_from, piece.part_to) for piece in slices),
            length + 1,
        )


class TestWorkingDays(TestCase):
    def test_months(self):
        """May 2021 has 21 working days, September 2026 has 22."""
        self.assertEqual(working_days(day("2021-05-01"), day("2021-05-31")), 21)
        self.assertEqual(working_days(day("2021-05-01"), day("2021-05-07")), 5)
        self.assertEqual(working_days(day("2026-09-01"), day("2026-09-30")), 22)
        self.assertEqual(working_days(day("2026-09-01"), day("2026-09-15")), 11)

    def test_own_week(self):
        """Who works on Saturdays only has four of them."""
        self.assertEqual(working_days(day("2026-09-01"), day("2026-09-30"), [5]), 4)

    def test_none(self):
        """A weekend and a period that ends before it starts hold none."""
        self.assertEqual(working_days(day("2026-08-01"), day("2026-08-02")), 0)
        self.assertEqual(working_days(day("2026-08-04"), day("2026-08-03")), 0)

    @given(DAYS, st.integers(0, 400))
    def test_counted_one_by_one(self, start, length):
        days = (start + timedelta(days=offset) for offset in range(length + 1))
        self.assertEqual(
            working_days(start, start + timedelta(days=length)),
            sum(item.weekday() < 5 for item in days),
        )


class TestMergeService(TestCase):
    def merged(self, *periods, max_gap_months=6):
        rows = merge_service([(day(a), day(b)) for a, b in periods], max_gap_months)
        return [(a.isoformat(), b.isoformat()) for a, b in rows]

    def test_contracts_that_follow_are_one(self):
        """Order does not matter, an overlap counts once."""
        self.assertEqual(
            self.merged(("2025-09-01", "2026-08-31"), ("2024-09-01", "2025-08-31")),
            [("2024-09-01", "2026-08-31")],
        )
        self.assertEqual(
            self.merged(("2024-01-01", "2024-12-31"), ("2024-03-01", "2024-04-30")),
            [("2024-01-01", "2024-12-31")],
        )

    def test_gap_of_six_months_counts_together(self):
        """The gap itself is no service."""
        periods = [("2024-01-01", "2024-06-30"), ("2025-01-01", "2025-12-31")]
        self.assertEqual(self.merged(*periods), periods)

    def test_gap_of_six_months_and_a_day_cuts(self):
        """What lies before the gap is forgotten, unless no gap cuts."""
        periods = [("2024-01-01", "2024-06-30"), ("2025-01-02", "2025-12-31")]
        self.assertEqual(self.merged(*periods), periods[1:])
        self.assertEqual(self.merged(*periods, max_gap_months=None), periods)

    def test_only_the_last_chain(self):
        """A short gap before a long one does not count either."""
        periods = [
            ("2010-01-01", "2010-12-31"),
            ("2011-02-01", "2011-12-31"),
            ("2020-01-01", "2020-12-31"),
            ("2021-03-01", "2021-12-31"),
        ]
        self.assertEqual(self.merged(*periods), periods[2:])

    def test_nothing(self):
        """No contracts, no service."""
        self.assertEqual(merge_service([], 6), [])


class TestWithout(TestCase):
    def test_days_are_left_out(self):
        """From the middle, from both ends, all of it, none of it."""
        year = [(date(2025, 1, 1), date(2025, 12, 31))]
        for hole, left in (
            (
                (date(2025, 3, 1), date(2025, 3, 31)),
                [
                    (date(2025, 1, 1), date(2025, 2, 28)),
                    (date(2025, 4, 1), date(2025, 12, 31)),
                ],
            ),
            (
                (date(2024, 1, 1), date(2025, 6, 30)),
                [(date(2025, 7, 1), date(2025, 12, 31))],
            ),
            (
                (date(2025, 7, 1), date(2026, 6, 30)),
                [(date(2025, 1, 1), date(2025, 6, 30))],
            ),
            ((date(2024, 1, 1), date(2026, 1, 1)), []),
            ((date(2026, 1, 1), date(2026, 1, 31)), year),
            ((date(2024, 1, 1), date(2024, 1, 31)), year),
        ):
            with self.subTest(hole=hole):
                self.assertEqual(without(year, *hole), left)
