"""What the checks in this folder have in common. They run in an Odoo shell."""

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry

import odoo.addons


class Steps:
    """Steps on one database, each in a transaction and on the registry of its time."""

    def __init__(self, env, addons):
        self.database = env.cr.dbname
        odoo.addons.__path__.append(addons)
        # The shell's own transaction would lock what installing changes.
        env.cr.rollback()

    def run(self, method, *args):
        """Return what ``method(env, …)`` returns, committed."""
        with Registry(self.database).cursor() as cr:
            return method(api.Environment(cr, SUPERUSER_ID, {}), *args)

    def install(self, *names):
        self.run(self._press, names, "button_immediate_install")

    def uninstall(self, *names):
        self.run(self._press, names, "button_immediate_uninstall")

    @staticmethod
    def _press(env, names, button):
        modules = env["ir.module.module"]
        modules.update_list()
        found = modules.search([("name", "in", names)])
        expect(sorted(found.mapped("name")), sorted(names))
        getattr(found, button)()


def make_departure(env, company=None):
    """A resignation of 31 August 2026: 3,200 a month for 40 hours.

    In a new Dutch company unless one is given.
    """
    company = company or env["res.company"].create(
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
    return env["hr.departure"].create(
        {
            "employee_id": employee.id,
            "departure_reason_id": env.ref("hr.departure_resigned").id,
            "notice_date": "2026-07-20",
            "departure_date": "2026-08-31",
        }
    )


def settle(departure):
    """Return the lines of the departure by code, made or recomputed."""
    settlement = departure.env["hr.settlement"]._create_for_departures(departure)
    return settlement.line_ids.grouped("code")


def expect(actual, expected):
    """Compare, and say what was found when it differs."""
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def expect_origin_gone(line):
    """The button that opens the document says that its app is gone."""
    try:
        line.action_open_origin()
    except UserError as error:
        expect("no longer installed" in str(error), True)
    else:
        raise AssertionError("an origin that is gone was opened")
