from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...offer_common import OfferCommon

TYPE_MISSING = "hr_exit_interview.mail_activity_type_departure_type_missing"


@tagged("post_install", "-at_install")
class TestOffer(OfferCommon):
    def _run_cron(self, at):
        with freeze_time(at):
            self.env["hr.departure"]._cron_offer()
        return self.departure.interview_ids

    def test_nothing_before_the_hold_period_is_over(self):
        """Confirmed Monday 10:00, hold one working day: offered from Tuesday 10:00."""
        with freeze_time("2026-03-02 10:00:00"):
            self._confirm()
        self.assertFalse(self._run_cron("2026-03-03 09:59:00"))
        self.assertFalse(self._leaver_mails("joost"))
        interview = self._run_cron("2026-03-03 10:01:00")
        self.assertEqual(interview.state, "offered")
        self.assertEqual(interview.offered_datetime, datetime(2026, 3, 3, 10, 1))
        self.assertEqual(len(self._leaver_mails("joost")), 1)

    def test_hold_period_skips_the_weekend_and_holidays(self):
        """Confirmed Friday 16:00, Monday is a holiday: offered Tuesday 16:00."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-03-08 23:00:00",
                "date_to": "2026-03-09 22:59:59",
            }
        )
        with freeze_time("2026-03-06 15:00:00"):
            self._confirm()
        self.assertFalse(self._run_cron("2026-03-09 15:30:00"))
        self.assertFalse(self._run_cron("2026-03-10 14:59:00"))
        self.assertTrue(self._run_cron("2026-03-10 15:01:00"))

    def test_offered_once(self):
        """Running again, by cron or by hand, offers and mails nothing more."""
        with freeze_time("2026-03-02 10:00:00"):
            self._confirm()
        self._run_cron("2026-03-05 10:00:00")
        self._run_cron("2026-03-05 11:00:00")
        with freeze_time("2026-03-05 12:00:00"):
            self.assertFalse(self.departure._offer_interviews())
        self.assertEqual(len(self.departure.interview_ids), 1)
        self.assertEqual(len(self._leaver_mails("joost")), 1)

    @freeze_time("2026-03-10 10:00:00")
    def test_never_offered(self):
        """Not for a draft, the past, a death, a missing type, or an excluded reason."""
        cases = {
            "confirm the departure first": {},
            "left in the past": {"state": "done", "is_historical": True},
            "stays": {"state": "withdrawn"},
            "died": {"state": "confirmed", "departure_type": "death"},
            "Choose the type": {"state": "confirmed", "departure_type": False},
        }
        for message, values in cases.items():
            with self.subTest(message):
                self.departure.write(
                    {
                        "state": "draft",
                        "is_historical": False,
                        "departure_type": "voluntary",
                        **values,
                    }
                )
                self.assertFalse(self.departure._offer_interviews())
                self.env["hr.departure"]._cron_offer()
                self.assertFalse(self.departure.interview_ids)
                with self.assertRaisesRegex(UserError, message):
                    self.departure.with_user(self.officer).action_offer_interview()
        self.assertFalse(self._leaver_mails("joost"))

    @freeze_time("2026-03-10 10:00:00")
    def test_reason_without_interview(self):
        """A reason for which none is offered says so, by hand too."""
        self._confirm()
        self.departure.departure_reason_id.is_interview_offered = False
        with self.assertRaisesRegex(UserError, "Change that on the reason"):
            self.departure.with_user(self.officer).action_offer_interview()

    def test_by_hand_only(self):
        """With the setting "by hand", time alone offers nothing; the button does."""
        self.company.exit_offer_mode = "manual"
        with freeze_time("2026-03-02 10:00:00"):
            self._confirm()
        self.assertFalse(self._run_cron("2026-03-20 10:00:00"))
        with freeze_time("2026-03-02 10:05:00"):
            self.departure.with_user(self.officer).action_offer_interview()
        self.assertEqual(self.departure.interview_ids.state, "offered")

    def test_carried_out_at_once_is_offered_too(self):
        """Odoo's own wizard: the hold period runs from when it was carried out."""
        self.departure.unlink()
        with freeze_time("2026-03-10 10:00:00"):
            self._wizard(self.employee).action_register_departure()
            departure = self.employee.departure_ids
            self.assertEqual(departure.confirmed_datetime, datetime(2026, 3, 10, 10))
        with freeze_time("2026-03-11 10:01:00"):
            self.env["hr.departure"]._cron_offer()
        self.assertEqual(departure.interview_ids.state, "offered")

    def test_type_missing_asks_hr_once(self):
        """Nothing is offered; HR gets one activity, gone when the type is there."""
        self.departure.departure_reason_id = self.reason_fired
        self.departure.departure_type = False
        with freeze_time("2026-03-02 10:00:00"):
            self._confirm()
        self._run_cron("2026-03-04 10:00:00")
        self._run_cron("2026-03-04 11:00:00")
        activity = self.departure.activity_search([TYPE_MISSING])
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.officer)
        self.assertFalse(self.departure.interview_ids)
        self.departure.departure_type = "performance"
        self.assertTrue(self._run_cron("2026-03-04 12:00:00"))
        self.assertFalse(self.departure.activity_search([TYPE_MISSING]))

    def test_long_gone_are_not_written_to(self):
        """Carried out long after the last day: nothing comes by itself."""
        self.departure.write(
            {"notice_date": "2025-11-01", "departure_date": "2025-12-31"}
        )
        with freeze_time("2026-03-02 10:00:00"):
            self._confirm()
        self.assertFalse(self._run_cron("2026-03-04 10:00:00"))

    @freeze_time("2026-03-10 10:00:00")
    def test_one_failure_does_not_stop_the_others(self):
        """A departure that cannot be offered is left; the rest of the batch is not."""
        other = self._departure(self.report)
        departures = self.departure | other
        departures.action_confirm()
        send = type(self.env["hr.exit.interview"])._send_offer

        def fail_for_one(interviews):
            if self.departure in interviews.departure_id:
                raise ValueError("no")
            return send(interviews)

        self.patch(type(self.env["hr.exit.interview"]), "_send_offer", fail_for_one)
        with self.assertLogs("odoo.addons.hr_exit_interview", "ERROR"):
            departures._try_offer()
        self.assertFalse(self.departure.interview_ids)
        self.assertEqual(other.interview_ids.state, "offered")

    def test_failure_is_told_to_hr_once(self):
        """An activity names the person and why; it goes when the offer was made."""
        self.departure.action_confirm()
        interviews = type(self.env["hr.exit.interview"])
        with patch.object(interviews, "_send_offer", side_effect=UserError("No mail.")):
            for _time in range(2):
                with self.assertLogs("odoo.addons.hr_exit_interview", "ERROR"):
                    self.departure._try_offer()
        failed = "hr_exit_interview.mail_activity_type_offer_failed"
        todo = self.departure.activity_search([failed])
        self.assertEqual(todo.user_id, self.officer)
        self.assertIn("Joost Visser could not be offered: No mail.", todo.note)
        self.departure._try_offer()
        self.assertEqual(self.departure.interview_ids.state, "offered")
        self.assertFalse(self.departure.activity_search([failed]))

    @freeze_time("2026-03-10 10:00:00")
    def test_manager_and_deciders_do_not_offer(self):
        """Neither the direct manager nor who decided offers or learns of it."""
        self._confirm()
        self.departure.decision_user_ids = [Command.link(self.officer.id)]
        departure = self.departure.with_user(self.officer)
        self.assertFalse(departure.can_offer_interview)
        with self.assertRaisesRegex(UserError, "a colleague in HR"):
            departure.action_offer_interview()

    def test_queries_for_any_number(self):
        """Offering takes as many queries for forty leavers as for two."""
        with freeze_time("2026-03-10 10:00:00"):
            departures = self.env["hr.departure"].concat(
                *(
                    self._departure(
                        self._employee(
                            f"Leaver {at}",
                            "2022-01-01",
                            3000.0,
                            private_email=f"leaver{at}@example.net",
                        )
                    )
                    for at in range(44)
                )
            )
            departures.write({"state": "confirmed"})
            departures[:2]._offer_interviews()
            self.assertSameQueryCount(
                lambda some: some._offer_interviews(),
                departures[2:4],
                departures[4:],
                slack=2,
            )
        self.assertEqual(len(departures.interview_ids), 44)
