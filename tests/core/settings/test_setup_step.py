from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.web.controllers.utils import clean_action

from ...common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestSetupStep(ExitInterviewCommon):
    """The set-up page: what is still to decide, and where."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = False
        cls.system = cls._user("system", f"base.group_system,{ADDON}.group_exit_admin")

    def _steps(self, user=None):
        """{code: step} as the page shows them to `user`."""
        steps = self.env["hr.exit.setup.step"].with_user(user or self.admin)
        domain = steps.action_list()["domain"]
        return {step.code: step for step in steps.search(domain)}

    def _state(self, code):
        return self._steps()[code].state

    def test_steps_say_what_and_where_things_stand(self):
        """Every step has words; what is used now is named in them."""
        steps = self._steps()
        self.assertTrue(all(s.name and s.description for s in steps.values()))
        self.assertIn("Netherlands", steps["scheme"].description)
        self.assertIn(self.company.name, steps["mail"].description)
        self.assertIn("12 months", steps["retention"].description)
        self.assertEqual(steps["council"].state, "optional")

    def test_the_menu_opens_the_page(self):
        """The client gets an action, its view, and every step in a few queries."""
        menu = self.env.ref(f"{ADDON}.menu_hr_exit_setup_step")
        action = clean_action(menu.action.with_user(self.admin).run(), self.env)
        steps = self.env[action["res_model"]].with_user(self.admin)
        view = steps.get_views(action["views"])["views"]["kanban"]
        self.assertIn('name="action_open"', view["arch"])
        self.assertIn("Only for exit administrators who", view["arch"])
        fields = {"name": {}, "description": {}, "state": {}, "can_open": {}}
        shown = steps.web_search_read(action["domain"], fields)["records"]
        self.assertEqual(shown[0]["name"], "Rules of notice and settlement")
        self.assertEqual(len(shown), 9)

    def test_scheme_is_done_with_one_for_the_country(self):
        self.assertEqual(self._state("scheme"), "done")
        self.company.country_id = self.env.ref("base.pe")
        self.assertEqual(self._state("scheme"), "todo")
        scheme = self.env.ref(f"{ADDON}.settlement_scheme_generic")
        self.company.settlement_scheme_id = scheme
        self.assertEqual(self._state("scheme"), "done")

    def test_two_people_for_settlements(self):
        """One payroll user of this company is not enough, one elsewhere no help."""
        self.assertEqual(self._state("payroll"), "todo")
        other = self.env["res.company"].create({"name": "Elders"})
        user = self._user("payroll_two", f"{ADDON}.group_exit_payroll")
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertEqual(self._state("payroll"), "todo")
        user.company_ids = [Command.link(self.company.id)]
        self.assertEqual(self._state("payroll"), "done")

    def test_interviewers_adviser_and_leave(self):
        for code in ("interviewers", "adviser", "leave"):
            self.assertEqual(self._state(code), "todo", code)
        self.company.write(
            {
                "exit_interviewer_ids": [Command.set(self.interviewer.ids)],
                "exit_adviser_name": "Ans Bos",
                "exit_adviser_contact": "06 1234",
            }
        )
        self.env["hr.leave.type"].create(
            {
                "name": "Wettelijk",
                "requires_allocation": True,
                "settlement_kind": "statutory",
                "company_id": self.company.id,
            }
        )
        for code in ("interviewers", "adviser", "leave"):
            self.assertEqual(self._state(code), "done", code)

    def test_mail_needs_an_address_and_a_safe_link(self):
        self.company.email = "hr@poldertuin.example"
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "http://localhost:8069")
        self.assertEqual(self._state("mail"), "todo")
        parameters.set_param("web.base.url", "https://hr.poldertuin.example")
        self.assertEqual(self._state("mail"), "done")

    def test_what_is_shipped_is_done_once_somebody_looked(self):
        """Opening the step tells so, for the company and not for the user alone."""
        step = self._steps()["templates"]
        self.assertEqual(step.state, "todo")
        action = step.action_open()
        self.assertEqual(action["res_model"], "hr.exit.interview.template")
        self.assertEqual(self._steps(self.system)["templates"].state, "done")
        self.assertEqual(self._state("retention"), "todo")

    def test_council_consent_with_a_policy(self):
        self.company.exit_signal_consent_date = "2026-01-01"
        self.assertEqual(self._state("council"), "optional")
        self.company.exit_signal_policy = b"cG9saWN5"
        self.assertEqual(self._state("council"), "done")

    def test_a_step_opens_where_the_user_may_change_something(self):
        """Settings and users are for who administers Odoo; templates are ours."""
        mine, systems = self._steps(), self._steps(self.system)
        for code in ("scheme", "payroll", "retention"):
            with self.subTest(step=code):
                self.assertFalse(mine[code].can_open)
                self.assertFalse(mine[code].action_open())
                self.assertTrue(systems[code].can_open)
        self.assertTrue(mine["templates"].can_open)
        self.assertEqual(self._state("retention"), "todo")
        opened = systems["retention"].action_open()
        self.assertEqual(opened["res_model"], "res.config.settings")
        self.assertEqual(self._state("retention"), "done")

    def test_only_exit_administrators_see_the_page(self):
        steps = self.env["hr.exit.setup.step"]
        for user in (self.officer, self.payroll, self.interviewer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                steps.with_user(user).action_list()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                steps.with_user(user).search([])

    def test_nobody_types_steps_or_sees_those_of_another(self):
        step = self._steps()["templates"]
        others = self.env["hr.exit.setup.step"].with_user(self.system)
        self.assertNotIn(step, others.search([]))
        with self.assertRaises(AccessError):
            step.write({"code": "council"})
        with self.assertRaises(AccessError):
            others.create({"code": "council"})
