from ast import literal_eval
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...lib.chosen import get_chosen_records

# How many names a message lists.
SHOWN = 10


class Entry(NamedTuple):
    """One row of a pasted list: who, and the day if they leave on another one."""

    key: str
    day: str


class HrDepartureBatchAdd(models.TransientModel):
    """Employees for a mass departure: chosen, by a filter, or from a pasted list."""

    _name = "hr.departure.batch.add"
    _description = "Add Employees to a Mass Departure"

    batch_id = fields.Many2one(
        "hr.departure.batch",
        string="Mass Departure",
        domain="[('state', '!=', 'running'), ('company_id', '=', company_id)]",
        help="Empty: a new one.",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees",
        default=lambda self: self._default_employees(),
        domain="[('company_id', '=', company_id)]",
    )
    has_filter = fields.Boolean(string="By a Filter")
    employee_domain = fields.Char(string="Filter", default="[]")
    pasted_list = fields.Text(
        help="One employee a row, as copied from a spreadsheet: badge, work email or"
        " full name; in a second column the last day, where it is another one."
    )

    @api.model
    def _default_employees(self):
        return get_chosen_records(self.env, "hr.employee")

    @api.depends("batch_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.batch_id.company_id or self.env.company

    def action_add(self):
        """Add everybody who is not on the list yet; nobody when a row is not clear."""
        self.ensure_one()
        days = self._read_list()
        found = self.employee_ids.browse(employee.id for employee in days)
        employees = self.employee_ids | found
        if self.has_filter:
            employees |= employees.search(self._get_filter())
        self._check_employees(employees)
        batch = self.batch_id or self._create_batch()
        new = employees - batch.line_ids.employee_id
        self.env["hr.departure.batch.line"].create(
            [
                {
                    "batch_id": batch.id,
                    "employee_id": employee.id,
                    "planned_date": days.get(employee),
                }
                for employee in new
            ]
        )
        return self._open(batch)

    def _get_filter(self):
        domain = Domain(literal_eval(self.employee_domain or "[]"))
        return domain & Domain("company_id", "=", self.company_id.id)

    def _check_employees(self, employees):
        if not employees:
            raise UserError(
                self.env._("Choose employees, turn the filter on, or paste a list.")
            )
        strangers = employees.filtered(lambda e: e.company_id != self.company_id)
        if strangers:
            raise UserError(
                self.env._(
                    "Not employed by %(company)s: %(names)s. A mass departure is for"
                    " one company.",
                    company=self.company_id.name,
                    names=self._list_names(strangers.mapped("name")),
                )
            )
        if self.env.user in employees.user_id:
            raise UserError(
                self.env._(
                    "You are on this list yourself. Leave yourself out: somebody else"
                    " adds you and starts what concerns you."
                )
            )

    def _create_batch(self):
        today = fields.Date.context_today(self)
        return self.env["hr.departure.batch"].create(
            {
                "name": self.env._(
                    "Mass departure of %s", format_date(self.env, today)
                ),
                "company_id": self.company_id.id,
            }
        )

    @api.model
    def _open(self, batch):
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.departure.batch",
            "res_id": batch.id,
            "view_mode": "form",
        }

    # === Pasted list ===

    def _read_list(self):
        """Return {employee: last day or False} of the pasted list.

        :raise UserError: rows that name nobody, or more than one, or no date
        """
        entries = self._parse_list()
        found = self._find_employees(entries)
        self._check_found(entries, found)
        return {
            found[entry.key]: self._parse_day(entry) if entry.day else False
            for entry in entries
        }

    def _parse_list(self):
        """Return the rows that are not empty; columns as spreadsheets copy them."""
        rows = (self.pasted_list or "").splitlines()
        cells = [row.replace(";", "\t").split("\t") for row in rows if row.strip()]
        return [
            Entry(row[0].strip(), row[1].strip() if len(row) > 1 else "")
            for row in cells
        ]

    def _find_employees(self, entries):
        """Return {key: employees} by badge, work email or name, in one query."""
        keys = [entry.key for entry in entries]
        names = ("barcode", "work_email", "name")
        found = self.env["hr.employee"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain.OR(Domain(name, "in", keys) for name in names)
        )
        by_key = {key: found.browse() for key in keys}
        for name in names:
            for key, employees in found.grouped(name).items():
                if key in by_key:
                    by_key[key] |= employees
        return by_key

    def _check_found(self, entries, found):
        """Refuse the whole list rather than leave somebody out of it."""
        unknown = [entry.key for entry in entries if not found[entry.key]]
        unclear = [entry.key for entry in entries if len(found[entry.key]) > 1]
        if unknown:
            raise UserError(
                self.env._(
                    "Nobody here has this name, work email or badge: %(names)s. Correct"
                    " the list; nobody was added.",
                    names=self._list_names(unknown),
                )
            )
        if unclear:
            raise UserError(
                self.env._(
                    "More than one employee is called %(names)s. Put the badge or the"
                    " work email instead; nobody was added.",
                    names=self._list_names(unclear),
                )
            )

    def _parse_day(self, entry):
        """Return the date of a row, as the user or as a computer writes it."""
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang)
        for date_format in ("%Y-%m-%d", lang.date_format or "%Y-%m-%d"):
            try:
                return datetime.strptime(entry.day, date_format).date()
            except ValueError:
                continue
        raise UserError(
            self.env._(
                "%(day)s in the row of %(employee)s is no date. Write it as"
                " %(example)s. Nobody was added.",
                day=entry.day,
                employee=entry.key,
                example=fields.Date.to_string(fields.Date.context_today(self)),
            )
        )

    @api.model
    def _list_names(self, names):
        return ", ".join([*names[:SHOWN], "…"] if len(names) > SHOWN else names)
