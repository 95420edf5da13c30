"""The workbook of settlements, beside XlsxWriter writing the same cells."""

import multiprocessing
import os
import tempfile
from collections import defaultdict

import xlsxwriter
from harness import Figure, compare, summary, timed

LINES_EACH = 20


class Workbook(Figure):
    """Each run is a process of its own, so that peaks do not mix."""

    name = "workbook"
    what = "Workbook of settlements, by number of lines"
    floor = "XlsxWriter alone: the same cells and formats from a list made before"
    goal = "at most 1.3 x the floor and 40 MB above the idle process, at 100,000"
    sizes = (1_000, 10_000, 100_000)
    few_many = (40, 400)

    def prepare(self, size):
        self._make_settlements(size // LINES_EACH)
        self.settlements = self.env["hr.settlement"].search([])
        self.ids = self.settlements.ids
        self.cells = self._read_cells()

    def measure(self, size):
        self.prepare(size)
        self.env.flush_all()
        ours, bare = [], []
        for _run in range(self.runs):
            bare.append(self._run_apart(self.bare))
            ours.append(self._run_apart(self.ours))
        return {
            "size": size,
            **summary(ours),
            "floor": summary(bare),
            **compare(ours, bare),
        }

    def _run_apart(self, work):
        self.env.invalidate_all()
        context = multiprocessing.get_context("fork")
        results = context.Queue()
        child = context.Process(
            target=lambda: results.put(timed(self.env, work)), daemon=True
        )
        child.start()
        result = results.get()
        child.join()
        return result

    def ours(self):
        with tempfile.TemporaryDirectory() as folder:
            self.env["hr.settlement.workbook"]._write_file(
                os.path.join(folder, "bench.xlsx"), self.ids
            )

    def bare(self):
        with (
            tempfile.TemporaryDirectory() as folder,
            xlsxwriter.Workbook(
                os.path.join(folder, "bench.xlsx"), {"constant_memory": True}
            ) as book,
        ):
            self._write_bare(book)

    def is_reached(self, result):
        return result["ratio"] <= 1.3 and result["peak_mb"] <= 40

    # === The same cells by hand ===

    def _write_bare(self, book):
        overview, lines = book.add_worksheet("Overview"), book.add_worksheet("Lines")
        formats = {
            "integer": book.add_format({"num_format": "0"}),
            "quantity": book.add_format({"num_format": "#,##0.00"}),
            "unit": book.add_format({"num_format": "#,##0.00####"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "money": book.add_format({"num_format": "[$EUR] #,##0.00"}),
            "text": None,
        }
        row = 0
        for at, (settlement, line_rows) in enumerate(self.cells, start=1):
            write_cells(overview, at, settlement, formats)
            for cells in line_rows:
                row += 1
                write_cells(lines, row, cells, formats)

    def _read_cells(self):
        """Return [(cells of the settlement, [cells of a line])] as (kind, value)."""
        workbook = self.env["hr.settlement.workbook"]
        rules = workbook._get_rules()
        columns, line_columns = workbook._get_columns(), workbook._get_line_columns()
        lines = defaultdict(list)
        for line in workbook._read_lines(self.settlements):
            owner = workbook._get_owner(self.settlements.browse(line.settlement_id))
            row = workbook._get_line_row(owner, line, rules[line.rule_id])
            lines[owner.id].append(
                [
                    (column.cell, value)
                    for column, value in zip(line_columns, row, strict=True)
                ]
            )
        return [
            (
                [
                    ("formula", (column.formula.format(row=row), value))
                    if column.formula
                    else (column.cell, value)
                    for column, value in zip(
                        columns,
                        workbook._get_row(settlement, [LINES_EACH, 2, 1.0, -1.0, 0.0]),
                        strict=True,
                    )
                ],
                lines[settlement.id],
            )
            for row, settlement in enumerate(self.settlements, start=2)
        ]

    # === Data ===

    def _make_settlements(self, number):
        """Insert settlements and lines, as the ORM would leave them."""
        company = self.env.company
        scheme = self.env.ref("hr_exit_interview.settlement_scheme_nl")
        rules = scheme.rule_ids.filtered(lambda rule: rule.kind == "earning")
        self.env.cr.execute(
            """
            INSERT INTO hr_settlement (employee_name, company_id, currency_id,
                                       scheme_id, state, last_day)
            SELECT 'Leaver ' || i, %s, %s, %s, 'confirmed', date '2026-01-01' + i %% 365
              FROM generate_series(1, %s) i
            """,
            (company.id, company.currency_id.id, scheme.id, number),
        )
        self.env.cr.execute(
            """
            INSERT INTO hr_settlement_line (settlement_id, company_id, currency_id,
                rule_id, code, kind, name, label, source, state, sequence, quantity,
                unit_amount, is_amount_known, amount_proposed, amount, has_amount,
                is_amended)
            SELECT s.id, s.company_id, s.currency_id, (%s)[1 + i %% %s], 'code_' || i,
                   CASE WHEN i %% 4 = 0 THEN 'deduction' ELSE 'earning' END,
                   'Line ' || i, 'item ' || i, 'rule', 'to_discuss', i, i + 0.25,
                   18.461538, i %% 10 <> 0, amount, amount, i %% 10 <> 0, false
              FROM hr_settlement s, generate_series(1, %s) i,
                   LATERAL (SELECT CASE WHEN i %% 10 = 0 THEN 0 WHEN i %% 4 = 0
                            THEN -100.5 * i ELSE 100.5 * i END AS amount) amounts
            """,
            (rules.ids, len(rules), LINES_EACH),
        )
        # As autovacuum does within a minute of so many rows.
        self.env.cr.execute("ANALYZE hr_settlement, hr_settlement_line")
        self.env.invalidate_all()


def write_cells(sheet, row, cells, formats):
    for column, (kind, value) in enumerate(cells):
        if value is None:
            continue
        if kind == "text":
            sheet.write_string(row, column, value)
        elif kind == "date":
            sheet.write_datetime(row, column, value, formats["date"])
        elif kind == "formula":
            sheet.write_formula(row, column, value[0], formats["money"], value[1])
        else:
            sheet.write_number(row, column, value, formats[kind])
