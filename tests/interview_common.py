"""An interview of the people in ``common``, with a guide and an own interviewer."""

from odoo import Command

from .settlement_common import SettlementCommon


class InterviewCommon(SettlementCommon):
    """Joost Visser resigned; ``self.interviewer`` holds the talk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)
        cls.interview = cls._interview(cls.departure)
        cls.talk = cls.interview.with_user(cls.interviewer)

    @classmethod
    def _interview(cls, departure, **vals):
        return cls.env["hr.exit.interview"].create(
            {
                "departure_id": departure.id,
                "state": "scheduled",
                "interviewer_id": cls.interviewer.id,
                **vals,
            }
        )

    @classmethod
    def _point(cls, interview=None, **vals):
        """A point that the leaver prepared, unless told otherwise."""
        return cls.env["hr.exit.interview.point"].create(
            {
                "interview_id": (interview or cls.interview).id,
                "kind": "leaver",
                "is_by_leaver": True,
                **vals,
            }
        )

    @classmethod
    def _checked_settlement(cls, departure=None):
        """The settlement of the leaver as payroll has checked it."""
        settlement = cls._settlement(departure or cls.departure)
        settlement.with_user(cls.payroll).action_check()
        return settlement

    @classmethod
    def _other_company_officer(cls):
        """An HR exit officer who has nothing to do with the leaver's company."""
        other = cls._company("Elders B.V.")
        user = cls._user(
            "exit_officer_elsewhere", "hr_exit_interview.group_exit_officer"
        )
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        return user

    def _read_log(self):
        """[(user, hour, how)] of what was logged, oldest first."""
        self.env.flush_all()
        found = self.env["hr.exit.access.log"].search(
            [("interview_id", "=", self.interview.id)], order="id"
        )
        return [(log.user_id, str(log.access_hour), log.how) for log in found]
