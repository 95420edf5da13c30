from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...offer_common import OfferCommon

REPORT = "hr_exit_interview.report_offer_letter"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestOfferLetter(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.write({"private_email": False, "work_email": False})
        cls.departure.action_confirm()
        cls.interview = cls.departure._offer_interviews()

    def _html(self, user):
        reports = self.env["ir.actions.report"].with_user(user)
        html, _kind = reports._render_qweb_html(REPORT, self.interview.ids)
        return html.decode()

    def test_letter(self):
        """Link, QR code and what the law asks, on paper, in the leaver's language."""
        self.departure.lang = "nl_NL"
        html = self._html(self.officer)
        for words in (
            "Beste",
            "Joost Visser",
            "donderdag 30 april 2026",
            "Meedoen is vrijwillig",
            "Autoriteit Persoonsgegevens",
            self.departure._get_exit_url(),
            'src="data:image/svg+xml;base64,',
        ):
            self.assertIn(words, html)

    def test_letter_is_on_the_paper_of_the_company(self):
        """In its document layout, and never marked as a draft."""
        self.company.report_footer = "<p>KvK 12345678</p>"
        html = self._html(self.officer)
        self.assertIn(f"o_company_{self.company.id}_layout", html)
        self.assertIn("KvK 12345678", html)
        self.assertNotIn("hx_watermark", html)

    def test_printing_closes_the_activity(self):
        """Once printed, HR is not asked again."""
        self.assertTrue(self.interview.activity_ids)
        action = self.interview.with_user(self.officer).action_print_letter()
        self.assertEqual(action["report_name"], REPORT)
        self.assertFalse(self.interview.activity_ids)

    def test_link_is_printed_for_nobody_else(self):
        """Not by an interviewer or the manager, and not while it can be mailed."""
        self.interview.interviewer_id = self.interviewer
        for user in (self.interviewer, self.manager_user, self.payroll, self.plain):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._html(user)
        self.employee.private_email = "joost@example.net"
        with self.assertRaisesRegex(UserError, "by mail"):
            self._html(self.officer)
