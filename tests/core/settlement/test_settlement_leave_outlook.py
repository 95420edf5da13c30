from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.hr_exit_interview.lib.trusted import Trusted

from ...settlement_common import SettlementCommon

NAMES = ("hours", "accrued", "planned", "lapsing", "left")


@tagged("post_install", "-at_install")
class TestSettlementLeaveOutlook(SettlementCommon):
    """What is still built up and taken between today and the last day."""

    def _leave_line(self, leaver, day="2026-08-31"):
        departures = self.env["hr.departure"].search(
            [("employee_id", "=", leaver.id)], limit=1
        )
        departure = departures or self._departure(leaver, departure_date=day)
        return self._lines(departure, "leave")

    def assertOutlook(self, line, *expected):
        """Today + still to build up - still to be taken - lapsing = last day."""
        outlook = line.inputs["outlook"]
        found = tuple(float(outlook[name]) for name in NAMES)
        self.assertEqual(found, expected)
        hours, accrued, planned, lapsing, left = found
        self.assertEqual(round(hours + accrued - planned - lapsing, 2), left)
        self.assertEqual(line.quantity, left)

    @freeze_time("2026-06-30")
    def test_accrual_and_approved_time_off(self):
        """96 h by the end of June, 32 h more by August, a week off in August."""
        leaver = self._leaver()
        self._accrual(leaver, self.extra, "2026-01-01")
        self._take(leaver, self.extra, "2026-08-10", "2026-08-14")
        line = self._leave_line(leaver)
        self.assertOutlook(line, 96, 32, 40, 0, 88)
        self.assertIn(
            "96.00 h on 06/30/2026 + 32.00 h still to build up − 40.00 h of approved"
            " time off = 88.00 h on the last day",
            line.explanation,
        )

    @freeze_time("2026-06-30")
    def test_a_year_served_in_part(self):
        """200 h for 2026: half of it by June, 8/12 = 133.33 by August."""
        leaver = self._leaver()
        self._allocate(leaver, self.statutory, 200, "2026-01-01", "2026-12-31")
        self.assertOutlook(self._leave_line(leaver), 100, 33.33, 0, 0, 133.33)

    @freeze_time("2026-08-05")
    def test_time_off_that_spans_today(self):
        """Monday to Friday, today is Wednesday: 24 h are gone, 16 h to come."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-08-03", "2026-08-07")
        self.assertOutlook(self._leave_line(leaver), 56, 0, 16, 0, 40)

    @freeze_time("2026-08-05")
    def test_time_off_that_spans_today_and_the_last_day(self):
        """From 3 August to 4 September, gone on 31 August: 18 working days of the 21
        up to then are still to come."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 240, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-08-03", "2026-09-04")
        self.assertOutlook(self._leave_line(leaver), 216, 0, 144, 0, 72)

    @freeze_time("2026-08-05")
    def test_time_off_after_the_last_day_is_no_part_of_it(self):
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-10-05", "2026-10-09")
        self.assertOutlook(self._leave_line(leaver), 80, 0, 0, 0, 80)

    @freeze_time("2026-08-05")
    def test_types_in_hours_and_in_days(self):
        """Two days off and four hours off: together 20 h."""
        leaver = self._leaver()
        days = self._leave_type("Days", "extra", unit="day")
        self._allocate(leaver, days, 40, "2025-01-01", "2026-12-31")
        self._allocate(leaver, self.extra, 12, "2025-01-01", "2026-12-31")
        self._take(leaver, days, "2026-08-10", "2026-08-11")
        self._take(
            leaver,
            self.extra,
            "2026-08-12",
            "2026-08-12",
            request_unit_hours=True,
            request_hour_from=9,
            request_hour_to=13,
        )
        self.assertOutlook(self._leave_line(leaver), 52, 0, 20, 0, 32)

    @freeze_time("2026-06-15")
    def test_leave_that_lapses_before_the_last_day(self):
        """40 h of 2025 lapse after June, as was said in time; 160 h for 2026 are 73.33
        by mid June, 106.67 by August."""
        leaver = self._leaver()
        old = self._allocate(leaver, self.statutory, 40, "2025-01-01", "2025-12-31")
        old.expiry_notice_date = "2025-11-01"
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        line = self._leave_line(leaver)
        # 33.34, not 33.33: the hours that are shown add up.
        self.assertOutlook(line, 113.33, 33.34, 0, 40, 106.67)
        self.assertIn("− 40.00 h that lapse = 106.67 h", line.explanation)

    @freeze_time("2026-06-30")
    def test_an_allocation_that_is_still_to_begin(self):
        """Eight hours from August to the end of the year: a fifth of it by then."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        self._allocate(leaver, self.extra, 8, "2026-08-01")
        self.assertOutlook(self._leave_line(leaver), 80, 1.6, 0, 0, 81.6)

    @freeze_time("2026-06-30")
    def test_taken_too_much(self):
        """28 h, five days off in August: 12 h too much on the last day."""
        leaver = self._leaver()
        self.extra.write({"allows_negative": True, "max_allowed_negative": 40})
        self._allocate(leaver, self.extra, 28, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-08-03", "2026-08-07")
        self.assertOutlook(self._leave_line(leaver), 28, 0, 40, 0, -12)

    def test_nothing_to_come_once_the_last_day_is_there(self):
        """On the last day and later the balance explains itself."""
        for day in ("2026-08-31", "2026-11-02"):
            with self.subTest(day=day), freeze_time(day):
                leaver = self._leaver()
                self._accrual(leaver, self.extra, "2026-01-01")
                line = self._leave_line(leaver)
                self.assertEqual(line.quantity, 128)
                self.assertNotIn("outlook", line.inputs)
                self.assertNotIn("build up", line.explanation)

    def test_the_total_is_the_same_on_whatever_day(self):
        """200 x 8/12 + 8 x 16 - 40 - 40: 181.33 h, before, during and afterwards."""
        with freeze_time("2026-01-02"):
            leaver = self._leaver()
            self._allocate(leaver, self.statutory, 200, "2026-01-01", "2026-12-31")
            self._accrual(leaver, self.extra, "2026-01-01")
        with freeze_time("2026-07-01"):
            self._take(leaver, self.statutory, "2026-07-06", "2026-07-10")
            self._take(leaver, self.statutory, "2026-08-10", "2026-08-14")
        for day in ("2026-03-10", "2026-07-08", "2026-08-31", "2026-10-15"):
            with self.subTest(day=day), freeze_time(day):
                self.assertEqual(self._leave_line(leaver).quantity, 181.33)

    @freeze_time("2026-08-05")
    def test_a_list_made_before_stays_readable(self):
        """Frozen inputs of another version say what they hold."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        line = self._leave_line(leaver)
        old = {name: value for name, value in line.inputs.items() if name != "outlook"}
        line.sudo().inputs = old
        self.assertIn("80.00 h left", line.explanation)
        self.assertNotIn("build up", line.explanation)

    @freeze_time("2026-08-05")
    def test_the_days_that_one_compares(self):
        """Another last day in the wizard has its own outlook, in any order."""
        leaver = self._leaver()
        self._accrual(leaver, self.extra, "2026-01-01")
        departure = self._departure(leaver, departure_date="2026-08-31")
        source = self.env["hr.settlement.source.leave"]
        rule = self.scheme._get_rule("leave")
        days = {"2026-10-31": 45.42, "2026-09-30": 29.42, "2026-11-30": 61.42}
        for day, accrued in days.items():
            later = departure.with_context(
                settlement_last_day=Trusted(date.fromisoformat(day))
            )
            (item,) = source._collect(rule, later)[later]
            self.assertEqual(float(item["outlook"]["accrued"]), accrued, day)
