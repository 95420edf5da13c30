from collections import defaultdict, namedtuple
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...models.settlement.hr_settlement_line import SIGNED_KINDS
from .workbook_sheet import MAX_ROWS, Column, Sheet, open_workbook

# How many settlements, with their lines, are in memory at once.
SETTLEMENT_BATCH = 100

# What a line counts for: codes for payroll imports, in no language.
TOTAL, IF_AGREED, NOT = "total", "if_agreed", "no"

LINE_SUM = "=SUMIFS(line_amount,line_settlement,A{row},line_counts,"
CURRENCY_SUM = "=SUMIFS(%s,settlement_currency,A{row})"

# What is read of a line, straight from its columns.
SHEET_FIELDS = (
    "settlement_id",
    "rule_id",
    "code",
    "kind",
    "name",
    "label",
    "quantity",
    "unit_amount",
    "is_amount_known",
    "amount_proposed",
    "is_amended",
    "amount_agreed",
    "has_amount",
    "amount",
    "is_counted",
    "is_only_if_agreed",
    "state",
    "source",
)
LineValues = namedtuple("LineValues", SHEET_FIELDS)
RuleValues = namedtuple("RuleValues", "name due_days")
OwnerValues = namedtuple("OwnerValues", "id reference employee_name last_day currency")


class HrSettlementWorkbook(models.AbstractModel):
    """Settlements as a workbook, written row by row: any number fits in memory.

    The sheet "Lines" is for import into payroll: its name and headers are the same in
    every language. The totals on the other sheets are formulas over it, written
    together with their values.
    """

    _name = "hr.settlement.workbook"
    _description = "Settlement Workbook"

    @api.model
    def _write_file(self, path, settlement_ids, on_progress=None):
        """Write the workbook of settlements to a file.

        :param settlement_ids: ids in the order in which they are written
        :param on_progress: called after every batch with the number of settlements done
        :raise AccessError: a settlement that the user may not read
        """
        self.env["hr.settlement"].browse(settlement_ids).check_access("read")
        self._check_fits(settlement_ids)
        with open_workbook(path) as book:
            overview = Sheet(book, self.env._("Overview"), self._get_columns(), 3)
            lines = Sheet(book, "Lines", self._get_line_columns(), 3)
            leave = self._add_leave_sheet(book)
            currencies = defaultdict(lambda: [0] * 5)
            done = 0
            for batch in split_every(SETTLEMENT_BATCH, settlement_ids):
                self._write_batch(overview, lines, leave, currencies, batch)
                done += len(batch)
                if on_progress:
                    on_progress(done)
            self._write_currencies(book, currencies)
            self._close(overview, lines)
            leave.close()

    @api.model
    def _check_fits(self, settlement_ids):
        """Refuse what a sheet has no room for, rather than lose its end."""
        domain = [("settlement_id", "in", settlement_ids)]
        if self.env["hr.settlement.line"].search_count(domain) >= MAX_ROWS:
            raise UserError(
                self.env._(
                    "A sheet has room for %(rows)s lines: choose a shorter period.",
                    rows=MAX_ROWS - 1,
                )
            )

    @api.model
    def _close(self, overview, lines):
        """Name the columns that the formulas add up."""
        for code in ("settlement", "counts", "amount"):
            column = "settlement_id" if code == "settlement" else code
            lines.define_name(f"line_{code}", column)
        for code in ("currency", "earning", "deduction", "total", "if_agreed"):
            overview.define_name(f"settlement_{code}", code)
        overview.close()
        lines.close()

    # === Columns ===

    @api.model
    def _get_columns(self):
        """Return the columns of the overview, one settlement a row."""
        env = self.env
        return (
            Column("id", env._("ID"), "integer", 8),
            Column("reference", env._("Reference"), "text", 14),
            Column("employee", env._("Leaver"), "text", 28),
            Column("department", env._("Department"), "text", 24),
            Column("last_day", env._("Last Day"), "date", 12),
            Column("state", env._("State"), "text", 13),
            Column("company", env._("Company"), "text", 24),
            Column("currency", env._("Currency"), "text", 10),
            Column("lines", env._("Lines"), "integer", 8),
            Column("unknown", env._("Amounts Not Known"), "integer", 10),
            *self._get_total_columns(
                LINE_SUM + '"total",line_amount,">0")',
                LINE_SUM + '"total",line_amount,"<0")',
                "=K{row}+L{row}",
                LINE_SUM + '"if_agreed")',
            ),
        )

    @api.model
    def _get_currency_columns(self):
        """Return the columns of the totals, one currency a row."""
        env = self.env
        return (
            Column("currency", env._("Currency"), "text", 12),
            Column(
                "settlements",
                env._("Settlements"),
                "integer",
                12,
                "=COUNTIF(settlement_currency,A{row})",
            ),
            *self._get_total_columns(
                *(
                    CURRENCY_SUM % f"settlement_{code}"
                    for code in ("earning", "deduction", "total", "if_agreed")
                )
            ),
        )

    @api.model
    def _get_total_columns(self, *formulas):
        env = self.env
        totals = (
            ("earning", env._("The Company Owes")),
            ("deduction", env._("The Leaver Owes")),
            ("total", env._("Total")),
            ("if_agreed", env._("Only if Agreed")),
        )
        return [
            Column(code, header, "money", 19, formula)
            for (code, header), formula in zip(totals, formulas, strict=True)
        ]

    @api.model
    def _get_line_columns(self):
        """Return the columns of the lines: add new ones at the end."""
        columns = (
            ("settlement_id", "integer", 13),
            ("settlement", "text", 14),
            ("employee", "text", 28),
            ("code", "text", 20),
            ("kind", "text", 12),
            ("description", "text", 46),
            ("quantity", "quantity", 11),
            ("unit_amount", "unit", 14),
            ("proposed", "money", 17),
            ("agreed", "money", 17),
            ("amount", "money", 17),
            ("currency", "text", 10),
            ("counts", "text", 11),
            ("state", "text", 15),
            ("due_date", "date", 12),
            ("source", "text", 18),
        )
        return [Column(code, code, cell, width) for code, cell, width in columns]

    # === Rows ===

    @api.model
    def _write_batch(self, overview, lines, leave, currencies, settlement_ids):
        """Write some settlements with their lines, then forget them."""
        settlements = self.env["hr.settlement"].browse(settlement_ids)
        sums = self._write_lines(lines, settlements)
        for settlement in settlements:
            row = self._get_row(settlement, sums[settlement.id])
            key = self._get_currency_key(settlement)
            overview.write_row(row, key)
            added = zip(currencies[key], (1, *row[-4:]), strict=True)
            currencies[key] = [total + amount for total, amount in added]
        self._write_leave(leave, settlements)
        self.env.invalidate_all()

    @api.model
    def _write_lines(self, sheet, settlements):
        """Write lines; return {settlement id: [lines, unknown, +, -, if agreed]}."""
        sums = defaultdict(lambda: [0, 0, 0.0, 0.0, 0.0])
        owners = {each.id: self._get_owner(each) for each in settlements}
        rules = self._get_rules()
        for line in self._read_lines(settlements):
            owner = owners[line.settlement_id]
            row = self._get_line_row(owner, line, rules.get(line.rule_id))
            sheet.write_row(row, owner.currency)
            self._add_up(sums[owner.id], row)
        return sums

    @api.model
    def _read_lines(self, settlements):
        """Return the lines that the user may see as tuples, in the order of the list.

        Not as records: reading those takes as long as writing the cells does.
        """
        lines = self.env["hr.settlement.line"]
        domain = [("settlement_id", "in", settlements.ids)]
        query = lines._search(domain, order=lines._order)
        columns = [
            lines._field_to_sql(lines._table, name, query) for name in SHEET_FIELDS
        ]
        return map(LineValues._make, self.env.execute_query(query.select(*columns)))

    @api.model
    def _get_rules(self):
        """Return {id: ``RuleValues``} of every rule that lines may come from."""
        # sudo: hr.settlement.rule - title and due date of lines that the user may see
        rules = self.env["hr.settlement.rule"].sudo().with_context(active_test=False)
        return {
            rule.id: RuleValues(rule.name, rule.due_days)
            for rule in rules.search_fetch([], RuleValues._fields)
        }

    @api.model
    def _get_owner(self, settlement):
        """Return what every line repeats of its settlement."""
        return OwnerValues(
            settlement.id,
            self._get_reference(settlement),
            settlement.employee_name,
            settlement.last_day or None,
            self._get_currency_key(settlement),
        )

    @api.model
    def _add_up(self, sums, row):
        """Add the row of a line, as it was written, to the sums of its settlement."""
        kind, amount, counts, state = row[4], row[10], row[12], row[13]
        sums[0] += 1
        if amount is None:
            is_due = kind in SIGNED_KINDS and state != "not_applicable"
            sums[1] += is_due
        elif counts == TOTAL:
            sums[2 if amount > 0 else 3] += amount
        elif counts == IF_AGREED:
            sums[4] += amount

    @api.model
    def _get_reference(self, settlement):
        return self.env["hr.settlement.paper"]._get_reference(settlement)

    @api.model
    def _get_currency_key(self, record):
        currency = record.currency_id
        return currency.name, currency.decimal_places

    @api.model
    def _get_row(self, settlement, sums):
        """Return the values of a settlement, in the order of the columns."""
        line_count, unknown_count, *amounts = sums
        earning, deduction, if_agreed = map(settlement.currency_id.round, amounts)
        states = dict(settlement._fields["state"]._description_selection(self.env))
        return (
            settlement.id,
            self._get_reference(settlement),
            settlement.employee_name,
            # sudo: hr.department - its name belongs to the settlement
            settlement.department_id.sudo().name or None,
            settlement.last_day or None,
            states[settlement.state],
            settlement.company_id.name,
            settlement.currency_id.name,
            line_count,
            unknown_count,
            earning,
            deduction,
            settlement.currency_id.round(earning + deduction),
            if_agreed,
        )

    @api.model
    def _get_line_row(self, owner, line, rule):
        """Return the values of a line, in the order of the columns.

        What is not known is None, which leaves the cell empty: it is not zero.

        :param owner: ``OwnerValues``
        :param line: ``LineValues``
        :param rule: ``RuleValues``, None for a line typed by hand
        """
        known = line.is_amount_known
        return (
            owner.id,
            owner.reference,
            owner.employee_name,
            line.code,
            line.kind,
            self._get_title(line, rule),
            line.quantity if known and line.quantity else None,
            line.unit_amount if known and line.unit_amount else None,
            line.amount_proposed if known else None,
            line.amount_agreed if line.is_amended else None,
            line.amount if line.has_amount else None,
            owner.currency[0],
            self._get_counts(line),
            line.state,
            self._get_due_date(owner, rule),
            line.source,
        )

    @api.model
    def _get_title(self, line, rule):
        """Return ``title`` of a line, which is in the language of the user."""
        if rule and line.label:
            return f"{rule.name} – {line.label}"
        return (rule and rule.name) or line.label or line.name

    @api.model
    def _get_counts(self, line):
        """Return the code of what the amount counts for."""
        if line.is_counted:
            return TOTAL
        return IF_AGREED if line.is_only_if_agreed else NOT

    @api.model
    def _get_due_date(self, owner, rule):
        days = rule.due_days if rule else 0
        return owner.last_day and owner.last_day + timedelta(days=days)

    @api.model
    def _write_currencies(self, book, currencies):
        sheet = Sheet(book, self.env._("Totals"), self._get_currency_columns())
        for key in sorted(currencies):
            count, *amounts = currencies[key]
            rounded = [round(amount, key[1]) for amount in amounts]
            sheet.write_row((key[0], count, *rounded), key)
        sheet.close()
