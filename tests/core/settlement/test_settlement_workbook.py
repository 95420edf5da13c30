from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...office import read_rows, recalculate
from ...workbook_common import WorkbookCommon


@tagged("post_install", "-at_install")
class TestSettlementWorkbook(WorkbookCommon):
    """What the workbook holds."""

    def _line_rows(self):
        _formulas, values = self._workbook(self.settlement)
        return {row["description"]: row for row in read_rows(values["Lines"])}

    def test_lines_have_stable_codes_as_headers(self):
        """Payroll imports by these names, in any language."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.payroll.lang = "nl_NL"
        formulas, _values = self._workbook(self.settlement)
        headers = [cell.value for cell in formulas["Lines"][1]]
        self.assertEqual(
            headers,
            [
                "settlement_id",
                "settlement",
                "employee",
                "code",
                "kind",
                "description",
                "quantity",
                "unit_amount",
                "proposed",
                "agreed",
                "amount",
                "currency",
                "counts",
                "state",
                "due_date",
                "source",
            ],
        )

    def test_every_line_is_a_row(self):
        """One row a line, with what it counts for."""
        rows = self._line_rows()
        self.assertEqual(len(rows), 6)
        self.assertEqual(rows["Expenses"]["settlement_id"], self.settlement.id)
        self.assertEqual(rows["Expenses"]["employee"], "Joost Visser")
        self.assertEqual(rows["Expenses"]["amount"], 84.5)
        self.assertEqual(rows["Loan"]["amount"], -500.25)
        self.assertEqual(rows["Loan"]["currency"], "EUR")
        self.assertEqual(rows["Laptop"]["code"], "goods_computer")
        self.assertEqual(
            {name: row["counts"] for name, row in rows.items()},
            {
                "Expenses": "total",
                "Loan": "total",
                "Bonus": "no",
                "Too much leave": "if_agreed",
                "Wage": "no",
                "Laptop": "no",
            },
        )

    def test_unknown_amounts_are_empty_not_zero(self):
        """Neither proposed nor agreed nor amount; a known zero is a zero."""
        self._line(self.settlement, "Nothing due", amount_proposed=0.0)
        rows = self._line_rows()
        for name in ("proposed", "agreed", "amount", "quantity", "unit_amount"):
            self.assertIsNone(rows["Bonus"][name], name)
        self.assertEqual(rows["Nothing due"]["proposed"], 0)
        self.assertEqual(rows["Nothing due"]["amount"], 0)
        self.assertIsNone(rows["Nothing due"]["agreed"])

    def test_an_agreed_amount_stands_beside_the_proposed_one(self):
        """Both are given, the agreed one counts."""
        self.settlement.line_ids.filtered(lambda line: line.name == "Expenses").write(
            {"amount_agreed": 80.0, "agreed_reason": "As the receipt says"}
        )
        row = self._line_rows()["Expenses"]
        self.assertEqual(
            (row["proposed"], row["agreed"], row["amount"]), (84.5, 80.0, 80.0)
        )

    def test_dates_and_money_are_of_their_type(self):
        """Dates are dates, amounts are numbers shown in their currency."""
        formulas, values = self._workbook(self.settlement)
        row = read_rows(values["Lines"])[0]
        self.assertEqual(row["due_date"], datetime(2026, 8, 31))
        self.assertIsInstance(row["amount"], float)
        cells = {
            formulas["Lines"].cell(1, cell.column).value: cell
            for cell in formulas["Lines"][2]
        }
        self.assertEqual(cells["amount"].number_format, "[$EUR] #,##0.00")
        self.assertTrue(cells["due_date"].is_date)
        self.assertEqual(values["Overview"]["E2"].value.date(), date(2026, 8, 31))

    def test_yen_have_no_decimals(self):
        """The format follows the currency of the row."""
        yen = self.env.ref("base.JPY")
        yen.active = True
        settlement = self._make_settlement("Aiko", currency_id=yen.id)
        self._line(settlement, "Bonus", amount_proposed=50000)
        formulas, _values = self._workbook(settlement)
        self.assertEqual(formulas["Lines"]["K2"].number_format, "[$JPY] #,##0")
        self.assertEqual(formulas["Overview"]["M2"].number_format, "[$JPY] #,##0")

    def test_totals_are_formulas_that_agree_with_the_settlement(self):
        """Formula and value beside it; the value is the settlement's own total."""
        formulas, values = self._workbook(self.settlement)
        sheet = formulas["Overview"]
        self.assertEqual(
            sheet["K2"].value,
            "=SUMIFS(line_amount,line_settlement,A2,line_counts,"
            '"total",line_amount,">0")',
        )
        self.assertEqual(sheet["M2"].value, "=K2+L2")
        cells = values["Overview"][2]
        self.assertEqual(
            [cell.value for cell in cells[10:]], [84.5, -500.25, -415.75, -221.54]
        )
        self.assertAlmostEqual(cells[12].value, self.settlement.amount_total, 2)
        self.assertEqual(cells[9].value, 1)

    def test_the_names_in_formulas_cover_every_row(self):
        """The columns that are added up reach from the first to the last line."""
        formulas, _values = self._workbook(self.settlement)
        names = {name: item.attr_text for name, item in formulas.defined_names.items()}
        self.assertEqual(names["line_amount"], "Lines!$K$2:$K$7")
        self.assertEqual(names["line_settlement"], "Lines!$A$2:$A$7")
        self.assertEqual(names["line_counts"], "Lines!$M$2:$M$7")
        self.assertEqual(names["settlement_total"], "Overview!$M$2")

    def test_another_program_works_out_the_same(self):
        """Which does not get the values that came with the file."""
        export = self._export(self.settlement)
        export.action_export()
        values = recalculate(export.attachment_id.raw)
        totals = [round(cell.value, 2) for cell in values["Overview"][2][10:]]
        self.assertEqual(totals, [84.5, -500.25, -415.75, -221.54])
        self.assertEqual(values["Totals"]["E2"].value, -415.75)

    def test_currencies_are_never_added_to_each_other(self):
        """A total for each currency, over the settlements in it."""
        dollar = self.env.ref("base.USD")
        other = self._make_settlement("Ann Smith", currency_id=dollar.id)
        self._line(other, "Bonus", amount_proposed=1000.0)
        third = self._make_settlement("Kees Prins")
        self._line(third, "Bonus", amount_proposed=15.75)
        _formulas, values = self._workbook(self.settlement | other | third)
        rows = list(values["Totals"].iter_rows(min_row=2, values_only=True))
        self.assertEqual(
            rows,
            [
                ("EUR", 2, 100.25, -500.25, -400, -221.54),
                ("USD", 1, 1000, 0, 1000, 0),
            ],
        )

    def test_text_never_becomes_a_formula(self):
        """Whatever a name or description begins with, it is a text."""
        texts = ["=1+1", "+31 10", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"]
        for text in texts:
            self._line(self.settlement, text, amount_proposed=1.0)
        self.settlement.sudo().employee_name = '=HYPERLINK("http://x")'
        formulas, _values = self._workbook(self.settlement)
        cells = [row[5] for row in formulas["Lines"].iter_rows(min_row=2)]
        self.assertEqual([cell for cell in cells if cell.data_type == "f"], [])
        self.assertEqual(sum(cell.quotePrefix for cell in cells), len(texts))
        self.assertEqual(formulas["Overview"]["C2"].data_type, "s")
        self.assertTrue(formulas["Overview"]["C2"].quotePrefix)

    def test_headers_stay_in_view_and_filter(self):
        """Frozen header and first columns, a filter over all rows."""
        formulas, _values = self._workbook(self.settlement)
        self.assertEqual(formulas["Lines"].freeze_panes, "D2")
        self.assertEqual(formulas["Lines"].auto_filter.ref, "A1:P7")
        self.assertEqual(formulas["Overview"].freeze_panes, "D2")
        self.assertEqual(formulas["Overview"].auto_filter.ref, "A1:N2")
        self.assertGreater(formulas["Lines"].column_dimensions["F"].width, 40)

    def test_batches_lose_no_line(self):
        """More lines and settlements than one batch holds."""
        workbook = (
            "odoo.addons.hr_exit_interview.report.settlement.hr_settlement_workbook"
        )
        others = self.env["hr.settlement"]
        for at in range(5):
            other = self._make_settlement(f"Leaver {at}")
            for amount in range(3):
                self._line(other, f"Line {amount}", amount_proposed=amount)
            others |= other
        with patch(f"{workbook}.SETTLEMENT_BATCH", 2):
            _formulas, values = self._workbook(others)
        rows = read_rows(values["Lines"])
        leavers = [row["ID"] for row in read_rows(values["Overview"])]
        self.assertEqual(leavers, others.sorted().ids)
        self.assertEqual(
            [(row["settlement_id"], row["description"]) for row in rows],
            [(at, f"Line {each}") for at in leavers for each in range(3)],
        )
        self.assertEqual(values["Overview"].max_row, 6)

    def test_a_thing_to_pay_for_counts_like_on_the_settlement(self):
        """A lost laptop: only if agreed, and in the total once it is."""
        laptop = self.settlement.line_ids.filtered(lambda ln: ln.name == "Laptop")
        laptop.write(
            {
                "handover_action": "recover",
                "amount_agreed": -300.0,
                "agreed_reason": "Lost",
            }
        )
        self.assertEqual(self._line_rows()["Laptop"]["counts"], "if_agreed")
        laptop.state = "agreed"
        _formulas, values = self._workbook(self.settlement)
        self.assertEqual(values["Overview"]["L2"].value, -800.25)
        self.assertEqual(
            values["Overview"]["L2"].value, self.settlement.amount_deduction
        )

    def test_title_and_due_date_are_those_of_the_line(self):
        """With and without a rule and a label."""
        rule = self.scheme.rule_ids[0]
        rule.due_days = 14
        for vals in ({}, {"rule_id": rule.id}, {"rule_id": rule.id, "label": "May"}):
            self._line(self.settlement, "Own words", **vals)
        _formulas, values = self._workbook(self.settlement)
        lines = self.settlement.line_ids
        self.assertEqual(
            [
                (row["description"], row["due_date"].date())
                for row in read_rows(values["Lines"])
            ],
            lines.mapped(lambda line: (line.title, line.due_date)),
        )
        self.assertEqual(lines[-1].title, f"{rule.name} – May")

    def test_what_does_not_fit_is_refused(self):
        """A sheet drops rows in silence: nothing is written instead."""
        workbook = (
            "odoo.addons.hr_exit_interview.report.settlement.hr_settlement_workbook"
        )
        with (
            patch(f"{workbook}.MAX_ROWS", 5),
            self.assertRaisesRegex(UserError, "room for 4 lines"),
        ):
            self._workbook(self.settlement)
