import io
import tempfile

from openpyxl import load_workbook

from odoo.tests import freeze_time, tagged

from ...batch_common import BatchCommon
from ...office import read_rows, recalculate


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestSettlementCostWorkbook(BatchCommon):
    """Costs by department and component: of a what-if, of settlements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._people(4)
        cls.batch = cls._batch(cls.people)

    def _content(self):
        exports = self.env["hr.settlement.export"]
        return exports.search([], order="id desc", limit=1).attachment_id.raw

    def _sheets(self, content=None):
        """The rows of each sheet as {header: value}, as a reader sees them."""
        book = load_workbook(io.BytesIO(content or self._content()), data_only=True)
        return {sheet.title: read_rows(sheet) for sheet in book}

    def _what_if(self):
        self._run(self.batch, "calculate")
        self.batch.action_export_costs()
        return self._sheets()

    def _gift(self, settlement):
        """A line of 50.00 that payroll types."""
        self.env["hr.settlement.line"].with_user(self.payroll).create(
            {
                "settlement_id": settlement.id,
                "name": "Gift",
                "kind": "earning",
                "amount_proposed": 50.0,
            }
        )

    def _costs_for_payroll(self, settlements):
        """The sheets that payroll exports of a selection."""
        exports = self.env["hr.settlement.export"].with_user(self.payroll)
        exports.with_context(
            active_model="hr.settlement", active_ids=settlements.ids
        ).create({"content": "costs"}).action_export()
        return self._sheets()

    def test_by_department_and_component(self):
        """3,000 and 3,002 work in Kas, 3,001 and 3,003 in Kantoor.

        Allowance: 6,002 x 3 x 8 % = 1,440.48; transition: 6,002 x 1.98 = 11,883.96;
        6,004 gives 1,440.96 and 11,887.92.
        """
        sheets = self._what_if()
        costs = {
            (row["Department"], row["Code"]): (row["Leavers"], row["Amount"])
            for row in sheets["Costs"]
            if row["Amount"]
        }
        self.assertEqual(
            costs,
            {
                ("Kas", "holiday_allowance"): (2, 1440.48),
                ("Kas", "transition"): (2, 11883.96),
                ("Kantoor", "holiday_allowance"): (2, 1440.96),
                ("Kantoor", "transition"): (2, 11887.92),
            },
        )

    def test_departments_components_and_totals(self):
        """Added up three ways, to the same total."""
        sheets = self._what_if()
        departments = {row["Department"]: row for row in sheets["Departments"]}
        self.assertEqual(departments["Kas"]["Amount"], 13324.44)
        self.assertEqual(departments["Kantoor"]["Amount"], 13328.88)
        self.assertEqual(departments["Kas"]["Leavers"], 2)
        components = {row["Code"]: row for row in sheets["Components"]}
        self.assertEqual(components["transition"]["Amount"], 23771.88)
        self.assertEqual(components["transition"]["Leavers"], 4)
        self.assertEqual(components["transition"]["Component"], "Transition payment")
        [total] = sheets["Totals"]
        self.assertEqual((total["Currency"], total["Leavers"]), ("EUR", 4))
        self.assertEqual(total["Amount"], 26653.32)

    def test_no_names_of_leavers(self):
        """The overview goes to people who must not see wages."""
        self._what_if()
        book = load_workbook(io.BytesIO(self._content()))
        cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
        self.assertFalse(any("Worker" in cell for cell in cells))

    def test_totals_are_formulas(self):
        """Over the sheet Costs, by number of the department and by code."""
        self._what_if()
        book = load_workbook(io.BytesIO(self._content()))
        self.assertEqual(
            book["Departments"]["E2"].value,
            "=SUMIFS(cost_amount,cost_currency,C2,cost_department_id,A2)",
        )
        self.assertEqual(
            book["Components"]["E2"].value,
            "=SUMIFS(cost_amount,cost_currency,C2,cost_code,A2)",
        )
        self.assertEqual(
            book["Totals"]["C2"].value, "=SUMIFS(cost_amount,cost_currency,A2)"
        )

    def test_another_program_works_out_the_same(self):
        """Which does not get the values and computes the formulas."""
        expected = self._what_if()
        book = recalculate(self._content())
        found = {sheet.title: read_rows(sheet) for sheet in book}
        for title, rows in expected.items():
            for row, again in zip(rows, found[title], strict=True):
                self.assertAlmostEqual(again["Amount"], row["Amount"], 2, title)
                self.assertEqual(again, {**row, "Amount": again["Amount"]})

    def test_amounts_not_known(self):
        """Nobody takes an empty cell for zero: they are counted."""
        poor = self._employee("No Wage", "2021-03-01", 0.0)
        batch = self._batch(poor)
        self._run(batch, "calculate")
        batch.action_export_costs()
        [total] = self._sheets()["Totals"]
        self.assertEqual(total["Amount"], 0)
        self.assertEqual(total["Amounts Not Known"], batch.cost_unknown_count)
        [department] = self._sheets()["Departments"]
        self.assertEqual(department["Department"], "No department")

    def test_costs_of_settlements(self):
        """After confirming: the same figures, from the settlements."""
        expected = self._what_if()
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        self.batch.action_export_settlement_costs()
        found = self._sheets()
        for title, rows in expected.items():
            amounts = [row["Amount"] for row in rows if row["Amount"]]
            self.assertEqual(
                [row["Amount"] for row in found[title] if row["Amount"]], amounts, title
            )

    def test_payroll_has_it_from_the_settlements(self):
        """Any selection; what was agreed, cancelled or typed by hand counts so."""
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        settlements = self.batch.line_ids.settlement_id
        settlements[3].sudo().action_cancel()
        self._gift(settlements[0])
        sheets = self._costs_for_payroll(settlements)
        components = {row["Code"]: row for row in sheets["Components"]}
        # 9,003 x 1.98 without the cancelled one.
        self.assertEqual(components["transition"]["Amount"], 17825.94)
        self.assertEqual(components["manual"]["Component"], "Added by hand")
        self.assertEqual(components["manual"]["Amount"], 50.00)

    def test_a_supplement_is_no_further_leaver(self):
        """Two lists of one departure are one leaver, also when its link was cut."""
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        settlements = self.batch.line_ids.settlement_id
        first = settlements[0].sudo()
        self._gift(first)
        first._set_state("confirmed")
        supplement = first.browse(first.action_create_supplement()["res_id"])
        self._gift(supplement)
        (first | supplement).departure_id = False
        sheets = self._costs_for_payroll(settlements | supplement)
        [total] = sheets["Totals"]
        self.assertEqual(total["Leavers"], 4)
        departments = {
            row["Department"]: row["Leavers"] for row in sheets["Departments"]
        }
        self.assertEqual(departments, {"Kas": 2, "Kantoor": 2})
        components = {row["Code"]: row for row in sheets["Components"]}
        self.assertEqual(components["manual"]["Leavers"], 1)
        self.assertEqual(components["manual"]["Amount"], 100.00)

    def test_a_fixed_number_of_queries(self):
        """Nobody is read one by one."""
        workbooks = self.env["hr.settlement.cost.workbook"]
        few, many = self._batch(self.people), self._batch(self._people(40))
        for batch in (few, many):
            self._run(batch, "calculate")

        def write(batch):
            with tempfile.NamedTemporaryFile() as file:
                workbooks._write_what_if(file.name, batch)

        write(few)
        self.assertSameQueryCount(write, few, many)

    def test_as_many_queries_for_many_settlements(self):
        """Whose supplements they are is read together, whatever the group."""
        workbooks = self.env["hr.settlement.cost.workbook"].with_user(self.payroll)
        few, many = self.batch, self._batch(self._people(40))
        for batch in (few, many):
            self._run(batch, "register")
            self._run(batch, "confirm")
        few, many = few.line_ids.settlement_id, many.line_ids.settlement_id

        def write(settlements):
            with tempfile.NamedTemporaryFile() as file:
                workbooks._write_settlements(file.name, settlements)

        write(few)
        self.assertSameQueryCount(write, few, many)

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.officer.lang = "nl_NL"
        self._run(self.batch, "calculate")
        self.batch.with_context(lang="nl_NL").action_export_costs()
        sheets = self._sheets()
        self.assertEqual(
            list(sheets), ["Totalen", "Afdelingen", "Onderdelen", "Kosten"]
        )
        names = {row["Onderdeel"] for row in sheets["Onderdelen"]}
        self.assertIn("Transitievergoeding", names)

    # === On screen ===

    def test_pivot_of_settlement_lines(self):
        """Payroll groups lines by department and component."""
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        action = self.batch.action_open_settlement_costs()
        lines = self.env["hr.settlement.line"].with_user(self.payroll)
        groups = lines.formatted_read_group(
            [*action["domain"], ("is_counted", "=", True)],
            ["department_id", "rule_id"],
            ["amount:sum"],
        )
        amounts = {
            (group["department_id"][1], group["rule_id"][1]): group["amount:sum"]
            for group in groups
        }
        self.assertEqual(round(amounts["Kas", "Transition payment"], 2), 11883.96)
        self.assertTrue(
            lines.fields_get(["department_id"])["department_id"]["groupable"]
        )
