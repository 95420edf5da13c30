"""Time and memory of a workbook of 100,000 lines, beside XlsxWriter alone.

    setup/shell min < setup/bench_workbook.py

The bare loop writes the same cells with the same formats from a list that was made
before. Each run is a process of its own, so that peaks do not mix; the two take turns,
so that a busy machine slows both.
"""

import multiprocessing
import os
import statistics
import tempfile
import time
from collections import defaultdict

import xlsxwriter

SETTLEMENTS = 5_000
LINES_EACH = 20
RUNS = 5
MEGABYTE = 1024


def make_settlements():
    """Insert the settlements and lines, as the ORM would leave them."""
    company = env.company
    scheme = env.ref("hr_exit_interview.settlement_scheme_nl")
    rules = scheme.rule_ids.filtered(lambda rule: rule.kind == "earning")
    env.cr.execute(
        """
        INSERT INTO hr_settlement (employee_name, company_id, currency_id, scheme_id,
                                   state, last_day)
        SELECT 'Leaver ' || i, %s, %s, %s, 'confirmed', date '2026-01-01' + i %% 365
          FROM generate_series(1, %s) i
        """,
        (company.id, company.currency_id.id, scheme.id, SETTLEMENTS),
    )
    env.cr.execute(
        """
        INSERT INTO hr_settlement_line (settlement_id, company_id, currency_id, rule_id,
            code, kind, name, label, source, state, sequence, quantity, unit_amount,
            is_amount_known, amount_proposed, amount, has_amount, is_amended)
        SELECT s.id, s.company_id, s.currency_id, (%s)[1 + i %% %s], 'code_' || i,
               CASE WHEN i %% 4 = 0 THEN 'deduction' ELSE 'earning' END,
               'Line ' || i, 'item ' || i, 'rule', 'to_discuss', i, i + 0.25, 18.461538,
               i %% 10 <> 0, amount, amount, i %% 10 <> 0, false
          FROM hr_settlement s, generate_series(1, %s) i,
               LATERAL (SELECT CASE WHEN i %% 10 = 0 THEN 0 WHEN i %% 4 = 0
                        THEN -100.5 * i ELSE 100.5 * i END AS amount) amounts
        """,
        (rules.ids, len(rules), LINES_EACH),
    )
    env.invalidate_all()


def write_export(path, ids):
    env["hr.settlement.workbook"]._write_file(path, ids)


def write_bare(path, ids):
    """Write the same rows with XlsxWriter and nothing else."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
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
        for at, (settlement, line_rows) in enumerate(CELLS, start=1):
            write_cells(overview, at, settlement, formats)
            for cells in line_rows:
                row += 1
                write_cells(lines, row, cells, formats)


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


def read_cells(ids):
    """Return [(cells of the settlement, [cells of a line])] as (kind, value)."""
    workbook = env["hr.settlement.workbook"]
    rules = workbook._get_rules()
    columns, line_columns = workbook._get_columns(), workbook._get_line_columns()
    settlements = env["hr.settlement"].browse(ids)
    lines = defaultdict(list)
    for line in workbook._read_lines(settlements):
        owner = workbook._get_owner(settlements.browse(line.settlement_id))
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
                    workbook._get_row(settlement, [20, 2, 1.0, -1.0, 0.0]),
                    strict=True,
                )
            ],
            lines[settlement.id],
        )
        for row, settlement in enumerate(settlements, start=2)
    ]


def read_status(name):
    with open("/proc/self/status") as status:
        return next(int(row.split()[1]) for row in status if row.startswith(name))


def run(write, ids, results):
    """Run in a child; put seconds (all, processor), megabytes above idle, file."""
    env.invalidate_all()
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")
    idle = read_status("VmRSS")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bench.xlsx")
        started, busy = time.perf_counter(), time.process_time()
        write(path, ids)
        seconds = time.perf_counter() - started
        busy = time.process_time() - busy
        size = os.path.getsize(path)
    results.put((seconds, busy, (read_status("VmHWM") - idle) / MEGABYTE, size / 2**20))


def measure(ways, ids):
    """Run the ways of writing by turns; return {name: [what ``run`` measured]}."""
    context = multiprocessing.get_context("fork")
    runs = {name: [] for name in ways}
    for _number in range(RUNS):
        for name, write in ways.items():
            results = context.Queue()
            child = context.Process(target=run, args=(write, ids, results))
            child.start()
            runs[name].append(results.get())
            child.join()
    return runs


def report(name, runs):
    """Print the runs of one way of writing; return the median times."""
    times, busy, peaks, sizes = zip(*runs, strict=True)
    medians = statistics.median(times), statistics.median(busy)
    print(
        f"{name}: {', '.join(f'{one:.1f}' for one in times)} s:"
        f" median {medians[0]:.1f} s, processor {medians[1]:.1f} s;"
        f" peak {max(peaks):.0f} MB above idle; file {sizes[0]:.1f} MB"
    )
    return medians


make_settlements()
settlement_ids = env["hr.settlement"].search([]).ids
CELLS = read_cells(settlement_ids)
print(f"{len(settlement_ids)} settlements, {SETTLEMENTS * LINES_EACH} lines")
runs = measure({"bare": write_bare, "workbook": write_export}, settlement_ids)
bare = report("XlsxWriter alone", runs["bare"])
workbook = report("Workbook        ", runs["workbook"])
print(f"Ratio: {workbook[0] / bare[0]:.2f}, processor {workbook[1] / bare[1]:.2f}")
