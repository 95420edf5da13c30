from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ...batch_common import BatchCommon
from ...retention_common import RetentionCommon

BATCH = "hr.exit.retention.batch_line"
DRAFT = "hr.exit.retention.draft_departure"


@tagged("post_install", "-at_install")
class TestRetentionOpen(RetentionCommon, BatchCommon):
    """What never came about: estimates, lists, departures that stayed drafts."""

    def _worked_on(self, batch, moment="2026-06-15 12:00:00"):
        """The database notes its own time, so the day is put in."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_departure_batch_line SET write_date = %s WHERE batch_id = %s",
            [moment, batch.id],
        )
        self.env.invalidate_all()

    def _calculated(self, count=2):
        batch = self._batch(self._people(count))
        with freeze_time("2026-06-15"), self._without_commit():
            batch.action_calculate()
            self.env["hr.departure.batch"]._cron_run()
        self._worked_on(batch)
        return batch.sudo()

    def _draft(self, name, day):
        return self.env["hr.departure"].create(
            {
                "employee_id": self._people(1, name=name).id,
                "departure_reason_id": self.reason_resigned.id,
                "departure_date": day,
            }
        )

    def test_list_and_costs_go_after_twelve_months(self):
        """Nobody was registered: on 16 June 2027 the list is empty, the batch stays."""
        batch = self._calculated()
        costs = batch.cost_ids
        self.assertTrue(costs)
        with freeze_time("2027-06-15"):
            self._purge()
        self.assertEqual(len(batch.line_ids), 2)
        with freeze_time("2027-06-16"):
            self._purge()
        self.assertFalse(batch.line_ids)
        self.assertFalse(costs.exists())
        self.assertEqual(batch.name, "Reorganisation")
        log = self.env["hr.exit.retention.log"].search(
            [("subject_code", "=", "batch_line"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(log.record_count, 2)
        self.assertEqual(str(log.date_until), "2026-06-15")

    def test_who_was_registered_stays_on_the_list(self):
        """Only the estimate goes; the departure has a period of its own."""
        batch = self._calculated()
        with freeze_time("2026-06-15"), self._without_commit():
            batch.with_user(self.officer).action_register()
            self.env["hr.departure.batch"]._cron_run()
        self._worked_on(batch)
        with freeze_time("2027-06-16"):
            self.env[BATCH]._purge_batch(self.company, "cron", batch.line_ids)
            self.assertEqual(len(batch.line_ids.departure_id), 2)
            self.assertFalse(batch.cost_ids)
            # What went is not found again.
            domain = self.env[BATCH]._get_due_domain(self.company, date(2027, 6, 16))
            self.assertFalse(batch.line_ids.search(domain))

    def test_a_run_that_goes_on_loses_nothing(self):
        batch = self._calculated()
        batch.state = "running"
        self._worked_on(batch)
        with freeze_time("2028-01-01"):
            self._purge()
        self.assertEqual(len(batch.line_ids), 2)

    def test_legal_hold_keeps_the_line_of_that_person(self):
        """By another departure: the line itself has none."""
        batch = self._calculated()
        first, second = batch.line_ids
        past = self._departure(first.employee_id)
        past.write(
            {"state": "done", "hold_reason": "Rechtszaak", "hold_until": "2030-01-01"}
        )
        lines = self._preview(date(2027, 6, 16))
        hold = lines["batch_line", first.employee_id.name]["hold_until"]
        self.assertEqual(hold, date(2030, 1, 1))
        self.assertFalse(lines["batch_line", second.employee_id.name]["hold_until"])
        with freeze_time("2027-06-16"):
            self._purge()
        self.assertEqual(batch.line_ids, first)

    def test_drafts_go_twelve_months_after_their_last_day(self):
        """Without a name, as withdrawn; a confirmed one is still to be carried out."""
        draft = self._draft("Nooit Bevestigd", "2026-08-31")
        confirmed = self._draft("Wel Bevestigd", "2026-08-31")
        confirmed.action_confirm()
        settlement = self.env["hr.settlement"]._create_for_departures(draft)
        self.assertEqual(settlement.state, "draft")
        line = self._preview(date(2027, 9, 1))["draft_departure", "Nooit Bevestigd"]
        self.assertEqual(str(line["due_date"]), "2027-09-01")
        with freeze_time("2027-08-31"):
            self._purge()
        self.assertEqual(draft.employee_name, "Nooit Bevestigd")
        mails = self.env["mail.mail"].search_count([])
        with freeze_time("2027-09-01"):
            self._purge()
        self.assertEqual(draft.state, "withdrawn")
        self.assertTrue(draft.is_anonymous)
        self.assertFalse(draft.employee_id)
        self.assertEqual(settlement.state, "cancelled")
        self.assertNotIn("Nooit", draft.employee_name)
        self.assertEqual(confirmed.employee_name, "Wel Bevestigd")
        self.assertEqual(confirmed.state, "confirmed")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        # The person can be registered anew.
        self.assertFalse(
            self.env[DRAFT]
            ._get_records()
            .search(self.env[DRAFT]._get_due_domain(self.company, date(2027, 9, 2)))
        )

    def test_periods_are_settings(self):
        self.company.exit_draft_retention_months = 1
        self._draft("Nooit Bevestigd", "2026-08-31")
        lines = self._preview(date(2026, 10, 1))
        self.assertIn(("draft_departure", "Nooit Bevestigd"), lines)

    def test_as_many_queries_for_many(self):
        batch = self._calculated(22)
        lines = batch.line_ids
        self.assertSameQueryCount(self.env[BATCH].sudo()._purge, lines[:2], lines[2:])
        drafts = self.env["hr.departure"].union(
            *(self._draft(f"Nooit {number}", "2026-08-31") for number in range(22))
        )
        self.assertSameQueryCount(
            self.env[DRAFT].sudo()._purge, drafts[:2], drafts[2:], slack=2
        )
