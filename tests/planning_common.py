from datetime import datetime

from odoo import Command

from .offer_common import OfferCommon

INTERVIEWER_NEEDED = "hr_exit_interview.mail_activity_type_interview_interviewer"
PREPARE = "hr_exit_interview.mail_activity_type_interview_prepare"
CODE = "hr_exit_interview.mail_activity_type_interview_code"
# Tuesday 31 March 2026, 10:00 in Amsterdam (summer time).
TEN = datetime(2026, 3, 31, 8, 0)


class PlanningCommon(OfferCommon):
    """An interview that was offered, and agendas to plan it in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.action_confirm()
        cls.interview = cls.departure._offer_interviews()

    def _busy(self, user, start, stop, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Busy",
                "start": start,
                "stop": stop,
                "user_id": user.id,
                "partner_ids": [Command.set(user.partner_id.ids)],
                **vals,
            }
        )

    def _leave(self, user, first, last):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": user.employee_id.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": f"{first} 00:00:00",
                "date_to": f"{last} 22:00:00",
            }
        )
