from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from .workbook_sheet import Column, Sheet, open_workbook

CURRENCY = ("currency", "text", 10)
DEPARTMENT = (("department_id", "integer", 8), ("department", "text", 30))
COMPONENT = (("code", "text", 20), ("component", "text", 40))


class Cost(NamedTuple):
    """What one component costs in one department; the key is a row of the sheet."""

    department_id: int
    department: str
    code: str
    component: str
    currency: tuple


class HrSettlementCostWorkbook(models.AbstractModel):
    """What leaving costs by department and component, without names of leavers.

    Of settlements or of a what-if: both have the same fields. The sheet "Costs" holds
    the figures; the others add them up with formulas, written with their values.
    """

    _name = "hr.settlement.cost.workbook"
    _description = "Cost Workbook"

    @api.model
    def _write_what_if(self, path, batch):
        """Write the costs that a mass departure would have, as the user may see them.

        :param batch: one ``hr.departure.batch``
        """
        costs = self.env["hr.departure.batch.cost"]
        domain = Domain("batch_id", "=", batch.id)
        self._write_file(path, costs, domain, "line_id")

    @api.model
    def _write_settlements(self, path, settlements):
        """Write what settlements cost, as the user may see them."""
        lines = self.env["hr.settlement.line"]
        domain = Domain("settlement_id", "in", settlements.ids)
        self._write_file(
            path, lines, domain & lines._get_cost_domain(), "settlement_id"
        )

    @api.model
    def _write_file(self, path, model, domain, person):
        """Write the costs among the records of ``model``; a fixed number of queries."""
        costs = self._read_costs(model, domain)
        counts = {
            names: self._count_people(model, domain, person, names)
            for names in ((), ("department_id",), ("code",), ("department_id", "code"))
        }
        with open_workbook(path) as book:
            for title, keys in (
                (self.env._("Totals"), ()),
                (self.env._("Departments"), DEPARTMENT),
                (self.env._("Components"), COMPONENT),
            ):
                self._write_summary(book, title, keys, costs, counts)
            self._write_costs(book, costs, counts)

    # === Figures ===

    @api.model
    def _read_costs(self, model, domain):
        """Return {``Cost``: [amount, only if agreed, amounts not known]}, sorted."""
        groups = model._read_group(
            domain,
            [
                "department_id",
                "code",
                "rule_id",
                "currency_id",
                "is_counted",
                "is_only_if_agreed",
                "has_amount",
            ],
            ["amount:sum", "__count"],
        )
        costs = defaultdict(lambda: [0.0, 0.0, 0])
        names = {}
        for department, code, rule, currency, *flags, amount, count in groups:
            is_counted, is_only_if_agreed, has_amount = flags
            # One name a code: rules of several schemes may share it.
            name = names.setdefault(code, self._get_component(code, rule))
            cost = costs[self._get_cost(department, code, name, currency)]
            cost[0] += amount if is_counted else 0
            cost[1] += amount if is_only_if_agreed else 0
            cost[2] += 0 if has_amount else count
        return {
            cost: [*map(self._get_rounding(cost), amounts), unknown]
            for cost, (*amounts, unknown) in sorted(costs.items())
        }

    @api.model
    def _get_cost(self, department, code, name, currency):
        # sudo: hr.department - its name belongs to the figures
        department_name = department.sudo().display_name or self.env._("No department")
        return Cost(
            department.id or 0,
            department_name,
            code,
            name,
            (currency.name, currency.decimal_places),
        )

    @api.model
    def _get_component(self, code, rule):
        # sudo: hr.settlement.rule - its name, for lines that the user may see
        manual = self.env._("Added by hand")
        return rule.sudo().name or (manual if code == "manual" else code)

    @api.model
    def _get_rounding(self, cost):
        return lambda amount: round(amount, cost.currency[1])

    @api.model
    def _count_people(self, model, domain, person, names):
        """Return {(values of ``names``…, currency): number of people}."""
        groups = model._read_group(
            domain, [*names, "currency_id"], [f"{person}:recordset"]
        )
        return {
            (
                *(getattr(value, "id", value) or 0 for value in values),
                currency.name,
            ): self._count_leavers(people)
            for *values, currency, people in groups
        }

    @api.model
    def _count_leavers(self, people):
        """Return of how many leavers these are: nobody leaves again by a supplement.

        Told from the settlements alone, which outlive the links to their departures.
        """
        if people._name == "hr.settlement":
            people = people.mapped(lambda each: each.supplement_of_id or each)
        return len(people)

    # === Sheets ===

    @api.model
    def _get_headers(self):
        env = self.env
        return {
            "department_id": env._("ID"),
            "department": env._("Department"),
            "code": env._("Code"),
            "component": env._("Component"),
            "currency": env._("Currency"),
            "people": env._("Leavers"),
            "amount": env._("Amount"),
            "if_agreed": env._("Only if Agreed"),
            "unknown": env._("Amounts Not Known"),
        }

    @api.model
    def _get_columns(self, keys, formula=""):
        """Return the columns of a sheet.

        :param formula: of what is added up; "%s" in it is the code of the column
        """
        headers = self._get_headers()
        values = (("amount", "money", 19), ("if_agreed", "money", 19))
        values += (("unknown", "integer", 14),)
        return [
            *(Column(code, headers[code], cell, width) for code, cell, width in keys),
            Column("people", headers["people"], "integer", 10),
            *(
                Column(code, headers[code], cell, width, formula and formula % code)
                for code, cell, width in values
            ),
        ]

    @api.model
    def _write_summary(self, book, title, keys, costs, counts):
        """Write a sheet that adds up the costs by the first of ``keys``."""
        names = tuple(name for name, _cell, _width in keys)
        by = names[:1]
        sums = defaultdict(lambda: [0, 0, 0])
        for cost, amounts in costs.items():
            key = (*(getattr(cost, name) for name in names), cost.currency)
            sums[key] = [a + b for a, b in zip(sums[key], amounts, strict=True)]
        sheet = Sheet(
            book,
            title,
            self._get_columns((*keys, CURRENCY), self._get_formula(len(names), by)),
        )
        for key, amounts in sums.items():
            *values, currency = key
            people = counts[by].get((*values[:1], currency[0]), 0)
            rounded = [round(amount, currency[1]) for amount in amounts]
            sheet.write_row((*values, currency[0], people, *rounded), currency)
        sheet.close()

    @api.model
    def _get_formula(self, width, by):
        """Return the formula that adds up a column of the costs."""
        criteria = f"cost_currency,{'ABC'[width]}{{row}}"
        for name in by:
            criteria += f",cost_{name},A{{row}}"
        return f"=SUMIFS(cost_%s,{criteria})"

    @api.model
    def _write_costs(self, book, costs, counts):
        keys = (*DEPARTMENT, *COMPONENT, CURRENCY)
        sheet = Sheet(book, self.env._("Costs"), self._get_columns(keys))
        for cost, amounts in costs.items():
            currency = cost.currency[0]
            people = counts["department_id", "code"].get(
                (cost.department_id, cost.code, currency), 0
            )
            sheet.write_row((*cost[:4], currency, people, *amounts), cost.currency)
        for code in (
            "department_id",
            "code",
            "currency",
            "amount",
            "if_agreed",
            "unknown",
        ):
            sheet.define_name(f"cost_{code}", code)
        sheet.close()
