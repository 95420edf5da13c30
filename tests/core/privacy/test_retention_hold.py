from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...retention_common import RetentionCommon


@tagged("post_install", "-at_install")
class TestRetentionHold(RetentionCommon):
    """A legal hold keeps everything of one person until it is lifted."""

    # === Legal hold ===

    def test_hold_keeps_everything_of_a_person(self):
        """Texts, codes and settlement; also of another departure of the same person."""
        earlier = self._departure(
            self.employee, departure_date="2023-06-30", notice_date="2023-06-01"
        )
        earlier.state = "done"
        self._interview(earlier, state="closed", summary="Eerste keer.")
        settlement = self._settlement(self.departure)
        with freeze_time("2026-05-10"):
            self.departure.with_user(self.officer).write(
                {"hold_until": "2034-12-31", "hold_reason": "Loonvordering"}
            )
        self.assertEqual(self.departure.hold_user_id, self.officer)
        self.assertEqual(str(self.departure.hold_date), "2026-05-10")
        with freeze_time("2034-12-31"):
            self._purge()
            held = {
                key: str(line["hold_until"])
                for key, line in self._preview(date.fromisoformat("2034-12-31")).items()
            }
        self.assertTrue(all(self._texts()))
        self.assertFalse(earlier.is_anonymous)
        self.assertTrue(settlement.exists())
        self.assertEqual(
            held,
            {
                ("interview_text", "Joost Visser"): "2034-12-31",
                ("interview", "Joost Visser"): "2034-12-31",
                ("settlement", "Joost Visser"): "2034-12-31",
            },
        )
        with freeze_time("2035-01-01"):
            self._purge()
        self.assertTrue(self.departure.is_anonymous)
        self.assertTrue(earlier.is_anonymous)
        self.assertFalse(settlement.exists())

    def test_hold_reaches_a_settlement_without_its_departure(self):
        """The link is cut after two years; the leaver's user still leads to it."""
        self.employee.user_id = self._user("joost", "base.group_user")
        settlement = self._settlement(self.departure)
        with freeze_time("2028-05-01"):
            self._purge()
        self.assertFalse(settlement.departure_id)
        self._departure(
            self.employee,
            departure_date="2033-01-31",
            notice_date="2033-01-01",
            hold_until="2034-01-31",
            hold_reason="Belastingcontrole",
        )
        with freeze_time("2033-06-01"):
            self._purge()
            line = self._preview(date.fromisoformat("2033-06-01"))[
                "settlement", "Joost Visser"
            ]
        self.assertTrue(settlement.exists())
        self.assertEqual(str(line["hold_until"]), "2034-01-31")

    def test_hold_needs_a_reason(self):
        """Longer only for a reason; lifting it forgets who held it."""
        with self.assertRaisesRegex(ValidationError, "say why it is held"):
            self.departure.hold_until = "2030-01-01"
        self.departure.write(
            {
                "hold_until": "2030-01-01",
                "hold_reason": "Geschil",
                "hold_user_id": self.payroll.id,
            }
        )
        self.assertEqual(self.departure.hold_user_id, self.env.user)
        self.departure.hold_until = False
        self.assertFalse(self.departure.hold_reason or self.departure.hold_user_id)
