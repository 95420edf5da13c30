"""Leavers with answers, many at a time, and what is published about them."""

from odoo import Command, fields

from .common import ExitInterviewCommon


class InsightCommon(ExitInterviewCommon):
    """A company that publishes from five answers on, with three units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.exit_insight_batch = 5
        cls.reader = cls._user(
            "insight_reader",
            "hr_exit_interview.group_exit_insight_reader,base.group_allow_export",
        )
        cls.signal_reader = cls._user(
            "signal_reader",
            "hr_exit_interview.group_exit_signal_reader,base.group_allow_export",
        )
        for user in cls.officer, cls.admin:
            user.group_ids |= cls.env.ref("base.group_allow_export")
        cls.greenhouse, cls.trade, cls.office = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Greenhouse", "Trade", "Office")
            ]
        )
        cls.themes = {
            code: cls.env.ref(f"hr_exit_interview.exit_theme_{code}")
            for code in ("work", "manager", "enps")
        }

    @classmethod
    def _reason(cls, code):
        return cls.env["hr.exit.reason"].search([("code", "=", code)])

    @classmethod
    def _leavers(cls, count, unit, day="2025-08-15", reason=None, scores=None, **vals):
        """``count`` leavers of ``unit`` with closed interviews (or another state).

        :param reason: code of the main stated reason
        :param scores: {code of the theme: score}
        """
        interview = {
            "state": vals.pop("state", "closed"),
            "held_date": day,
            "main_reason_id": cls._reason(reason).id if reason else False,
        }
        departures = cls.env["hr.departure"].create(
            [
                {
                    "employee_name": f"{unit.name} {day} {number}",
                    "company_id": cls.company.id,
                    "department_id": unit.id,
                    "departure_reason_id": cls.reason_resigned.id,
                    "service_start_date": "2021-01-01",
                    "departure_date": day,
                    "interview_ids": [Command.create(interview)],
                    **vals,
                }
                for number in range(count)
            ]
        )
        cls.env["hr.exit.answer"].create(
            [
                {
                    "interview_id": interview.id,
                    "theme_id": cls.themes[code].id,
                    "score": score,
                }
                for interview in departures.interview_ids
                for code, score in (scores or {}).items()
            ]
        )
        return departures

    def _publish(self, first="2025-07-01"):
        """The release of the quarter that begins on ``first``."""
        first = fields.Date.to_date(first)
        releases = self.env["hr.exit.insight.release"]
        releases._publish_quarters(self.company, [first])
        return releases.search(
            [("company_id", "=", self.company.id), ("date_from", "=", first)]
        )

    def _figures(self, release, item, dimension="company", field="figure"):
        """{(label, answer): figure} of one subject."""
        return {
            (cell.label, cell.answer_label or ""): cell[field]
            for cell in release.cell_ids
            if cell.item == item and cell.dimension == dimension
        }
