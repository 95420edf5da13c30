from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ...settlement_common import SettlementCommon

# Who may do what on each model: r(ead), w(rite), c(reate), u(nlink).
MATRIX = {
    "hr.settlement": {"payroll": "rw", "officer": "r", "admin": "rwcu"},
    "hr.settlement.line": {"payroll": "rwcu", "officer": "r", "admin": "rwcu"},
    "hr.settlement.change": {"payroll": "r", "officer": "r", "admin": "r"},
    "hr.settlement.reopen": {"payroll": "rwcu", "admin": "rwcu"},
    "hr.settlement.confirm": {"payroll": "rwcu", "admin": "rwcu"},
    "hr.settlement.scheme": {"payroll": "r", "officer": "r", "admin": "rwcu"},
    "hr.settlement.rule": {"payroll": "r", "officer": "r", "admin": "rwcu"},
    "hr.settlement.rate": {"payroll": "r", "officer": "r", "admin": "rwcu"},
    "hr.settlement.rate.tier": {"payroll": "r", "officer": "r", "admin": "rwcu"},
    "hr.pay.component": {"payroll": "rwcu", "hr_manager": "rwcu"},
    "hr.settlement.wizard": {"officer": "rwcu", "admin": "rwcu"},
    "hr.settlement.wizard.line": {"officer": "rwcu", "admin": "rwcu"},
    "hr.departure": {"officer": "rwc", "admin": "rwcu"},
    "hr.exit.interview": {"officer": "rwc", "admin": "rwcu", "interviewer": "rw"},
}
TYPE_ACCESS = {"admin": "rw"}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
ROLES = (
    "payroll",
    "officer",
    "admin",
    "interviewer",
    "hr_officer",
    "hr_manager",
    "plain",
    "insight",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementAccess(SettlementCommon):
    """Role by operation, for every model of the settlement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insight = cls._user(
            "insight_reader", "hr_exit_interview.group_exit_insight_reader"
        )
        cls.leaver_user = cls._user(
            "leaving_payroll",
            "hr_exit_interview.group_exit_payroll,hr_exit_interview.group_exit_admin",
        )
        cls.leaver = cls._leaver(user_id=cls.leaver_user.id)
        cls._component(cls.leaver, "yearly", 3200.0)
        cls.departure = cls._departure(
            cls.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )
        cls.settlement = cls._settlement(cls.departure)

    def assertAccess(self, model, role, allowed):
        user = getattr(self, role)
        records = self.env[model].with_user(user)
        for letter, operation in OPERATIONS.items():
            self.assertEqual(
                records.has_access(operation),
                letter in allowed,
                f"{role} {operation} {model}",
            )

    def test_matrix(self):
        """What is not in the matrix is refused."""
        for model, allowed in MATRIX.items():
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self.assertAccess(model, role, allowed.get(role, ""))

    def test_departure_types_are_words_for_everybody(self):
        for role in ROLES:
            self.assertAccess("hr.departure.type", role, TYPE_ACCESS.get(role, "r"))

    # === Records ===

    def test_payroll_reads_settlements_and_no_departures(self):
        """The settlement holds its own copy of what payroll needs."""
        settlement = self.settlement.with_user(self.payroll)
        self.assertEqual(settlement.employee_name, "Leaver")
        self.assertTrue(settlement.line_ids.mapped("explanation"))
        for model in ("hr.departure", "hr.exit.interview", "hr.departure.agreement"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.payroll).search([])

    def _find(self, model, user, domain):
        """Every way of finding records: read, search, count, groups."""
        records = self.env[model].with_user(user)
        groups = records.formatted_read_group(domain, ["company_id"], ["__count"])
        return (
            len(records.search(domain)),
            records.search_count(domain),
            sum(group["__count"] for group in groups),
            len(records.web_search_read(domain, {"id": {}})["records"]),
            len(records.search_read(domain, ["id"])),
        )

    def test_nobody_finds_the_own_settlement(self):
        """Whatever the role: no settlement, line or pay component of oneself."""
        records = {
            "hr.settlement": self.settlement,
            "hr.settlement.line": self.settlement.line_ids,
            "hr.pay.component": self.env["hr.pay.component"].search(
                [("employee_id", "=", self.leaver.id)]
            ),
        }
        for model, own in records.items():
            with self.subTest(model=model):
                domain = [("id", "in", own.ids)]
                self.assertEqual(
                    set(self._find(model, self.payroll, domain)), {len(own)}
                )
                self.assertEqual(set(self._find(model, self.leaver_user, domain)), {0})
                with self.assertRaises(AccessError):
                    own.with_user(self.leaver_user).read(["display_name"])
                with self.assertRaises(AccessError):
                    own.with_user(self.leaver_user).check_access("write")

    def test_the_own_settlement_is_not_guessed_by_its_lines(self):
        """Searching settlements by a line, or lines by the settlement."""
        for model, domain in (
            ("hr.settlement", [("line_ids.amount", ">", 0)]),
            ("hr.settlement.line", [("settlement_id.employee_name", "=", "Leaver")]),
        ):
            self.assertFalse(self.env[model].with_user(self.leaver_user).search(domain))

    def test_nobody_takes_steps_on_the_own_settlement(self):
        own = self.settlement.with_user(self.leaver_user)
        for step in ("recompute", "check", "cancel"):
            with self.assertRaises(AccessError):
                getattr(own, f"action_{step}")()

    def test_nobody_previews_the_own_settlement(self):
        """Not through the wizard either, by employee or by departure."""
        officer_leaver = self._leaver(user_id=self.officer.id)
        wizard = (
            self.env["hr.settlement.wizard"]
            .with_user(self.officer)
            .create(
                {
                    "employee_ids": [Command.set(officer_leaver.ids)],
                    "date": "2026-08-31",
                }
            )
        )
        with self.assertRaisesRegex(Exception, "You are on this list yourself"):
            wizard.action_compute()

    def test_a_second_employee_record_counts_too(self):
        """The settlement of one's employee record in another company is own too."""
        company = self._company("Elsewhere B.V.")
        self.calendar.company_id = False
        self.leaver_user.company_ids += company
        twin = self._leaver(company_id=company.id, user_id=self.leaver_user.id)
        settlement = self._settlement(
            self._departure(twin, departure_date="2026-08-31")
        )
        found = (
            self.env["hr.settlement"]
            .with_user(self.leaver_user)
            .with_context(allowed_company_ids=(self.company | company).ids)
            .search([("id", "=", settlement.id)])
        )
        self.assertFalse(found)

    def test_other_companies(self):
        """No settlement, line, component, scheme or rule of another company."""
        company = self._company("Elsewhere B.V.")
        self.calendar.company_id = False
        leaver = self._leaver(company_id=company.id)
        component = self._component(leaver, "yearly", 3200.0)
        settlement = self._settlement(
            self._departure(leaver, departure_date="2026-08-31")
        )
        scheme = self.scheme.copy({"company_id": company.id, "name": "Theirs"})
        for records in (
            settlement,
            settlement.line_ids,
            component,
            scheme,
            scheme.rule_ids,
            scheme.rule_ids.rate_ids,
            scheme.rule_ids.rate_ids.tier_ids,
        ):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                domain = [("id", "in", records.ids)]
                user = (
                    self.payroll
                    if records._name == "hr.pay.component"
                    else self.officer
                )
                self.assertEqual(set(self._find_all(records, user, domain)), {0})

    def _find_all(self, records, user, domain):
        records = records.with_user(user)
        return (
            len(records.search(domain)),
            records.search_count(domain),
            len(records.web_search_read(domain, {"id": {}})["records"]),
        )

    def test_shared_schemes_are_for_every_company(self):
        scheme = self.scheme.with_user(self.payroll)
        self.assertEqual(scheme.name, "Netherlands")
        self.assertTrue(scheme.rule_ids.rate_ids.tier_ids.mapped("units_numerator"))

    def test_core_groups_get_nothing(self):
        """An HR manager by rank reads no settlement, an interviewer none either."""
        for user in (self.hr_manager, self.hr_officer, self.interviewer, self.insight):
            for model in ("hr.settlement", "hr.settlement.line"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_hr_manager_without_exit_role_sees_no_settlement_on_a_departure(self):
        with self.assertRaises(AccessError):
            self.departure.with_user(self.hr_manager).read(["settlement_state"])

    # === Screens ===

    def _get_specification(self, model, arch_fields):
        """A web_read specification of all fields of a view, one level deep."""
        return {
            name: {"fields": {"display_name": {}}}
            if model._fields[name].type in ("many2one", "one2many", "many2many")
            else {}
            for name in arch_fields
        }

    def assertScreensWork(self, user, model, records):
        """Views load and every field in them can be read."""
        records = records.with_user(user)
        views = records.get_views(
            [(False, "list"), (False, "form"), (False, "search")], {"toolbar": True}
        )
        for name, fields in views["models"].items():
            if name == model:
                names = list(fields["fields"])
        specification = self._get_specification(records, names)
        for values in records.web_read(specification):
            self.assertIn("display_name", {*values, "display_name"})
        records.web_search_read([("id", "in", records.ids)], specification)

    def test_settlement_screens_for_payroll(self):
        """Nothing on them needs a right on departures or employees."""
        for user in (self.payroll, self.officer, self.admin):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                self.assertScreensWork(user, "hr.settlement", self.settlement)
                self.assertScreensWork(
                    user, "hr.settlement.line", self.settlement.line_ids
                )

    def test_component_screens_for_payroll(self):
        components = self.env["hr.pay.component"].search(
            [("employee_id", "=", self.leaver.id)]
        )
        for user in (self.payroll, self.hr_manager):
            self.env.invalidate_all()
            self.assertScreensWork(user, "hr.pay.component", components)

    def test_scheme_screens(self):
        rules = self.scheme.rule_ids
        for user in (self.payroll, self.officer, self.admin):
            self.env.invalidate_all()
            self.assertScreensWork(user, "hr.settlement.scheme", self.scheme)
            self.assertScreensWork(user, "hr.settlement.rule", rules)

    def test_payroll_works_in_the_form(self):
        """Another deadline, a remark, recompute, check: without departure rights."""
        self.env.invalidate_all()
        settlement = self.settlement.with_user(self.payroll)
        with Form(settlement) as form:
            form.deadline = "2026-09-15"
            with form.money_line_ids.edit(0) as line:
                line.state = "question"
        settlement.action_recompute()
        settlement.action_check()
        self.assertEqual(settlement.state, "checked")
        self.assertEqual(str(settlement.deadline), "2026-09-15")

    def test_payroll_opens_no_departure_from_a_line(self):
        """The origin of a line is shown by name; opening it asks its own rights."""
        self._agreement(self.departure, "loan", amount=100.0)
        settlement = self._settlement(self.departure).with_user(self.payroll)
        line = settlement.line_ids.filtered(lambda line: line.code == "loan")
        action = line.action_open_origin()
        self.assertEqual(action["res_model"], "hr.departure.agreement")
        with self.assertRaises(AccessError):
            self.env[action["res_model"]].with_user(self.payroll).browse(
                action["res_id"]
            ).read(["name"])

    def test_payroll_types_pay_components(self):
        """For any employee of the company, by name: payroll need not be HR."""
        with Form(self.env["hr.pay.component"].with_user(self.payroll)) as form:
            form.employee_id = self.env["hr.employee"].browse(self.employee.id)
            form.name = "13th month"
            form.component_type = "yearly"
            form.amount = 3200.0
        component = self.env["hr.pay.component"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(component.period, "year")
        self.assertTrue(component.counts_for_transition)
        self.assertFalse(component.counts_for_holiday)

    def test_officer_registers_without_seeing_wages(self):
        """The settlement made from an officer's departure holds the wage for payroll,
        on the departure the officer does not see it."""
        employee = self._employee("Other Leaver", "2022-01-01", 2800.0)
        departure = (
            self.env["hr.departure"]
            .with_user(self.officer)
            .create(
                {
                    "employee_id": employee.id,
                    "departure_reason_id": self.reason_resigned.id,
                    "notice_date": "2026-07-01",
                    "departure_date": "2026-08-31",
                }
            )
        )
        departure.action_confirm()
        settlement = departure.sudo().settlement_ids
        self.assertEqual(settlement.with_user(self.payroll).wage, 2800.0)
        with self.assertRaises(AccessError):
            departure.read(["wage"])

    def test_payroll_of_another_company_sees_nothing(self):
        company = self._company("Elsewhere B.V.")
        stranger = new_test_user(
            self.env,
            login="payroll_elsewhere",
            groups="hr_exit_interview.group_exit_payroll",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        theirs = {"allowed_company_ids": company.ids}
        for records in (self.settlement, self.settlement.line_ids):
            records = records.with_user(stranger).with_context(**theirs)
            self.assertFalse(records.search([]))
            with self.assertRaises(AccessError):
                records.read(["display_name"])

    def test_payroll_finds_pay_components_and_nothing_else_to_configure(self):
        menus = self.env["ir.ui.menu"]
        visible = menus.browse(menus.with_user(self.payroll)._visible_menu_ids())
        config = self.env.ref("hr_exit_interview.menu_hr_exit_config")
        components = self.env.ref("hr_exit_interview.menu_hr_pay_component")
        self.assertEqual(visible.filtered(lambda m: m.parent_id == config), components)
