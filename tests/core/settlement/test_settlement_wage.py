from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon

BASES = (
    "calendar_days",
    "working_days",
    "schedule_hours",
    "month_hours",
    "fixed_30",
    "fixed_21_67",
    "days_365",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-10")
class TestSettlementWage(SettlementCommon):
    """The wage of the broken last month: contract in, line out."""

    def assertWages(self, departure, expected):
        """The wage by every basis: {basis: amount}."""
        for basis, amount in expected.items():
            with self.subTest(basis=basis):
                self._set_rate("wage_last_month", basis=basis)
                self.assertAmount(departure, "wage_last_month", amount)

    def _last_day(self, day, wage=3000.0, notice="2026-01-05", **vals):
        leaver = self._leaver(wage=wage, **vals)
        return self._departure(leaver, notice_date=notice, departure_date=day)

    # === Published examples ===

    def test_15_september(self):
        """3,000 until 15 September 2026, by every basis."""
        self.assertWages(
            self._last_day("2026-09-15"),
            {
                "calendar_days": 1500.00,
                "working_days": 1500.00,
                "fixed_21_67": 1522.84,
                "fixed_30": 1500.00,
                "days_365": 1479.45,
                "schedule_hours": 1500.00,  # 88 of 176 hours
            },
        )

    def test_7_may_2021(self):
        """2,100 until 7 May 2021: 5 of 21 working days is 500.00 (Humanwave)."""
        departure = self._last_day(
            "2021-05-07", wage=2100.0, notice="2021-04-01", start="2015-01-01"
        )
        self.assertWages(
            departure,
            {
                "calendar_days": 474.19,
                "working_days": 500.00,
                "fixed_21_67": 484.54,
                "fixed_30": 490.00,
                "days_365": 483.29,
            },
        )

    def test_11_may_2021_part_time(self):
        """920 for 16 hours until 11 May 2021: 7 of 21 is 306.67 (Humanwave)."""
        departure = self._last_day(
            "2021-05-11",
            wage=920.0,
            notice="2021-04-01",
            start="2015-01-01",
            calendar=self._calendar(16),
        )
        self.assertWages(
            departure,
            {
                "calendar_days": 326.45,
                "working_days": 306.67,
                "fixed_21_67": 297.19,
                "fixed_30": 337.33,
                "days_365": 332.71,
            },
        )

    def test_own_roster(self):
        """800 for 65 roster hours, 38 of them in service: 467.69 (loon.nl).

        Monday 5.5, Wednesday 5.25 and Friday 5.5 hours: February 2026 has four of
        each, and until Tuesday the 17th two weeks and a Monday.
        """
        roster = self._roster((0, 5.5), (2, 5.25), (4, 5.5))
        departure = self._last_day("2026-02-17", wage=800.0, calendar=roster)
        self.assertWages(departure, {"schedule_hours": 467.69})

    def test_fixed_hours_a_month(self):
        """2,000 from 17 to 31 July 2017: 88 h of 40 x 52/12 (loon.nl)."""
        departure = self._last_day(
            "2017-07-31", wage=2000.0, notice="2017-07-17", start="2017-07-17"
        )
        self.assertWages(departure, {"month_hours": 1015.38})
        self.assertIn(
            "07/17/2017 to 07/31/2017: 88 of 173.333333 hours at 2,000.00",
            self._lines(departure, "wage_last_month").explanation,
        )

    def test_fixed_hours_a_month_part_time(self):
        """800 for 15 h: Monday to Friday 3 h, gone on 19 August 2026: 39 of 65 h.

        With a divisor of 174 for 40 hours: 39 of 65.25.
        """
        calendar = self._calendar(15)
        calendar.full_time_required_hours = 40
        departure = self._last_day("2026-08-19", wage=800.0, calendar=calendar)
        self.assertWages(departure, {"month_hours": 480.00})
        self._set_rate("wage_last_month", divisor=174)
        self.assertWages(departure, {"month_hours": 478.16})

    def _roster(self, *days, **vals):
        """A calendar of (weekday, hours[, week type])."""
        calendar = self._calendar(0)
        calendar.write(
            {
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": str(day),
                            "dayofweek": str(day[0]),
                            "hour_from": 8.0,
                            "hour_to": 8.0 + day[1],
                            "day_period": "morning",
                            "week_type": day[2] if len(day) > 2 else False,
                        },
                    )
                    for day in days
                ],
                **vals,
            }
        )
        return calendar

    # === Edges ===

    def test_the_whole_month_is_exactly_the_wage(self):
        """Leaving on the last day: no drift, on any basis, also in February."""
        for day in ("2026-09-30", "2026-02-28", "2026-01-31", "2026-05-31"):
            with self.subTest(day=day):
                departure = self._last_day(day, wage=3333.33)
                self.assertWages(departure, dict.fromkeys(BASES, 3333.33))

    @freeze_time("2024-02-10")
    def test_last_day_29_february(self):
        """29 days of a leap February are the whole month."""
        departure = self._last_day("2024-02-29", notice="2024-01-05")
        self.assertWages(departure, dict.fromkeys(BASES, 3000.00))

    def test_hired_and_left_in_the_same_month(self):
        """7 to 18 September: 10 of 22 working days, 12 of 30 days."""
        departure = self._last_day(
            "2026-09-18", start="2026-09-07", notice="2026-09-10"
        )
        self.assertWages(
            departure,
            {"working_days": 1363.64, "calendar_days": 1200.00, "fixed_30": 1200.00},
        )

    def test_a_raise_within_the_month_gives_two_lines(self):
        """3,000 over 5 of 22 days and 3,300 over 6: 681.82 and 900.00."""
        departure = self._last_day("2026-09-15")
        self._change(departure.employee_id, "2026-09-08", wage=3300.0)
        lines = self._lines(departure, "wage_last_month")
        self.assertEqual(
            [round(amount, 2) for amount in lines.mapped("amount_proposed")],
            [681.82, 900.00],
        )

    def test_a_new_version_without_another_wage_is_one_line(self):
        """Another job on the 8th changes nothing in pay."""
        departure = self._last_day("2026-09-15")
        self._change(departure.employee_id, "2026-09-08", job_id=self.job.id)
        self.assertAmount(departure, "wage_last_month", 1500.00)

    def test_a_raise_after_the_last_day_does_not_count(self):
        """The raise of October is not for who leaves in September."""
        departure = self._last_day("2026-09-15")
        self._change(departure.employee_id, "2026-10-01", wage=9000.0)
        self.assertAmount(departure, "wage_last_month", 1500.00)

    def test_unpaid_leave_is_not_paid(self):
        """Four unpaid working days in September: 18 of 22, 26 of 30 days."""
        departure = self._last_day("2026-09-30")
        self._unpaid(departure.employee_id, "2026-09-01", "2026-09-04")
        self.assertWages(
            departure,
            {
                "working_days": 2454.55,
                "calendar_days": 2600.00,
                "schedule_hours": 2454.55,
            },
        )

    def test_a_month_of_unpaid_leave_is_zero(self):
        """All of September unpaid: nothing, which is known."""
        departure = self._last_day("2026-09-30")
        self._unpaid(departure.employee_id, "2026-09-01", "2026-09-30")
        self.assertWages(departure, dict.fromkeys(BASES, 0.00))

    def test_wage_is_informative(self):
        """It will be on the normal payslip: shown, not counted."""
        departure = self._last_day("2026-09-15")
        line = self._lines(departure, "wage_last_month")
        self.assertTrue(line.is_reference)
        self.assertFalse(line.is_counted)

    # === Schedules ===

    def test_schedule_far_from_greenwich(self):
        """A roster in Auckland has the same hours: nothing falls off at midnight."""
        self.calendar.tz = "Pacific/Auckland"
        departure = self._last_day("2026-09-15")
        self.assertWages(departure, {"schedule_hours": 1500.00})

    def test_night_shift(self):
        """Evenings until midnight count on the day they begin."""
        for attendance in self.calendar.attendance_ids:
            attendance.write({"hour_from": 16.0, "hour_to": 24.0})
        departure = self._last_day("2026-09-15")
        self.assertWages(departure, {"schedule_hours": 1500.00})

    def test_two_week_schedule(self):
        """Five days in one week, three in the other: each week by its own hours.

        Core's weeks of 31 August, 14 and 28 September are "first", five days; those of
        7 and 21 September "second", three. The month: 1-4; 7-9; 14-18; 21-23; 28-30 =
        18 days. Until Friday the 4th it is 4 of them, until the 11th 7.
        """
        roster = self._roster(
            *((day, 8.0, "0") for day in range(5)),
            *((day, 8.0, "1") for day in range(3)),
            two_weeks_calendar=True,
        )
        departure = self._last_day("2026-09-04", calendar=roster)
        self.assertWages(departure, {"schedule_hours": 666.67})
        departure.departure_date = "2026-09-11"
        self.assertWages(departure, {"schedule_hours": 1166.67})  # 7 of 18

    def test_flexible_schedule_spreads_over_the_week(self):
        """40 hours whenever one likes: 11 of 22 weekdays."""
        self.calendar.write(
            {"schedule_type": "flexible", "hours_per_week": 40, "hours_per_day": 8}
        )
        departure = self._last_day("2026-09-15")
        self.assertWages(
            departure, {"schedule_hours": 1500.00, "working_days": 1500.00}
        )

    def test_without_a_schedule_hours_are_missing(self):
        """Fully flexible: no roster to count, but days still count."""
        departure = self._last_day("2026-09-15", calendar=self.env["resource.calendar"])
        self.assertWages(departure, {"working_days": 1500.00})
        self._set_rate("wage_last_month", basis="schedule_hours")
        self.assertMissing(departure, "wage_last_month", "schedule_hours")

    def test_zero_hour_schedule(self):
        """A roster without hours: the hours are missing, not zero."""
        departure = self._last_day("2026-09-15", calendar=self._calendar(0))
        self._set_rate("wage_last_month", basis="schedule_hours")
        self.assertMissing(departure, "wage_last_month", "schedule_hours")

    # === Missing ===

    def test_no_wage(self):
        self.assertMissing(
            self._last_day("2026-09-15", wage=0.0), "wage_last_month", "wage"
        )

    def test_no_contract_start(self):
        self.assertMissing(
            self._last_day("2026-09-15", start=False),
            "wage_last_month",
            "contract_start",
        )

    def test_contract_ended_before_the_last_day(self):
        self.assertMissing(
            self._last_day("2026-09-15", contract_date_end="2026-08-31"),
            "wage_last_month",
            "contract_on_last_day",
        )

    def test_no_basis(self):
        self._set_rate("wage_last_month", basis=False)
        self.assertMissing(self._last_day("2026-09-15"), "wage_last_month", "basis")

    def test_no_rate_on_the_day(self):
        """A rate that starts next year: the numbers for this date are missing."""
        self._set_rate("wage_last_month", date_from="2027-01-01")
        self.assertMissing(self._last_day("2026-09-15"), "wage_last_month", "rate")

    # === Currencies ===

    def _abroad(self, country, currency, wage):
        """A leaver of a company abroad that uses the Dutch rules."""
        company = self._company(currency, country, currency)
        company.settlement_scheme_id = self.scheme
        self.calendar.company_id = False
        leaver = self._leaver(wage=wage, company_id=company.id)
        return self._departure(
            leaver, notice_date="2026-04-01", departure_date="2026-05-07"
        )

    def test_currency_without_decimals(self):
        """300,000 yen, 5 of 21 working days of May 2026: 71,429."""
        departure = self._abroad("base.jp", "base.JPY", 300000.0)
        self.assertAmount(departure, "wage_last_month", 71429.0)
        settlement = self._settlement(departure)
        self.assertEqual(settlement.currency_id.name, "JPY")

    def test_currency_rounded_to_five_hundredths(self):
        """3,000 francs, 5 of 21: 714.2857 is 714.30."""
        self.env.ref("base.CHF").rounding = 0.05
        departure = self._abroad("base.ch", "base.CHF", 3000.0)
        self.assertAmount(departure, "wage_last_month", 714.30)

    # === After death (BW 7:674) ===

    def _death(self, day):
        return self._departure(
            self._leaver(wage=3000.0),
            departure_reason_id=self.env.ref(
                "hr_exit_interview.departure_reason_death"
            ).id,
            notice_date=False,
            departure_date=day,
        )

    def test_wage_after_death(self):
        """Died 10 April 2026, 3,000: 20/30 + 10/31 = 2,967.74."""
        departure = self._death("2026-04-10")
        self.assertAmount(departure, "death_benefit", 2967.74)
        self.assertTrue(self._lines(departure, "death_benefit").is_counted)

    def test_wage_after_death_has_fixed_allowances(self):
        """Died on 10 May: 21/31 + 10/30 of 3,000 + 300 = 2,235.48 + 1,100.00."""
        departure = self._death("2026-05-10")
        self._component(departure.employee_id, "allowance", 300.0)
        self.assertAmount(departure, "death_benefit", 3335.48)
        self.assertIn(
            "Wage of a month: 3,000.00\xa0€ + 300.00\xa0€ (allowance) = 3,300.00\xa0€\n"
            "05/11/2026 to 05/31/2026: 21 of 31 days at 3,300.00\xa0€",
            self._lines(departure, "death_benefit").explanation,
        )

    def test_wage_after_death_with_holiday_allowance(self):
        """Disputed: 8 % where the rate says so, 2,967.74 x 1.08 = 3,205.16."""
        self._set_rate("death_benefit", uplift_percent=8)
        departure = self._death("2026-04-10")
        self.assertAmount(departure, "death_benefit", 3205.16)
        self.assertIn(
            "Plus 8 % holiday allowance",
            self._lines(departure, "death_benefit").explanation,
        )

    def test_death_on_31_january(self):
        """One month after 31 January is 28 February: the whole of February."""
        self.assertAmount(self._death("2026-01-31"), "death_benefit", 3000.00)

    def test_death_leaves_heirs_their_claims(self):
        """Holiday allowance goes to the heirs; no transition, notice or survey."""
        departure = self._death("2026-08-31")
        self.assertAmount(departure, "holiday_allowance", 720.00)
        for code in ("transition", "notice_gap", "notice_gap_employee", "ww_info"):
            self.assertFalse(self._lines(departure, code), code)

    def test_nothing_is_asked_after_a_death(self):
        """No claims to hand in, things to bring back, or papers for a next job."""
        for scheme in ("nl", "generic"):
            with self.subTest(scheme):
                self.company.settlement_scheme_id = self.env.ref(
                    f"hr_exit_interview.settlement_scheme_{scheme}"
                )
                departure = self._death("2026-04-10")
                self._agreement(departure, "non_compete")
                lines = self._settlement(departure).line_ids
                codes = set(lines.mapped("code"))
                self.assertFalse(codes & {"expenses_info", "certificate", "clause"})
                self.assertNotIn("handover", lines.mapped("kind"))
                note = lines.filtered(lambda line: line.code == "after_death")
                self.assertIn("reimbursed to the relatives", note.explanation)
                self.assertIn("payslip", codes)

    def test_nobody_else_gets_wage_after_death(self):
        departure = self._last_day("2026-09-15")
        self.assertFalse(self._lines(departure, "death_benefit"))
