from freezegun import freeze_time

from odoo.tests import tagged

from ...common import ExitInterviewCommon

HEADER = [
    "employee_name",
    "company_id",
    "department_id",
    "manager_id",
    "job_id",
    "departure_reason_id",
    "service_start_date",
    "notice_date",
    "departure_date",
    "interview_ids/state",
    "interview_ids/held_date",
    "interview_ids/main_reason_id",
    "interview_ids/reason_ids",
]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureImport(ExitInterviewCommon):
    def _row(self, **values):
        row = {
            "employee_name": "Anna de Wit",
            "company_id": "Poldertuin B.V.",
            "department_id": "Kas",
            "manager_id": "Marit de Boer",
            "job_id": "Teelt",
            "departure_reason_id": "Resigned",
            "service_start_date": "2019-04-01",
            "notice_date": "2024-08-15",
            "departure_date": "2024-09-30",
            "interview_ids/state": "closed",
            "interview_ids/held_date": "2024-09-20",
            "interview_ids/main_reason_id": "Too much work",
            "interview_ids/reason_ids": "hours,mgr_support",
        }
        return [row[name] if name not in values else values[name] for name in HEADER]

    def _load(self, *rows):
        return (
            self.env["hr.departure"]
            .with_user(self.officer)
            .with_context(allowed_company_ids=self.company.ids)
            .load(HEADER, list(rows))
        )

    def _loaded(self, *rows):
        result = self._load(*rows)
        self.assertFalse(result["messages"])
        return self.env["hr.departure"].browse(result["ids"])

    def test_one_row_is_a_departure_with_a_held_interview(self):
        """Names stand for records; the interview has its own copy of the unit."""
        departure = self._loaded(self._row())
        self.assertEqual(departure.employee_name, "Anna de Wit")
        self.assertFalse(departure.employee_id)
        self.assertTrue(departure.is_historical)
        self.assertEqual(departure.state, "done")
        self.assertEqual(departure.departure_type, "voluntary")
        self.assertEqual(departure.manager_id, self.manager)
        interview = departure.interview_ids
        self.assertEqual(interview.state, "closed")
        self.assertEqual(interview.main_reason_id.code, "workload")
        self.assertEqual(
            set(interview.reason_ids.mapped("code")), {"mgr_support", "hours"}
        )
        self.assertEqual(interview.department_id, self.department)
        self.assertEqual(interview.manager_id, self.manager)
        self.assertEqual(interview.departure_type, "voluntary")
        self.assertEqual(interview.quarter, "2024-Q3")
        self.assertEqual(interview.tenure_band, "5_10y")

    def test_imported_past_leavers_get_nothing_to_do(self):
        """No employee, mail, activity or settlement comes of an import."""
        employees = self.env["hr.employee"].with_context(active_test=False)
        before = employees.search_count([])
        departure = self._loaded(self._row())
        self.assertEqual(employees.search_count([]), before)
        self.assertFalse(departure.activity_ids)
        self.assertFalse(departure.settlement_ids)

    def test_import_without_last_day_or_interview(self):
        """The last day may be unknown, and so may what was said."""
        empty = {name: "" for name in HEADER if name.startswith("interview_ids")}
        departure = self._loaded(self._row(departure_date="", notice_date="", **empty))
        self.assertFalse(departure.departure_date)
        self.assertFalse(departure.interview_ids)

    def test_archived_manager_is_found(self):
        """Managers who left themselves are named in old files."""
        self.manager.with_context(no_wizard=True).action_archive()
        self.assertEqual(self._loaded(self._row()).manager_id, self.manager)

    def test_reason_by_name_and_by_code(self):
        """A reason is named as it reads, or by its code where the name has a comma."""
        departure = self._loaded(
            self._row(**{"interview_ids/main_reason_id": "tools"}),
            self._row(**{"interview_ids/main_reason_id": "Workplace, noise, climate"}),
        )
        codes = departure.interview_ids.mapped("main_reason_id.code")
        self.assertEqual(sorted(codes), ["tools", "workplace"])

    def test_unknown_names_are_reported(self):
        """Odoo's own message tells which name was not found."""
        result = self._load(self._row(department_id="Bestaat niet"))
        self.assertFalse(result["ids"])
        self.assertIn("Bestaat niet", result["messages"][0]["message"])

    def test_row_that_contradicts_itself_is_reported(self):
        """The row is named and nothing of the file is written."""
        before = self.env["hr.departure"].search_count([])
        result = self._load(self._row(), self._row(service_start_date="2025-01-01"))
        self.assertFalse(result["ids"])
        messages = [message["message"] for message in result["messages"]]
        self.assertTrue(any("Anna de Wit was in service" in text for text in messages))
        self.assertEqual(self.env["hr.departure"].search_count([]), before)

    def test_import_of_an_employee(self):
        """An employee's past departure is historical, a coming one is open."""
        fields_list = ["employee_id", "departure_reason_id", "departure_date"]
        result = self.env["hr.departure"].load(
            fields_list,
            [
                ["Joost Visser", "Resigned", "2024-01-31"],
                ["Sanne Kok", "Resigned", "2026-06-30"],
            ],
        )
        self.assertFalse(result["messages"])
        past, coming = self.env["hr.departure"].browse(result["ids"])
        self.assertTrue(past.is_historical)
        self.assertEqual(coming.state, "draft")

    def test_import_of_a_csv_file(self):
        """The same through Odoo's import screen, where that is installed."""
        if "base_import.import" not in self.env:
            self.skipTest("base_import is not installed")
        lines = [HEADER, self._row()]
        text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "hr.departure",
                "file": text.encode(),
                "file_name": "leavers.csv",
                "file_type": "text/csv",
            }
        )
        result = wizard.execute_import(
            HEADER,
            HEADER,
            {
                "quoting": '"',
                "separator": ",",
                "has_headers": True,
                "encoding": "utf-8",
            },
        )
        self.assertFalse(result["messages"])
        departure = self.env["hr.departure"].browse(result["ids"])
        self.assertEqual(departure.interview_ids.main_reason_id.code, "workload")
        self.assertTrue(departure.is_historical)
