from ast import literal_eval
from base64 import b64encode

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ...common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestExitSettings(ExitInterviewCommon):
    """Our block of Odoo's settings, for exit administrators who administer Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env.ref(f"{ADDON}.hr_exit_settings_action")
        cls.system = cls._user("system", f"base.group_system,{ADDON}.group_exit_admin")

    def _settings(self, user=None):
        """The settings that the menu opens, for `user`."""
        return self.env[self.action.res_model].with_user(user or self.system)

    def _roles(self):
        names = ("admin", "officer", "interviewer", "payroll", "hr_manager", "plain")
        return {name: getattr(self, name) for name in names}

    def _block(self, user):
        """Our block as `user` gets it, or None."""
        arch = self._settings(user).get_views([(False, "form")])["views"]["form"][
            "arch"
        ]
        return etree.fromstring(arch).find(f".//app[@name='{ADDON}']")

    def test_settings_are_changed(self):
        """Shown as they are; only what was changed is written."""
        self.company.write(
            {"exit_text_retention_months": 9, "exit_adviser_name": "Ans Bos"}
        )
        with Form(self._settings()) as form:
            self.assertEqual(form.exit_text_retention_months, 9)
            self.assertEqual(form.exit_adviser_name, "Ans Bos")
            form.exit_text_retention_months = 6
            form.exit_interviewer_ids.add(self.interviewer)
        form.record.execute()
        self.assertEqual(self.company.exit_text_retention_months, 6)
        self.assertEqual(self.company.exit_adviser_name, "Ans Bos")
        self.assertEqual(self.company.exit_interviewer_ids, self.interviewer)

    def test_every_setting_is_in_our_block(self):
        """The menu opens Odoo's settings there, and nothing of ours is elsewhere."""
        self.assertEqual(literal_eval(self.action.context)["module"], ADDON)
        shown = {field.get("name") for field in self._block(self.system).iter("field")}
        ours = {
            name
            for name, field in self.env["res.config.settings"]._fields.items()
            if ADDON in field._modules and field.related
        }
        self.assertIn("exit_text_retention_months", ours)
        self.assertEqual(ours - shown, set())

    def test_an_administrator_of_odoo_without_the_role_has_no_block(self):
        self.assertIsNone(self._block(self._user("it", "base.group_system")))

    def test_nobody_else_sees_or_changes_them(self):
        """Per role and operation; exit administrators have no menu either."""
        mine = self._settings().create({})
        menu = self.env.ref(f"{ADDON}.menu_hr_exit_settings")
        for name, user in self._roles().items():
            visible = menu.with_user(user)._visible_menu_ids()
            with self.subTest(role=name):
                self.assertNotIn(menu.id, visible)
                with self.assertRaises(AccessError):
                    self._settings(user).create({"exit_text_retention_months": 1})
                with self.assertRaises(AccessError):
                    mine.with_user(user).write({"exit_text_retention_months": 1})
                with self.assertRaises(AccessError):
                    mine.with_user(user).read(["exit_text_retention_months"])
                with self.assertRaises(AccessError):
                    self.company.with_user(user).exit_text_retention_months = 1
        self.assertIn(menu.id, menu.with_user(self.system)._visible_menu_ids())
        self.assertNotEqual(self.company.exit_text_retention_months, 1)

    def test_settings_of_another_company_are_its_own(self):
        other = self._company("Elders B.V.")
        self._settings().create({"exit_reminder_days": 3})
        self.assertEqual(self.company.exit_reminder_days, 3)
        self.assertEqual(other.exit_reminder_days, 5)
        self.system.company_ids |= other
        self._settings().with_company(other).create({"exit_text_retention_months": 8})
        self.assertEqual(other.exit_text_retention_months, 8)
        self.assertEqual(self.company.exit_text_retention_months, 12)

    def test_what_makes_no_sense_is_refused(self):
        """In a sentence that says what to do."""
        with self.assertRaises(ValidationError) as refused:
            self._settings().create({"exit_insight_minimum": 2})
        self.assertIn("Choose 5 or more", str(refused.exception))
        self.assertEqual(self.company.exit_insight_minimum, 5)

    def test_policy_survives_saving_something_else(self):
        """Even if the client only knows how large it is, and sends that back."""
        policy = b64encode(b"Beleid" * 300)
        self.company.exit_signal_policy = policy
        spec = {"exit_signal_policy": {}, "exit_text_retention_months": {}}
        client = self._settings().with_context(bin_size=True)
        shown = client.onchange({}, [], {"company_id": {}, **spec})["value"]
        values = {**shown, "company_id": self.company.id}
        client.web_save({**values, "exit_text_retention_months": 8}, spec)
        self.env.invalidate_all()
        self.assertEqual(self.company.exit_text_retention_months, 8)
        self.assertEqual(self.company.exit_signal_policy, policy)
