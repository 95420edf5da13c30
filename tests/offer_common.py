"""Leavers, interviewers and mail for the tests of offering and planning."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import ExitInterviewCommon


@tagged("post_install", "-at_install")
class OfferCommon(ExitInterviewCommon):
    """A confirmed resignation from 2 March to 30 April 2026, nothing offered yet.

    Freeze the time: midpoint and hold period count from it. ``self.interviewer`` and
    ``self.officer`` are employees with the company's 40-hour week, Monday to Friday
    9 to 17, Europe/Amsterdam.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "hr@poldertuin.example.com"
        cls.company.resource_calendar_id = cls.calendar
        cls.company.exit_interviewer_ids = cls.interviewer
        cls.company.exit_responsible_id = cls.officer
        # One officer, so that it is known between whom the leaver chooses.
        cls.admin.group_ids = cls.env.ref("base.group_user")
        cls.employee.private_email = "joost@example.net"
        cls.employee.work_email = "joost.visser@poldertuin.example.com"
        for user in (cls.interviewer, cls.officer):
            cls._employee(user.name, "2015-01-01", 4000.0, user_id=user.id)
        cls.departure = cls._departure(cls.employee, lang="en_US")

    def setUp(self):
        super().setUp()
        # A cron commits its progress; a test keeps nothing.
        self.startPatcher(
            patch.object(
                self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1
            )
        )

    def _confirm(self, departure=None):
        (departure or self.departure).action_confirm()

    def _offer(self, departure=None):
        departure = departure or self.departure
        if departure.state == "draft":
            self._confirm(departure)
        return departure._offer_interviews()

    def _mails(self):
        """The mails in the queue, oldest first."""
        return self.env["mail.mail"].search([("state", "=", "outgoing")], order="id")

    def _leaver_mails(self, email="joost@example.net"):
        return self._mails().filtered(lambda mail: email in (mail.email_to or ""))
