"""Install the example source, settle with it, uninstall it, read the old list.

For an Odoo shell; ADDONS is the folder of the example.
"""

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry

import odoo.addons

DATABASE = env.cr.dbname  # noqa: F821 - the shell provides it
odoo.addons.__path__.append(ADDONS)  # noqa: F821 - whoever runs it says where


def in_database(method):
    """Run ``method(env)`` in a transaction of its own, on today's registry."""
    with Registry(DATABASE).cursor() as cr:
        return method(api.Environment(cr, SUPERUSER_ID, {}))


def change_module(action):
    """Press a button of the module, as in Apps."""

    def change(env):
        modules = env["ir.module.module"]
        modules.update_list()
        getattr(modules._get("hr_settlement_source_bonus"), action)()

    in_database(change)


def settle(env):
    """A promised and a paid bonus: one line, at its place in the list."""
    company = env["res.company"].create(
        {"name": "Poldertuin B.V.", "country_id": env.ref("base.nl").id}
    )
    employee = env["hr.employee"].create(
        {
            "name": "Joost Visser",
            "company_id": company.id,
            "date_version": "2021-03-01",
            "contract_date_start": "2021-03-01",
            "wage": 3200.0,
        }
    )
    for name, is_paid in (("First half", True), ("Second half", False)):
        env["hr.bonus"].create(
            {
                "name": name,
                "employee_id": employee.id,
                "amount": 250.0,
                "date": "2026-08-01",
                "is_paid": is_paid,
            }
        )
    departure = env["hr.departure"].create(
        {
            "employee_id": employee.id,
            "departure_reason_id": env.ref("hr.departure_resigned").id,
            "notice_date": "2026-07-20",
            "departure_date": "2026-08-31",
        }
    )
    settlement = env["hr.settlement"]._create_for_departures(departure)
    line = settlement.line_ids.filtered(lambda line: line.code == "bonus")
    assert line.title == "Bonus – Second half", line.mapped("title")
    assert line.amount == 250.0 and line.is_counted
    assert line.source_label == "Bonuses"
    assert line.action_open_origin()["res_model"] == "hr.bonus"
    codes = settlement.line_ids.mapped("code")
    assert codes.index("bonus") < codes.index("goods_computer"), codes
    line.state = "discussed"
    return line.id


def read(env):
    """The module is gone: source and rule with it, the line says what it said."""
    sources = env["hr.settlement.source"]
    assert "bonus" not in sources._get_all_sources()
    assert "bonus" not in dict(sources._get_source_labels())
    assert "hr.bonus" not in env
    line = env["hr.settlement.line"].browse(LINE)
    assert not line.rule_id
    assert line.title == line.name == "Bonus – Second half"
    assert line.amount == 250.0 and line.is_counted
    assert line.source_label == "bonus"
    try:
        line.action_open_origin()
    except UserError as error:
        assert "no longer installed" in str(error)
    else:
        raise AssertionError("an origin that is gone was opened")
    line.settlement_id.action_recompute()
    assert line.exists()
    assert line.settlement_id.computed_date <= fields.Datetime.now()


change_module("button_immediate_install")
LINE = in_database(settle)
change_module("button_immediate_uninstall")
in_database(read)
