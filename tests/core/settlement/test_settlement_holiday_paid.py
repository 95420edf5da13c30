from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon

CODE = "holiday_allowance"


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementHolidayPaid(SettlementCommon):
    """The holiday allowance since the last payment, however that was recorded."""

    def _leaving(self, day, start="2021-03-01", wage=3200.0):
        leaver = self._leaver(wage=wage, start=start)
        return self._departure(leaver, notice_date=False, departure_date=day)

    def _paid(self, departure, amount, start=False, end=False):
        return self._component(
            departure.employee_id,
            "holiday_paid",
            amount,
            date_from=start,
            date_to=end,
        )

    # === Before the month of payment is over ===

    def test_june_before_it_was_paid(self):
        """12 x 3,200 + 15/30 x 3,200, x 8 %: 3,200.00."""
        departure = self._leaving("2026-06-15")
        self.assertAmount(departure, CODE, 3200.00)
        self.assertEqual(
            self._lines(departure, CODE).explanation.replace("\xa0", " "),
            "06/01/2025 to 05/31/2026: 12 × 3,200.00 €\n"
            "06/01/2026 to 06/15/2026: 0.5 of a month at 3,200.00 € = 1,600.00 €\n"
            "8 % of 40,000.00 €\n"
            "Includes the year before, which is paid with the wage of June 2026: no"
            " payment is recorded. If it was paid, record it.",
        )

    def test_june_after_it_was_paid(self):
        """By the day (before or after the last one) or by the time it covers: 128.00.

        8 % of 1,600.00
        """
        for dates in (
            ("2026-05-25",),
            ("2026-06-05",),
            ("2026-06-25",),
            ("2026-05-01", "2026-05-31"),
            (False, "2026-05-25"),
            ("2025-06-01", "2026-05-31"),
        ):
            with self.subTest(dates=dates):
                departure = self._leaving("2026-06-15")
                self._paid(departure, 3072.0, *dates)
                self.assertAmount(departure, CODE, 128.00)

    def test_the_last_day_of_the_month_of_payment(self):
        """13 x 3,200 x 8 % = 3,328.00; a day later the year before was paid."""
        self.assertAmount(self._leaving("2026-06-30"), CODE, 3328.00)
        # 3,200 + 1/31 x 3,200 = 3,303.23
        self.assertAmount(self._leaving("2026-07-01"), CODE, 264.26)

    def test_a_company_that_pays_in_may(self):
        """In May all of it, in June what was built up since."""
        self.company.holiday_payment_month = "5"
        self.assertAmount(self._leaving("2026-05-31"), CODE, 3072.00)
        self.assertAmount(self._leaving("2026-06-15"), CODE, 128.00)

    def test_a_company_that_pays_in_december(self):
        """WML 17 lid 2: in August the year until May is still owed: 15 x 256.00."""
        self.company.holiday_payment_month = "12"
        self.assertAmount(self._leaving("2026-08-31"), CODE, 3840.00)

    def test_hired_within_the_year(self):
        """From 1 January to 15 June: 5.5 x 256.00."""
        departure = self._leaving("2026-06-15", start="2026-01-01")
        self.assertAmount(departure, CODE, 1408.00)

    def test_hired_in_june(self):
        """From 10 June: 6/30 x 3,200 x 8 %, nothing is said of a year before."""
        departure = self._leaving("2026-06-15", start="2026-06-10")
        self.assertAmount(departure, CODE, 51.20)
        self.assertNotIn("before", self._lines(departure, CODE).explanation)

    # === Afterwards ===

    def test_august_with_the_payment_of_june(self):
        """Whatever way it was entered, it was for the year before: 768.00."""
        for dates in (
            ("2026-05-25",),
            ("2026-06-25",),
            ("2026-06-01", "2026-06-30"),
            ("2025-06-01", "2026-05-31"),
        ):
            with self.subTest(dates=dates):
                departure = self._leaving("2026-08-31")
                self._paid(departure, 3072.0, *dates)
                self.assertAmount(departure, CODE, 768.00)
                line = self._lines(departure, CODE)
                self.assertNotIn("no payment is recorded", line.explanation)

    def test_august_without_a_record(self):
        """The setting says that it was paid, and the line says so."""
        line = self._lines(self._leaving("2026-08-31"), CODE)
        self.assertIn(
            "What was built up before 06/01/2026 counts as paid with the wage of June"
            " 2026; no payment is recorded.",
            line.explanation,
        )

    def test_an_advance_by_the_time_it_covers(self):
        """June and July were paid: August, 256.00."""
        departure = self._leaving("2026-08-31")
        self._paid(departure, 512.0, "2026-06-01", "2026-07-31")
        self.assertAmount(departure, CODE, 256.00)

    def test_paid_ahead(self):
        """A year ahead, three months served: 768.00 - 3,072.00."""
        departure = self._leaving("2026-08-31")
        self._paid(departure, 3072.0, "2026-06-01", "2027-05-31")
        self.assertAmount(departure, CODE, -2304.00)

    # === With the wage ===

    def test_paid_monthly_on_top(self):
        """Nothing is left, and the transition wage has its 8 % once."""
        departure = self._leaving("2026-08-31", wage=3000.0, start="2023-09-01")
        self._component(departure.employee_id, "holiday_monthly", 240.0)
        self.assertAmount(departure, CODE, 0.00)
        self.assertEqual(self._lines(departure, CODE).notes, ["paid_monthly"])
        departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.assertAmount(departure, "transition", 3240.00)

    def test_paid_monthly_since_july(self):
        """June is left: 256.00."""
        departure = self._leaving("2026-08-31")
        self._component(
            departure.employee_id, "holiday_monthly", 256.0, date_from="2026-07-01"
        )
        self.assertAmount(departure, CODE, 256.00)

    def test_a_wage_with_the_allowance_in_it(self):
        """3,240 all in: transition 5,670.00, leave 80 x 18.6923 = 1,495.38."""
        departure = self._leaving("2026-03-31", start="2021-01-01", wage=3240.0)
        employee = departure.employee_id
        self._component(employee, "holiday_included", 0.0)
        self._allocate(employee, self.extra, 80, "2025-01-01", "2026-12-31")
        departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.assertAmount(departure, "transition", 5670.00)
        self.assertAmount(departure, CODE, 0.00)
        self.assertAmount(departure, "leave", 1495.38)

    def test_notice_of_a_wage_with_the_allowance_in_it(self):
        """One month of 3,240, without another 8 %."""
        leaver = self._leaver(wage=3240.0, start="2024-01-01")
        self._component(leaver, "holiday_included", 0.0)
        departure = self._dismiss(
            leaver, notice_date="2026-05-15", departure_date="2026-05-31"
        )
        self.assertAmount(departure, "notice_gap", 3240.00)

    def test_an_expense_allowance_is_no_wage(self):
        """3,000 x 1.08 over three years: 3,240.00; June to August 720.00."""
        departure = self._leaving("2026-08-31", wage=3000.0, start="2023-09-01")
        self._component(departure.employee_id, "expense", 1285.71)
        departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.assertAmount(departure, "transition", 3240.00)
        self.assertAmount(departure, CODE, 720.00)
