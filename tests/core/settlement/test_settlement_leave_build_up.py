from odoo.tests import freeze_time, tagged

from ...facts import make_plan
from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLeaveBuildUp(SettlementCommon):
    """For which time leave is built up, and when it lapses."""

    def _line(self, leaver, last_day):
        departure = self._departure(
            leaver, notice_date="2025-01-01", departure_date=last_day
        )
        with freeze_time(last_day):
            return self._lines(departure, "leave")

    def _hours(self, leaver, last_day):
        return self._line(leaver, last_day).quantity

    def _plan_accrual(self, leaver, leave_type, start, gain="end", **level):
        """An accrual of two days a month that core's job keeps up to date."""
        with freeze_time(start):
            return self._allocate(
                leaver,
                leave_type,
                0,
                start,
                allocation_type="accrual",
                accrual_plan_id=make_plan(self.env, gain, **level).id,
            )

    # === Allocations ===

    def test_without_an_end_it_is_a_grant_for_its_calendar_year(self):
        """160 + 40 h from 1 January, day by day the same as with an end."""
        cases = [
            ("2026-01-01", "2026-01-31", 16.67),  # 200 / 12
            ("2026-01-01", "2026-08-31", 133.33),  # 200 x 8/12
            ("2026-01-01", "2026-02-14", 25.00),  # 200 x 1.5/12
            ("2026-07-01", "2026-08-31", 66.67),  # 200 x 2/6
            ("2025-01-01", "2026-01-31", 200.00),
        ]
        for start, last_day, expected in cases:
            with self.subTest(start=start, last_day=last_day):
                leaver = self._leaver()
                self._allocate(leaver, self.statutory, 160, start)
                self._allocate(leaver, self.extra, 40, start)
                self.assertEqual(self._hours(leaver, last_day), expected)

    def test_an_end_years_later_is_how_long_it_can_be_taken(self):
        """20 h for July to December, to be taken until 2031: all of it by the end."""
        leaver = self._leaver(start="2026-07-01")
        self._allocate(leaver, self.extra, 20, "2026-07-01", "2031-12-31")
        self.assertEqual(self._hours(leaver, "2026-12-31"), 20)

    def test_nothing_is_built_up_before_the_hire(self):
        """160 h for 2026, hired later: 7:634 lid 2."""
        cases = [
            ("2026-05-01", "2026-08-31", 53.33),  # 4/12
            ("2026-01-16", "2026-01-31", 6.88),  # 16/31 of a month
            ("2026-02-01", "2026-12-31", 146.67),  # 11/12
        ]
        for start, last_day, expected in cases:
            with self.subTest(start=start, last_day=last_day):
                leaver = self._leaver(start=start)
                self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
                self.assertEqual(self._hours(leaver, last_day), expected)

    def test_an_accrual_from_before_the_hire(self):
        """16 h in each of four months; from 15 May: 17 of its 31 days."""
        leaver = self._leaver(start="2026-05-01")
        self._plan_accrual(leaver, self.statutory, "2026-01-01")
        self.assertEqual(self._hours(leaver, "2026-08-31"), 64)
        leaver = self._leaver(start="2026-05-15")
        self._plan_accrual(leaver, self.statutory, "2026-01-01")
        self.assertEqual(self._hours(leaver, "2026-08-31"), 56.77)

    def test_leave_of_a_year_before_the_hire_is_named(self):
        """Not counted, unless it was taken over in full."""
        leaver = self._leaver(start="2026-01-01")
        old = self._allocate(leaver, self.statutory, 40, "2025-01-01", "2025-12-31")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        line = self._line(leaver, "2026-06-30")
        self.assertEqual((line.quantity, line.notes), (80, ["leave_before_hire"]))
        old.is_settled_in_full = True
        line = self._lines(line.settlement_id.departure_id, "leave")
        self.assertEqual((line.quantity, line.notes or []), (120, []))

    def test_service_recorded_by_hr_counts(self):
        """In service since 2010, in Odoo since January: last year's leave stays."""
        leaver = self._leaver(start="2026-01-01")
        self._allocate(leaver, self.statutory, 40, "2025-01-01", "2025-12-31")
        departure = self._departure(
            leaver,
            notice_date="2026-01-02",
            departure_date="2026-01-31",
            service_start_date="2010-01-01",
        )
        self.assertEqual(self._lines(departure, "leave").quantity, 40)

    # === Unpaid ===

    def test_unpaid_months_build_up_nothing(self):
        """Five of eight months of 160 h; fixed and accrued alike."""
        cases = [
            ("2026-02-01", "2026-04-30", "2026-08-31", 66.67),  # 5/12
            ("2026-01-01", "2026-08-31", "2026-08-31", 0.0),
            ("2026-01-15", "2026-08-31", "2026-08-31", 6.06),  # 10/22 of January
            ("2026-06-01", "2026-06-05", "2026-08-31", 103.64),  # less 5/22 of June
        ]
        for first, last, last_day, expected in cases:
            with self.subTest(first=first, last=last):
                leaver = self._leaver()
                self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
                self._unpaid(leaver, first, last)
                self.assertEqual(self._hours(leaver, last_day), expected)

    def test_an_accrual_over_unpaid_months(self):
        """16 h a month: five of eight months, and half a month by working days."""
        leaver = self._leaver()
        self._plan_accrual(leaver, self.statutory, "2026-01-01")
        self._unpaid(leaver, "2026-02-01", "2026-04-30")
        self.assertEqual(self._hours(leaver, "2026-08-31"), 80)
        leaver = self._leaver()
        self._plan_accrual(leaver, self.statutory, "2026-01-01")
        # 11 of the 22 working days of June.
        self._unpaid(leaver, "2026-06-01", "2026-06-15")
        self.assertEqual(self._hours(leaver, "2026-06-30"), 88)

    def test_sickness_builds_up_leave(self):
        """BW 7:635: months of sick leave count."""
        leaver = self._leaver()
        sick = self._leave_type("Sick", "none", requires_allocation=False)
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._take(leaver, sick, "2026-02-02", "2026-04-30")
        self.assertEqual(self._hours(leaver, "2026-08-31"), 106.67)

    # === Lapse ===

    def test_told_in_time_to_take_it_still(self):
        """40 h of 2025 lapse on 30 June when five working days were left for them."""
        cases = [
            ("2026-03-01", 0),
            ("2026-06-23", 0),  # 24, 25, 26, 29 and 30 June
            ("2026-06-24", 40),
            ("2026-06-30", 40),
            ("2026-08-01", 40),
            (False, 40),
        ]
        for told_on, expected in cases:
            with self.subTest(told_on=told_on):
                leaver = self._leaver()
                allocation = self._allocate(
                    leaver, self.statutory, 40, "2025-01-01", "2026-12-31"
                )
                allocation.expiry_notice_date = told_on
                line = self._line(leaver, "2026-08-31")
                self.assertEqual(line.quantity, expected)
                is_late = bool(told_on and expected)
                self.assertEqual(line.notes or [], ["told_too_late"] if is_late else [])

    def test_what_was_told_too_late_is_still_taken_first(self):
        """40 h of 2025, 24 of them in July: 16 h left, and 106.67 of 2026."""
        leaver = self._leaver()
        old = self._allocate(leaver, self.statutory, 40, "2025-01-01", "2026-12-31")
        old.expiry_notice_date = "2026-08-01"
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._take(leaver, self.statutory, "2026-07-06", "2026-07-08")
        line = self._line(leaver, "2026-08-31")
        self.assertEqual(line.quantity, 122.67)
        self.assertEqual(float(line.inputs["buckets"][0]["left"]), 16)

    def test_what_is_left_when_it_is_told_counts(self):
        """40 h, 32 taken before: eight hours can be taken in a day."""
        leaver = self._leaver()
        old = self._allocate(leaver, self.statutory, 40, "2025-01-01", "2026-12-31")
        old.expiry_notice_date = "2026-06-29"
        self._take(leaver, self.statutory, "2026-05-04", "2026-05-07")
        line = self._line(leaver, "2026-08-31")
        self.assertEqual((line.quantity, line.notes or []), (0, []))

    def test_an_accrual_lapses_by_the_year(self):
        """Told in March 2026: 192 h of 2025 are gone on 1 July, 2026 stays."""
        leaver = self._leaver()
        accrual = self._plan_accrual(leaver, self.statutory, "2025-01-01")
        accrual.expiry_notice_date = "2026-03-01"
        self.assertEqual(self._hours(leaver, "2026-08-31"), 128)

    # === Turn of the year ===

    def test_the_turn_of_the_year(self):
        """16 h a month; what the plan loses on 1 January is no statutory leave."""
        plans = {
            "lost": {"action_with_unused_accruals": "lost"},
            "all": {},
            "five days": {
                "carryover_options": "limited",
                "postpone_max_days": 5,
            },
            "a month": {
                "accrual_validity": True,
                "accrual_validity_count": 1,
                "accrual_validity_type": "month",
            },
        }
        days = {
            "2025-12-30": 191.48,  # 176 + 16 x 30/31
            "2025-12-31": 192.0,
            "2026-01-01": 192.52,
            "2026-01-31": 208.0,
            "2026-03-15": 231.74,  # 224 + 16 x 15/31
        }
        for name, level in plans.items():
            for gain in ("end", "start"):
                for last_day, expected in days.items():
                    with self.subTest(plan=name, gain=gain, last_day=last_day):
                        leaver = self._leaver()
                        self._plan_accrual(
                            leaver, self.statutory, "2025-01-01", gain, **level
                        )
                        self.assertEqual(self._hours(leaver, last_day), expected)

    def test_a_carry_over_touches_nobody_who_is_gone(self):
        """Extra leave is the plan's, from the morning of 1 January on."""
        for gain in ("end", "start"):
            for last_day, expected in (
                ("2025-12-30", 191.48),
                ("2025-12-31", 192.0),
            ):
                with self.subTest(gain=gain, last_day=last_day):
                    leaver = self._leaver()
                    self._plan_accrual(
                        leaver,
                        self.extra,
                        "2025-01-01",
                        gain,
                        action_with_unused_accruals="lost",
                    )
                    self.assertEqual(self._hours(leaver, last_day), expected)

    def test_the_same_after_the_job_ran_in_january(self):
        """Core's job took 176 h on 1 January: the list of 31 December has 192."""
        leaver = self._leaver()
        accrual = self._plan_accrual(
            leaver, self.statutory, "2025-01-01", action_with_unused_accruals="lost"
        )
        with freeze_time("2026-01-05"):
            accrual._process_accrual_plans()
            self.assertEqual(accrual.number_of_days, 2)
        self._take(leaver, self.statutory, "2026-02-02", "2026-02-02")
        self.assertEqual(self._hours(leaver, "2025-12-31"), 192)
        leaver = self._leaver()
        accrual = self._plan_accrual(
            leaver, self.statutory, "2025-01-01", action_with_unused_accruals="lost"
        )
        with freeze_time("2026-01-05"):
            accrual._process_accrual_plans()
        self._take(leaver, self.statutory, "2026-02-02", "2026-02-02")
        self.assertEqual(self._hours(leaver, "2026-02-28"), 216)

    def test_a_year_given_at_its_start(self):
        """20 days on 1 January: 8/12 of 160 h by the end of August."""
        leaver = self._leaver()
        self._plan_accrual(
            leaver,
            self.statutory,
            "2026-01-01",
            "start",
            frequency="yearly",
            added_value=20,
        )
        self.assertEqual(self._hours(leaver, "2026-08-31"), 106.67)

    def test_a_first_month_that_begins_on_its_way(self):
        """From 15 January: 17 of 31 days of 16 h by its end, 11 by the 25th."""
        for last_day, expected in (("2026-01-31", 8.77), ("2026-01-25", 5.68)):
            with self.subTest(last_day=last_day):
                leaver = self._leaver(start="2026-01-15")
                self._plan_accrual(leaver, self.statutory, "2026-01-15")
                self.assertEqual(self._hours(leaver, last_day), expected)

    def test_a_cap_holds_for_the_month_that_runs(self):
        """Eleven days at most: 88 h, also in the middle of a month."""
        for last_day in ("2026-06-30", "2026-07-15", "2026-12-31"):
            with self.subTest(last_day=last_day):
                leaver = self._leaver()
                self._plan_accrual(
                    leaver,
                    self.extra,
                    "2026-01-01",
                    cap_accrued_time=True,
                    maximum_leave=11,
                )
                self.assertEqual(self._hours(leaver, last_day), 88)

    # === Hours ===

    def test_days_keep_the_hours_of_the_day_they_were_built_up(self):
        """8 h until July, 4.8 h since (CJEU C-486/08, C-219/14)."""
        part_time = self._calendar(24)
        cases = [
            (10, "2025-01-01", "2025-12-31", 80),
            # 24 days: six months of 16 h, two of 9.6 h.
            (24, "2026-01-01", "2026-12-31", 115.2),
            (24, "2026-07-01", "2026-12-31", 38.4),
        ]
        for days, start, end, expected in cases:
            with self.subTest(days=days, start=start):
                leaver = self._leaver()
                leave_type = self._leave_type(f"Days {days}", "statutory", "day")
                self._allocate(leaver, leave_type, days * 8, start, end)
                self._change(
                    leaver,
                    "2026-07-01",
                    resource_calendar_id=part_time.id,
                    wage=1920.0,
                )
                self.assertEqual(self._hours(leaver, "2026-08-31"), expected)

    def test_part_time_days_are_worth_what_they_were(self):
        """10 days of 8 h at 1,920 for 24 h: 80 h x 18.461538 x 1.08."""
        leaver = self._leaver()
        days = self._leave_type("Days", "statutory", "day")
        self._allocate(leaver, days, 80, "2025-01-01", "2026-06-30")
        self._change(
            leaver,
            "2026-07-01",
            resource_calendar_id=self._calendar(24).id,
            wage=1920.0,
        )
        line = self._line(leaver, "2026-08-31")
        self.assertEqual((line.quantity, line.amount_proposed), (80, 1595.08))

    def test_accrued_days_keep_their_hours(self):
        """Two days a month: six months of 16 h, two of 9.6 h; one day off of 4.8."""
        leaver = self._leaver()
        days = self._leave_type("Days", "statutory", "day")
        self._plan_accrual(leaver, days, "2026-01-01")
        self._change(
            leaver,
            "2026-07-01",
            resource_calendar_id=self._calendar(24).id,
            wage=1920.0,
        )
        self.assertEqual(self._hours(leaver, "2026-08-31"), 115.2)

    # === Nothing found ===

    def test_nobody_gave_leave(self):
        """In service and no allocation: no amount, and the time is named."""
        departure = self._departure(self._leaver(), departure_date="2026-04-30")
        self.assertMissing(departure, "leave", "allocation")
        line = self._lines(departure, "leave")
        self.assertIn(
            "No allocation found for 01/01/2025 to 04/30/2026", line.explanation
        )

    def test_a_part_of_the_time_without_leave(self):
        """2026 was given, July to December 2025 was not."""
        leaver = self._leaver(start="2025-07-01")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        line = self._line(leaver, "2026-03-31")
        self.assertEqual(line.quantity, 40)
        self.assertEqual(line.inputs["no_allocation"], [["2025-07-01", "2025-12-31"]])

    # === Waiting ===

    def test_requests_that_wait_are_named(self):
        """Three of the five days are before the last one: 24 h, not taken off."""
        leaver = self._leaver()
        asked = self._leave_type("Asked", "statutory", leave_validation_type="hr")
        self._allocate(leaver, asked, 160, "2026-01-01", "2026-12-31")
        self.env["hr.leave"].create(
            {
                "employee_id": leaver.id,
                "holiday_status_id": asked.id,
                "request_date_from": "2026-04-28",
                "request_date_to": "2026-05-04",
            }
        )
        departure = self._departure(leaver, departure_date="2026-04-30")
        line = self._lines(departure, "leave")
        self.assertEqual(line.quantity, 53.33)
        self.assertIn("together 24.00 h (requests: 1)", line.explanation)

    # === West of Greenwich ===

    def test_leave_until_the_evening_of_the_last_day(self):
        """32 of 80 h, before and after core's wizard, wherever the office is."""
        for tz, hour in (
            ("America/New_York", 12),
            ("America/Los_Angeles", 9),
            ("America/Sao_Paulo", 14),
            ("Europe/Amsterdam", 9),
            ("Pacific/Auckland", 8),
        ):
            for until in ("2026-04-30", "2026-05-06"):
                with self.subTest(tz=tz, until=until):
                    self._check_evening(tz, hour, until)

    def _check_evening(self, tz, hour, until):
        calendar = self._calendar(40)
        calendar.tz = tz
        for attendance in calendar.attendance_ids:
            attendance.write({"hour_from": hour, "hour_to": hour + 8})
        leaver = self._leaver(calendar=calendar, tz=tz)
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        leave = self._take(leaver, self.extra, "2026-04-27", until)
        departure = self._departure(leaver, departure_date="2026-04-30")
        self.assertEqual(self._lines(departure, "leave").quantity, 48)
        with freeze_time("2026-05-02"):
            self._wizard(
                leaver, departure_date="2026-04-30"
            ).action_register_departure()
            self.assertEqual(leave.state, "validate")
            settlement = departure.settlement_ids
            settlement._recompute_lines()
        line = settlement.line_ids.filtered(lambda ln: ln.code == "leave")
        self.assertEqual(line.quantity, 48)

    def test_who_sends_a_last_day_along_keeps_nothing(self):
        """Only the departure wizard leaves requests up to the last day alone."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        leave = self._take(leaver, self.extra, "2026-04-27", "2026-04-30")
        leave.action_refuse()
        leave.with_context(departure_last_day="2099-01-01").unlink()
        self.assertFalse(leave.exists())

    # === Value ===

    def test_commission_and_overtime_count(self):
        """3,200 + 2,400 in twelve months, 80 h: 19.615385 x 1.08 (CJEU Lock)."""
        for kind in ("commission", "overtime"):
            with self.subTest(kind=kind):
                leaver = self._leaver()
                self._component(leaver, kind, 2400.0)
                self._allocate(leaver, self.extra, 80, "2025-01-01", "2025-12-31")
                line = self._line(leaver, "2026-03-31")
                self.assertEqual(line.amount_proposed, 1694.77)

    def test_shorter_service_makes_the_average_shorter(self):
        """1,200 commission in six months: 200 a month."""
        leaver = self._leaver(start="2026-01-01")
        self._component(leaver, "commission", 1200.0)
        self._allocate(leaver, self.extra, 160, "2026-01-01", "2026-12-31")
        self.assertEqual(self._line(leaver, "2026-06-30").amount_proposed, 1694.77)

    def test_a_wage_with_holiday_allowance_in_it(self):
        """80 h at 3,240 all in: 1,495.38, the 8 % once."""
        leaver = self._leaver(wage=3240.0)
        self._component(leaver, "holiday_included", 0.0)
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2025-12-31")
        line = self._line(leaver, "2026-03-31")
        self.assertEqual((line.amount_proposed, line.notes), (1495.38, ["all_in"]))

    def test_a_maximum_is_the_schemes_choice(self):
        """120 h at most, off in the Dutch scheme."""
        leaver = self._leaver()
        self.extra.settlement_max_hours = 120
        self._allocate(leaver, self.extra, 200, "2025-01-01", "2025-12-31")
        line = self._line(leaver, "2026-03-31")
        self.assertEqual(line.quantity, 200)
        self._set_rate("leave", has_leave_maximum=True)
        line = self._line(self._with_200_hours(), "2026-03-31")
        self.assertEqual(line.quantity, 120)
        self.assertIn(
            "120.00 h = 200.00 h left − 80.00 h above the maximum of 120.00 h",
            line.explanation,
        )

    def _with_200_hours(self):
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 200, "2025-01-01", "2025-12-31")
        return leaver

    # === Words ===

    def test_hours_taken_too_much_are_in_words(self):
        """40 h of one kind, 12 h too much of another: 28 h."""
        leaver = self._leaver()
        self._allocate(leaver, self.statutory, 40, "2025-01-01", "2025-12-31")
        self._allocate(leaver, self.extra, 28, "2026-01-01", "2026-12-31")
        self.extra.write({"allows_negative": True, "max_allowed_negative": 80})
        self._take(leaver, self.extra, "2026-12-14", "2026-12-18")
        line = self._line(leaver, "2026-12-31")
        self.assertEqual(line.quantity, 28)
        self.assertIn(
            "28.00 h = 40.00 h left − 12.00 h taken too much", line.explanation
        )

    def test_a_clerk_can_do_the_sum(self):
        """Every number with its unit, from the year to the amount."""
        leaver = self._leaver()
        self._component(leaver, "yearly", 3200.0, counts_for_leave=True)
        self._component(leaver, "commission", 2400.0, name="Commission")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._unpaid(leaver, "2026-02-01", "2026-02-28")
        line = self._line(leaver, "2026-08-31")
        self.assertIn(
            "160.00 h × 7 of 12 months (1 without pay) = 93.33 h", line.explanation
        )
        # 3,666.67 x 12 / 52 / 40 = 21.153846; x 93.33 x 1.08 = 2,132.23
        self.assertIn("Commission", line.explanation)
        self.assertIn(
            "/ 12) a month × 12 / 52 / 40.00 h a week = 21.153846 an hour",
            line.explanation,
        )
        self.assertIn("93.33 h × 21.153846, plus 8 %", line.explanation)
        self.assertEqual(line.amount_proposed, 2132.23)
