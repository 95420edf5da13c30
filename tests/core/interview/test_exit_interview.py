from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitInterview(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)

    def _interview(self, **vals):
        return self.env["hr.exit.interview"].create(
            {"departure_id": self.departure.id, **vals}
        )

    def test_interview_has_its_own_copy_to_be_counted_by(self):
        """Unit, job, manager, type, tenure band and quarter come from the departure."""
        interview = self._interview()
        self.assertEqual(interview.department_id, self.department)
        self.assertEqual(interview.job_id, self.job)
        self.assertEqual(interview.manager_id, self.manager)
        self.assertEqual(interview.departure_type, "voluntary")
        self.assertEqual(interview.quarter, "2026-Q2")
        self.assertEqual(interview.tenure_band, "5_10y")

    def test_tenure_counts_the_last_day(self):
        """From 1 March 2021 to 28 February 2026 is five years."""
        self.departure.departure_date = "2026-04-30"
        interview = self._interview()
        self.departure.write({"notice_date": False, "departure_date": "2026-02-28"})
        self.assertEqual(interview.tenure_band, "5_10y")
        self.departure.departure_date = "2026-02-27"
        self.assertEqual(interview.tenure_band, "2_5y")

    def test_copy_follows_corrections_until_it_is_closed(self):
        """A correction reaches open interviews; a closed one is history."""
        interview = self._interview()
        self.departure.departure_reason_id = self.reason_fired
        self.departure.departure_type = "conduct"
        self.assertEqual(interview.departure_type, "conduct")
        interview.state = "closed"
        self.assertEqual(str(interview.closed_date), "2026-03-10")
        self.departure.departure_type = "performance"
        self.assertEqual(interview.departure_type, "conduct")

    def test_who_never_interviews(self):
        """Neither the leaver, the manager nor who decided on the dismissal."""
        self.employee.user_id = self.plain
        self.departure.decision_user_ids = [Command.link(self.admin.id)]
        for user in (self.plain, self.manager_user, self.admin):
            with self.assertRaisesRegex(ValidationError, "Choose somebody else"):
                self._interview(interviewer_id=user.id)
        self.assertTrue(self._interview(interviewer_id=self.interviewer.id))
