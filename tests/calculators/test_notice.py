from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import notice_end, notice_months

from .common import day, tiers

NL = tiers(("1", "0", "5"), ("2", "5", "10"), ("3", "10", "15"), ("4", "15", None))
GIVEN = day("2026-05-12")


class TestNoticeEnd(TestCase):
    def assert_end(self, expected, *args, **options):
        self.assertEqual(notice_end(*args, **options), day(expected))

    def test_to_the_end_of_the_month(self):
        """Employee one month, employer two months."""
        self.assert_end("2026-06-30", GIVEN, 1)
        self.assert_end("2026-07-31", GIVEN, 2)

    def test_procedure_shortens_the_term(self):
        """Three months less 35 days is 8 July, so the end of July."""
        self.assert_end("2026-07-31", GIVEN, 3, procedure_days=35)

    def test_at_least_a_month_remains(self):
        """Four months less 120 days would be 15 May."""
        self.assert_end("2026-06-30", GIVEN, 4, procedure_days=120)

    def test_short_month(self):
        """31 January plus a month is the end of February."""
        self.assert_end("2026-02-28", day("2026-01-31"), 1)

    def test_any_day_when_agreed(self):
        """The month's end can be left out by agreement."""
        self.assert_end("2026-06-12", GIVEN, 1, at_month_end=False)

    def test_no_term(self):
        """Without a term there is nothing that must remain."""
        self.assert_end("2026-05-12", GIVEN, 0, at_month_end=False)


class TestNoticeMonths(TestCase):
    def assert_months(self, expected, start, given=GIVEN, **options):
        self.assertEqual(notice_months(NL, day(start), given, **options), expected)

    def test_by_service_on_the_day_of_notice(self):
        """Started 2019, 2014 and 2009."""
        self.assert_months(2, "2019-03-01")
        self.assert_months(3, "2014-03-01")
        self.assert_months(4, "2009-03-01")

    def test_tier_starts_on_the_anniversary(self):
        """On the day before, five years have not yet passed."""
        self.assert_months(1, "2021-05-13")
        self.assert_months(2, "2021-05-12")

    def test_pension_age(self):
        """One month, whatever the service."""
        self.assert_months(1, "2009-03-01", aow_reached=True)

    def test_unknown(self):
        """Nothing is guessed."""
        self.assertIsNone(notice_months(NL, None, GIVEN))
        self.assertIsNone(notice_months(NL, GIVEN, None))
        self.assertIsNone(notice_months((), day("2019-03-01"), GIVEN))
        self.assertIsNone(notice_months(NL[2:], day("2019-03-01"), GIVEN))
