from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementHolidayAllowance(SettlementCommon):
    """Holiday allowance: what was built up and not yet paid."""

    def _allowance(self, wage=3200.0, day="2026-08-31", **vals):
        return self._departure(
            self._leaver(wage=wage, **vals),
            notice_date="2026-05-04",
            departure_date=day,
        )

    def test_h1_three_months(self):
        """3 x 3,200 x 8 % = 768.00."""
        self.assertAmount(self._allowance(), "holiday_allowance", 768.00)

    def test_h2_part_of_a_month(self):
        """2,400 from 1 June 2025 to 15 May 2026: (11 x 2,400 + 1,161.29) x 8 %."""
        departure = self._allowance(2400.0, "2026-05-15")
        self.assertAmount(departure, "holiday_allowance", 2204.90)

    def test_h2_by_working_days(self):
        """11 of the 21 working days of May: 1,257.14, so 2,212.57."""
        self._set_rate("holiday_allowance", basis="working_days")
        departure = self._allowance(2400.0, "2026-05-15")
        self.assertAmount(departure, "holiday_allowance", 2212.57)

    def test_h3_capped_by_agreement(self):
        """9,500: without a cap 2,280.00, at three times the minimum wage 1,651.97."""
        departure = self._allowance(9500.0)
        self.assertAmount(departure, "holiday_allowance", 2280.00)
        self._set_rate("holiday_allowance", unit_cap=6883.20)
        self.assertAmount(departure, "holiday_allowance", 1651.97)
        line = self._lines(departure, "holiday_allowance")
        self.assertEqual(line.notes, ["capped"])

    def test_cap_of_a_part_of_a_month(self):
        """15 of 31 days of August: the cap counts for that part alone.

        6,883.20 x (2 + 15/31) x 8 % = 1,367.76
        """
        self._set_rate("holiday_allowance", unit_cap=6883.20)
        departure = self._allowance(9500.0, "2026-08-15")
        self.assertAmount(departure, "holiday_allowance", 1367.76)

    def test_a_raise_within_the_window(self):
        """3,000; 3,300 from 16 July: 3,000 + 1,451.61 + 1,703.23 + 3,300, x 8 %."""
        departure = self._allowance(3000.0)
        self._change(departure.employee_id, "2026-07-16", wage=3300.0)
        self.assertAmount(departure, "holiday_allowance", 756.39)

    def test_part_time_within_the_window(self):
        """3,200 in June, 1,920 for 24 hours in July and August: 7,040 x 8 %."""
        departure = self._allowance()
        part_time = self._calendar(24)
        self._change(
            departure.employee_id,
            "2026-07-01",
            wage=1920.0,
            resource_calendar_id=part_time.id,
        )
        self.assertAmount(departure, "holiday_allowance", 563.20)

    def test_hired_within_the_window(self):
        """From 10 July: 22/31 x 3,200 + 3,200 = 5,470.97, x 8 % = 437.68."""
        departure = self._allowance(start="2026-07-10")
        departure.notice_date = "2026-08-01"
        self.assertAmount(departure, "holiday_allowance", 437.68)

    def test_leaving_on_31_january(self):
        """Eight months: 25,600 x 8 % = 2,048.00."""
        departure = self._departure(
            self._leaver(), notice_date="2025-12-01", departure_date="2026-01-31"
        )
        self.assertAmount(departure, "holiday_allowance", 2048.00)

    def test_leaving_on_31_may_after_it_was_paid(self):
        """Twelve months, 3,072.00, paid in May: nothing is left."""
        departure = self._allowance(day="2026-05-31")
        self._component(
            departure.employee_id, "holiday_paid", 3072.0, date_from="2026-05-20"
        )
        self.assertAmount(departure, "holiday_allowance", 0.00)

    def test_what_was_paid_for_the_year_before_does_not_count(self):
        """Paid in May for the year until then; the window began on 1 June."""
        departure = self._allowance()
        self._component(
            departure.employee_id, "holiday_paid", 3072.0, date_from="2026-05-20"
        )
        self.assertAmount(departure, "holiday_allowance", 768.00)

    def test_an_advance_comes_off(self):
        """768.00 less 256.00; more than was built up gives an amount to talk about."""
        departure = self._allowance()
        advance = self._component(
            departure.employee_id, "holiday_paid", 256.0, date_from="2026-07-01"
        )
        self.assertAmount(departure, "holiday_allowance", 512.00)
        advance.amount = 1000.0
        self.assertAmount(departure, "holiday_allowance", -232.00)

    def test_all_in_wage(self):
        """Part of the wage: 0.00 and the line says why."""
        departure = self._allowance()
        self._component(departure.employee_id, "holiday_included", 0.0)
        self.assertAmount(departure, "holiday_allowance", 0.00)
        line = self._lines(departure, "holiday_allowance")
        self.assertEqual(line.explanation, "The allowance is part of the wage.")

    def test_unpaid_leave_builds_nothing(self):
        """July without pay: June and August, 6,400 x 8 %."""
        departure = self._allowance()
        self._unpaid(departure.employee_id, "2026-07-01", "2026-07-31")
        self.assertAmount(departure, "holiday_allowance", 512.00)

    def test_half_a_day_without_pay(self):
        """Half of one of July's 23 working days: 9,600 - 69.57, x 8 % = 762.43."""
        departure = self._allowance()
        self._unpaid(
            departure.employee_id,
            "2026-07-01",
            "2026-07-01",
            unit="hour",
            request_unit_hours=True,
            request_hour_from=9.0,
            request_hour_to=13.0,
        )
        self.assertAmount(departure, "holiday_allowance", 762.43)

    def test_what_counts_as_wage(self):
        """Allowance, overtime and shift pay do, 13th month and bonus do not (WML 6).

        3 x (3,200 + 100) + 3/12 x (1,200 + 600) = 10,350, x 8 % = 828.00
        """
        departure = self._allowance()
        for component, amount in (
            ("allowance", 100.0),
            ("overtime", 1200.0),
            ("shift", 600.0),
            ("yearly", 3200.0),
            ("bonus", 9000.0),
        ):
            self._component(departure.employee_id, component, amount)
        self.assertAmount(departure, "holiday_allowance", 828.00)

    def test_a_component_that_ended_and_one_that_began(self):
        """200 until 30 June and 300 from 1 August: 9,600 + 200 + 300, x 8 %."""
        departure = self._allowance()
        employee = departure.employee_id
        self._component(employee, "allowance", 200.0, date_to="2026-06-30")
        self._component(employee, "allowance", 300.0, date_from="2026-08-01")
        self.assertAmount(departure, "holiday_allowance", 808.00)

    def test_a_component_that_begins_within_a_month(self):
        """310 from 16 July: 16 of 31 days is 160, and August: 10,070 x 8 %."""
        departure = self._allowance()
        self._component(
            departure.employee_id, "allowance", 310.0, date_from="2026-07-16"
        )
        self.assertAmount(departure, "holiday_allowance", 805.60)

    def test_commission_paid_once_counts_in_its_window(self):
        """500 in July counts, 500 in May belongs to the year before."""
        departure = self._allowance()
        for day in ("2026-05-10", "2026-07-10"):
            self._component(
                departure.employee_id,
                "commission",
                500.0,
                period="once",
                date_from=day,
            )
        self.assertAmount(departure, "holiday_allowance", 808.00)

    def test_two_contracts_with_a_gap(self):
        """What the first built up was to be paid at its end: only July and August."""
        departure = self._allowance(contract_date_end="2026-06-15")
        self._change(
            departure.employee_id,
            "2026-07-01",
            contract_date_start="2026-07-01",
            contract_date_end=False,
        )
        self.assertAmount(departure, "holiday_allowance", 512.00)
        line = self._lines(departure, "holiday_allowance")
        self.assertEqual(line.notes, ["earlier_contract"])

    def test_two_contracts_that_follow_each_other(self):
        """No gap: one employment, three months."""
        departure = self._allowance(contract_date_end="2026-06-30")
        self._change(
            departure.employee_id,
            "2026-07-01",
            contract_date_start="2026-07-01",
            contract_date_end=False,
        )
        self.assertAmount(departure, "holiday_allowance", 768.00)
        self.assertFalse(self._lines(departure, "holiday_allowance").notes)

    def test_no_percentage_or_window(self):
        """A rate that says nothing: its numbers are missing."""
        departure = self._allowance()
        self._set_rate("holiday_allowance", window_start_month=0)
        self.assertMissing(departure, "holiday_allowance", "rate")
        self._set_rate("holiday_allowance", window_start_month=6, percent=0)
        self.assertMissing(departure, "holiday_allowance", "rate")


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementYearly(SettlementCommon):
    """13th month and study costs."""

    def _yearly(self, day="2026-08-31", leaver=None, **vals):
        leaver = leaver or self._leaver()
        self._component(leaver, "yearly", 3200.0, **vals)
        return self._departure(leaver, notice_date="2026-01-05", departure_date=day)

    def test_by_months(self):
        """3,200 x 8/12 = 2,133.33."""
        self.assertAmount(self._yearly(), "thirteenth", 2133.33)

    def test_by_days(self):
        """3,200 x 243/365 = 2,130.41."""
        self._set_rate("thirteenth", basis="days_365")
        self.assertAmount(self._yearly(), "thirteenth", 2130.41)

    def test_by_full_months(self):
        """Seven full months until 15 August: 1,866.67."""
        self._set_rate("thirteenth", basis="full_months")
        self.assertAmount(self._yearly("2026-08-15"), "thirteenth", 1866.67)

    def test_condition_to_be_in_service_later(self):
        """In service on 31 December: 0.00, what was built up is kept, to talk about."""
        departure = self._yearly(condition_date="2026-12-31")
        self.assertAmount(departure, "thirteenth", 0.00)
        line = self._lines(departure, "thirteenth")
        self.assertEqual(line.notes, ["condition_not_met"])
        self.assertEqual(round(float(line.inputs["accrued"]), 2), 2133.33)

    def test_condition_that_is_met(self):
        """In service on 1 July: due."""
        departure = self._yearly(condition_date="2026-07-01")
        self.assertAmount(departure, "thirteenth", 2133.33)

    def test_since_it_was_last_paid(self):
        """Paid until 30 November 2025: nine months, 2,400.00."""
        departure = self._yearly(last_paid_date="2025-11-30")
        self.assertAmount(departure, "thirteenth", 2400.00)

    def test_paid_beyond_the_last_day(self):
        """Paid until after the last day: that cannot be, the date is missing."""
        departure = self._yearly(last_paid_date="2026-12-31")
        self.assertMissing(departure, "thirteenth", "last_paid_date")

    def test_leaving_on_31_january(self):
        """One month: 266.67."""
        self.assertAmount(self._yearly("2026-01-31"), "thirteenth", 266.67)

    def test_hired_in_the_year(self):
        """In service from 1 May: four months, 1,066.67."""
        leaver = self._leaver(start="2026-05-01")
        self._component(leaver, "yearly", 3200.0)
        departure = self._departure(
            leaver, notice_date="2026-07-05", departure_date="2026-08-31"
        )
        self.assertAmount(departure, "thirteenth", 1066.67)

    def test_after_a_gap_only_the_last_contract(self):
        """January to March was settled then; from 1 June: three months, 800.00."""
        leaver = self._leaver(contract_date_end="2026-03-31")
        self._change(
            leaver,
            "2026-06-01",
            contract_date_start="2026-06-01",
            contract_date_end=False,
        )
        self.assertAmount(self._yearly(leaver=leaver), "thirteenth", 800.00)

    def test_two_yearly_payments_are_two_lines(self):
        """13th month and a bonus: each its own line, found again on recompute."""
        departure = self._yearly()
        self._component(departure.employee_id, "yearly", 1200.0, name="Bonus")
        self.assertEqual(
            sorted(
                round(amount, 2)
                for amount in self._lines(departure, "thirteenth").mapped(
                    "amount_proposed"
                )
            ),
            [800.00, 2133.33],
        )

    def test_a_payment_that_ended_is_gone(self):
        """Paid until the end of 2025: no line."""
        departure = self._yearly(date_to="2025-12-31")
        self.assertFalse(self._lines(departure, "thirteenth"))

    def test_amount_a_month(self):
        """Typed as 100 a month: 1,200 a year, 800.00."""
        leaver = self._leaver()
        self._component(leaver, "yearly", 100.0, period="month")
        departure = self._departure(leaver, departure_date="2026-08-31")
        self.assertAmount(departure, "thirteenth", 800.00)

    # === Study costs ===

    def _study(self, **vals):
        departure = self._departure(
            self._leaver(), notice_date="2026-07-05", departure_date="2026-08-31"
        )
        self._agreement(
            departure,
            "study_costs",
            **{
                "amount": 4800.0,
                "months_total": 36,
                "date_completed": "2025-01-31",
                **vals,
            },
        )
        return departure

    def test_study_costs(self):
        """4,800 over 36 months, 19 of them passed: -2,266.67."""
        self.assertAmount(self._study(), "study_costs", -2266.67)

    def test_mandatory_training_is_free(self):
        """0.00 and the law behind it; no minus zero on paper."""
        departure = self._study(is_mandatory_training=True)
        self.assertAmount(departure, "study_costs", 0.00)
        line = self._lines(departure, "study_costs")
        self.assertEqual(line.notes, ["mandatory_training"])
        self.assertEqual(str(line.amount_proposed), "0.0")

    def test_study_costs_at_the_employers_initiative(self):
        """0.00 unless agreed otherwise."""
        departure = self._study()
        departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.assertAmount(departure, "study_costs", 0.00)
        departure.agreement_ids.is_recoverable_agreed = True
        self.assertAmount(departure, "study_costs", -2266.67)

    def test_the_scale_is_over(self):
        """36 months after it was completed nothing is left."""
        departure = self._study(date_completed="2023-08-31")
        self.assertAmount(departure, "study_costs", 0.00)

    def test_training_not_completed(self):
        """No completion date: named as missing."""
        departure = self._study(date_completed=False)
        self.assertMissing(departure, "study_costs", "completed_date")

    def test_two_courses_and_a_loan(self):
        """Each agreement its own line with its own name."""
        departure = self._study(name="Forklift")
        self._agreement(
            departure,
            "study_costs",
            name="Welding",
            amount=1200.0,
            months_total=24,
            date_completed="2026-02-28",
        )
        self._agreement(departure, "loan", name="Bicycle", amount=500.0)
        lines = self._settlement(departure).line_ids
        amounts = {line.label: round(line.amount, 2) for line in lines if line.label}
        self.assertEqual(amounts["Forklift"], -2266.67)
        self.assertEqual(amounts["Welding"], -900.00)
        self.assertEqual(amounts["Bicycle"], -500.00)

    def test_a_loan_without_a_balance(self):
        """Nobody typed the balance: missing, not zero."""
        departure = self._study()
        self._agreement(departure, "loan")
        self.assertMissing(departure, "loan", "amount")
