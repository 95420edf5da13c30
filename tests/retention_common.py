from unittest.mock import patch

from freezegun import freeze_time

from .interview_common import InterviewCommon


class RetentionCommon(InterviewCommon):
    """Joost Visser left on 30 April 2026, after a talk on 20 April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-04-20"):
            cls.interview.write(
                {
                    "state": "closed",
                    "held_date": "2026-04-20",
                    "summary": "Hij ging voor meer groei.",
                    "internal_note": "Goed gesprek.",
                    "main_reason_id": cls.env.ref(
                        "hr_exit_interview.exit_reason_workload"
                    ).id,
                }
            )
            cls.point = cls._point(question="Wat ging goed?", answer="De collega's.")
            cls.departure.state = "done"
            cls.env.flush_all()
        # What is published last: figures are frozen before any purge.
        cls.release = cls.env["hr.exit.insight.release"].create(
            {
                "company_id": cls.company.id,
                "quarter": "2040-Q4",
                "date_from": "2040-10-01",
                "date_to": "2040-12-31",
                "minimum": 5,
            }
        )

    @classmethod
    def _left(cls, name, day, answer="Te druk.", **vals):
        """Somebody who left on ``day`` after a talk about the workload."""
        departure = cls.env["hr.departure"].create(
            {
                "employee_name": name,
                "company_id": cls.company.id,
                "departure_reason_id": cls.reason_resigned.id,
                "departure_date": day,
                "service_start_date": "2021-03-01",
                **vals,
            }
        )
        interview = cls._interview(departure, state="closed", held_date=day)
        cls._point(interview, question="Waarom?", answer=answer)
        interview.main_reason_id = cls.env.ref("hr_exit_interview.exit_reason_workload")
        return departure

    def _purge(self, stop_after=None):
        """Run the cron; ``stop_after`` so many batches its time is up."""
        batches = []

        def progress(_cron, processed=0, **_kwargs):
            batches.append(processed)
            return stop_after is None or len([b for b in batches if b]) < stop_after

        with patch.object(self.registry["ir.cron"], "_commit_progress", progress):
            self.env["hr.exit.retention"]._cron_purge()
        self.env.invalidate_all()

    def _preview(self, day):
        """{(code, person): line} of what goes up to ``day``."""
        return {
            (subject._get_code(), line["person"]): line
            for subject in self.env["hr.exit.retention"]._get_subjects()
            for line in subject._preview(self.company, day)
        }

    def _texts(self):
        return (
            self.interview.summary,
            self.interview.internal_note,
            self.point.question,
            self.point.answer,
        )
