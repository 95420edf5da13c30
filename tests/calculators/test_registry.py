from datetime import date, datetime
from decimal import Decimal
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import (
    METHODS,
    Rate,
    Result,
    calculate,
)

RATE = Rate(basis="calendar_days", percent=Decimal(8))


class TestRegistry(TestCase):
    def test_names(self):
        """The names rules are stored with."""
        self.assertEqual(
            sorted(METHODS),
            [
                "amount",
                "late_notice",
                "leave_value",
                "none",
                "notice_gap",
                "percent_of_base",
                "service_tiers",
                "sliding_repayment",
                "wage_part",
                "yearly_amount",
            ],
        )

    def test_line_without_money(self):
        """Nothing is computed and nothing is missing, with or without a rate."""
        self.assertEqual(calculate("none", None, {}), Result())
        self.assertEqual(calculate("none", RATE, {"missing": ["x"]}), Result())

    def test_no_rate_on_that_day(self):
        """The rate is what is missing."""
        self.assertEqual(calculate("amount", None, {"amount": 1}).missing, ("rate",))

    def test_unknown_method_is_a_programming_error(self):
        with self.assertRaises(KeyError):
            calculate("guess", RATE, {})

    def test_empty_inputs_never_raise(self):
        """Each method names what it misses instead of an amount."""
        for method in set(METHODS) - {"none"}:
            with self.subTest(method=method):
                result = calculate(method, RATE, {})
                self.assertIsNone(result.amount)
                self.assertTrue(result.missing)

    def test_missing_is_named_once(self):
        """Even when the source names it as well."""
        result = calculate("amount", RATE, {"missing": ["amount", "document"]})
        self.assertEqual(result.missing, ("amount", "document"))

    def test_times_of_day_are_dates(self):
        """A datetime is read as its day."""
        inputs = {
            "salary": 3000,
            "date_from": datetime(2026, 9, 1, 8),
            "date_to": date(2026, 9, 15),
        }
        result = calculate("wage_part", RATE, inputs)
        self.assertEqual(str(result.amount), "1500.00")
        self.assertEqual(result.inputs["date_from"], date(2026, 9, 1))

    def test_steps_can_be_stored(self):
        """Only plain types, down to the last step."""
        inputs = {
            "salary": 3000.1,
            "date_from": date(2026, 4, 11),
            "date_to": date(2026, 5, 10),
            "pay_percent": 70,
        }
        self.assert_plain(calculate("wage_part", RATE, inputs).inputs)

    def assert_plain(self, value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                self.assert_plain(item)
        else:
            self.assertIn(type(value), (Decimal, int, str, bool, date, type(None)))
