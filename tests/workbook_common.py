"""Settlements in workbooks, read back as another program reads them."""

import io

from openpyxl import load_workbook

from .settlement_common import SettlementCommon


class WorkbookCommon(SettlementCommon):
    """A settlement with every sort of line, and another in dollars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._make_settlement("Joost Visser", last_day="2026-08-31")
        cls._line(cls.settlement, "Expenses", amount_proposed=84.50)
        cls._line(cls.settlement, "Loan", kind="deduction", amount_proposed=-500.25)
        cls._line(cls.settlement, "Bonus", is_amount_known=False)
        cls._line(
            cls.settlement,
            "Too much leave",
            kind="deduction",
            amount_proposed=-221.54,
            needs_agreement=True,
        )
        cls._line(cls.settlement, "Wage", amount_proposed=3200.0, is_reference=True)
        cls._line(cls.settlement, "Laptop", kind="handover", code="goods_computer")

    @classmethod
    def _make_settlement(cls, name, **vals):
        return cls.env["hr.settlement"].create(
            {
                "employee_name": name,
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "scheme_id": cls.scheme.id,
                "department_id": cls.department.id,
                **vals,
            }
        )

    @classmethod
    def _line(cls, settlement, name, **vals):
        return cls.env["hr.settlement.line"].create(
            {"settlement_id": settlement.id, "name": name, "kind": "earning", **vals}
        )

    def _export(self, settlements, user=None, **vals):
        """The export of a selection of settlements, as ``user``."""
        exports = self.env["hr.settlement.export"].with_user(user or self.payroll)
        return exports.with_context(
            active_model="hr.settlement", active_ids=settlements.ids
        ).create(vals)

    def _open(self, export):
        """The workbook as openpyxl reads it: (formulas, values)."""
        content = export.attachment_id.raw
        return (
            load_workbook(io.BytesIO(content)),
            load_workbook(io.BytesIO(content), data_only=True),
        )

    def _workbook(self, settlements):
        export = self._export(settlements)
        export.action_export()
        return self._open(export)
