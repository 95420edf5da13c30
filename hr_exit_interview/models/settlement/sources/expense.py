from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import exact
from .. import hr_settlement_source  # noqa: F401 - inherited here

# What is owed once approved, and what is still with the leaver or the approver.
OWED_STATES = ("approved", "posted")
UNAPPROVED_STATES = ("draft", "submitted")


class HrSettlementSourceExpense(models.AbstractModel):
    """Expenses that the leaver paid.

    A rule that pays finds what was approved and not reimbursed; a rule that informs
    finds the claims that are not approved yet, without an amount in the totals.

    Amounts are ``total_amount``: Odoo 19 stores every expense in the currency of the
    company too, at the rate of its day or as typed, and reimburses in that currency
    (``_prepare_receipts_vals``). So nothing is converted here.
    """

    _name = "hr.settlement.source.expense"
    _inherit = "hr.settlement.source"
    _description = "Expenses"

    _source_models = ("hr.expense",)

    @api.model
    def _collect(self, rule, departures):
        if rule.kind == "information":
            return self._collect_open(departures)
        return self._collect_owed(departures)

    @api.model
    def _get_domain(self, departures):
        """Expenses of the leavers' own money; Odoo 19 has no reports around them."""
        return (
            Domain("employee_id", "in", departures.employee_id.ids)
            & Domain("company_id", "in", departures.company_id.ids)
            & Domain("payment_mode", "=", "own_account")
        )

    @api.model
    def _collect_owed(self, departures):
        """Return one item per expense, however many there are.

        Each has its origin, and may be disputed alone. A sum of several would be
        computed anew beside those that were discussed, and count them twice.
        """
        # sudo: hr.expense - the officer settling need not be an expense approver
        expenses = (
            self.env["hr.expense"]
            .sudo()
            .search(self._get_owed_domain(departures), order="date, id")
        )
        owed = self._get_owed(expenses)
        unconverted = self._get_unconverted(expenses)
        by_person = expenses.grouped(lambda e: (e.employee_id, e.company_id))
        result = {}
        for departure in departures:
            person = departure.employee_id, departure.company_id
            items = [
                self._get_item(expense, owed[expense], expense in unconverted)
                for expense in by_person.get(person, ())
                if owed[expense]
            ]
            if items:
                result[departure] = items
        return result

    @api.model
    def _get_owed_domain(self, departures):
        """Odoo calls an expense that was reimbursed in part paid: its entry knows."""
        return self._get_domain(departures) & (
            Domain("state", "in", OWED_STATES)
            | Domain("account_move_id.payment_state", "=", "partial")
        )

    @api.model
    def _get_owed(self, expenses):
        """Return {expense: what is left to pay}; payments settle the oldest first.

        One journal entry may hold several expenses of an employee.
        """
        owed = {expense: exact(expense.total_amount) for expense in expenses}
        for move, booked in expenses.grouped("account_move_id").items():
            if move.payment_state != "partial":
                continue
            rest = exact(abs(move.amount_residual))
            for expense in reversed(booked):
                owed[expense] = min(owed[expense], rest)
                rest -= owed[expense]
        return owed

    @api.model
    def _get_item(self, expense, owed, is_unconverted):
        is_foreign = expense.currency_id != expense.company_currency_id
        return {
            "label": expense.name,
            "res_model": expense._name,
            "res_id": expense.id,
            "amount": owed,
            "missing": ["exchange_rate"] if is_unconverted else [],
            "date": expense.date or None,
            "currency_id": expense.currency_id.id if is_foreign else None,
            "amount_currency": exact(expense.total_amount_currency),
        }

    @api.model
    def _get_unconverted(self, expenses):
        """Return expenses in another currency that Odoo had no rate for.

        Without a rate of either currency it takes them as equal.
        """
        currencies = expenses.currency_id | expenses.company_currency_id
        rated = currencies.filtered("rate_ids")
        return expenses.filtered(
            lambda expense: (
                expense.currency_id != expense.company_currency_id
                and not (expense.currency_id | expense.company_currency_id) & rated
                and expense.total_amount == expense.total_amount_currency
            )
        )

    @api.model
    def _collect_open(self, departures):
        """Return one item a person: how many claims in which currency, and who acts."""
        claims = self._read_claims(departures)
        people = {
            departure: (departure.employee_id, departure.company_id)
            for departure in departures
        }
        return {
            departure: [{"claims": claims[person]}]
            for departure, person in people.items()
            if person in claims
        }

    @api.model
    def _read_claims(self, departures):
        """Return {(employee, company): [claims of one state in one currency]}."""
        # sudo: hr.expense - the officer settling need not be an expense approver
        groups = (
            self.env["hr.expense"]
            .sudo()
            ._read_group(
                self._get_domain(departures) & Domain("state", "in", UNAPPROVED_STATES),
                ["employee_id", "company_id", "state", "currency_id"],
                ["__count", "total_amount_currency:sum"],
            )
        )
        claims = defaultdict(list)
        for employee, company, state, currency, count, amount in groups:
            claims[employee, company].append(
                {
                    "state": state,
                    "count": count,
                    "currency_id": currency.id,
                    "amount": exact(currency.round(amount)),
                }
            )
        return claims
