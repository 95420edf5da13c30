from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementStudy(SettlementCommon):
    """Study costs by the scale that was agreed."""

    def _study(self, completed, scale="100 / 67 / 33", last_day="2026-08-31"):
        departure = self._departure(
            self._leaver(), notice_date=False, departure_date=last_day
        )
        self._agreement(
            departure,
            "study_costs",
            amount=22000.0,
            repayment_scale="yearly",
            yearly_percentages=scale,
            date_completed=completed,
        )
        return departure

    def test_steps_per_year(self):
        """Year one all of it, year two 67 %, year three 33 %, then nothing."""
        for completed, expected in (
            ("2026-02-28", -22000.00),
            ("2025-09-01", -22000.00),
            ("2025-08-31", -14740.00),
            ("2025-02-28", -14740.00),
            ("2024-02-28", -7260.00),
            ("2023-08-31", 0.00),
        ):
            with self.subTest(completed=completed):
                departure = self._study(completed)
                self.assertAmount(departure, "study_costs", expected)

    def test_words(self):
        line = self._lines(self._study("2025-02-28"), "study_costs")
        self.assertEqual(
            line.explanation.replace("\xa0", " "),
            "67 % of 22,000.00 €: in year 2 after 02/28/2025",
        )

    def test_other_percentages(self):
        """Half a percent, spaces and percent signs are read."""
        departure = self._study("2025-02-28", "80 % / 62,5% /40")
        self.assertAmount(departure, "study_costs", -13750.00)

    def test_what_is_no_percentage(self):
        for scale in ("", "100 / ", "100 / sixty", "110 / 50", "-5", "100, 67, 33"):
            with (
                self.subTest(scale=scale),
                self.assertRaisesRegex(ValidationError, "100 / 67 / 33"),
            ):
                self._study("2025-02-28", scale)
