"""Short ways to write rates and inputs."""

from datetime import date
from decimal import Decimal
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import Rate, Tier, calculate

NL_TIERS = (Tier(units=Decimal("0.333333")),)


def day(text):
    """Return the date of an ISO text."""
    return date.fromisoformat(text)


def tiers(*rows):
    """Return tiers of (units, from, to[, factor]) written as text or None."""
    return tuple(
        Tier(
            units=Decimal(units),
            from_years=Decimal(start),
            to_years=None if end is None else Decimal(end),
            factor=Decimal(factor[0]) if factor else Decimal(1),
        )
        for units, start, end, *factor in rows
    )


class CalculatorCase(TestCase):
    """Asserts on amounts written as text, so that no float creeps in."""

    method = None

    def work_out(self, rate=None, **inputs):
        """Return the answer of this class's method; dates are written as ISO text."""
        return calculate(self.method, Rate(**(rate or {})), inputs)

    def assert_amount(self, expected, rate=None, **inputs):
        """Check an amount, digits included, and return the answer."""
        result = self.work_out(rate, **inputs)
        self.assertEqual((str(result.amount), result.missing), (expected, ()))
        return result

    def assert_missing(self, *names, rate=None, **inputs):
        """Check that there is no amount and what is named instead."""
        result = self.work_out(rate, **inputs)
        self.assertIsNone(result.amount)
        self.assertEqual(result.missing, names)
