from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..settlement_common import SettlementCommon

OPTIONAL = {"expense", "overtime", "overtime_pay", "payslip", "equipment", "vehicle"}


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceAbsent(SettlementCommon):
    """Without the optional apps their sources are known, and passed over."""

    def setUp(self):
        super().setUp()
        self.departure = self._departure(
            self._leaver(), notice_date="2026-07-20", departure_date="2026-08-31"
        )

    def _gone(self, **vals):
        """A line of the expense rule, as it was computed when the app was there."""
        return self.env["hr.settlement.line"].create(
            {
                "settlement_id": self._settlement(self.departure).id,
                "rule_id": self.scheme._get_rule("expense").id,
                "code": "expense",
                "source": "expense",
                "method": "amount",
                "kind": "earning",
                "label": "Train",
                "res_model": "hr.expense",
                "res_id": 7,
                "amount_proposed": 80.0,
                "is_amount_known": True,
                "inputs": {
                    "amount": "80.0",
                    "date": "2026-08-03",
                    "currency_id": self.env.ref("base.USD").id,
                    "amount_currency": "100.0",
                },
                **vals,
            }
        )

    def test_not_offered(self):
        """The sources exist as code, and none can be used."""
        sources = self.env["hr.settlement.source"]
        self.assertLessEqual(OPTIONAL, set(sources._get_all_sources()))
        self.assertFalse(OPTIONAL & set(sources._get_sources()))

    def test_named_in_the_rule(self):
        """A rule may name them all the same: the app may come later."""
        rule = self.env["hr.settlement.rule"]
        labels = dict(rule._fields["source"]._description_selection(self.env))
        self.assertEqual(labels["expense"], "Expenses")
        self.assertEqual(labels["overtime"], "Extra hours")
        self.assertEqual(labels["payslip"], "Payslips")
        self.assertLessEqual(OPTIONAL, set(labels))

    def test_rules_are_passed_over(self):
        """The rules are there and active, and make no line."""
        for scheme in ("settlement_scheme_nl", "settlement_scheme_generic"):
            with self.subTest(scheme=scheme):
                rules = self.env.ref(f"hr_exit_interview.{scheme}").rule_ids
                optional = rules.filtered(lambda rule: rule.source in OPTIONAL)
                self.assertEqual(set(optional.mapped("source")), OPTIONAL)
                settlement = self._settlement(self.departure)
                settlement.scheme_id = rules.scheme_id
                settlement.action_recompute()
                self.assertTrue(settlement.line_ids)
                self.assertFalse(OPTIONAL & set(settlement.line_ids.mapped("source")))

    def test_an_old_line_stays_readable(self):
        """The app was uninstalled: amount, words and label are those it had."""
        line = self._gone(state="discussed")
        self.assertEqual(line.title, "Expenses to reimburse – Train")
        self.assertEqual(line.amount, 80.0)
        self.assertTrue(line.is_counted)
        self.assertEqual(line.source_label, "Expenses")
        self.assertIn("Expense of 08/03/2026", line.explanation)
        self.assertIn("100.00", line.explanation)

    def test_an_old_line_survives_a_recompute(self):
        """What was discussed stays; what was not discussed yet is gone."""
        discussed = self._gone(state="discussed")
        new = self._gone(res_id=8)
        discussed.settlement_id.action_recompute()
        self.assertTrue(discussed.exists())
        self.assertFalse(new.exists())

    def test_the_origin_is_gone(self):
        """The button says so instead of failing."""
        with self.assertRaisesRegex(UserError, "no longer installed"):
            self._gone().action_open_origin()

    def test_a_source_that_nobody_knows(self):
        """The module of another maker is gone with its rule: the name stays."""
        rule = self.scheme._get_rule("expense").copy({"code": "bonus", "name": "Bonus"})
        line = self._gone(rule_id=rule.id, code="bonus", source="bonus", label="Q3")
        self.assertEqual(line.title, "Bonus – Q3")
        rule.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(line.rule_id)
        self.assertEqual(line.title, "Bonus – Q3")
        self.assertEqual(line.name, "Bonus – Q3")
        self.assertEqual(line.source_label, "bonus")
        self.assertEqual(line.amount, 80.0)
