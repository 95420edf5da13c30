from decimal import Decimal
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import NL_TIERS


class TestResignation(TestCase):
    """3,200 for 40 hours, from 1 March 2021 to 31 August 2026."""

    def test_lines_and_total(self):
        """The sum of rounded lines; the rule gives study costs and loan their sign."""
        lines = {
            "holiday": self.line("percent_of_base", {"percent": 8}, base=9600),
            "leave": self.line(
                "leave_value",
                {"uplift_percent": 8},
                hours="69.33",
                salary=3200,
                weekly_hours=40,
            ),
            "thirteenth": self.line(
                "yearly_amount",
                {"basis": "months"},
                yearly_amount=3200,
                window_start="2026-01-01",
                last_day="2026-08-31",
            ),
            "study": -self.line(
                "sliding_repayment",
                {},
                cost=4800,
                months_total=36,
                completed_date="2025-01-31",
                last_day="2026-08-31",
            ),
            "expenses": self.line("amount", {}, amount="84.50"),
            "loan": -self.line("amount", {}, amount=500),
        }
        self.assertEqual(
            {name: str(amount) for name, amount in lines.items()},
            {
                "holiday": "768.00",
                "leave": "1382.33",
                "thirteenth": "2133.33",
                "study": "-2266.67",
                "expenses": "84.50",
                "loan": "-500.00",
            },
        )
        self.assertEqual(sum(lines.values()), Decimal("1601.49"))

    def test_redundancy_total(self):
        """No study costs, and 5.5 years of transition payment on top."""
        transition = self.line(
            "service_tiers",
            {"tiers": NL_TIERS, "part_rounding": "official", "cap_amount": 102000},
            monthly_wage=Decimal(3200) + 256 + Decimal(3200) / 12,
            service_start="2021-03-01",
            last_day="2026-08-31",
        )
        study = self.line("sliding_repayment", {}, employer_initiative=True, cost=4800)
        lines = ["768.00", "1382.33", "2133.33", "84.50", "-500.00"]
        total = sum(map(Decimal, lines), transition - study)
        self.assertEqual(total, Decimal("10693.05"))

    def line(self, method, rate, **inputs):
        return calculate(method, Rate(**rate), inputs).amount
