from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...offer_common import OfferCommon

LETTER = "hr_exit_interview.mail_activity_type_interview_letter"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestOfferMail(OfferCommon):
    def _address(self, day, interview=None):
        return self.departure._get_leaver_email(date.fromisoformat(day), interview)

    def test_address_that_still_works(self):
        """At work until 14 days before the last day, then the private one."""
        self.assertEqual(
            self._address("2026-04-16"), "joost.visser@poldertuin.example.com"
        )
        self.assertEqual(self._address("2026-04-17"), "joost@example.net")
        self.assertEqual(self._address("2026-05-02"), "joost@example.net")

    def test_only_address_at_work(self):
        """Without a private address: at work, up to and with the last day."""
        self.employee.private_email = False
        self.assertEqual(
            self._address("2026-04-30"), "joost.visser@poldertuin.example.com"
        )
        self.assertEqual(self._address("2026-05-01"), "")

    def test_addresses_that_do_not_count(self):
        """Not the mailbox of the company, nor what is no address."""
        self.employee.work_email = self.company.email
        self.employee.private_email = "joost at home"
        self.assertEqual(self._address("2026-03-10"), "")

    def test_address_given_by_the_leaver_comes_first(self):
        """What was given on the page is used for this interview."""
        interview = self._offer()
        interview.contact_email = "new@example.net"
        self.assertEqual(self._address("2026-03-10", interview), "new@example.net")
        self.assertEqual(
            self._address("2026-03-10"), "joost.visser@poldertuin.example.com"
        )

    def test_offer_says_what_the_law_asks(self):
        """Purpose, who sees it, how long, rights, complaint; voluntary; the link."""
        self._offer()
        mail = self._leaver_mails("joost.visser@")
        for words in (
            "Dear Joost Visser",
            "Thursday 30 April 2026",
            "voluntary",
            "no influence on your final settlement or your certificate",
            "article 6(1)(f)",
            "Who sees it",
            "12 months",
            "24 months",
            "Autoriteit Persoonsgegevens",
            "until Thursday 14 May 2026",
            f'href="{self.departure._get_exit_url()}"',
        ):
            self.assertIn(words, mail.body_html)
        self.assertNotIn("#exit-page", mail.body_html)
        self.assertNotIn("t-out", mail.body_html)
        self.assertIn("hr@poldertuin.example.com", mail.email_from)

    def test_offer_in_the_language_of_the_leaver(self):
        """A Dutch leaver reads Dutch, dates included."""
        self.departure.lang = "nl_NL"
        self._offer()
        mail = self._leaver_mails("joost.visser@")
        self.assertIn("Meedoen is vrijwillig", mail.body_html)
        self.assertIn("donderdag 30 april 2026", mail.body_html)
        self.assertIn("12 maanden", mail.body_html)

    def test_link_is_nobody_elses(self):
        """No record's messages hold it; the mail goes once sent; no user finds it."""
        interview = self._offer()
        token = self.departure.exit_token
        mail = self._leaver_mails("joost.visser@")
        self.assertTrue(mail.auto_delete)
        self.assertFalse(mail.model or mail.res_id)
        messages = self.env["mail.message"].search([])
        self.assertFalse(
            messages.filtered(lambda m: token in (m.body or "")).mapped("model")
        )
        for user in (self.officer, self.interviewer, self.plain, self.manager_user):
            with self.subTest(user.login):
                found = self.env["mail.message"].with_user(user).search([])
                self.assertFalse(found.filtered(lambda m: token in (m.body or "")))
                self.assertNotIn(mail.mail_message_id, found)
                with self.assertRaises(AccessError):
                    self.env["mail.mail"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.departure.with_user(self.officer).read(["exit_token"])
        self.assertNotIn(token, str(interview.message_ids.mapped("body")))

    def test_link_is_not_in_a_preview(self):
        """Who previews a template sees the placeholder, not somebody's link."""
        interview = self._offer()
        self.admin.group_ids |= self.env.ref("hr_exit_interview.group_exit_admin")
        template = self.env.ref("hr_exit_interview.mail_template_offer")
        preview = (
            self.env["mail.template.preview"]
            .with_user(self.admin)
            .create(
                {
                    "mail_template_id": template.id,
                    "resource_ref": f"hr.exit.interview,{interview.id}",
                }
            )
        )
        self.assertIn("#exit-page", preview.body_html)
        self.assertIn("Joost Visser", preview.body_html)
        self.assertNotIn(self.departure.exit_token, preview.body_html)

    def test_only_administrators_edit_these_templates(self):
        """Any employee may edit templates in Odoo; not these: they carry links."""
        template = self.env.ref("hr_exit_interview.mail_template_offer")
        other = (
            self.env["mail.template"].with_user(self.plain).create({"name": "Other"})
        )
        self.admin.group_ids |= self.env.ref("hr_exit_interview.group_exit_admin")
        for user in (self.plain, self.officer, self.hr_manager, self.manager_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                template.with_user(user).write({"subject": "Mine"})
        other.with_user(self.plain).write({"subject": "Fine"})
        template.with_user(self.admin).write({"subject": "A talk?"})
        self.assertEqual(template.subject, "A talk?")

    def test_administrators_edit_where_templates_are_restricted(self):
        """Also where Odoo reserves templates to editors, HR changes its own."""
        self.env["ir.config_parameter"].set_param(
            "mail.restrict.template.rendering", True
        )
        self.env.ref("base.group_user").implied_ids -= self.env.ref(
            "mail.group_mail_template_editor"
        )
        self.admin.group_ids = self.env.ref("hr_exit_interview.group_exit_admin")
        self.assertFalse(self.admin.has_group("mail.group_mail_template_editor"))
        template = self.env.ref("hr_exit_interview.mail_template_offer")
        body = template.body_html.replace("voluntary", "up to you")
        template.with_user(self.admin).write({"body_html": body})
        with self.assertRaises(AccessError):
            template.with_user(self.admin).write(
                {"body_html": '<p t-out="object.departure_id.wage"/>'}
            )

    def test_text_that_lost_its_link_still_has_it(self):
        """HR may rewrite a mail and forget the link: it is added at the end."""
        self.env.ref("hr_exit_interview.mail_template_offer").body_html = "<p>Hi</p>"
        self._offer()
        mail = self._leaver_mails("joost.visser@")
        self.assertIn(self.departure._get_exit_url(), mail.body_html)

    def test_switched_off_template_sends_nothing(self):
        """An archived template sends nothing; the offer is there."""
        self.env.ref("hr_exit_interview.mail_template_offer").active = False
        interview = self._offer()
        self.assertEqual(interview.state, "offered")
        self.assertFalse(self._leaver_mails("joost"))

    def test_no_address_at_all(self):
        """HR gets one activity to print the letter; nothing is lost."""
        self.employee.write({"private_email": False, "work_email": False})
        interview = self._offer()
        self.assertTrue(interview.is_letter_needed)
        activity = interview.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref(LETTER))
        self.assertEqual(activity.user_id, self.officer)
        self.assertTrue(self.departure.exit_token)

    def test_no_officer_may_act_for_a_barred_one(self):
        """HR's work is not given to the leaver's manager or to who decided."""
        self.employee.write({"private_email": False, "work_email": False})
        self.company.exit_responsible_id = self.manager_user
        interview = self._offer()
        self.assertEqual(interview.activity_ids.user_id, self.officer)
