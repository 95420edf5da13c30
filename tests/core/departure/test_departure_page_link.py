from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDeparturePageLink(ExitInterviewCommon):
    """The link opens the conversation: few may have it, and it is noted who did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)

    def _show(self, user):
        action = self.departure.with_user(user).action_show_page_link()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def test_officer_gets_the_link_and_it_is_noted(self):
        """With the officer's name, without the link itself."""
        link = self._show(self.officer)
        token = self.departure.exit_token
        self.assertTrue(link.url.endswith(f"/exit/{token}"))
        message = self.departure.message_ids[0]
        self.assertIn("link was shown", str(message.body))
        self.assertEqual(message.author_id, self.officer.partner_id)
        self.assertNotIn(token, str(self.departure.message_ids.mapped("body")))

    def test_nobody_reads_or_makes_the_link_of_another(self):
        """Shown to who asked, made by the button alone."""
        link = self._show(self.officer)
        links = self.env["hr.departure.page.link"].with_user(self.admin)
        self.assertFalse(links.search([]))
        with self.assertRaises(AccessError):
            links.browse(link.id).read(["url"])
        values = {"departure_id": self.departure.id, "url": "x"}
        for user in (self.officer, self.admin):
            with self.assertRaises(AccessError):
                links.with_user(user).create(values)
        with self.assertRaises(AccessError):
            link.with_user(self.officer).write(values)

    def test_who_may_not_have_it(self):
        """The manager, who took part in the decision, payroll, interviewer, others."""
        self.departure.decision_user_ids = [Command.link(self.admin.id)]
        users = (
            self.manager_user,
            self.admin,
            self.payroll,
            self.interviewer,
            self.hr_manager,
            self.plain,
        )
        for user in users:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._show(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.departure.with_user(user).action_renew_page_link()
        self.employee.user_id = self.officer
        with self.assertRaises(AccessError):
            self._show(self.officer)

    def test_replaced_link_stops_the_old_one(self):
        """From the dialog; that it was done is noted as well."""
        link = self._show(self.officer)
        old = self.departure.exit_token
        link.action_renew()
        found = self.env["hr.departure"]._find_by_exit_token
        self.assertFalse(found(old))
        self.assertEqual(found(self.departure.exit_token), self.departure)
        self.assertIn("replaced", str(self.departure.message_ids[0].body))

    def test_no_link_where_there_is_no_page(self):
        """After a death, for past leavers and when the retention is over."""
        self.departure.departure_type = "death"
        with self.assertRaisesRegex(UserError, "has no page"):
            self._show(self.officer)
        self.departure.departure_type = "voluntary"
        with freeze_time("2027-05-01"), self.assertRaisesRegex(UserError, "no page"):
            self._show(self.officer)
