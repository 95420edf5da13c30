"""Apps that come later and go again: their lines, and old lists without them."""

import io
import tempfile
from typing import NamedTuple

from openpyxl import load_workbook
from steps import Steps, expect, expect_origin_gone, make_departure, settle

from odoo import Command
from odoo.tests import Form
from odoo.tools import config
from odoo.tools.pdf import PdfFileReader

STATEMENT = "hr_exit_interview.action_report_settlement"


class App(NamedTuple):
    """An app, what its line is called, and what it says."""

    installed: str
    uninstalled: str
    model: str
    code: str
    title: str
    amount: float
    explanation: str


APPS = (
    App(
        "hr_expense",
        "hr_expense",
        "hr.expense",
        "expense",
        "Expenses to reimburse – Train",
        84.50,
        "Expense of 08/03/2026",
    ),
    App(
        "hr_holidays_attendance",
        "hr_attendance",
        "hr.attendance.overtime.line",
        "overtime",
        "Extra hours not taken as time off",
        230.77,
        "12.50 h earned, 0.00 h taken as time off",
    ),
    App(
        "hr_maintenance",
        "maintenance",
        "maintenance.equipment",
        "equipment",
        "Equipment – Laptop 7 (given out on 05/02/2024)",
        0.0,
        "",
    ),
    App(
        "hr_fleet",
        "fleet",
        "fleet.vehicle",
        "vehicle",
        "Donkervoort/D8/AB-123-C",
        0.0,
        "",
    ),
    App(
        "payroll",
        "payroll",
        "hr.payslip",
        "payslip_unpaid",
        "August 2026",
        2450.0,
        "",
    ),
)


def check(env, addons):
    # What would come along by itself takes minutes and packages of its own.
    config["skip_auto_install"] = True
    steps = Steps(env, addons)
    departure_id = steps.run(begin)
    steps.install(*(app.installed for app in APPS))
    settlement_id = steps.run(use, departure_id)
    for number, app in enumerate(APPS, start=1):
        steps.uninstall(app.uninstalled)
        steps.run(expect_gone, settlement_id, APPS[:number], APPS[number:])
    steps.run(expect_readable, settlement_id)


def begin(env):
    """Before: the rules are there and make no line."""
    departure = make_departure(env)
    lines = settle(departure)
    for app in APPS:
        expect(app.code in lines, False)
        expect(app.model in env, False)
        expect(
            bool(departure.company_id._get_settlement_scheme()._get_rule(app.code)),
            True,
        )
    return departure.id


# === Installed ===


def use(env, departure_id):
    """Installed later: something under each, and each its line."""
    departure = env["hr.departure"].browse(departure_id)
    employee = departure.employee_id
    make_expense(env, employee)
    make_overtime(env, employee)
    make_equipment(env, employee)
    make_car(env, employee)
    make_payslip(env, employee)
    lines = settle(departure)
    for app in APPS:
        expect_line(lines[app.code], app)
        expect(
            lines[app.code].action_open_origin()["res_model"]
            if lines[app.code].res_model
            else app.model,
            app.model,
        )
    lines["expense"].state = "discussed"
    lines["overtime"].state = "agreed"
    lines["equipment"].action_receive()
    lines["vehicle"].action_receive()
    lines["payslip_unpaid"].state = "disputed"
    return departure.settlement_ids.id


def make_expense(env, employee):
    expense = env["hr.expense"].create(
        {
            "name": "Train",
            "employee_id": employee.id,
            "company_id": employee.company_id.id,
            "date": "2026-08-03",
            "total_amount_currency": 84.50,
            "payment_mode": "own_account",
        }
    )
    expense.approval_state = "approved"


def make_overtime(env, employee):
    env["hr.attendance.overtime.line"].create(
        {
            "employee_id": employee.id,
            "date": "2026-08-10",
            "duration": 12.5,
            "status": "approved",
            "compensable_as_leave": True,
            "amount_rate": 0.0,
        }
    )


def make_equipment(env, employee):
    env["maintenance.equipment"].create(
        {
            "name": "Laptop 7",
            "company_id": employee.company_id.id,
            "equipment_assign_to": "employee",
            "employee_id": employee.id,
            "assign_date": "2024-05-02",
        }
    )


def make_car(env, employee):
    brand = env["fleet.vehicle.model.brand"].create({"name": "Donkervoort"})
    model = env["fleet.vehicle.model"].create({"name": "D8", "brand_id": brand.id})
    env["fleet.vehicle"].create(
        {
            "model_id": model.id,
            "license_plate": "AB-123-C",
            "company_id": employee.company_id.id,
            "driver_employee_id": employee.id,
        }
    )


def make_payslip(env, employee):
    """August's, with 2,450 net, that nobody has paid."""
    categories = env["hr.salary.rule.category"]
    category = categories.search([("code", "=", "NET")], limit=1) or categories.create(
        {"name": "Net", "code": "NET"}
    )
    net = env["hr.salary.rule"].create(
        {
            "name": "Net",
            "code": "NET",
            "sequence": 1,
            "category_id": category.id,
            "condition_select": "none",
            "amount_select": "fix",
        }
    )
    line = {
        "name": net.name,
        "code": net.code,
        "salary_rule_id": net.id,
        "category_id": category.id,
        "condition_select": "none",
        "amount_select": "fix",
        "employee_id": employee.id,
        "contract_id": employee.version_id.id,
        "amount": 2450.0,
    }
    env["hr.payslip"].create(
        {
            "name": "August 2026",
            "employee_id": employee.id,
            "company_id": employee.company_id.id,
            "contract_id": employee.version_id.id,
            "date_from": "2026-08-01",
            "date_to": "2026-08-31",
            "state": "verify",
            "line_ids": [Command.create(line)],
        }
    )


def expect_line(line, app):
    expect(len(line), 1)
    expect(app.title in line.title, True)
    expect(round(line.amount, 2), app.amount)
    expect(app.explanation in (line.explanation or ""), True)


# === Uninstalled ===


def expect_gone(env, settlement_id, gone, left):
    """A new list has the lines of what is left; the old one has all of them."""
    sources = env["hr.settlement.source"]._get_sources()
    settlement = env["hr.settlement"].browse(settlement_id)
    new = settle(make_departure(env, settlement.company_id))
    for app in gone:
        expect(app.model in env, False)
        expect(app.code in new, False)
        expect(app.code in sources, False)
    for app in left:
        expect(app.model in env, True)
    settlement.action_recompute()
    lines = settlement.line_ids.grouped("code")
    for app in APPS:
        expect_line(lines[app.code], app)


def expect_readable(env, settlement_id):
    """Without any of the apps: words, form, paper and workbook as before."""
    settlement = env["hr.settlement"].browse(settlement_id)
    lines = settlement.line_ids.grouped("code")
    expect(lines["expense"].source_label, "Expenses")
    expect(lines["equipment"].handover_condition, "good")
    # 768.00 of holiday allowance, the train, the extra hours.
    expect(round(settlement.amount_total, 2), 1083.27)
    for app in APPS:
        if lines[app.code].res_model:
            expect_origin_gone(lines[app.code])
    payroll = make_payroll_user(env, settlement.company_id)
    settlement = settlement.with_user(payroll)
    expect(Form(settlement).employee_name, "Joost Visser")
    expect_on_paper(env, settlement)
    expect_in_workbook(env, settlement)


def make_payroll_user(env, company):
    return env["res.users"].create(
        {
            "name": "Payroll",
            "login": "payroll_apps",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [
                Command.link(env.ref("hr_exit_interview.group_exit_payroll").id)
            ],
        }
    )


def expect_on_paper(env, settlement):
    report = env["ir.actions.report"].with_user(settlement.env.user)
    content = report._render_qweb_html(STATEMENT, settlement.ids)[0].decode()
    for text in ("Train", "84.50", "230.77", "Laptop 7", "AB-123-C"):
        expect(text in content, True)
    if report.get_wkhtmltopdf_state() != "install":
        pdf = report._render_qweb_pdf(STATEMENT, settlement.ids)[0]
        expect(len(PdfFileReader(io.BytesIO(pdf)).pages) >= 1, True)


def expect_in_workbook(env, settlement):
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        workbooks = env["hr.settlement.workbook"].with_user(settlement.env.user)
        workbooks._write_file(file.name, settlement.ids)
        rows = list(load_workbook(file.name)["Lines"].iter_rows(values_only=True))
    headers, *values = rows
    found = {
        row[headers.index("code")]: row[headers.index("proposed")] for row in values
    }
    for app in APPS:
        expect(app.code in found, True)
        if app.amount:
            expect(round(found[app.code], 2), app.amount)
