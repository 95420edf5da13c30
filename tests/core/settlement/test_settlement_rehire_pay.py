from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementRehirePay(SettlementCommon):
    """What a confirmed settlement of an earlier departure paid is not owed again."""

    def _rehired(self, start, left, back, last_day, confirm=True, wage=3000.0, **vals):
        """Return the second departure of somebody who left and came back."""
        leaver = self._leaver(wage=wage, start=start, contract_date_end=left)
        first = self._dismiss(
            leaver, notice_date=False, departure_date=left, **vals.pop("first", {})
        )
        self.first = self._settlement(first)
        if confirm:
            self.first.sudo()._write({"state": "confirmed"})
            self.first.invalidate_recordset()
        first.sudo()._write({"state": "done"})
        first.invalidate_recordset()
        self._change(leaver, back, contract_date_start=back, contract_date_end=last_day)
        return self._dismiss(leaver, notice_date=False, departure_date=last_day)

    # === Transition payment (BW 7:673 lid 5) ===

    def test_the_earlier_payment_comes_off(self):
        """3.75 years x 1,080 = 4,050.00, less 3,510.00 paid in March: 540.00."""
        departure = self._rehired(
            "2023-01-01", "2026-03-31", "2026-07-01", "2026-12-31"
        )
        paid = self.first.line_ids.filtered(lambda line: line.code == "transition")
        self.assertEqual(paid.amount, 3510.00)
        self.assertAmount(departure, "transition", 540.00)
        line = self._lines(departure, "transition")
        self.assertIn(
            "Less 3,510.00\xa0€ paid at the departure of 03/31/2026", line.explanation
        )

    def test_an_unconfirmed_one_is_an_open_question(self):
        """Nobody knows what was paid: named, no amount."""
        departure = self._rehired(
            "2023-01-01", "2026-03-31", "2026-07-01", "2026-12-31", confirm=False
        )
        self.assertMissing(departure, "transition", "earlier_settlement")
        self.first.sudo()._write({"state": "cancelled"})
        self.first.invalidate_recordset()
        self.assertMissing(departure, "transition", "earlier_settlement")

    def test_after_a_resignation_nothing_was_paid(self):
        """No right then, nothing to find out: 4,050.00 also when unconfirmed."""
        resigned = {"departure_type": "voluntary", "initiative": "employee"}
        departure = self._rehired(
            "2023-01-01",
            "2026-03-31",
            "2026-07-01",
            "2026-12-31",
            confirm=False,
            first=resigned,
        )
        self.assertAmount(departure, "transition", 4050.00)

    def test_longer_away_than_counts_together(self):
        """Seven months away: half a year of its own, 540.00, nothing comes off."""
        departure = self._rehired(
            "2023-01-01", "2025-11-30", "2026-07-01", "2026-12-31"
        )
        self.assertAmount(departure, "transition", 540.00)

    def test_the_gap_is_dated_data(self):
        """Sixty months, as a bill wants: 2 y 11 m + 6 m = 3,690.00 less 3,150.00."""
        rates = self.scheme._get_rule("transition").rate_ids
        rates.filtered(lambda rate: rate.date_from.year == 2026).max_gap_months = 60
        departure = self._rehired(
            "2023-01-01", "2025-11-30", "2026-07-01", "2026-12-31"
        )
        self.assertAmount(departure, "transition", 540.00)
        line = self._lines(departure, "transition")
        self.assertEqual(len(line.inputs["earlier"]), 1)

    def test_a_contract_that_ended_without_a_departure(self):
        """It counts, and the line asks whether something was paid."""
        leaver = self._leaver(3000.0, "2024-04-01", contract_date_end="2025-03-31")
        self._change(
            leaver,
            "2025-09-01",
            contract_date_start="2025-09-01",
            contract_date_end=False,
        )
        departure = self._dismiss(
            leaver, notice_date=False, departure_date="2026-08-31"
        )
        self.assertAmount(departure, "transition", 2160.00)
        self.assertEqual(
            self._lines(departure, "transition").notes, ["earlier_contract_counts"]
        )

    # === Holiday allowance and yearly payment ===

    def test_a_contract_that_follows_the_next_day(self):
        """June to December were settled; January to March of 3,200: 768.00."""
        departure = self._rehired(
            "2025-01-01", "2025-12-31", "2026-01-01", "2026-03-31", wage=3200.0
        )
        self.assertAmount(departure, "holiday_allowance", 768.00)
        line = self._lines(departure, "holiday_allowance")
        self.assertEqual(line.notes, ["earlier_settled"])

    def test_unconfirmed_is_named_not_counted(self):
        departure = self._rehired(
            "2025-01-01",
            "2025-12-31",
            "2026-01-01",
            "2026-03-31",
            wage=3200.0,
            confirm=False,
        )
        self.assertAmount(departure, "holiday_allowance", 768.00)
        line = self._lines(departure, "holiday_allowance")
        self.assertEqual(line.notes, ["earlier_unsettled"])
        self.assertIn("Open question", line.explanation)

    def test_the_yearly_payment_goes_on_from_the_first_settlement(self):
        """Left on 30 April, back the next day, gone in August: 4/12 of 3,000."""
        leaver = self._leaver(3000.0, "2025-01-01", contract_date_end="2026-04-30")
        self._component(leaver, "yearly", 3000.0)
        first = self._dismiss(leaver, notice_date=False, departure_date="2026-04-30")
        self.assertAmount(first, "thirteenth", 1000.00)
        self._settlement(first).sudo()._write({"state": "confirmed"})
        first.sudo()._write({"state": "done"})
        self.env.invalidate_all()
        self._change(
            leaver,
            "2026-05-01",
            contract_date_start="2026-05-01",
            contract_date_end="2026-08-31",
        )
        second = self._dismiss(leaver, notice_date=False, departure_date="2026-08-31")
        self.assertAmount(second, "thirteenth", 1000.00)
