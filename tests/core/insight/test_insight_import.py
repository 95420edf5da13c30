import base64
import random
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ...insight_common import InsightCommon
from ..departure.test_departure_import import HEADER

OTHERS = ("base_pay", "no_growth", "hours", "better_role", "relocation", "atmosphere")


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightImport(InsightCommon):
    """Leavers of years ago, imported with their stated reasons, yield signals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "exit_signal_consent_date": "2025-01-15",
                "exit_signal_policy": base64.b64encode(b"policy"),
            }
        )

    def _rows(self, count):
        """One in ten of every unit is dissatisfied with the work, most of trade's."""
        draw = random.Random(12)
        for number in range(count):
            unit = draw.choice(["Greenhouse", "Trade", "Office"])
            is_dull = draw.random() < (0.45 if unit == "Trade" else 0.10)
            day = date(2014, 1, 5) + timedelta(days=draw.randrange(700))
            row = {
                "employee_name": f"Leaver {number}",
                "company_id": self.company.name,
                "department_id": unit,
                "departure_reason_id": "Resigned",
                "service_start_date": "2010-01-01",
                "departure_date": str(day),
                "interview_ids/state": "closed",
                "interview_ids/held_date": str(day),
                "interview_ids/main_reason_id": draw.choice(OTHERS),
                "interview_ids/reason_ids": "unchallenging" if is_dull else "",
            }
            yield [row.get(name, "") for name in HEADER]

    def test_imported_leavers_yield_signals(self):
        """800 leavers of 2014 and 2015: the work stands out in trade, nothing else."""
        departures = self.env["hr.departure"].with_user(self.officer)
        result = departures.load(HEADER, list(self._rows(800)))
        self.assertFalse(result["messages"])
        search = self.env["hr.exit.signal.search"].with_user(self.signal_reader)
        search.create({"date_to": "2016-01-01"}).action_search()
        signals = self.env["hr.exit.signal"].search([])
        self.assertEqual(
            {(signal.department_id.name, signal.reason_id.code) for signal in signals},
            {("Trade", "WORK")},
        )
        self.assertTrue(signals.is_strong)
        self.assertFalse(
            self.env["hr.exit.signal"]._detect_signals(self.company, date(2025, 11, 3))
        )

    def test_two_organisations_with_the_same_names(self):
        """Jobs and units are those of the company of the file; jobs yield signals."""
        other = self._company("Kwekerij Noord B.V.")
        for company in self.company | other:
            self.env["hr.job"].create(
                [
                    {"name": name, "company_id": company.id}
                    for name in ("Teacher", "Cleaner")
                ]
            )
            if company == other:
                self.greenhouse.copy({"name": "Greenhouse", "company_id": other.id})
        rows = []
        for row in self._rows(240):
            row = dict(zip(HEADER, row, strict=True))
            is_dull = row["interview_ids/reason_ids"]
            row.update(
                company_id=other.name,
                department_id="Greenhouse",
                job_id="Teacher" if is_dull else "Cleaner",
            )
            rows.append([*row.values()])
        result = self.env["hr.departure"].load([*row], rows)
        self.assertFalse(result["messages"])
        departures = self.env["hr.departure"].browse(result["ids"])
        for field in ("department_id", "job_id"):
            self.assertEqual(departures[field].company_id, other, field)
        other.write(
            {
                "exit_signal_consent_date": "2025-01-15",
                "exit_signal_policy": base64.b64encode(b"policy"),
            }
        )
        signals = self.env["hr.exit.signal"]._detect_signals(other, date(2016, 1, 1))
        self.assertIn("Teacher", signals.job_id.mapped("name"))
        self.assertFalse(departures.settlement_ids or departures.activity_ids)
        self.assertFalse(departures.interview_ids.activity_ids)

    def test_job_of_few_leavers_is_not_kept(self):
        """Past the retention period a job that four people left would tell who."""
        jobs = self.env["hr.job"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("Teacher", "Director")
            ]
        )
        rows = [dict(zip(HEADER, row, strict=True)) for row in self._rows(9)]
        for number, row in enumerate(rows):
            row["job_id"] = jobs[number < 4].name
        result = self.env["hr.departure"].load(
            HEADER, [[*row.values()] for row in rows]
        )
        departures = self.env["hr.departure"].browse(result["ids"])
        self.assertEqual(departures.mapped("is_anonymous"), [True] * 9)
        self.assertEqual(departures.job_id, jobs[0])
        self.assertEqual(departures.interview_ids.job_id, jobs[0])

    def test_imported_leavers_without_dates(self):
        """A held interview counts by its own day when the last one is not known."""
        rows = list(self._rows(60))
        at = HEADER.index("departure_date")
        for row in rows:
            row[at] = row[HEADER.index("service_start_date")] = ""
        result = self.env["hr.departure"].load(HEADER, rows)
        self.assertFalse(result["messages"])
        leavers = self.env["hr.exit.signal"]._get_leavers(
            self.company, date(2014, 1, 1), date(2016, 1, 1)
        )
        self.assertEqual(len(leavers), 60)
