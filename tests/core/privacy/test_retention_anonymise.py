from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ...retention_common import RetentionCommon

FIRST_DAYS = ("01-01", "04-01", "07-01", "10-01")
COUNTED = ["departure_type", "tenure_band"]


@tagged("post_install", "-at_install")
class TestRetentionAnonymise(RetentionCommon):
    """What is left of Joost Visser on 1 May 2028."""

    def _purge_all(self):
        with freeze_time("2028-05-01"):
            self._purge()

    def _read_columns(self, record):
        """{column: value} of a record, as text, straight from the database."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT to_jsonb(t) FROM %s t WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        return {
            name: value
            for name, value in self.env.cr.fetchone()[0].items()
            if value not in (None, False, {}, 0)
            and name not in ("id", "create_uid", "write_uid", "write_date")
        }

    def test_departure_keeps_what_is_counted(self):
        """No name, person, manager, wage or exact day in any column."""
        self.employee.write({"work_email": "joost@example.com"})
        self.departure.write(
            {
                "departure_description": "Vertrok na een ruzie.",
                "is_regretted": True,
                "culpable_party": "employee",
                "decision_user_ids": [Command.set(self.officer.ids)],
            }
        )
        self.departure._ensure_exit_token()
        token = self.departure.exit_token
        self._purge_all()
        columns = self._read_columns(self.departure)
        self.assertIn(columns.pop("create_date")[5:10], FIRST_DAYS)
        self.assertEqual(
            columns,
            {
                "company_id": self.company.id,
                "state": "done",
                "employee_name": "—",
                "is_anonymous": True,
                "departure_reason_id": self.reason_resigned.id,
                "departure_type": "voluntary",
                "initiative": "employee",
                "is_regretted": True,
                "culpable_party": "none",
                # 30 April 2026 is in the quarter that ends on 30 June.
                "departure_date": "2026-06-30",
                # From 1 March 2021: five years and two months.
                "tenure_band": "5_10y",
            },
        )
        self.assertFalse(self.departure.subordinate_ids)
        self.assertFalse(self.departure.decision_user_ids)
        self.assertFalse(self.env["hr.departure"]._find_by_exit_token(token))
        self.assertEqual(self.departure.display_name, "Anonymous, 2026-Q2")

    def test_interview_keeps_codes(self):
        """Stated reason, way of leaving, band and quarter; points keep their theme."""
        theme = self.env["hr.exit.theme"].search([], limit=1)
        self.point.theme_id = theme
        bare = self._point(question="Nog iets?", answer="Nee.")
        self._purge_all()
        columns = self._read_columns(self.interview)
        columns.pop("create_date")
        self.assertEqual(
            columns,
            {
                "departure_id": self.departure.id,
                "company_id": self.company.id,
                "state": "closed",
                "template_id": self.interview.template_id.id,
                "share_choice": "no",
                "is_anonymous": True,
                "main_reason_id": self.interview.main_reason_id.id,
                "departure_type": "voluntary",
                "tenure_band": "5_10y",
                "quarter": "2026-Q2",
                "held_date": "2026-06-30",
                "closed_date": "2026-06-30",
            },
        )
        self.assertEqual(self.interview.main_reason_id.code, "workload")
        self.assertFalse(bare.exists())
        point = self._read_columns(self.point)
        self.assertEqual(point["theme_id"], theme.id)
        self.assertFalse({"question", "answer", "client_uid"} & point.keys())

    def test_traces_are_deleted(self):
        """Messages, tracked values, activities, followers, files, events and mail."""
        with freeze_time("2026-04-01"):
            self.departure.message_post(body="Over Joost")
            self.departure.with_context(tracking_disable=False).is_regretted = True
            self.departure.activity_schedule("mail.mail_activity_data_todo")
            self.departure.message_subscribe(self.officer.partner_id.ids)
        self.departure._ensure_exit_token()
        event = self.env["calendar.event"].create(
            {
                "name": "Gesprek",
                "start": "2026-04-20 10:00",
                "stop": "2026-04-20 11:00",
                "res_model_id": self.env["ir.model"]._get_id("hr.exit.interview"),
                "res_id": self.interview.id,
            }
        )
        failed = self.env["mail.mail"].create(
            {
                "body_html": f"<a href='{self.departure._get_exit_url()}'>Joost</a>",
                "email_to": "joost@example.com",
                "state": "exception",
            }
        )
        other = self.env["mail.mail"].create(
            {"body_html": "<p>/exit/</p>", "email_to": "a@example.com"}
        )
        attachment = self.env["ir.attachment"].create(
            {
                "name": "brief.txt",
                "raw": b"Joost",
                "res_model": "hr.departure",
                "res_id": self.departure.id,
            }
        )
        agreement = self._agreement(self.departure, "other")
        document = self.env["ir.attachment"].create(
            {"name": "vso.txt", "raw": b"Joost", "res_model": agreement._name}
        )
        agreement.attachment_ids = document
        self._purge_all()
        for record in (event, failed, attachment, agreement, document):
            self.assertFalse(record.exists(), record._name)
        self.assertTrue(other.exists())
        for record in (self.departure, self.interview):
            for model, model_field in (
                ("mail.message", "model"),
                ("mail.activity", "res_model"),
                ("mail.followers", "res_model"),
            ):
                left = self.env[model].search_count(
                    [(model_field, "=", record._name), ("res_id", "=", record.id)]
                )
                self.assertFalse(left, (record._name, model))

    def test_settlement_lives_on_by_itself(self):
        """Name, amounts and state stay; nothing leads back to the departure."""
        self._agreement(
            self.departure,
            "study_costs",
            amount=1200,
            months_total=24,
            date_completed="2026-01-01",
        )
        settlement = self._checked_settlement()
        settlement.action_discuss()
        settlement.with_user(
            self._user("second", "hr_exit_interview.group_exit_payroll")
        ).action_confirm()
        before = [
            (line.code, line.label, line.amount, line.explanation)
            for line in settlement.line_ids
        ]
        self._purge_all()
        self.assertFalse(settlement.departure_id)
        self.assertEqual(settlement.employee_name, "Joost Visser")
        self.assertEqual(settlement.state, "confirmed")
        self.assertEqual(
            [
                (line.code, line.label, line.amount, line.explanation)
                for line in settlement.line_ids
            ],
            before,
        )
        self.assertFalse(
            settlement.line_ids.filtered(
                lambda line: line.res_model == "hr.departure.agreement"
            )
        )

    def test_draft_settlement_keeps_its_lines(self):
        """What was never confirmed is not worked out to nothing."""
        settlement = self._settlement(self.departure)
        lines = settlement.line_ids
        self._purge_all()
        settlement.action_recompute()
        self.assertEqual(settlement.line_ids, lines)
        self.assertEqual(settlement.employee_name, "Joost Visser")

    def test_settlement_goes_after_seven_years(self):
        """With lines, messages and files; confirmed ones too."""
        settlement = self._settlement(self.departure)
        settlement._set_state("confirmed")
        lines = settlement.line_ids
        messages = settlement.message_ids
        with freeze_time("2033-04-30"):
            self._purge()
        self.assertTrue(settlement.exists())
        with freeze_time("2033-05-01"):
            self._purge()
        self.assertFalse(settlement.exists() or lines.exists() or messages.exists())

    def test_unit_is_kept_from_five_leavers(self):
        """Five of a unit: kept. Fewer: the unit above, or none."""
        above = self.env["hr.department"].create({"name": "Bedrijf"})
        large, small, alone = self.env["hr.department"].create(
            [
                {"name": "Groot", "parent_id": above.id},
                {"name": "Klein", "parent_id": above.id},
                {"name": "Alleen"},
            ]
        )
        people = {
            unit: [
                self._left(f"{unit.name} {i}", "2026-02-15", department_id=unit.id)
                for i in range(count)
            ]
            for unit, count in ((large, 5), (small, 4), (alone, 4))
        }
        self._purge_all()
        for unit, expected in ((large, large), (small, above), (alone, alone.browse())):
            for departure in people[unit]:
                self.assertEqual(departure.department_id, expected)
                self.assertEqual(departure.interview_ids.department_id, expected)

    def test_unit_stays_when_others_left_it_later(self):
        """Who goes first is not moved up because the others still have a name."""
        unit = self.env["hr.department"].create({"name": "Kas 2"})
        early = self._left("Vroeg", "2026-02-15", department_id=unit.id)
        for i in range(4):
            self._left(f"Laat {i}", "2027-02-15", department_id=unit.id)
        self._purge_all()
        self.assertTrue(early.is_anonymous)
        self.assertEqual(early.department_id, unit)

    def _count_all(self):
        """Counts of departures and interviews by type, band, quarter and reason."""
        self.env.flush_all()
        domain = [("company_id", "=", self.company.id)]
        departures = self.env["hr.departure"]._read_group(
            domain, [*COUNTED, "departure_date:quarter", "is_regretted"], ["__count"]
        )
        interviews = self.env["hr.exit.interview"]._read_group(
            domain,
            [*COUNTED, "quarter", "main_reason_id", "state", "held_date:quarter"],
            ["__count"],
        )
        return departures, interviews

    def test_counts_are_the_same_before_and_after(self):
        """Nothing that is counted changes with the purge of texts and persons."""
        for i, day in enumerate(
            ("2024-12-31", "2025-01-01", "2025-03-31", "2025-06-30", "2026-01-01")
        ):
            self._left(f"P{i}", day, is_regretted=i % 2)
            self._left(
                f"Q{i}",
                day,
                departure_type="retirement",
                service_start_date="2024-11-01",
            )
        before = self._count_all()
        self._purge_all()
        left = self.env["hr.departure"].search(
            [("company_id", "=", self.company.id), ("is_anonymous", "=", False)]
        )
        self.assertFalse(left)
        self.assertEqual(self._count_all(), before)

    def test_nobody_reads_an_anonymous_interview(self):
        """Neither a manager who remembers who left, nor HR; points neither."""
        self.point.theme_id = self.env["hr.exit.theme"].search([], limit=1)
        self._purge_all()
        for user in (self.admin, self.officer, self.manager_user, self.interviewer):
            for record in (self.interview, self.point):
                found = record.with_user(user).search([("id", "=", record.id)])
                self.assertFalse(found)
                self.assertFalse(record.with_user(user).has_access("read"))

    @freeze_time("2028-05-01")
    def test_history_of_long_ago_has_no_name_from_the_start(self):
        """Imported with a last day before May 2026: nobody's name is stored."""
        rows = [
            ["Anna de Wit", "2026-04-30", "closed", "2026-04-20", "workload"],
            ["Bram Los", "2026-05-01", "closed", "2026-04-28", "workload"],
        ]
        header = [
            "employee_name",
            "departure_date",
            "interview_ids/state",
            "interview_ids/held_date",
            "interview_ids/main_reason_id",
        ]
        departures = self.env["hr.departure"].with_user(self.officer)
        result = departures.load(header, rows)
        self.assertFalse(result["messages"])
        old, recent = self.env["hr.departure"].browse(result["ids"])
        self.assertTrue(old.is_anonymous)
        self.assertEqual(old.employee_name, "—")
        self.assertEqual(str(old.departure_date), "2026-06-30")
        self.assertEqual(old.interview_ids.main_reason_id.code, "workload")
        self.assertEqual(recent.employee_name, "Bram Los")
