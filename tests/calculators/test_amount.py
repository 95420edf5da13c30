from decimal import Decimal

from .common import CalculatorCase


class TestAmount(CalculatorCase):
    method = "amount"

    def test_as_found(self):
        """Expenses of 84.50, a loan of 500, and nothing at all."""
        self.assert_amount("84.50", amount=84.5)
        self.assert_amount("500.00", amount="500")
        self.assert_amount("0.00", amount=0)

    def test_rounded_to_the_currency(self):
        """Yen have no cents."""
        self.assert_amount("1235", {"rounding": Decimal(1)}, amount="1234.5")

    def test_missing(self):
        """Not typed yet."""
        self.assert_missing("amount")
        self.assert_missing("amount", amount=None)
