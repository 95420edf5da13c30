from odoo import api, models
from odoo.tools import format_amount


class HrSettlementWords(models.AbstractModel):
    """What was found in other apps, in words: ``_explain_<source>_found``.

    The inputs say it all, so an old line stays readable when the app is gone.
    """

    _inherit = "hr.settlement.words"

    @api.model
    def _get_missing_names(self):
        return {
            **super()._get_missing_names(),
            "exchange_rate": self.env._("the exchange rate of the expense"),
            "payslip_lines": self.env._("the computation of the payslip"),
        }

    @api.model
    def _explain(self, line):
        """Add what was found to how the amount came about."""
        sentences = [super()._explain(line)]
        found = getattr(self, f"_explain_{line.source}_found", None)
        if found and line.inputs:
            sentences += self._explain_safely(found, line)
        return "\n".join(filter(None, sentences))

    @api.model
    def _explain_leave_value(self, line, inputs):
        """Extra hours have a surcharge, leave has holiday allowance."""
        if "earned_hours" in inputs or "parts" in inputs:
            return self._explain_hours(line, inputs)
        return super()._explain_leave_value(line, inputs)

    @api.model
    def _explain_hours(self, line, inputs):
        product = self.env._(
            "%(quantity)s × %(value)s",
            quantity=self._number(line.quantity, 2),
            value=self._number(inputs["hourly"], 6),
        )
        if not float(inputs.get("uplift_percent") or 0):
            return [product]
        return [
            self.env._(
                "%(product)s, plus %(percent)s %% surcharge",
                product=product,
                percent=self._number(inputs["uplift_percent"]),
            )
        ]

    @api.model
    def _explain_overtime_found(self, line, inputs):
        if "earned_hours" not in inputs:
            return []
        return [
            self.env._(
                "%(earned)s h earned, %(taken)s h taken as time off, %(moved)s h turned"
                " into leave",
                earned=self._number(inputs["earned_hours"], 2),
                taken=self._number(inputs["taken_hours"], 2),
                moved=self._number(inputs["moved_hours"], 2),
            )
        ]

    @api.model
    def _explain_overtime_pay_found(self, line, inputs):
        return [
            self.env._(
                "%(hours)s h at %(rate)s %%",
                hours=self._number(part["hours"], 2),
                rate=self._number(part["rate"]),
            )
            for part in inputs.get("parts", ())
        ]

    @api.model
    def _explain_expense_found(self, line, inputs):
        sentences = [
            self._explain_claims(claims) for claims in inputs.get("claims", ())
        ]
        if inputs.get("date"):
            day = self._day(inputs["date"])
            sentences.append(self.env._("Expense of %(day)s", day=day))
        if inputs.get("currency_id"):
            amount = self._foreign(inputs["amount_currency"], inputs["currency_id"])
            sentences.append(
                self.env._("%(amount)s, at the rate of the expense", amount=amount)
            )
        return sentences

    @api.model
    def _explain_claims(self, claims):
        amount = self._foreign(claims["amount"], claims["currency_id"])
        if claims["state"] == "draft":
            return self.env._(
                "Not submitted yet: %(count)s, together %(amount)s",
                count=claims["count"],
                amount=amount,
            )
        return self.env._(
            "Waiting for approval: %(count)s, together %(amount)s",
            count=claims["count"],
            amount=amount,
        )

    @api.model
    def _explain_payslip_found(self, line, inputs):
        if "date_from" not in inputs:
            return []
        return [
            self.env._(
                "Payslip of %(start)s to %(end)s, not done yet",
                start=self._day(inputs["date_from"]),
                end=self._day(inputs["date_to"]),
            )
        ]

    @api.model
    def _foreign(self, value, currency_id):
        """Return an amount in the currency it was spent in."""
        currency = self.env["res.currency"].browse(currency_id)
        return format_amount(self.env, float(value), currency)
