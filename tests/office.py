"""Workbooks as another program works them out."""

import io
import tempfile

from formulas import ExcelModel
from openpyxl import load_workbook


def read_rows(sheet):
    """Return the rows of a sheet as {header: value}."""
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def recalculate(content):
    """Return the workbook with, for each formula, the value that it comes to.

    By the library ``formulas``, which does not get the values that came with the file.
    """
    book = load_workbook(io.BytesIO(content))  # openpyxl keeps formulas alone
    with tempfile.TemporaryDirectory() as folder:
        book.save(f"{folder}/book.xlsx")
        model = ExcelModel().loads(f"{folder}/book.xlsx").finish()
    model.calculate()
    [computed] = next(iter(model.write().values())).values()
    for sheet in book:
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            cell.value = computed[sheet.title.upper()][cell.coordinate].value
    return book
