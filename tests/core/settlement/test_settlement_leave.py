from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ...facts import make_plan
from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLeave(SettlementCommon):
    """Leave on the last day, not as core's balance stands today."""

    def _hours(self, departure):
        return self._lines(departure, "leave").quantity

    # === Accrual ===

    @freeze_time("2026-11-02")
    def test_accrual_for_a_past_day_stops_at_that_day(self):
        """Ten months accrued today, six by 30 June: 96 h, not 160."""
        leaver = self._leaver()
        allocation = self._accrual(leaver, self.statutory, "2026-01-01")
        self.assertEqual(allocation.number_of_days * 8, 160)
        departure = self._departure(leaver, departure_date="2026-06-30")
        self.assertEqual(self._hours(departure), 96)

    @freeze_time("2026-03-10")
    def test_accrual_for_a_future_day_is_simulated_and_not_written(self):
        """Two months today; six by 30 June."""
        leaver = self._leaver()
        allocation = self._accrual(leaver, self.statutory, "2026-01-01")
        departure = self._departure(leaver, departure_date="2026-06-30")
        self.assertEqual(self._hours(departure), 96)
        self.assertEqual(allocation.number_of_days, 4)

    @freeze_time("2026-06-20")
    def test_a_month_served_in_part_accrues_in_part(self):
        """15 of 30 days of June: 5 x 16 + 8 = 88 h."""
        leaver = self._leaver()
        self._accrual(leaver, self.statutory, "2026-01-01")
        departure = self._departure(leaver, departure_date="2026-06-15")
        self.assertEqual(self._hours(departure), 88)

    @freeze_time("2026-11-02")
    def test_days_typed_by_hand_on_an_accrual_stay(self):
        """Three days more were typed: 96 + 24 h on 30 June."""
        leaver = self._leaver()
        allocation = self._accrual(leaver, self.statutory, "2026-01-01")
        allocation.number_of_days += 3
        departure = self._departure(leaver, departure_date="2026-06-30")
        self.assertEqual(self._hours(departure), 120)

    @freeze_time("2026-06-20")
    def test_accrual_given_at_the_start_counts_for_what_was_served(self):
        """June was given on its first day; half of it is served: 88 h."""
        leaver = self._leaver()
        self._accrual(leaver, self.statutory, "2026-01-01", gain="start")
        departure = self._departure(leaver, departure_date="2026-06-15")
        self.assertEqual(self._hours(departure), 88)

    # === Allocations of a year ===

    @freeze_time("2026-08-20")
    def test_a_year_served_in_part_counts_by_months(self):
        """200 h for 2026, gone after August: 8/12 = 133.33 h."""
        leaver = self._leaver()
        self._allocate(leaver, self.statutory, 200, "2026-01-01", "2026-12-31")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 133.33)

    @freeze_time("2026-08-20")
    def test_a_year_served_in_part_by_days(self):
        """243 of 365 days of 160 h: 106.52 h."""
        rule = self.scheme._get_rule("leave")
        rule.rate_ids.accrual_basis = "days"
        leaver = self._leaver()
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 106.52)

    @freeze_time("2026-08-20")
    def test_leave_not_given_for_a_year_counts_in_full(self):
        """Marked as such, whatever its end: not cut to a part of the year."""
        leaver = self._leaver()
        bonus = self._allocate(leaver, self.extra, 16, "2026-07-01", "2026-12-31")
        bonus |= self._allocate(leaver, self.extra, 8, "2026-01-01")
        bonus.is_settled_in_full = True
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 24)

    @freeze_time("2026-08-20")
    def test_allocations_with_different_ends(self):
        """What ended before the last day is gone where both kinds are in one type;
        what expires first is used first."""
        leaver = self._leaver()
        combined = self._leave_type("Time Off", "combined")
        self._allocate(leaver, combined, 40, "2025-01-01", "2025-12-31")
        self._allocate(leaver, combined, 16, "2025-07-01", "2026-07-31")
        self._allocate(leaver, combined, 120, "2026-01-01", "2026-12-31")
        # 24 h in March: 16 of the second allocation, 8 of the third.
        self._take(leaver, combined, "2026-03-02", "2026-03-04")
        departure = self._departure(leaver, departure_date="2026-08-31")
        # 120 x 8/12 - 8 = 72
        self.assertEqual(self._hours(departure), 72)

    @freeze_time("2026-08-20")
    def test_hours_and_days_add_up(self):
        """Five days of eight hours and 12 hours in another type: 52 h."""
        leaver = self._leaver()
        days = self._leave_type("Days", "extra", unit="day")
        self._allocate(leaver, days, 40, "2025-01-01", "2026-06-30")
        self._allocate(leaver, self.extra, 12, "2025-01-01", "2026-06-30")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 52)

    @freeze_time("2026-08-20")
    def test_types_that_are_not_paid_out_are_left_alone(self):
        """No line for leave that has no value at the end."""
        leaver = self._leaver()
        lent = self._leave_type("Roster-free", "none")
        self._allocate(leaver, lent, 40, "2026-01-01", "2026-12-31")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertFalse(self._lines(departure, "leave"))

    # === Requests ===

    @freeze_time("2026-08-03")
    def test_a_request_that_spans_the_last_day_counts_up_to_it(self):
        """Two weeks off from Monday 24 August, gone on Monday 31: six days, 48 h."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-08-24", "2026-09-04")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 32)

    @freeze_time("2026-08-03")
    def test_leave_after_the_last_day_costs_nothing(self):
        """Approved for October, gone in August."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-12-31")
        self._take(leaver, self.extra, "2026-10-05", "2026-10-09")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 80)

    @freeze_time("2026-08-20")
    def test_too_much_taken_waits_for_agreement(self):
        """12 h too much: -221.54 on a rate without uplift, not in the total."""
        self.scheme._get_rule("leave").rate_ids.uplift_percent = 0
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 28, "2025-01-01", "2026-12-31")
        self.extra.write({"allows_negative": True, "max_allowed_negative": 40})
        self._take(leaver, self.extra, "2026-08-03", "2026-08-07")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertAmount(departure, "leave", -221.54)
        settlement = self._settlement(departure)
        self.assertEqual(settlement.amount_deduction, 0)
        self.assertEqual(round(settlement.amount_only_if_agreed, 2), -221.54)
        line = settlement.line_ids.filtered(lambda line: line.code == "leave")
        line.state = "agreed"
        self.assertEqual(round(settlement.amount_deduction, 2), -221.54)

    # === Value ===

    @freeze_time("2026-08-20")
    def test_part_timers_hours_are_worth_their_own_wage(self):
        """L2: 1,920 for 24 h a week, 37.5 h left: 747.69 with 8 %."""
        leaver = self._leaver(wage=1920.0, calendar=self._calendar(24))
        self._allocate(leaver, self.extra, 37.5 * 8 / 4.8, "2025-01-01", "2026-06-30")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertEqual(self._hours(departure), 37.5)
        self.assertAmount(departure, "leave", 747.69)

    @freeze_time("2026-08-20")
    def test_allowances_that_count_raise_the_value(self):
        """3,200 + 200 shift pay: 80 h at 19.615385 x 1.08 = 1,694.77."""
        leaver = self._leaver()
        self._component(leaver, "allowance", 200.0)
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-06-30")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertAmount(departure, "leave", 1694.77)

    @freeze_time("2026-08-20")
    def test_other_divisors(self):
        """L1 without uplift: 1,476.92; 173.33: 1,476.95; 174: 1,471.26."""
        leaver = self._leaver()
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-06-30")
        departure = self._departure(leaver, departure_date="2026-08-31")
        rate = self.scheme._get_rule("leave").rate_ids
        rate.uplift_percent = 0
        for divisor, expected in ((0, 1476.92), (173.33, 1476.95), (174, 1471.26)):
            rate.divisor = divisor
            self.assertAmount(departure, "leave", expected)

    # === Before and after core's wizard ===

    @freeze_time("2026-08-03")
    def test_the_same_before_and_after_cores_wizard(self):
        """Core cuts allocations and leave; the settlement does not change."""
        leaver = self._leaver()
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._allocate(leaver, self.extra, 40, "2026-01-01", "2031-12-31")
        self._accrual(leaver, self._leave_type("Accrued", "extra"), "2026-01-01")
        self._take(leaver, self.statutory, "2026-07-06", "2026-07-10")
        self._take(leaver, self.statutory, "2026-08-24", "2026-09-04")
        self._take(leaver, self.statutory, "2026-10-05", "2026-10-09")
        departure = self._departure(leaver, departure_date="2026-08-31")
        before = self._read_lines(departure)
        with freeze_time("2026-09-01"):
            self._wizard(
                leaver, departure_date=date(2026, 8, 31)
            ).action_register_departure()
            self.assertFalse(leaver.active)
            after = self._read_lines(departure)
        self.assertEqual(before, after)
        # 160 x 8/12 - 40 - 48 + 40 x 8/12 + 8 x 16
        self.assertEqual(after["leave"][0], 173.33)

    def _read_lines(self, departure):
        return {
            line.code: (line.quantity, line.amount_proposed, line.is_amount_known)
            for line in self._settlement(departure).line_ids
        }

    # === Speed ===

    @freeze_time("2026-03-10")
    def test_accruals_that_are_alike_are_simulated_once(self):
        """Twelve days by 30 June, eleven kept: 88 h. Who took two has ten: 80 h."""
        plan = make_plan(self.env, cap_accrued_time=True, maximum_leave=11)
        departures = self.env["hr.departure"]
        for number in range(3):
            leaver = self._leaver(private_email=f"{number}@example.com")
            with freeze_time("2026-01-01"):
                allocation = self._allocate(
                    leaver,
                    self.extra,
                    0,
                    "2026-01-01",
                    allocation_type="accrual",
                    accrual_plan_id=plan.id,
                )
            allocation._process_accrual_plans()
            departures |= self._departure(leaver, departure_date="2026-06-30")
        self._take(leaver, self.extra, "2026-03-02", "2026-03-03")
        source = self.env["hr.settlement.source.leave"]
        simulate = type(allocation)._run_accrual
        with patch.object(
            type(allocation), "_run_accrual", autospec=True, side_effect=simulate
        ) as simulated:
            found = source._collect(self.scheme._get_rule("leave"), departures)
        hours = [found[departure][0]["hours"] for departure in departures]
        self.assertEqual(hours, [88, 88, 80])
        self.assertEqual(simulated.call_count, 2)

    def test_accruals_by_hours_worked_are_each_their_own(self):
        """Who worked how much is no part of the allocation."""
        allocation = self._accrual(self._leaver(), self.extra, "2026-01-01")
        self.assertTrue(allocation._get_accrual_key())
        allocation.accrual_plan_id.is_based_on_worked_time = True
        self.assertIsNone(allocation._get_accrual_key())

    @freeze_time("2026-08-03")
    def test_queries_do_not_grow_with_people(self):
        """Reading leave takes as many queries for 40 people as for 2."""
        plan = self._accrual(self._leaver(), self.extra, "2026-01-01").accrual_plan_id
        departures = self.env["hr.departure"]
        for number in range(42):
            leaver = self._leaver(private_email=f"{number}@example.com")
            self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
            self._allocate(
                leaver,
                self.extra,
                0,
                "2026-01-01",
                allocation_type="accrual",
                accrual_plan_id=plan.id,
            )
            self._take(leaver, self.statutory, "2026-08-24", "2026-09-04")
            departures |= self._departure(leaver, departure_date="2026-08-31")
        rule = self.scheme._get_rule("leave")
        source = self.env["hr.settlement.source.leave"]
        source._collect(rule, departures)
        self.assertSameQueryCount(
            lambda some: source._collect(rule, some), departures[:2], departures[2:]
        )
