from base64 import b64encode

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ...common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestExitSettings(ExitInterviewCommon):
    """Our settings, for exit administrators who do not administer Odoo."""

    def _settings(self, user=None):
        return self.env["hr.exit.settings"].with_user(user or self.admin)

    def _roles(self):
        names = ("officer", "interviewer", "payroll", "hr_manager", "plain")
        return {name: getattr(self, name) for name in names}

    def test_an_exit_administrator_changes_settings(self):
        """Shown as they are; only what was changed is written."""
        self.assertFalse(self.admin.has_group("base.group_system"))
        self.company.write(
            {"exit_text_retention_months": 9, "exit_adviser_name": "Ans Bos"}
        )
        with Form(self._settings()) as form:
            self.assertEqual(form.exit_text_retention_months, 9)
            self.assertEqual(form.exit_adviser_name, "Ans Bos")
            form.exit_text_retention_months = 6
            form.exit_interviewer_ids.add(self.interviewer)
        self.assertEqual(self.company.exit_text_retention_months, 6)
        self.assertEqual(self.company.exit_adviser_name, "Ans Bos")
        self.assertEqual(self.company.exit_interviewer_ids, self.interviewer)
        self.assertEqual(form.record.execute()["tag"], "reload")
        self.assertEqual(form.record.cancel()["res_model"], "hr.exit.settings")

    def test_it_is_the_block_of_odoos_settings(self):
        """Whatever is added to the one is in the other, with the same words."""
        views = self._settings().get_views([(False, "form")])
        shown = views["models"]["hr.exit.settings"]["fields"]
        missing = {*self.env["hr.exit.config"]._fields} - {*shown} - {"display_name"}
        self.assertEqual(missing - {"id", *self.env["base"]._fields}, set())
        self.assertIn("Coded Answers", views["views"]["form"]["arch"])

    def test_nobody_else_sees_or_changes_them(self):
        """Per role and operation; not even by a window of the administrator."""
        mine = self._settings().create({})
        for name, user in self._roles().items():
            with self.subTest(role=name):
                with self.assertRaises(AccessError):
                    self._settings(user).create({"exit_text_retention_months": 1})
                with self.assertRaises(AccessError):
                    mine.with_user(user).write({"exit_text_retention_months": 1})
                with self.assertRaises(AccessError):
                    mine.with_user(user).read(["exit_text_retention_months"])
        self.assertNotEqual(self.company.exit_text_retention_months, 1)

    def test_a_window_is_of_who_opened_it(self):
        mine = self._settings().create({})
        other = self._user("second_admin", f"{ADDON}.group_exit_admin")
        self.assertFalse(self._settings(other).search([("id", "=", mine.id)]))
        with self.assertRaises(AccessError):
            mine.with_user(other).write({"exit_text_retention_months": 1})

    def test_settings_of_another_company_are_its_own(self):
        """Neither by naming it, nor by moving the window there."""
        other = self._company("Elders B.V.")
        mine = self._settings().create({})
        values = {"company_id": other.id, "exit_text_retention_months": 1}
        with self.assertRaises(AccessError):
            self._settings().create(values)
        with self.assertRaises(AccessError):
            mine.write(values)
        client = self._settings().with_context(default_company_id=other.id)
        client.create({"exit_reminder_days": 3})
        self.assertEqual(other.exit_reminder_days, 5)
        self.assertEqual(self.company.exit_reminder_days, 3)
        self.assertEqual(other.exit_text_retention_months, 12)

    def test_nothing_but_settings_can_be_written(self):
        """Written as superuser: no user is made, promoted or renamed by it."""
        system = self.env.ref("base.group_system")
        promote = {"group_ids": [Command.link(system.id)]}
        for commands in (
            [Command.create({"name": "Ik", "login": "ik", **promote})],
            [Command.update(self.admin.id, promote)],
            [Command.link(self.interviewer.id), Command.delete(self.plain.id)],
            [self.plain.id],
            self.plain.id,
            "odd",
        ):
            values = {"exit_interviewer_ids": commands}
            with self.subTest(commands=commands):
                with self.assertRaises(AccessError):
                    self._settings().create(values)
                with self.assertRaises(AccessError):
                    self._settings().create({}).write(values)
        # Nor by what a context says is the default.
        commands = [Command.create({"name": "Ik", "login": "ik"})]
        with self.assertRaises(AccessError):
            self._settings().with_context(default_exit_interviewer_ids=commands).create(
                {}
            )
        self.assertFalse(self.env["res.users"].search([("login", "=", "ik")]))
        self.assertFalse(self.admin.has_group("base.group_system"))
        with self.assertRaises(AccessError):
            self.company.with_user(self.admin).write({"name": "Van mij"})

    def test_what_makes_no_sense_is_refused(self):
        with self.assertRaises(ValidationError):
            self._settings().create({"exit_insight_minimum": 2})
        self.assertEqual(self.company.exit_insight_minimum, 5)

    def test_policy_survives_saving_something_else(self):
        """The client only knows how large the document is, and sends that back."""
        policy = b64encode(b"Beleid" * 300)
        self.company.exit_signal_policy = policy
        client = self._settings().with_context(bin_size=True)
        spec = {"exit_signal_policy": {}, "exit_text_retention_months": {}}
        shown = client.onchange({}, [], {"company_id": {"fields": {}}, **spec})["value"]
        values = {**shown, "company_id": self.company.id}
        client.web_save({**values, "exit_text_retention_months": 8}, spec)
        self.env.invalidate_all()
        self.assertEqual(self.company.exit_text_retention_months, 8)
        self.assertEqual(self.company.exit_signal_policy, policy)
