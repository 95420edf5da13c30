"""Mass departures: people in two departments, and runs without the job's commits."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import Command

from .settlement_common import SettlementCommon


class BatchCommon(SettlementCommon):
    """``self._batch(employees)`` and ``self._run(batch, "calculate")``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["hr.department"].create(
            {"name": "Kantoor", "company_id": cls.company.id}
        )

    @classmethod
    def _people(cls, count, **vals):
        """Employees since March 2021 at 3,000, 3,001 … a month, in two departments."""
        departments = (cls.department, cls.office)
        return cls.env["hr.employee"].create(
            [
                {
                    "name": f"Worker {number}",
                    "company_id": cls.company.id,
                    "date_version": "2021-03-01",
                    "contract_date_start": "2021-03-01",
                    "wage": 3000.0 + number,
                    "resource_calendar_id": cls.calendar.id,
                    "department_id": departments[number % 2].id,
                    **vals,
                }
                for number in range(count)
            ]
        )

    @classmethod
    def _batch(cls, employees, user=None, **vals):
        """A reorganisation: notice on 12 May 2026, last day 31 August 2026."""
        return (
            cls.env["hr.departure.batch"]
            .with_user(user or cls.officer)
            .create(
                {
                    "name": "Reorganisation",
                    "departure_reason_id": cls.reason_fired.id,
                    "departure_type": "redundancy",
                    "initiative": "employer",
                    "notice_date": "2026-05-12",
                    "departure_date": "2026-08-31",
                    "line_ids": [
                        Command.create({"employee_id": employee.id})
                        for employee in employees
                    ],
                    **vals,
                }
            )
        )

    @contextmanager
    def _without_commit(self, on_commit=None):
        """The job commits after each chunk; a test must not.

        :param on_commit: called instead, with the number of people of the chunk
        """

        def commit(_crons, processed=0, **_options):
            self.env.flush_all()
            self.env.invalidate_all()
            if on_commit and processed:
                return on_commit(processed)
            return 1

        with patch.object(self.registry["ir.cron"], "_commit_progress", commit):
            yield

    def _cron(self, on_commit=None):
        with self._without_commit(on_commit):
            self.env["hr.departure.batch"]._cron_run()

    def _run(self, batch, step):
        """Press the button of a step and let the job do it."""
        getattr(batch, f"action_{step}")()
        self._cron()

    def _line(self, batch, employee):
        return batch.sudo().line_ids.filtered(lambda line: line.employee_id == employee)
