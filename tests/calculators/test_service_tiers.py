from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate, merge_service
from odoo.addons.hr_exit_interview.lib.settlement.service import PART_ROUNDINGS

from .common import NL_TIERS, CalculatorCase, day

NL = {
    "tiers": NL_TIERS,
    "part_rounding": "official",
    "cap_amount": Decimal(102000),
    "cap_months": Decimal(12),
    "higher_of_caps": True,
}
T2 = {
    "monthly_wage": 3490,
    "service_start": day("2023-03-06"),
    "last_day": day("2026-08-31"),
}


class TestTransitionPayment(CalculatorCase):
    method = "service_tiers"

    def test_years_and_months(self):
        """T1: 5 years and 3 months at 3,240."""
        result = self.assert_amount(
            "5670.00",
            NL,
            monthly_wage=3240,
            service_start=day("2021-01-01"),
            last_day=day("2026-03-31"),
        )
        self.assertEqual((result.inputs["years"], result.inputs["months"]), (5, 3))
        self.assertEqual(result.quantity, Decimal("1.75"))
        self.assertEqual(result.unit_value, 3240)

    def test_years_months_and_days(self):
        """T2: 3 years, 5 months and 26 of 31 days, in both ways of counting days."""
        result = self.assert_amount("4056.03", NL, **T2)
        self.assertEqual(
            [result.inputs[key] for key in ("years", "months", "days")], [3, 5, 26]
        )
        self.assertEqual(result.inputs["days_in_last_month"], 31)
        self.assert_amount("4057.59", {**NL, "part_rounding": "per_1095"}, **T2)

    def test_agreed_costs(self):
        """T2 less 1,200 outplacement; costs above the payment leave nothing."""
        self.assert_amount("2856.03", NL, deduct=1200, **T2)
        self.assert_amount("0.00", NL, deduct=5000, **T2)

    def test_two_contracts(self):
        """T3: contracts that follow each other, at 2,700."""
        self.assert_amount(
            "1800.00",
            NL,
            monthly_wage=2700,
            last_day=day("2026-08-31"),
            service=[
                (day("2024-09-01"), day("2025-08-31")),
                (day("2025-09-01"), None),
            ],
        )

    def test_contracts_with_gaps(self):
        """A gap of six months is bridged, not paid; a longer one cuts."""
        inputs = {"monthly_wage": 3600, "last_day": day("2025-12-31")}
        for start, expected in (("2025-01-01", "2400.00"), ("2025-01-02", "1196.77")):
            service = merge_service(
                [
                    (day("2023-07-01"), day("2024-06-30")),
                    (day(start), day("2025-12-31")),
                ],
                max_gap_months=6,
            )
            self.assert_amount(expected, NL, service=service, **inputs)

    def test_cap(self):
        """T5: 109,333.33 is more than 102,000 and than a year's wage."""
        result = self.assert_amount(
            "102000.00",
            NL,
            monthly_wage=8000,
            service_start=day("1986-01-01"),
            last_day=day("2026-12-31"),
        )
        self.assertEqual(round(result.inputs["uncapped"], 2), Decimal("109333.33"))
        self.assertEqual(result.inputs["cap"], 102000)
        self.assertEqual(result.notes, ("capped",))

    def test_cap_of_a_year_of_wage_when_higher(self):
        """At 10,000 a month the cap is 120,000; deduct comes after it."""
        inputs = {
            "monthly_wage": 10000,
            "service_start": day("1986-01-01"),
            "last_day": day("2026-12-31"),
        }
        self.assert_amount("120000.00", NL, **inputs)
        self.assert_amount("119000.00", NL, deduct=1000, **inputs)
        self.assert_amount("102000.00", {**NL, "higher_of_caps": False}, **inputs)
        self.assert_amount("102000.00", {**NL, "cap_months": None}, **inputs)
        self.assert_amount("120000.00", {**NL, "cap_amount": None}, **inputs)

    def test_redundancy_example(self):
        """3,200 with 8 % and a 13th month, 5.5 years: 3,722.67 x 5.5 / 3."""
        self.assert_amount(
            "6824.89",
            NL,
            monthly_wage=Decimal(3200) + 256 + Decimal(3200) / 12,
            service_start=day("2021-03-01"),
            last_day=day("2026-08-31"),
        )

    def test_trial_period(self):
        """20 of 30 days count from the first day of service."""
        self.assert_amount(
            "55.56",
            NL,
            monthly_wage=3000,
            service_start=day("2026-09-01"),
            last_day=day("2026-09-20"),
        )

    def test_started_on_29_february(self):
        """Exactly one year at the end of 28 February."""
        self.assert_amount(
            "1000.00",
            NL,
            monthly_wage=3000,
            service_start=day("2024-02-29"),
            last_day=day("2025-02-28"),
        )

    def test_contract_end_after_the_last_day_is_cut(self):
        """The service runs to the last day, whatever the contract planned."""
        self.assert_amount(
            "4056.03",
            NL,
            monthly_wage=3490,
            last_day=day("2026-08-31"),
            service=[("2023-03-06", "2027-12-31")],
        )

    def test_missing(self):
        """Everything missing is named."""
        self.assert_missing(
            "last_day", "service_start", "wage", "rate", "part_rounding"
        )
        self.assert_missing("wage", rate=NL, **{**T2, "monthly_wage": 0})
        self.assert_missing("service_start", rate=NL, **{**T2, "service_start": False})
        self.assert_missing("part_rounding", rate={"tiers": NL_TIERS}, **T2)
        self.assert_missing("rate", rate={"part_rounding": "official"}, **T2)

    def test_start_after_the_last_day(self):
        """Dates that contradict each other give no amount."""
        self.assert_missing(
            "service_start", rate=NL, **{**T2, "service_start": day("2026-09-01")}
        )
        self.assert_missing(
            "service_start", rate=NL, **T2, service=[(None, day("2026-08-31"))]
        )
        self.assert_missing(
            "service_start", rate=NL, **T2, service=[("2025-06-01", "2025-01-31")]
        )

    def test_exactly_the_cap_is_not_capped(self):
        """102,000 for 30 years at 10,200."""
        result = self.assert_amount(
            "102000.00",
            {**NL, "cap_months": None},
            monthly_wage=10200,
            service_start=day("1997-01-01"),
            last_day=day("2026-12-31"),
        )
        self.assertEqual(result.notes, ())


class TestServiceTiersProperties(CalculatorCase):
    method = "service_tiers"

    @given(
        st.dates(date(1990, 1, 1), date(2020, 12, 31)),
        st.integers(0, 12000),
        st.sampled_from(sorted(PART_ROUNDINGS)),
    )
    def test_a_day_more_is_never_less(self, start, length, part_rounding):
        rate = Rate(tiers=NL_TIERS, part_rounding=part_rounding)
        amounts = [
            calculate(
                "service_tiers",
                rate,
                {
                    "monthly_wage": Decimal("3217.41"),
                    "service_start": start,
                    "last_day": start + timedelta(days=days),
                },
            ).amount
            for days in (length, length + 1)
        ]
        self.assertTrue(0 <= amounts[0] <= amounts[1])

    @given(st.integers(1, 40), st.integers(1, 10**7))
    def test_full_years_do_not_drift(self, years, cents):
        """Three years are the wage, to the cent, however it is divided."""
        wage = Decimal(cents) / 100
        result = self.work_out(
            {"tiers": NL_TIERS, "part_rounding": "official"},
            monthly_wage=wage,
            service_start=date(1980, 1, 1),
            last_day=date(1980 + 3 * years - 1, 12, 31),
        )
        self.assertEqual(result.amount, wage * years)
