from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...retention_common import RetentionCommon

TEXT = "hr.exit.retention.interview_text"
CODE = "hr.exit.retention.interview"


@tagged("post_install", "-at_install")
class TestRetention(RetentionCommon):
    def test_texts_are_kept_for_twelve_months(self):
        """On 30 April 2027 they are there, on 1 May they are gone; codes stay."""
        with freeze_time("2027-04-30"):
            self._purge()
        self.assertTrue(all(self._texts()))
        with freeze_time("2027-05-01"):
            self._purge()
        self.assertFalse(any(self._texts()))
        self.assertEqual(self.interview.main_reason_id.code, "workload")
        self.assertEqual(self.interview.manager_id, self.manager)
        self.assertEqual(self.departure.employee_id, self.employee)

    def test_page_of_the_leaver_ends_with_the_texts(self):
        """The personal link works on the last day of the texts and not after it."""
        self.assertEqual(str(self.departure._get_exit_page_end()), "2027-04-30")
        texts = ("interview_text", "Joost Visser")
        self.assertNotIn(texts, self._preview(date.fromisoformat("2027-04-30")))
        self.assertIn(texts, self._preview(date.fromisoformat("2027-05-01")))

    def test_files_and_remarks_go_with_the_texts(self):
        """A file or a remark on the interview is a text too; what was tracked stays."""
        self.interview.write({"summary": False, "internal_note": False})
        self.point.unlink()
        self.interview.message_post(body="Hij noemde zijn rug.", message_type="comment")
        self.env["ir.attachment"].create(
            {
                "name": "notities.txt",
                "raw": b"rug",
                "res_model": "hr.exit.interview",
                "res_id": self.interview.id,
            }
        )
        with freeze_time("2027-05-01"):
            self._purge()
        bodies = self.interview.message_ids.mapped("body")
        self.assertFalse([body for body in bodies if "rug" in body])
        self.assertFalse(
            self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "hr.exit.interview"),
                    ("res_id", "=", self.interview.id),
                ]
            )
        )

    def test_months_of_different_length(self):
        """31 January and one month is 28 February: gone on 1 March, not before."""
        subject = self.env[TEXT]
        self.company.exit_text_retention_months = 1
        for day, first_kept in (
            ("2027-02-27", "2027-01-27"),
            ("2027-02-28", "2027-01-28"),
            ("2027-03-01", "2027-02-01"),
            ("2027-03-31", "2027-03-01"),
            ("2028-02-29", "2028-01-29"),
            ("2028-03-29", "2028-02-29"),
        ):
            with self.subTest(day=day):
                found = subject._get_first_kept(self.company, date.fromisoformat(day))
                self.assertEqual(str(found), first_kept)

    def test_without_a_last_day_the_period_counts_from_registration(self):
        """An old file without a date is not kept for ever."""
        with freeze_time("2026-06-15"):
            departure = self._left("Zonder Datum", False)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE hr_departure SET create_date = %s WHERE id = %s",
                ["2026-06-15 12:00:00", departure.id],
            )
            departure.invalidate_recordset()
        self.assertNotIn(
            ("interview", "Zonder Datum"),
            self._preview(date.fromisoformat("2028-06-15")),
        )
        line = self._preview(date.fromisoformat("2028-06-16"))[
            "interview", "Zonder Datum"
        ]
        self.assertEqual(str(line["due_date"]), "2028-06-16")

    def test_periods_are_settings(self):
        """Other months, other days; nonsense is refused."""
        self.company.exit_text_retention_months = 6
        line = self._preview(date.fromisoformat("2026-10-31"))[
            "interview_text", "Joost Visser"
        ]
        self.assertEqual(str(line["due_date"]), "2026-10-31")
        with self.assertRaises(ValidationError):
            self.company.exit_settlement_retention_years = 0

    def test_open_departures_are_not_touched(self):
        """Who has not left yet keeps the name, whatever the date says."""
        self.departure.state = "confirmed"
        with freeze_time("2030-01-01"):
            self._purge()
        self.assertEqual(self.departure.employee_name, "Joost Visser")

    def test_departure_without_interview_goes_after_two_years(self):
        """Nobody was interviewed: the departure alone, by its own setting."""
        self.interview.unlink()
        with freeze_time("2028-04-30"):
            self._purge()
        self.assertFalse(self.departure.is_anonymous)
        with freeze_time("2028-05-01"):
            self._purge()
        self.assertTrue(self.departure.is_anonymous)

    def test_agreement_that_binds_keeps_the_departure(self):
        """A non-compete needs its party until it ends, unless it was released."""
        agreement = self._agreement(
            self.departure, "non_compete", date_until="2028-12-31"
        )
        with freeze_time("2028-12-31"):
            self._purge()
            self.assertFalse(self.departure.is_anonymous)
        with freeze_time("2028-06-01"):
            agreement.outcome = "release"
            self._purge()
        self.assertTrue(self.departure.is_anonymous)
        self.assertFalse(agreement.exists())

    def test_persons_wait_for_the_figures_of_their_quarter(self):
        """Texts go in time; codes stay until the second quarter is published."""
        self.release.date_to = "2026-03-31"
        with freeze_time("2028-06-01"):
            self._purge()
            self.assertFalse(self.point.answer)
            self.assertFalse(self.departure.is_anonymous)
            self.release.date_to = "2026-06-30"
            self._purge()
        self.assertTrue(self.departure.is_anonymous)

    # === Batches ===

    def test_safe_to_run_twice_and_to_be_stopped(self):
        """Stopped after a batch, the next run does the rest; a third finds nothing."""
        people = [self._left(f"P{i}", "2025-03-31") for i in range(4)]
        texts = self.env["hr.exit.interview.point"].search(
            [("interview_id", "in", [p.interview_ids.id for p in people])]
        )
        log = self.env["hr.exit.retention.log"]
        before = log.search([])
        with (
            freeze_time("2026-05-15"),
            patch(
                "odoo.addons.hr_exit_interview.models.privacy.hr_exit_retention.PURGED_AT_ONCE",
                2,
            ),
        ):
            self._purge(stop_after=1)
            self.assertEqual(len(texts.filtered("answer")), 2)
            self._purge()
            self.assertFalse(texts.filtered("answer"))
            self._purge()
        went = (log.search([]) - before).filtered(
            lambda line: line.company_id == self.company
        )
        self.assertEqual(went.mapped("record_count"), [4])
        self.assertEqual(str(went.date_until), "2025-05-14")

    def test_batch_that_fails_leaves_the_others(self):
        """Nothing half-written, and the rest goes on."""
        people = [self._left(f"P{i}", "2025-03-31") for i in range(2)]
        original = type(self.env[TEXT])._purge

        def fail(subject, records):
            original(subject, records)
            if people[0] in records:
                raise ValueError("broken")

        logger = "odoo.addons.hr_exit_interview.models.privacy.hr_exit_retention"
        with (
            freeze_time("2026-05-15"),
            patch(f"{logger}.PURGED_AT_ONCE", 1),
            patch.object(self.registry[TEXT], "_purge", fail),
            mute_logger(logger),
        ):
            self._purge()
        answers = [p.interview_ids.point_ids.answer for p in people]
        self.assertEqual(answers, ["Te druk.", False])

    def test_as_many_queries_for_many(self):
        """Texts and persons of twenty leavers take as many queries as of two."""
        departures = self.env["hr.departure"].union(
            *(self._left(f"P{i}", "2025-03-31") for i in range(22))
        )
        for departure in departures:
            departure.interview_ids.message_post(
                body="Een opmerking", message_type="comment"
            )
        for name in (TEXT, CODE):
            # Messages and followers are deleted with a query per hundred.
            self.assertSameQueryCount(
                self.env[name]._purge, departures[:2], departures[2:], slack=2
            )

    def test_preview_takes_as_many_queries_for_many(self):
        """The list of what will go does not slow down with the number of leavers."""

        def preview(day):
            for subject in self.env["hr.exit.retention"]._get_subjects():
                subject._preview(self.company, date.fromisoformat(day))

        for i in range(20):
            self._left(f"P{i}", "2025-03-31")
        self._left("Eerder", "2024-12-31")
        self.env.flush_all()
        few = self._count_queries(preview, "2026-01-15")
        self.assertLessEqual(self._count_queries(preview, "2026-05-15"), few)

    # === Preview, log, roles ===

    def test_preview_is_what_goes(self):
        """The lines of today are what the run removes and notes."""
        self._left("Anna de Wit", "2025-05-14")
        self._left("Bram Los", "2025-05-15")
        with freeze_time("2026-05-15"):
            action = self.env["hr.exit.retention.preview"].with_user(self.admin)
            found = action.search(action.action_open()["domain"])
            lines = {(p.person, p.is_due, str(p.due_date)) for p in found}
            self.assertEqual(
                lines,
                {
                    ("Anna de Wit", True, "2026-05-15"),
                    ("Bram Los", False, "2026-05-16"),
                },
            )
            with patch.object(
                self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1
            ):
                action.action_purge()
        log = self.env["hr.exit.retention.log"].with_user(self.admin).search([])[0]
        self.assertEqual(log.subject, "Texts of Interviews")
        self.assertEqual(log.record_count, 1)
        self.assertEqual(log.origin, "manual")
        self.assertEqual(log.user_id, self.admin)
        self.assertEqual(str(log.date_until), "2025-05-14")

    def test_empty_preview_says_so(self):
        """Who finds nothing reads how far was looked, not an empty screen."""
        self._left("Anna de Wit", "2025-06-30")
        preview = self.env["hr.exit.retention.preview"].with_user(self.admin)
        with freeze_time("2026-05-15"):
            action = preview.action_open()
        self.assertFalse(preview.search(action["domain"]))
        self.assertIn("Nothing goes in the next 31 days", action["help"])

    def test_only_exit_administrators_look_and_remove(self):
        """Others neither see what will go nor what went, nor remove anything."""
        for name in ("officer", "interviewer", "payroll", "hr_manager", "plain"):
            user = getattr(self, name)
            preview = self.env["hr.exit.retention.preview"].with_user(user)
            with self.subTest(name), self.assertRaises(AccessError):
                preview.action_open()
            with self.subTest(name), self.assertRaises(AccessError):
                preview.action_purge()
            for model in ("log", "preview"):
                records = self.env[f"hr.exit.retention.{model}"].with_user(user)
                self.assertFalse(records.has_access("read"))

    def test_log_is_written_by_nobody(self):
        """Not even an exit administrator changes, makes or deletes a line."""
        for model in ("hr.exit.retention.log", "hr.exit.retention.preview"):
            records = self.env[model].with_user(self.admin)
            self.assertTrue(records.has_access("read"))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.has_access(operation))

    def test_log_is_of_the_company(self):
        """Somebody in another company does not see how much went here."""
        log = self.env["hr.exit.retention.log"]
        log._add_purge(
            self.env[TEXT], self.company, 3, "manual", date.fromisoformat("2025-01-01")
        )
        other = self._other_company_officer()
        other.group_ids = [
            Command.link(self.env.ref("hr_exit_interview.group_exit_admin").id)
        ]
        of_company = [("company_id", "=", self.company.id)]
        elsewhere = log.with_user(other).with_context(allowed_company_ids=[])
        self.assertTrue(elsewhere.has_access("read"))
        self.assertFalse(elsewhere.search(of_company))
        self.assertTrue(log.with_user(self.admin).search(of_company))

    def test_anonymous_departure_cannot_be_changed(self):
        """An anonymous departure is changed by nobody."""
        with freeze_time("2028-05-01"):
            self._purge()
        departure = self.departure.with_user(self.admin)
        with self.assertRaisesRegex(UserError, "only counted"):
            departure.employee_name = "Joost Visser"
        with self.assertRaisesRegex(UserError, "only counted"):
            self.env["hr.exit.interview"].with_user(self.admin).create(
                {"departure_id": departure.id}
            )
