from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import exact
from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourcePayslip(models.AbstractModel):
    """Payslips of the OCA's Payroll that were not handed to payment yet.

    For reference: they are paid by payroll, not by the settlement. A rule that pays
    finds the payslips with their net pay, a rule that deducts what they keep back, so
    that an advance is not settled twice.
    """

    _name = "hr.settlement.source.payslip"
    _inherit = "hr.settlement.source"
    _description = "Payslips"

    _source_models = ("hr.payslip",)

    @api.model
    def _is_available(self):
        """Other payroll apps have a ``hr.payslip`` with other states and lines."""
        installed = self.env["ir.module.module"]._installed()
        return "payroll" in installed and super()._is_available()

    @api.model
    def _collect(self, rule, departures):
        # sudo: hr.payslip - the officer settling need not be a payroll officer
        payslips = (
            self.env["hr.payslip"]
            .sudo()
            .search(self._get_domain(departures), order="date_from, id")
        )
        is_withheld = rule.kind == "deduction"
        items = self._get_withheld(payslips) if is_withheld else self._get_net(payslips)
        by_person = payslips.grouped(lambda slip: (slip.employee_id, slip.company_id))
        result = {}
        for departure in departures:
            person = departure.employee_id, departure.company_id
            own = [item for slip in by_person.get(person, ()) for item in items[slip]]
            if own:
                result[departure] = own
        return result

    @api.model
    def _get_domain(self, departures):
        """Done is with whoever pays; no code of Payroll sets its field ``paid``."""
        return (
            Domain("employee_id", "in", departures.employee_id.ids)
            & Domain("company_id", "in", departures.company_id.ids)
            & Domain("state", "in", ("draft", "verify"))
        )

    @api.model
    def _get_net(self, payslips):
        """Return {payslip: [item]} with its net pay; a draft may have no lines yet."""
        # sudo: hr.payslip.line - the officer settling need not be a payroll officer
        totals = dict(
            self.env["hr.payslip.line"]
            .sudo()
            ._read_group(
                Domain("slip_id", "in", payslips.ids)
                & Domain("category_id.code", "=", "NET"),
                ["slip_id"],
                ["total:sum"],
            )
        )
        return {slip: [self._get_net_item(slip, totals.get(slip))] for slip in payslips}

    @api.model
    def _get_net_item(self, payslip, net):
        sign = -1 if payslip.credit_note else 1
        return {
            "label": payslip.name or payslip.number,
            "res_model": payslip._name,
            "res_id": payslip.id,
            "amount": None if net is None else sign * exact(net),
            "missing": ["payslip_lines"] if net is None else [],
            "date_from": payslip.date_from,
            "date_to": payslip.date_to,
        }

    @api.model
    def _get_withheld(self, payslips):
        """Return {payslip: [item]}: an item per line that keeps something back."""
        # sudo: hr.payslip.line - the officer settling need not be a payroll officer
        lines = (
            self.env["hr.payslip.line"]
            .sudo()
            .search(
                Domain("slip_id", "in", payslips.ids)
                & Domain("category_id.code", "!=", "NET")
                & Domain("total", "<", 0)
                & Domain("appears_on_payslip", "=", True)
            )
            .grouped("slip_id")
        )
        return {
            slip: [self._get_withheld_item(line) for line in lines.get(slip, ())]
            for slip in payslips
        }

    @api.model
    def _get_withheld_item(self, line):
        return {
            "label": line.name,
            "res_model": line._name,
            "res_id": line.id,
            "amount": -exact(line.total),
            "date_from": line.slip_id.date_from,
            "date_to": line.slip_id.date_to,
        }
