"""Workbooks as another program works them out."""

import io
import shutil
import subprocess
import tempfile

from openpyxl import load_workbook


def read_rows(sheet):
    """Return the rows of a sheet as {header: value}."""
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def recalculate(test, content):
    """Return the workbook with the values that LibreOffice computes.

    It is made to forget those that came with the file. Skips the test without it.
    """
    soffice = shutil.which("soffice")
    if not soffice:
        test.skipTest("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        book = load_workbook(io.BytesIO(content))
        book.save(f"{folder}/formulas.xlsx")  # openpyxl keeps formulas alone
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                f"{folder}/out",
                f"{folder}/formulas.xlsx",
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return load_workbook(f"{folder}/out/formulas.xlsx", data_only=True)
