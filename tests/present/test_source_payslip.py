from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import SourceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourcePayslip(SourceCommon):
    """Payslips of the OCA's Payroll that wait: shown, paid by payroll."""

    rule_code = "payslip_unpaid"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salary_rules = {
            code: cls._salary_rule(name, code, category, sequence)
            for sequence, (name, code, category) in enumerate(
                [
                    ("Basic", "BASIC", "BASIC"),
                    ("Advance", "ADV", "DED"),
                    ("Net", "NET", "NET"),
                ]
            )
        }

    @classmethod
    def _salary_rule(cls, name, code, category, sequence):
        categories = cls.env["hr.salary.rule.category"]
        return cls.env["hr.salary.rule"].create(
            {
                "name": name,
                "code": code,
                "sequence": sequence,
                "category_id": (
                    categories.search([("code", "=", category)], limit=1)
                    or categories.create({"name": name, "code": category})
                ).id,
                "condition_select": "none",
                "amount_select": "fix",
            }
        )

    def _payslip(self, state="verify", employee=None, amounts=None, **vals):
        """August's payslip; ``amounts`` by code of the salary rule."""
        employee = employee or self.leaver
        amounts = {"NET": 2450.0} if amounts is None else amounts
        return self.env["hr.payslip"].create(
            {
                "name": "August 2026",
                "employee_id": employee.id,
                "company_id": self.company.id,
                "contract_id": employee.version_id.id,
                "date_from": "2026-08-01",
                "date_to": "2026-08-31",
                "state": state,
                "line_ids": [
                    Command.create(self._prepare_line(employee, code, amount))
                    for code, amount in amounts.items()
                ],
                **vals,
            }
        )

    def _prepare_line(self, employee, code, amount):
        salary_rule = self.salary_rules[code]
        return {
            "name": salary_rule.name,
            "code": code,
            "salary_rule_id": salary_rule.id,
            "category_id": salary_rule.category_id.id,
            "condition_select": "none",
            "amount_select": "fix",
            "employee_id": employee.id,
            "contract_id": employee.version_id.id,
            "amount": amount,
        }

    def test_waiting_payslip_is_a_reference(self):
        """2,450.00 net is shown, and in no total: payroll pays it."""
        payslip = self._payslip()
        self.assertAmount(self.departure, "payslip_unpaid", 2450.00)
        line = self._line()
        self.assertTrue(line.is_reference)
        self.assertFalse(line.is_counted)
        self.assertEqual(line.title, "Payslip not done yet – August 2026")
        self.assertEqual((line.res_model, line.res_id), ("hr.payslip", payslip.id))
        self.assertEqual(
            line.explanation, "Payslip of 08/01/2026 to 08/31/2026, not done yet"
        )

    def test_draft_without_lines(self):
        """The payslip is not computed: the line says so."""
        self._payslip("draft", amounts={})
        self.assertMissing(self.departure, "payslip_unpaid", "payslip_lines")

    def test_done_and_rejected_are_over(self):
        self._payslip("done")
        self._payslip("cancel")
        self.assertFalse(self._lines(self.departure, "payslip_unpaid"))

    def test_credit_note(self):
        """A refund that waits takes the net pay back."""
        self._payslip(credit_note=True)
        self.assertAmount(self.departure, "payslip_unpaid", -2450.00)

    def test_what_is_kept_back(self):
        """An advance of 150 that the payslip keeps back is shown, not deducted."""
        self._payslip(amounts={"BASIC": 3200.0, "ADV": -150.0, "NET": 2300.0})
        self.assertAmount(self.departure, "payslip_withheld", -150.00)
        line = self._line("payslip_withheld")
        self.assertEqual(line.label, "Advance")
        self.assertFalse(line.is_counted)

    def test_nothing_kept_back(self):
        self._payslip()
        self.assertFalse(self._lines(self.departure, "payslip_withheld"))

    def test_only_the_payroll_of_the_oca(self):
        """A ``hr.payslip`` of another app is not read."""
        source = self.env["hr.settlement.source.payslip"]
        self.assertTrue(source._is_available())
        self.patch(
            type(self.env["ir.module.module"]), "_installed", lambda self: {"hr": 1}
        )
        self.assertFalse(source._is_available())

    def test_constant_queries(self):
        self.assertConstantQueries(lambda employee: self._payslip(employee=employee))

    def test_constant_queries_of_what_is_kept_back(self):
        self.rule_code = "payslip_withheld"
        self.assertConstantQueries(
            lambda employee: self._payslip(employee=employee, amounts={"ADV": -5.0})
        )

    def test_without_rights_on_payslips(self):
        self._payslip()
        for user in (self.payroll, self.officer):
            self.assertFalse(user.has_group("payroll.group_payroll_user"))
        self.assertReadableBy(self.payroll, self.officer)
