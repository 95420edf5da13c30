from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.settlement import late_pay_increase


class TestLatePayIncrease(TestCase):
    def test_two_thousand(self):
        """5 % a day from the 4th to the 8th, then 1 %, at most half."""
        expected = {
            -1: "0.00",
            3: "0.00",
            4: "100.00",
            8: "500.00",
            9: "520.00",
            10: "540.00",
            33: "1000.00",
            60: "1000.00",
        }
        for days, increase in expected.items():
            with self.subTest(days=days):
                self.assertEqual(str(late_pay_increase(2000, days)), increase)

    def test_unknown_sum(self):
        """Nothing is guessed."""
        self.assertIsNone(late_pay_increase(None, 10))
