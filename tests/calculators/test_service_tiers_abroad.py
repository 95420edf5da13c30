from decimal import Decimal

from odoo.addons.hr_exit_interview.lib.settlement import Tier

from .common import CalculatorCase, day, tiers

UK = {
    "unit": "week",
    "part_rounding": "full_years",
    "min_months": Decimal(24),
    "cap_years": Decimal(20),
    "unit_cap": Decimal(751),
    "tiers": (
        Tier(units=Decimal("0.5"), to_age=22),
        Tier(units=Decimal(1), from_age=22, to_age=41),
        Tier(units=Decimal("1.5"), from_age=41),
    ),
}
SA = tiers(
    ("0.5", "0", "2", "0"),
    ("0.5", "2", "5", "0.333333"),
    ("1", "5", "10", "0.666667"),
    ("1", "10", None),
)


class TestOtherCountries(CalculatorCase):
    method = "service_tiers"

    def assert_service(self, expected, rate, wage, start, last_day, **inputs):
        return self.assert_amount(
            expected,
            rate,
            monthly_wage=wage,
            service_start=day(start),
            last_day=day(last_day),
            **inputs,
        )

    def test_germany(self):
        """Half a month a year, more than six months are a year: 7 y 7 m is 8."""
        rate = {"tiers": tiers(("0.5", "0", None)), "part_rounding": "half_year_up"}
        self.assert_service("15200.00", rate, 3800, "2019-01-01", "2026-07-31")
        self.assert_service("13300.00", rate, 3800, "2019-01-01", "2026-06-30")
        self.assert_service("15200.00", rate, 3800, "2019-01-01", "2026-07-01")

    def test_france(self):
        """A quarter to 10 years and a third above, from 8 months of service."""
        rate = {
            "tiers": tiers(("0.25", "0", "10"), ("0.333333", "10", None)),
            "part_rounding": "full_months",
            "min_months": Decimal(8),
        }
        result = self.assert_service("9333.33", rate, 2800, "2014-03-01", "2026-08-31")
        self.assertEqual(
            [step["years"] for step in result.inputs["tiers"]], [10, Decimal("2.5")]
        )
        self.assert_service("9333.33", rate, 2800, "2014-02-10", "2026-08-31")
        self.assert_service("466.67", rate, 2800, "2026-01-01", "2026-08-31")
        result = self.assert_service("0.00", rate, 2800, "2026-01-02", "2026-08-31")
        self.assertEqual(result.notes, ("below_minimum_service",))

    def test_india(self):
        """15/26 of the wage for 7 years, capped at 20 lakh."""
        rate = {
            "unit": "day",
            "unit_divisor": Decimal(26),
            "tiers": tiers(("15", "0", None)),
            "part_rounding": "half_year_up",
            "min_months": Decimal(60),
            "cap_amount": Decimal(2000000),
        }
        self.assert_service("242307.69", rate, 60000, "2019-04-01", "2026-03-31")
        self.assert_service("242307.69", rate, 60000, "2019-04-01", "2026-09-30")
        self.assert_service("276923.08", rate, 60000, "2019-04-01", "2026-10-01")
        self.assert_service("2000000.00", rate, 900000, "2019-04-01", "2026-03-31")
        self.assert_service("0.00", rate, 60000, "2021-04-02", "2026-03-31")

    def test_emirates(self):
        """21 days to 5 years and 30 after, at most two years of wage."""
        rate = {
            "unit": "day",
            "unit_divisor": Decimal(30),
            "tiers": tiers(("21", "0", "5"), ("30", "5", None)),
            "part_rounding": "official",
            "min_months": Decimal(12),
            "cap_months": Decimal(24),
        }
        self.assert_service("55000.00", rate, 10000, "2019-01-01", "2025-12-31")
        self.assert_service("240000.00", rate, 10000, "1990-01-01", "2025-12-31")
        self.assert_service("0.00", rate, 10000, "2025-01-02", "2025-12-31")

    def test_saudi_arabia(self):
        """Half a month to 5 years, one after; a part of it on resignation."""
        rate = {
            "tiers": tiers(("0.5", "0", "5"), ("1", "5", None)),
            "part_rounding": "official",
        }
        self.assert_service("45000.00", rate, 10000, "2019-01-01", "2025-12-31")
        rate["tiers"] = SA
        for start, expected in (
            ("2024-01-02", "0.00"),
            ("2023-01-01", "5000.00"),
            ("2019-01-01", "30000.00"),
            ("2016-01-01", "75000.00"),
        ):
            with self.subTest(start=start):
                self.assert_service(expected, rate, 10000, start, "2025-12-31")

    def test_factor_as_input(self):
        """What an agreement reduces the payment to."""
        rate = {
            "tiers": tiers(("0.5", "0", "5"), ("1", "5", None)),
            "part_rounding": "official",
        }
        self.assert_service(
            "30000.00",
            rate,
            10000,
            "2019-01-01",
            "2025-12-31",
            factor=Decimal("0.666667"),
        )
        self.assert_service("0.00", rate, 10000, "2019-01-01", "2025-12-31", factor=0)

    def test_united_kingdom_age_bands(self):
        """43 at the end after 5 years: two years from 41, three below."""
        inputs = {"birthday": day("1983-08-31")}
        # Begun at 42, 41 (1.5 weeks each) and at 40, 39, 38 (1 week each): 6 weeks.
        result = self.assert_service(
            "4506.00", UK, 4000, "2021-09-01", "2026-08-31", **inputs
        )
        self.assertEqual(result.inputs["age_at_end"], 43)
        self.assertEqual([step["years"] for step in result.inputs["tiers"]], [0, 3, 2])
        self.assert_service(
            "4506.00", UK, 4000, "2021-09-01", "2026-08-31", age_at_end=43
        )

    def test_age_band_for_the_first_years(self):
        """A band by age and length counts years from the start of service."""
        bands = (
            Tier(units=Decimal(2), to_years=Decimal(3), from_age=18),
            Tier(units=Decimal(1), from_years=Decimal(3), from_age=18),
        )
        rate = {"tiers": bands, "part_rounding": "full_years"}
        result = self.assert_service(
            "32000.00", rate, 4000, "2021-09-01", "2026-08-31", age_at_end=43
        )
        self.assertEqual([step["years"] for step in result.inputs["tiers"]], [3, 2])

    def test_united_kingdom_week(self):
        """Below the cap a week is 12/52 of a month: 2,600 gives 600."""
        self.assert_service(
            "1500.00", UK, 2600, "2023-09-01", "2026-08-31", age_at_end=24
        )

    def test_united_kingdom_highest_payment(self):
        """20 years from 41 on: 30 weeks of 751."""
        self.assert_service(
            "22530.00", UK, 6000, "1990-01-01", "2026-08-31", age_at_end=64
        )

    def test_united_kingdom_two_years(self):
        """A day less gives nothing; only full years count."""
        self.assert_service("0.00", UK, 4000, "2024-09-02", "2026-08-31", age_at_end=30)
        self.assert_service(
            "1502.00", UK, 4000, "2024-09-01", "2026-08-31", age_at_end=30
        )
        self.assert_service(
            "1502.00", UK, 4000, "2023-09-02", "2026-08-31", age_at_end=30
        )

    def test_age_unknown(self):
        """The birthday is what is missing, also when it cannot be right."""
        inputs = {
            "monthly_wage": 4000,
            "service_start": day("2021-09-01"),
            "last_day": day("2026-08-31"),
        }
        self.assert_missing("birthday", rate=UK, **inputs)
        self.assert_missing("birthday", rate=UK, birthday=day("2027-01-01"), **inputs)

    def test_unit_without_divisor(self):
        """Nobody knows how many days a month has, or what a decade's pay is."""
        for unit in ("day", "decade"):
            self.assert_missing(
                "rate",
                rate={
                    "unit": unit,
                    "tiers": tiers(("21", "0", None)),
                    "part_rounding": "official",
                },
                monthly_wage=4000,
                service_start=day("2021-09-01"),
                last_day=day("2026-08-31"),
            )

    def test_floor(self):
        """At least two months of wage."""
        rate = {
            "tiers": tiers(("1", "1", None)),
            "part_rounding": "full_years",
            "floor_months": Decimal(2),
        }
        self.assert_service("6000.00", rate, 3000, "2026-03-01", "2026-08-31")
        self.assert_service("9000.00", rate, 3000, "2022-09-01", "2026-08-31")
