"""What every database is prepared with."""

from odoo.tests import TransactionCase


class TestTemplate(TransactionCase):
    def test_english_is_the_first_language_and_dutch_is_there(self):
        self.assertEqual(self.env.ref("base.user_admin").lang, "en_US")
        installed = self.env["res.lang"].get_installed()
        self.assertEqual({code for code, _name in installed}, {"en_US", "nl_NL"})

    def test_it_has_no_demo_data(self):
        self.assertFalse(
            self.env["ir.module.module"].search_count([("demo", "=", True)])
        )

    def test_nothing_is_reported_to_the_maker_of_odoo(self):
        job = self.env.ref("mail.ir_cron_module_update_notification")
        self.assertFalse(job.active)
