from odoo.tests import Form, freeze_time, tagged

from .common import SourceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceExpense(SourceCommon):
    """Expenses the leaver paid: owed once approved, named before."""

    rule_code = "expense"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.dollar.active = True

    def _expense(self, amount, approval="approved", employee=None, **vals):
        employee = employee or self.leaver
        expense = self.env["hr.expense"].create(
            {
                "name": "Train",
                "employee_id": employee.id,
                "company_id": employee.company_id.id,
                "date": "2026-08-03",
                "total_amount_currency": amount,
                "payment_mode": "own_account",
                **vals,
            }
        )
        expense.approval_state = approval
        return expense

    def test_approved_is_owed(self):
        """84.50 approved is an earning of 84.50 that leads to the expense."""
        expense = self._expense(84.50)
        self.assertAmount(self.departure, "expense", 84.50)
        line = self._line()
        self.assertTrue(line.is_counted)
        self.assertEqual(line.kind, "earning")
        self.assertEqual(line.title, "Expenses to reimburse – Train")
        self.assertEqual(line.source_label, "Expenses")
        self.assertEqual(line.explanation, "Expense of 08/03/2026")
        self.assertEqual((line.res_model, line.res_id), ("hr.expense", expense.id))
        self.assertEqual(line.action_open_origin()["res_id"], expense.id)

    def test_a_line_each(self):
        """Each has its own origin and may be disputed; never a sum beside them."""
        for _number in range(12):
            self._expense(10.00)
        lines = self._lines(self.departure, "expense")
        self.assertEqual(len(lines), 12)
        lines[0].state = "disputed"
        lines = self._lines(self.departure, "expense")
        self.assertEqual(len(lines), 12)
        self.assertEqual(len(set(lines.mapped("res_id"))), 12)
        self.assertEqual(sum(lines.mapped("amount")), 120.00)

    def test_paid_by_the_company_is_not_owed(self):
        """The company's card is no claim of the leaver."""
        self._expense(99.00, payment_mode="company_account")
        self.assertFalse(self._lines(self.departure, "expense"))

    def test_refused_is_not_owed(self):
        self._expense(99.00, "refused")
        self.assertFalse(self._lines(self.departure, "expense"))
        self.assertFalse(self._lines(self.departure, "expense_open"))

    def test_not_approved_is_named_without_an_amount(self):
        """Two drafts and a claim to approve, per currency, in no total."""
        self._expense(10.00, False)
        self._expense(20.00, False)
        self._expense(100.00, "submitted", currency_id=self.dollar.id)
        self.assertFalse(self._lines(self.departure, "expense"))
        line = self._line("expense_open")
        self.assertEqual(line.kind, "information")
        self.assertFalse(line.is_amount_known)
        self.assertFalse(line.is_counted)
        self.assertFalse(line.missing)
        self.assertEqual(
            sorted(line.explanation.replace("\N{NO-BREAK SPACE}", " ").splitlines()),
            [
                "Not submitted yet: 2, together 30.00 €",
                "Waiting for approval: 1, together $ 100.00",
            ],
        )

    def test_another_currency_at_the_rate_of_the_expense(self):
        """100 dollars at 1.25 to the euro are 80.00, whatever the rate is later."""
        rates = self.env["res.currency.rate"]
        rates.create(
            {
                "currency_id": self.dollar.id,
                "company_id": self.company.id,
                "name": "2026-08-01",
                "rate": 1.25,
            }
        )
        self._expense(100.00, currency_id=self.dollar.id)
        rates.create(
            {
                "currency_id": self.dollar.id,
                "company_id": self.company.id,
                "name": "2026-08-15",
                "rate": 2.0,
            }
        )
        self.assertAmount(self.departure, "expense", 80.00)
        self.assertIn("100.00", self._line().explanation)
        self.assertIn("at the rate of the expense", self._line().explanation)

    def test_another_currency_without_any_rate(self):
        """Odoo takes 100 dollars for 100 euros then: the line names the rate."""
        (self.dollar | self.company.currency_id).rate_ids.unlink()
        self._expense(100.00, currency_id=self.dollar.id)
        self.assertMissing(self.departure, "expense", "exchange_rate")
        self.assertIn("the exchange rate", self._line().missing_text)

    def test_another_company_settles_its_own(self):
        """An expense claimed at a sister company is not on this list."""
        sister = self._company("Sister B.V.")
        self.env["hr.expense"].flush_model()
        expense = self._expense(50.00)
        self.env.cr.execute(
            "UPDATE hr_expense SET company_id = %s WHERE id = %s",
            [sister.id, expense.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._lines(self.departure, "expense"))

    def test_paid_in_part(self):
        """60 and 40 booked together, 70 paid: the oldest first, 30 are left."""
        self._book()
        first = self._expense(60.00, date="2026-08-03")
        second = self._expense(40.00, date="2026-08-05")
        self._post(first | second)
        self.assertEqual((first | second).mapped("state"), ["posted", "posted"])
        self.assertEqual(
            sum(self._lines(self.departure, "expense").mapped("amount")), 100.00
        )
        self._pay(first.account_move_id, 70.00)
        self.assertAmount(self.departure, "expense", 30.00)
        self.assertEqual(self._line().res_id, second.id)

    def test_paid_is_not_owed(self):
        self._book()
        expense = self._expense(60.00)
        self._post(expense)
        self._pay(expense.account_move_id, 60.00)
        self.assertFalse(self._lines(self.departure, "expense"))

    def _book(self):
        """Accounts and journals for the company."""
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=self.company, install_demo=False
        )

    def _post(self, expenses):
        action = expenses.action_post()
        with Form(
            self.env["hr.expense.post.wizard"].with_context(**action["context"])
        ) as form:
            form.accounting_date = "2026-08-18"
        form.save().action_post_entry()

    def _pay(self, move, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create(
            {"amount": amount, "payment_date": "2026-08-19"}
        ).action_create_payments()

    def test_constant_queries(self):
        self.assertConstantQueries(
            lambda employee: self._expense(10.0, employee=employee)
        )

    def test_constant_queries_in_currencies(self):
        """Rates are read once, whoever claims in whatever currency."""
        currencies = self.env["res.currency"].search([("active", "=", False)], limit=12)
        currencies.active = True
        left = list(currencies)
        self.assertConstantQueries(
            lambda employee: self._expense(
                10.0, employee=employee, currency_id=left.pop().id
            )
        )

    def test_constant_queries_of_open_claims(self):
        self.rule_code = "expense_open"
        self.assertConstantQueries(
            lambda employee: self._expense(10.0, False, employee=employee)
        )

    def test_without_rights_on_expenses(self):
        """Payroll and the exit officer need not be expense approvers."""
        self._expense(84.50)
        for user in (self.payroll, self.officer):
            self.assertFalse(
                user.has_group("hr_expense.group_hr_expense_team_approver")
            )
        self.assertReadableBy(self.payroll, self.officer)
