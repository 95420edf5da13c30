"""Sheets of a workbook that are written row by row, in constant memory."""

import os
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range_abs

# A spreadsheet may take a text that begins like this for a formula.
FORMULA_STARTS = frozenset("=+-@\t\r\n")
MAX_CELL_TEXT = 32767
MAX_ROWS = 1_048_576

NUMBER_FORMATS = {
    "integer": "0",
    "quantity": "#,##0.00",
    "unit": "#,##0.00####",
    "date": "yyyy-mm-dd",
}


def open_workbook(path):
    """Begin a workbook whose rows are written to the disk, beside the file itself.

    So whoever removes what a killed worker left finds all of it in one folder.
    """
    return xlsxwriter.Workbook(
        path, {"constant_memory": True, "tmpdir": os.path.dirname(path)}
    )


class Column(NamedTuple):
    """A column of a sheet.

    ``cell`` is one of text, integer, quantity, unit, date and money. A ``formula`` is
    written together with its value; "{row}" in it is the row it stands in.
    """

    code: str
    header: str
    cell: str
    width: int = 14
    formula: str = ""


class Sheet:
    """A sheet with one header row that stays in view, and a filter."""

    def __init__(self, book, title, columns, frozen_columns=0):
        self._book = book
        self._sheet = book.add_worksheet(title)
        self._columns = columns
        self._formats = {}
        self._quoted = book.add_format({"quote_prefix": True})
        self._writers = [self._get_writer(column) for column in columns]
        self.row_count = 0
        self._sheet.freeze_panes(1, frozen_columns)
        self._write_header()

    def _write_header(self):
        header = self._book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#EDEDF0", "text_wrap": True}
        )
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width)
            self._sheet.write_string(0, at, column.header, header)

    def write_row(self, values, currency):
        """Write the next row; None leaves its cell empty.

        :param currency: (code, decimal places) of the amounts in the row
        """
        self.row_count += 1
        formats = self._formats.get(currency) or self._add_formats(currency)
        cells = zip(self._writers, values, formats, strict=True)
        for at, (write_cell, value, cell_format) in enumerate(cells):
            if value is not None:
                write_cell(self.row_count, at, value, cell_format)

    def close(self):
        """Add the filter, once it is known how far it reaches."""
        self._sheet.autofilter(0, 0, self.row_count, len(self._columns) - 1)

    def define_name(self, name, code):
        """Give the values of a column a name that formulas use."""
        at = next(i for i, column in enumerate(self._columns) if column.code == code)
        title = quote_sheetname(self._sheet.get_name())
        values = xl_range_abs(1, at, max(self.row_count, 1), at)
        self._book.define_name(name, f"={title}!{values}")

    # === Cells ===

    def _get_writer(self, column):
        if column.formula:
            return self._get_formula_writer(column.formula)
        writers = {"text": self._write_text, "date": self._sheet.write_datetime}
        return writers.get(column.cell, self._sheet.write_number)

    def _get_formula_writer(self, formula):
        def write_formula(row, at, value, cell_format):
            text = formula.format(row=row + 1)
            self._sheet.write_formula(row, at, text, cell_format, value)

        return write_formula

    def _write_text(self, row, at, value, cell_format):
        """Write a text as a text, also when somebody edits the cell later."""
        if value[:1] in FORMULA_STARTS:
            cell_format = self._quoted
        if len(value) > MAX_CELL_TEXT:
            value = value[:MAX_CELL_TEXT]
        self._sheet.write_string(row, at, value, cell_format)

    def _add_formats(self, currency):
        formats = [self._add_format(column.cell, currency) for column in self._columns]
        self._formats[currency] = formats
        return formats

    def _add_format(self, cell, currency):
        number_format = NUMBER_FORMATS.get(cell)
        if cell == "money":
            name, places = currency
            decimals = "." + "0" * places if places else ""
            number_format = f"[${name}] #,##0{decimals}"
        return number_format and self._book.add_format({"num_format": number_format})
