from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementTransition(SettlementCommon):
    """The transition payment: amount, wage, eligibility."""

    def _redundant(self, wage, start, day, **vals):
        """Made redundant; the wage without holiday allowance."""
        leaver = self._leaver(wage=wage, start=start, **vals)
        return self._dismiss(leaver, notice_date=False, departure_date=day)

    # === Amount ===

    def test_t1_five_years_and_three_months(self):
        """3,000 + 8 %: 5 x 1,080 + 3 x 90 = 5,670.00."""
        departure = self._redundant(3000.0, "2021-01-01", "2026-03-31")
        self.assertAmount(departure, "transition", 5670.00)

    def test_t2_with_13th_month_and_days(self):
        """3,490 over 3 y 5 m 26 d: 4,056.03; by 1/1095 a day 4,057.59."""
        departure = self._t2()
        self.assertAmount(departure, "transition", 4056.03)
        self._set_rate("transition", part_rounding="per_1095")
        self.assertAmount(departure, "transition", 4057.59)

    def test_t2_less_agreed_outplacement(self):
        """4,056.03 less 1,200.00 agreed = 2,856.03."""
        departure = self._t2()
        self._agreement(departure, "transition_costs", amount=1200.0)
        self.assertAmount(departure, "transition", 2856.03)

    def _t2(self):
        departure = self._redundant(3000.0, "2023-03-06", "2026-08-31")
        self._component(departure.employee_id, "yearly", 3000.0)
        return departure

    def test_agreed_costs_never_make_it_negative(self):
        departure = self._t2()
        self._agreement(departure, "transition_costs", amount=9000.0)
        self.assertAmount(departure, "transition", 0.00)

    def test_t3_two_contracts(self):
        """2,500 + 8 %, 1 + 1 year: 2 x 900 = 1,800.00."""
        departure = self._redundant(
            2500.0, "2024-09-01", "2026-08-31", contract_date_end="2025-08-31"
        )
        self._change(
            departure.employee_id,
            "2025-09-01",
            contract_date_start="2025-09-01",
            contract_date_end="2026-08-31",
        )
        self.assertAmount(departure, "transition", 1800.00)

    def test_contracts_with_a_gap_of_at_most_six_months(self):
        """1 year, five months away, 1 year: the gap is no service, both years count."""
        departure = self._redundant(
            2500.0, "2024-04-01", "2026-08-31", contract_date_end="2025-03-31"
        )
        self._contract(departure, "2025-09-01")
        self.assertAmount(departure, "transition", 1800.00)

    def test_contracts_with_a_longer_gap(self):
        """Seven months away: only the last year, 900.00."""
        departure = self._redundant(
            2500.0, "2024-02-01", "2026-08-31", contract_date_end="2025-01-31"
        )
        self._contract(departure, "2025-09-01")
        self.assertAmount(departure, "transition", 900.00)

    def _contract(self, departure, start):
        self._change(
            departure.employee_id,
            start,
            contract_date_start=start,
            contract_date_end=False,
        )
        departure.action_refresh_snapshot()

    def test_t5_capped(self):
        """8,000 over 41 years is 109,333.33; at most 102,000.00 in 2026."""
        self.scheme._get_rule("transition").is_wide_wage = False
        departure = self._redundant(8000.0, "1986-01-01", "2026-12-31")
        self.assertAmount(departure, "transition", 102000.00)
        self.assertEqual(self._lines(departure, "transition").notes, ["capped"])

    def test_a_years_wage_when_that_is_higher(self):
        """10,000: 136,666.67 by service, at most twelve months, 120,000.00."""
        self.scheme._get_rule("transition").is_wide_wage = False
        departure = self._redundant(10000.0, "1986-01-01", "2026-12-31")
        self.assertAmount(departure, "transition", 120000.00)

    def test_the_cap_is_that_of_the_year_of_the_end(self):
        """8,000 over 40 years until 31 December 2025: 98,000.00."""
        self.scheme._get_rule("transition").is_wide_wage = False
        departure = self._redundant(8000.0, "1986-01-01", "2025-12-31")
        self.assertAmount(departure, "transition", 98000.00)

    def test_the_cap_of_2027_is_not_known(self):
        """It cannot bite: 6 years and a month of 1,080.00, provisional (A.11-7)."""
        departure = self._redundant(3000.0, "2021-01-01", "2027-01-31")
        self.assertAmount(departure, "transition", 6570.00)
        line = self._lines(departure, "transition")
        self.assertEqual(line.notes, ["provisional"])
        self.assertIn("At most 102,000.00\xa0€", line.explanation)

    def test_the_cap_of_2027_that_can_bite(self):
        """8,640 x 41 years and a month / 3 is above 102,000: nobody knows."""
        departure = self._redundant(8000.0, "1986-01-01", "2027-01-31")
        self.assertMissing(departure, "transition", "next_cap")
        text = self._lines(departure, "transition").missing_text
        self.assertIn("exit administrator", text)

    def test_a_gap_in_the_rates_is_a_mistake(self):
        """Numbers of 2024 deleted while those of 2025 are there: named, not guessed."""
        rates = self.scheme._get_rule("transition").rate_ids
        rates.filtered(lambda rate: str(rate.date_from) == "2024-01-01").unlink()
        departure = self._redundant(3000.0, "2021-01-01", "2024-06-30")
        self.assertMissing(departure, "transition", "rate")

    def test_started_on_29_february(self):
        """29 February 2020 to 28 February 2023 is three years: 3,240.00."""
        departure = self._redundant(3000.0, "2020-02-29", "2023-02-28")
        self.assertAmount(departure, "transition", 3240.00)

    def test_left_on_29_february(self):
        """29 February 2020 to 29 February 2024: four years and one of 29 days."""
        departure = self._redundant(3000.0, "2020-02-29", "2024-02-29")
        self.assertAmount(departure, "transition", 4323.10)

    def test_one_day_of_service(self):
        """From day one: 1 of 30 days of a twelfth of 1,080.00."""
        departure = self._redundant(3000.0, "2026-06-10", "2026-06-10")
        self.assertAmount(departure, "transition", 3.00)

    def test_earlier_service_that_hr_recorded(self):
        """The first day in service is earlier than the contract: it counts."""
        departure = self._redundant(3000.0, "2023-04-01", "2026-03-31")
        departure.service_start_date = "2021-01-01"
        self.assertAmount(departure, "transition", 5670.00)

    # === Wage (Besluit loonbegrip) ===

    def test_wage_with_every_component(self):
        """3,000 + 256 + 250 + 200 + 150 = 3,856.00; six years: 7,712.00.

        The allowance is due over the overtime too: 8 % of 3,200 (A.11-13).
        """
        departure = self._redundant(3000.0, "2020-09-01", "2026-08-31")
        employee = departure.employee_id
        self._component(employee, "yearly", 3000.0)
        self._component(employee, "overtime", 2400.0)
        self._component(employee, "bonus", 5400.0)
        self.assertAmount(departure, "transition", 7712.00)
        inputs = self._lines(departure, "transition").inputs
        self.assertEqual(float(inputs["monthly_wage"]), 3856.00)
        self.assertEqual(
            [part["kind"] for part in inputs["wage_parts"]],
            ["wage", "holiday", "yearly", "overtime", "bonus"],
        )

    def test_fixed_allowances_count_with_their_holiday_allowance(self):
        """(3,000 + 100) x 1.08 = 3,348.00; three years: 3,348.00."""
        departure = self._redundant(3000.0, "2023-09-01", "2026-08-31")
        self._component(departure.employee_id, "allowance", 100.0)
        self.assertAmount(departure, "transition", 3348.00)

    def test_shorter_service_shortens_what_was_earned_not_what_is_a_year(self):
        """Half a year: overtime 1,200 is 200 a month; 3,000 a year stays 250.

        3,000 + 256 + 250 + 200 = 3,706.00; half a year of a third: 617.67
        """
        departure = self._redundant(3000.0, "2026-03-01", "2026-08-31")
        self._component(departure.employee_id, "yearly", 3000.0)
        self._component(departure.employee_id, "overtime", 1200.0)
        self.assertAmount(departure, "transition", 617.67)

    def test_shorter_service_counts_with_its_days(self):
        """Ten days of September: 100 of overtime in a third of a month is 300 a month.

        (3,000 + 264 + 300) / 36 / 3 = 33.00
        """
        departure = self._redundant(3000.0, "2026-09-01", "2026-09-10")
        self._component(departure.employee_id, "overtime", 100.0)
        self.assertAmount(departure, "transition", 33.00)

    def test_a_component_that_ended_does_not_count(self):
        """An allowance until 2025: 3,240 over three years."""
        departure = self._redundant(3000.0, "2023-09-01", "2026-08-31")
        self._component(departure.employee_id, "allowance", 500.0, date_to="2025-12-31")
        self.assertAmount(departure, "transition", 3240.00)

    def test_the_wage_of_the_last_day(self):
        """Raised to 3,300 in July: 3,564.00 over three years."""
        departure = self._redundant(3000.0, "2023-09-01", "2026-08-31")
        self._change(departure.employee_id, "2026-07-01", wage=3300.0)
        self.assertAmount(departure, "transition", 3564.00)

    def test_missing(self):
        """No wage, no contract start."""
        departure = self._redundant(0.0, "2023-09-01", "2026-08-31")
        self.assertMissing(departure, "transition", "wage")
        departure = self._redundant(3000.0, False, "2026-08-31")
        self.assertMissing(departure, "transition", "contract_start")

    # === Eligibility ===

    def test_who_is_entitled(self):
        """Every way of leaving: (departure, due or not)."""
        cases = {
            "resignation": ("voluntary", "employee", "none", False),
            "resignation, employer culpable": ("voluntary", "employee", "employer", 1),
            "conduct": ("conduct", "employer", "none", True),
            "conduct, employee culpable": ("conduct", "employer", "employee", False),
            "performance": ("performance", "employer", "none", True),
            "redundancy": ("redundancy", "employer", "none", True),
            "long-term incapacity": ("incapacity", "employer", "none", True),
            "not renewed by employee": ("fixed_term", "employee", "none", False),
            "not renewed by employer": ("fixed_term", "employer", "none", True),
            "retirement": ("retirement", "none", "none", False),
            "mutual agreement": ("mutual", "both", "none", False),
            "death": ("death", "none", "none", False),
            "other, employer": ("other", "employer", "none", True),
            "other, employee": ("other", "employee", "none", False),
        }
        for name, (kind, initiative, culpable, is_due) in cases.items():
            with self.subTest(name):
                departure = self._redundant(3000.0, "2021-01-01", "2026-03-31")
                departure.write(
                    {
                        "departure_type": kind,
                        "initiative": initiative,
                        "culpable_party": culpable,
                    }
                )
                if is_due:
                    self.assertAmount(departure, "transition", 5670.00)
                else:
                    self.assertFalse(self._lines(departure, "transition"))

    def test_retirement_age_reached(self):
        """Dismissed after the state pension age: nothing, not even as reference."""
        departure = self._redundant(3000.0, "2021-01-01", "2026-03-31")
        departure.is_retirement_age_reached = True
        self.assertFalse(self._lines(departure, "transition"))
        departure.write({"departure_type": "mutual", "initiative": "both"})
        departure.is_retirement_age_reached = True
        self.assertFalse(self._lines(departure, "transition_reference"))

    def test_seventeen_with_ten_hours(self):
        """Below 18 with at most 12 hours a week: nothing; with 13 hours: due."""
        birthday = {"birthday": "2009-01-01"}
        for hours, is_due in ((10, False), (12, False), (13, True)):
            with self.subTest(hours=hours):
                departure = self._redundant(
                    500.0,
                    "2025-03-01",
                    "2026-02-28",
                    calendar=self._calendar(hours),
                    **birthday,
                )
                self.assertEqual(bool(self._lines(departure, "transition")), is_due)

    def test_months_below_eighteen_with_few_hours_do_not_count(self):
        """18 on 1 March 2025: one year of 540 counts, 180.00."""
        departure = self._redundant(
            500.0,
            "2024-03-01",
            "2026-02-28",
            calendar=self._calendar(10),
            birthday="2007-03-01",
        )
        self.assertAmount(departure, "transition", 180.00)

    def test_more_hours_before_eighteen_count(self):
        """Ten hours first, twenty from September 2024: from then on every month.

        1 September 2024 to 28 February 2026 is 18 months of 540: 270.00
        """
        departure = self._redundant(
            500.0,
            "2024-03-01",
            "2026-02-28",
            calendar=self._calendar(10),
            birthday="2007-03-01",
        )
        self._change(
            departure.employee_id,
            "2024-09-01",
            resource_calendar_id=self._calendar(20).id,
        )
        self.assertAmount(departure, "transition", 270.00)

    def test_trial_period(self):
        """Dismissed after 20 days in the trial period: 20/30 of a twelfth: 60.00."""
        departure = self._redundant(
            3000.0, "2026-06-01", "2026-06-20", trial_date_end="2026-06-30"
        )
        departure.departure_type = "performance"
        self.assertAmount(departure, "transition", 60.00)

    def test_mutual_agreement_shows_it_for_comparison(self):
        """Shown, in no total."""
        departure = self._redundant(3000.0, "2021-01-01", "2026-03-31")
        departure.write({"departure_type": "mutual", "initiative": "both"})
        self.assertAmount(departure, "transition_reference", 5670.00)
        settlement = self._settlement(departure)
        line = self._lines(departure, "transition_reference")
        self.assertFalse(line.is_counted)
        without = settlement.amount_total
        line.unlink()
        self.assertEqual(settlement.amount_total, without)

    def test_due_a_month_after_the_end(self):
        """Interest runs from one month after the end (BW 7:686a lid 1)."""
        departure = self._redundant(3000.0, "2021-01-01", "2026-03-31")
        line = self._lines(departure, "transition")
        self.assertEqual(str(line.due_date), "2026-04-30")
