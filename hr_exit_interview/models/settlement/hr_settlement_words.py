import logging
from fractions import Fraction
from itertools import groupby, zip_longest

from odoo import api, fields, models
from odoo.tools import (
    format_amount,
    format_date,
    format_list,
    html2plaintext,
    is_html_empty,
    ormcache,
)
from odoo.tools.misc import formatLang

from ...lib.settlement.money import to_ratio
from ...lib.settlement.period import month_end

_logger = logging.getLogger(__name__)
# What reading inputs of another shape may raise.
UNREADABLE = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


class HrSettlementWords(models.AbstractModel):
    """Settlement lines in words, in the language of the reader.

    Each method of a rule has its sentence, made of the inputs frozen on the line.
    """

    _name = "hr.settlement.words"
    _description = "Settlement Lines in Words"

    @api.model
    def _get_missing_text(self, missing):
        """Return the names of missing inputs in words, joined by commas."""
        names = self._get_missing_names()
        return ", ".join(names.get(key, key) for key in missing)

    @api.model
    @ormcache("self.env.lang")
    def _get_missing_names(self):
        return {
            "allocation": self.env._("the leave that was given (allocation)"),
            "amount": self.env._("the amount"),
            "base": self.env._("what was earned in the period"),
            "basis": self.env._("how a part of a month counts (in the rate)"),
            "birthday": self.env._("the date of birth"),
            "completed_date": self.env._("the day the training was completed"),
            "contract_end": self.env._("the end of the contract"),
            "contract_on_last_day": self.env._("a contract on the last day"),
            "contract_start": self.env._("the start of the contract"),
            "cost": self.env._("the costs"),
            "hours": self.env._("the hours"),
            "date_from": self.env._("the first day of the period"),
            "earlier_settlement": self.env._(
                "what was paid at an earlier departure that counts again (confirm its"
                " settlement)"
            ),
            "exchange_rate": self.env._("the exchange rate of the expense"),
            "payslip_lines": self.env._("the computation of the payslip"),
            "date_to": self.env._("the last day of the period"),
            "days": self.env._("the days"),
            "hourly_rate": self.env._("the wage per hour"),
            "hours_done": self.env._("the hours worked"),
            "last_day": self.env._("the last day"),
            "last_paid_date": self.env._("a payment date before the last day"),
            "months_total": self.env._("the months over which the scale runs"),
            "next_cap": self.env._(
                "the maximum for this year, which decides here (an exit administrator"
                " fills it in under Settlement Schemes)"
            ),
            "notice_date": self.env._("the date of notice"),
            "notice_months": self.env._("the term of notice"),
            "notified_date": self.env._("when the end was announced"),
            "part_rounding": self.env._("how a part of a year counts (in the rate)"),
            "period_days": self.env._("the working days of the schedule"),
            "rate": self.env._("the numbers for this date (rate)"),
            "regular_end": self.env._("the regular end of the contract"),
            "schedule_hours": self.env._("the hours of the schedule"),
            "service_start": self.env._("the first day in service"),
            "unpaid_days": self.env._("the days without pay"),
            "unpaid_hours": self.env._("the hours without pay"),
            "wage": self.env._("the wage"),
            "weekly_hours": self.env._("the hours a week of the schedule"),
            "window_start": self.env._("the day from which it was built up"),
            "yearly_amount": self.env._("the yearly amount"),
        }

    @api.model
    @ormcache("self.env.lang")
    def _get_note_texts(self):
        return {
            "all_in": self.env._("The allowance is part of the wage."),
            "below_minimum_service": self.env._(
                "The service was too short for this payment."
            ),
            "capped": self.env._("Limited to the maximum."),
            "clause_without_force": self.env._(
                "The employer derives no rights from this clause when his own seriously"
                " culpable conduct ended the contract (BW 7:653 lid 4)."
            ),
            "condition_not_met": self.env._(
                "The condition to be in service on a later day is not met: talk about"
                " it."
            ),
            "contract_below_six_months": self.env._(
                "Contracts below six months need no announcement."
            ),
            "divisor_not_scaled": self.env._(
                "The hours in a month are those of the rate."
            ),
            "earlier_contract": self.env._(
                "An earlier contract ended before a gap: what it built up was to be"
                " paid then and is not part of this."
            ),
            "earlier_contract_counts": self.env._(
                "An earlier contract counts that ended without a departure here. If a"
                " transition payment was paid then, it comes off: record it as costs to"
                " deduct."
            ),
            "earlier_settled": self.env._(
                "What was built up until an earlier departure was settled then and is"
                " not part of this."
            ),
            "earlier_unsettled": self.env._(
                "Open question: an earlier departure has no confirmed settlement. What"
                " was built up until then is not part of this; find out whether it was"
                " paid."
            ),
            "earlier_leave_open": self.env._(
                "What became of the leave of an earlier employment is an open question:"
                " no confirmed settlement says so. It is not counted here."
            ),
            "employer_initiative": self.env._(
                "The employer ended the contract: nothing to pay back unless agreed."
            ),
            "leave_before_hire": self.env._(
                "Leave given for a year before the employment is not counted: mark the"
                " allocation as settled in full where it was taken over."
            ),
            "mandatory_training": self.env._(
                "Training the employer had to give is free; a clause to recover it is"
                " void (BW 7:611a)."
            ),
            "no_gap": self.env._("The term of notice was observed."),
            "notified_in_time": self.env._("The end was announced in time."),
            "offered_in_time": self.env._("Continuation was offered in time."),
            "paid_monthly": self.env._("The allowance is paid every month."),
            "provisional": self.env._(
                "Provisional: the numbers for this year are not known yet. Those of the"
                " year before were used; their maximum makes no difference here."
            ),
            "scale_ended": self.env._("The period to pay back is over."),
            "told_too_late": self.env._(
                "The employee was told too late that leave lapses to take it still: the"
                " hours stay (HR 23 June 2023, ECLI:NL:HR:2023:955)."
            ),
        }

    @api.model
    def _get_method_explainers(self):
        """Return {method of a rule: how its amount is explained}; extend it.

        :return: methods (line, inputs) that return sentences
        """
        return {
            "wage_part": self._explain_wage_part,
            "percent_of_base": self._explain_percent_of_base,
            "leave_value": self._explain_leave_value,
            "yearly_amount": self._explain_yearly_amount,
            "service_tiers": self._explain_service_tiers,
            "notice_gap": self._explain_notice_gap,
            "late_notice": self._explain_late_notice,
            "sliding_repayment": self._explain_sliding_repayment,
        }

    @api.model
    def _get_source_explainers(self):
        """Return {source: how what it found in another app is explained}; extend it.

        The inputs say it all, so an old line stays readable when the app is gone.

        :return: methods (line, inputs) that return sentences
        """
        return {
            "leave": self._explain_leave_found,
            "overtime": self._explain_overtime_found,
            "overtime_pay": self._explain_overtime_pay_found,
            "expense": self._explain_expense_found,
            "payslip": self._explain_payslip_found,
        }

    @api.model
    def _get_detailers(self):
        """Return {source: what tells its items from each other}; extend it.

        :return: methods (inputs) that return a text
        """
        return {
            "wage": self._get_wage_details,
            "equipment": self._get_equipment_details,
            "vehicle": self._get_vehicle_details,
            "clause": self._get_clause_details,
        }

    @api.model
    def _get_details(self, line):
        """Return what tells an item from others of its name: since when, until when."""
        method = self._get_detailers().get(line.source)
        if not method or not line.inputs:
            return ""
        try:
            return method(line.inputs)
        except UNREADABLE:
            return ""

    @api.model
    def _get_wage_details(self, inputs):
        """Return one of several wages within the month."""
        if not inputs.get("is_part_of_month"):
            return ""
        return self.env._(
            "%(start)s to %(end)s",
            start=self._day(inputs["date_from"]),
            end=self._day(inputs["date_to"]),
        )

    @api.model
    def _get_equipment_details(self, inputs):
        if not inputs.get("assign_date"):
            return ""
        day = self._day(inputs["assign_date"])
        return self.env._("(given out on %(day)s)", day=day)

    @api.model
    def _get_vehicle_details(self, inputs):
        if not inputs.get("odometer"):
            return ""
        value = f"{self._number(inputs['odometer'], 0)} {inputs['odometer_unit']}"
        return self.env._("(odometer %(value)s)", value=value)

    @api.model
    def _get_clause_details(self, inputs):
        """Return what becomes of the clause and until when."""
        agreements = self.env["hr.departure.agreement"]
        outcomes = dict(agreements._fields["outcome"]._description_selection(self.env))
        parts = [outcomes.get(inputs.get("outcome"))]
        if inputs.get("date_until"):
            day = self._day(inputs["date_until"])
            parts.append(self.env._("until %(day)s", day=day))
        words = ", ".join(filter(None, parts))
        return f"({words})" if words else ""

    @api.model
    def _explain(self, line):
        """Return how the amount of a line came about, one sentence a row."""
        sentences = []
        if line.missing:
            missing = self._get_missing_text(line.missing)
            sentences.append(self.env._("Not known yet: %(missing)s", missing=missing))
        method = self._get_method_explainers().get(line.method)
        if method and line.is_amount_known and line.inputs:
            sentences += self._explain_safely(method, line)
        notes = self._get_note_texts()
        sentences += [notes[key] for key in line.notes or () if key in notes]
        found = self._get_source_explainers().get(line.source)
        if found and line.inputs:
            sentences += self._explain_safely(found, line)
        return "\n".join(filter(None, sentences))

    @api.model
    def _get_rule_note(self, line):
        """Return what the rule says, as plain text."""
        # sudo: hr.settlement.rule - text of the law, for whoever reads the line
        note = line.rule_id.sudo().note
        return "" if is_html_empty(note) else html2plaintext(note).strip()

    @api.model
    def _explain_safely(self, method, line):
        """Return the sentences of ``method``; of an old line what it certainly holds.

        Inputs are frozen for years: an earlier version may have kept other ones, and a
        list that cannot be opened is worse than one with fewer words.
        """
        try:
            return method(line, line.inputs)
        except UNREADABLE:
            _logger.debug("Line %s has inputs of another version", line.id)
        return [
            self.env._(
                "%(quantity)s × %(value)s",
                quantity=self._number(line.quantity, 2),
                value=self._number(line.unit_amount, 6),
            )
        ]

    @api.model
    def _money(self, line, value):
        return format_amount(self.env, float(value), line.currency_id)

    @api.model
    def _month(self, value):
        return format_date(self.env, fields.Date.to_date(value), date_format="MMMM y")

    @api.model
    def _day(self, value):
        return format_date(self.env, fields.Date.to_date(value))

    @api.model
    def _number(self, value, digits=None):
        """Return a number in the reader's notation; whole numbers without decimals."""
        value = float(value or 0)
        if digits is None:
            digits = 0 if value.is_integer() else 2
        return formatLang(self.env, value, digits=digits)

    @api.model
    def _get_digits(self, value):
        """Return the decimals a reader needs to arrive at the same amount."""
        return next(n for n in (0, 2, 6) if n == 6 or value == round(value, n))

    @api.model
    def _exactly(self, value):
        """Return a number with as many decimals as it has, at most six."""
        text = f"{float(value):.6f}".rstrip("0")
        return self._number(value, len(text.split(".")[1]))

    @api.model
    def _explain_wage_part(self, line, inputs):
        if "hourly_rate" in inputs:
            return []
        sentences = self._explain_pay(line, inputs)
        unpaid = inputs.get("unpaid_days") or inputs.get("unpaid_hours") or ()
        for piece, away in zip_longest(inputs.get("slices", ()), unpaid):
            away = piece.get("unpaid", away)
            sentences.append(self._explain_part_of_month(line, inputs, piece, away))
        return sentences + self._explain_holiday_percent(inputs)

    @api.model
    def _explain_part_of_month(self, line, inputs, piece, unpaid):
        # What is paid: a full month is the whole, unpaid time is off.
        whole = float(piece["whole"])
        part = round(float(piece["share"]) * whole, 6)
        values = {
            "start": self._day(piece["date_from"]),
            "end": self._day(piece["date_to"]),
            "part": self._number(part, self._get_digits(part)),
            "whole": self._number(whole, self._get_digits(whole)),
            "unit": self._get_basis_units().get(inputs.get("basis"), ""),
            "wage": self._money(line, inputs["monthly_pay"]),
        }
        if float(unpaid or 0):
            return self.env._(
                "%(start)s to %(end)s: %(part)s of %(whole)s %(unit)s at %(wage)s"
                " (%(unpaid)s without pay taken off)",
                unpaid=self._number(unpaid),
                **values,
            )
        return self.env._(
            "%(start)s to %(end)s: %(part)s of %(whole)s %(unit)s at %(wage)s",
            **values,
        )

    @api.model
    def _explain_pay(self, line, inputs):
        """Return the sum of wage and components, where it is more than the wage."""
        parts = inputs.get("wage_parts")
        if not parts:
            return []
        terms = [self._explain_pay_part(line, part) for part in parts]
        return [
            self.env._(
                "Wage of a month: %(sum)s = %(total)s",
                sum=" + ".join(terms),
                total=self._money(line, inputs["salary"]),
            )
        ]

    @api.model
    def _explain_pay_part(self, line, part):
        amount, months = self._money(line, part["amount"]), float(part["months"])
        if months != 1:
            amount = f"{amount} / {self._number(months, self._get_digits(months))}"
        return f"{amount} ({part['name']})" if part.get("name") else amount

    @api.model
    def _explain_holiday_percent(self, inputs):
        percent = float(inputs.get("uplift_percent") or 0)
        if not percent:
            return []
        return [
            self.env._(
                "Plus %(percent)s %% holiday allowance", percent=self._number(percent)
            )
        ]

    @api.model
    def _get_basis_units(self):
        return {
            "calendar_days": self.env._("days"),
            "working_days": self.env._("working days"),
            "schedule_hours": self.env._("hours of the schedule"),
            "month_hours": self.env._("hours"),
            "fixed_30": self.env._("days"),
            "fixed_21_67": self.env._("working days"),
            "days_365": self.env._("days"),
        }

    @api.model
    def _explain_percent_of_base(self, line, inputs):
        if "total_base" not in inputs:
            return []
        return [
            *self._explain_earned(line, inputs.get("earned") or ()),
            self.env._(
                "%(percent)s %% of %(base)s",
                percent=self._number(inputs["percent"]),
                base=self._money(line, inputs["total_base"]),
            ),
            *self._explain_paid(line, inputs),
        ]

    @api.model
    def _explain_earned(self, line, rows):
        """Return the pay of the months, equal full ones together, then what varies."""
        months = [row for row in rows if "last" in row]
        sentences = []
        # Neighbours only: Odoo's own groupby would join months that are apart.
        # pylint: disable-next=bad-builtin-groupby
        for (pay, is_full), alike in groupby(months, self._get_month_key):
            alike = list(alike)
            if is_full:
                sentences.append(
                    self.env._(
                        "%(start)s to %(end)s: %(count)s × %(pay)s",
                        start=self._day(alike[0]["first"]),
                        end=self._day(alike[-1]["last"]),
                        count=len(alike),
                        pay=self._money(line, pay),
                    )
                )
            else:
                sentences += [self._explain_month_built_up(line, row) for row in alike]
        return sentences + [
            self._explain_variable_pay(line, row) for row in rows if "last" not in row
        ]

    @api.model
    def _get_month_key(self, row):
        return row["pay"], float(row["share"]) == 1 and row["amount"] == row["pay"]

    @api.model
    def _explain_month_built_up(self, line, row):
        return self.env._(
            "%(start)s to %(end)s: %(share)s of a month at %(pay)s = %(amount)s",
            start=self._day(row["first"]),
            end=self._day(row["last"]),
            share=self._exactly(row["share"]),
            pay=self._money(line, row["pay"]),
            amount=self._money(line, row["amount"]),
        )

    @api.model
    def _explain_variable_pay(self, line, row):
        amount = self._money(line, row["amount"])
        if "months" not in row:
            return self.env._(
                "%(label)s: %(amount)s", label=row["label"], amount=amount
            )
        return self.env._(
            "%(label)s: %(pay)s a year, %(months)s of 12 months = %(amount)s",
            label=row["label"],
            pay=self._money(line, row["pay"]),
            months=self._exactly(row["months"]),
            amount=amount,
        )

    @api.model
    def _explain_paid(self, line, inputs):
        """Return what was paid, and how the year before counts."""
        if "payments" not in inputs and float(inputs.get("already_paid") or 0):
            inputs = {**inputs, "payments": [(None, None, inputs["already_paid"])]}
        sentences = []
        for first, last, paid in inputs.get("payments", ()):
            amount = self._money(line, paid)
            if first or last:
                day = self._day(last or first)
                text = self.env._(
                    "Less %(amount)s paid until %(day)s", amount=amount, day=day
                )
            else:
                text = self.env._("Less %(amount)s already paid", amount=amount)
            sentences.append(text)
        return [*sentences, self._explain_year_before(inputs)]

    @api.model
    def _explain_year_before(self, inputs):
        """Return how the year before counts where no payment of it is recorded."""
        if inputs.get("due_with"):
            return self.env._(
                "Includes the year before, which is paid with the wage of %(month)s: no"
                " payment is recorded. If it was paid, record it.",
                month=self._month(inputs["due_with"]),
            )
        is_hired_before = (inputs.get("contract_start") or "") < (
            inputs.get("window_start") or ""
        )
        if not inputs.get("taken_as_paid") or not is_hired_before:
            return ""
        return self.env._(
            "What was built up before %(day)s counts as paid with the wage of"
            " %(month)s; no payment is recorded.",
            day=self._day(inputs["window_start"]),
            month=self._month(inputs["taken_as_paid"]),
        )

    @api.model
    def _explain_leave_value(self, line, inputs):
        """Extra hours have a surcharge, leave has holiday allowance."""
        if "earned_hours" in inputs or "parts" in inputs:
            return self._explain_hours(line, inputs)
        sentences = [
            self._explain_bucket(bucket) for bucket in inputs.get("buckets", ())
        ]
        if inputs.get("outlook"):
            sentences.append(self._explain_outlook(inputs["outlook"]))
        return [
            *sentences,
            *self._explain_leave_sum(line, inputs),
            *self._explain_leave_pay(line, inputs),
            self._explain_leave_product(line, inputs),
        ]

    @api.model
    def _explain_leave_product(self, line, inputs):
        numbers = {
            "quantity": self._number(line.quantity, 2),
            "value": self._number(inputs.get("hourly") or inputs.get("daily"), 6),
        }
        if "hourly" in inputs:
            product = self.env._("%(quantity)s h × %(value)s", **numbers)
        else:
            product = self.env._("%(quantity)s days × %(value)s", **numbers)
        if not float(inputs.get("uplift_percent") or 0):
            return product
        return self.env._(
            "%(product)s, plus %(percent)s %% holiday allowance",
            product=product,
            percent=self._number(inputs["uplift_percent"]),
        )

    @api.model
    def _explain_leave_sum(self, line, inputs):
        """Return how the buckets add up, where that is more than adding what is left.

        Each is rounded where it is shown, the sum once.
        """
        left = [
            float(bucket["left"])
            for bucket in inputs.get("buckets", ())
            if not bucket["is_lapsed"]
        ]
        total = self.env._("%(hours)s h left", hours=self._number(sum(left), 2))
        parts = [total, *self._explain_less_leave(inputs)]
        rounded = sum(round(hours, 2) for hours in left)
        is_plain = len(parts) == 1 and abs(rounded - sum(left)) < 0.005
        if "hours" not in inputs or is_plain:
            return []
        hours = self._number(inputs["hours"], 2)
        return [
            self.env._("%(hours)s h = %(parts)s", hours=hours, parts=" ".join(parts))
        ]

    @api.model
    def _explain_less_leave(self, inputs):
        """Return what comes off the hours that are left."""
        parts = []
        if float(inputs.get("overdrawn_hours") or 0):
            hours = self._number(inputs["overdrawn_hours"], 2)
            parts.append(self.env._("− %(hours)s h taken too much", hours=hours))
        for row in inputs.get("over_maximum") or ():
            parts.append(
                self.env._(
                    "− %(hours)s h above the maximum of %(maximum)s h (%(kind)s)",
                    hours=self._number(row["hours"], 2),
                    maximum=self._number(row["maximum"], 2),
                    kind=self._get_leave_kind(row["kind"]),
                )
            )
        return parts

    @api.model
    def _explain_leave_pay(self, line, inputs):
        """Return how the month's pay becomes what an hour or a day is worth."""
        if "pay_rows" not in inputs or not inputs.get("salary"):
            return []
        wage = self._explain_leave_wage(line, inputs)
        if "daily" in inputs and inputs.get("divisor"):
            return [
                self.env._(
                    "%(wage)s a month / %(days)s days = %(value)s a day",
                    wage=wage,
                    days=self._number(inputs["divisor"]),
                    value=self._number(inputs["daily"], 6),
                )
            ]
        if "daily" in inputs:
            return [
                self.env._(
                    "%(wage)s a month × 3 / %(days)s days of 13 weeks"
                    " = %(value)s a day",
                    wage=wage,
                    days=self._number(inputs["period_days"]),
                    value=self._number(inputs["daily"], 6),
                )
            ]
        value = self._number(inputs["hourly"], 6)
        weekly = float(inputs.get("weekly_hours") or 0)
        if abs(float(inputs["divisor"]) - weekly * 52 / 12) < 1e-6:
            return [
                self.env._(
                    "%(wage)s a month × 12 / 52 / %(hours)s h a week"
                    " = %(value)s an hour",
                    wage=wage,
                    hours=self._number(weekly, 2),
                    value=value,
                )
            ]
        return [
            self.env._(
                "%(wage)s a month / %(hours)s h a month = %(value)s an hour",
                wage=wage,
                hours=self._part(inputs["divisor"]),
                value=value,
            )
        ]

    @api.model
    def _explain_leave_wage(self, line, inputs):
        """Return the parts of the month's pay; a yearly one counts by the hour only."""
        parts = [self._money(line, inputs["salary"])]
        for row in inputs["pay_rows"]:
            part = f"{row['name']} {self._money(line, row['amount'])}"
            is_monthly = float(row["months"]) == 1
            parts.append(
                part if is_monthly else f"{part} / {self._part(row['months'])}"
            )
        if "hourly" in inputs and float(inputs.get("yearly_fixed") or 0):
            parts.append(f"{self._money(line, inputs['yearly_fixed'])} / 12")
        return f"({' + '.join(parts)})" if len(parts) > 1 else parts[0]

    @api.model
    def _get_leave_kind(self, kind):
        leave_types = self.env["hr.leave.type"]._fields["settlement_kind"]
        return dict(leave_types._description_selection(self.env)).get(kind, kind)

    @api.model
    def _explain_leave_found(self, line, inputs):
        """Return what the reader still has to find out about leave."""
        earlier = inputs.get("earlier") or ()
        sentences = [
            self._explain_earlier_leave(row) for row in earlier if row["is_settled"]
        ]
        sentences += [
            self.env._(
                "No allocation found for %(start)s to %(end)s",
                start=self._day(first),
                end=self._day(last),
            )
            for first, last in inputs.get("no_allocation") or ()
        ]
        if waiting := inputs.get("waiting"):
            sentences.append(
                self.env._(
                    "Waiting for approval: time off from %(start)s to %(end)s, together"
                    " %(hours)s h (requests: %(count)s). Not taken off.",
                    start=self._day(waiting["date_from"]),
                    end=self._day(waiting["date_to"]),
                    hours=self._number(waiting["hours"], 2),
                    count=waiting["count"],
                )
            )
        return sentences

    @api.model
    def _explain_earlier_leave(self, row):
        return self.env._(
            "Leave of the employment that ended on %(day)s was settled then and is not"
            " part of this",
            day=self._day(row["last_day"]),
        )

    @api.model
    def _explain_bucket(self, bucket):
        plan = f" ({bucket['plan']})" if bucket.get("plan") else ""
        values = {
            "kind": self._get_leave_kind(bucket["kind"]),
            "year": f"{bucket['year']}{plan}",
            "hours": self._explain_built_up(bucket),
            "taken": self._number(bucket["taken"], 2),
            "left": self._number(bucket["left"], 2),
        }
        if bucket["is_lapsed"]:
            return self.env._(
                "%(kind)s %(year)s: %(hours)s h, %(taken)s h taken, %(left)s h lapsed"
                " after %(day)s",
                day=self._day(bucket["usable_until"]),
                **values,
            )
        return self.env._(
            "%(kind)s %(year)s: %(hours)s h, %(taken)s h taken, %(left)s h left",
            **values,
        )

    @api.model
    def _explain_built_up(self, bucket):
        """Return the hours of a year, as a part of it where not all was served."""
        hours = self._number(bucket["hours"], 2)
        if not bucket.get("whole"):
            return hours
        units = {"months": self.env._("months"), "days": self.env._("days")}
        unit = units.get(bucket.get("basis"), "")
        if float(bucket.get("unpaid") or 0):
            unpaid = self._part(bucket["unpaid"])
            unit = self.env._(
                "%(unit)s (%(unpaid)s without pay)", unit=unit, unpaid=unpaid
            )
        return self.env._(
            "%(given)s h × %(served)s of %(whole)s %(unit)s = %(hours)s",
            given=self._number(bucket["given"], 2),
            served=self._part(bucket["served"]),
            whole=self._part(bucket["whole"]),
            unit=unit,
            hours=hours,
        )

    @api.model
    def _part(self, value):
        """Return a length that the reader multiplies by: with all that matters."""
        return self._number(value, None if round(float(value), 6).is_integer() else 6)

    @api.model
    def _explain_outlook(self, outlook):
        """Return the sum that leads from the hours of a day to those of the last."""
        hours = {
            name: self._number(value, 2)
            for name, value in outlook.items()
            if name != "day"
        }
        day = self._day(outlook["day"])
        parts = [
            self.env._("%(hours)s h on %(day)s", day=day, hours=hours["hours"]),
            self.env._("+ %(hours)s h still to build up", hours=hours["accrued"]),
            self.env._("− %(hours)s h of approved time off", hours=hours["planned"]),
        ]
        if float(outlook["lapsing"]):
            lapsing = self.env._("− %(hours)s h that lapse", hours=hours["lapsing"])
            parts.append(lapsing)
        parts.append(self.env._("= %(hours)s h on the last day", hours=hours["left"]))
        return " ".join(parts)

    @api.model
    def _explain_yearly_amount(self, line, inputs):
        if "months" not in inputs:
            return []
        years, months = divmod(inputs["months"], 12)
        return [
            self.env._(
                "%(amount)s a year; %(duration)s since %(start)s",
                amount=self._money(line, inputs["yearly_amount"]),
                duration=self._duration(years, months, inputs),
                start=self._day(inputs["window_start"]),
            )
        ]

    @api.model
    def _duration(self, years, months, inputs):
        """Return a length of service in words, days by the month they are part of."""
        days, month_days = inputs["days"], inputs.get("days_in_last_month")
        parts = []
        if years:
            parts.append(
                self.env._("%(count)s years", count=years)
                if years != 1
                else self.env._("1 year")
            )
        if months:
            parts.append(
                self.env._("%(count)s months", count=months)
                if months != 1
                else self.env._("1 month")
            )
        if days:
            parts.append(
                self.env._("%(count)s days", count=days)
                if days != 1
                else self.env._("1 day")
            )
            if month_days:
                parts[-1] = self.env._(
                    "%(days)s (of a month of %(month_days)s)",
                    days=parts[-1],
                    month_days=month_days,
                )
        return format_list(self.env, parts)

    @api.model
    def _explain_service_tiers(self, line, inputs):
        if "unit_value" not in inputs:
            return []
        return [
            self.env._(
                "%(duration)s of service: %(years)s years",
                duration=self._duration(inputs["years"], inputs["months"], inputs),
                years=self._exactly(inputs["service_years"]),
            ),
            self._explain_wage_parts(line, inputs),
            *self._explain_tiers(inputs),
            self.env._(
                "%(units)s × %(value)s",
                units=self._exactly(inputs["units"]),
                value=self._money(line, inputs["unit_value"]),
            ),
            *self._explain_limits(line, inputs),
        ]

    @api.model
    def _explain_wage_parts(self, line, inputs):
        """Return what the monthly wage is the sum of."""
        if "wage_parts" not in inputs:
            return ""
        parts = [
            self._explain_transition_part(line, part) for part in inputs["wage_parts"]
        ]
        return self.env._(
            "A month's wage: %(parts)s = %(wage)s",
            parts=" + ".join(parts),
            wage=self._money(line, inputs["monthly_wage"]),
        )

    @api.model
    def _explain_transition_part(self, line, part):
        amount, months = float(part["amount"]), float(part["months"])
        monthly = self._money(line, amount / months)
        if part["kind"] == "wage":
            return self.env._("%(amount)s wage", amount=monthly)
        if part["kind"] == "holiday":
            return self.env._(
                "%(amount)s holiday allowance (%(percent)s %% of %(base)s)",
                amount=monthly,
                percent=self._number(part["percent"]),
                base=self._money(line, part["base"]),
            )
        if months == 1:
            return f"{monthly} {part['label']}"
        return self.env._(
            "%(monthly)s %(label)s (%(amount)s / %(months)s)",
            monthly=monthly,
            label=part["label"],
            amount=self._money(line, amount),
            months=self._number(months),
        )

    @api.model
    def _explain_tiers(self, inputs):
        """Return the years of each tier with what one of them gives."""
        sentences = [
            self.env._(
                "%(years)s years × %(units)s",
                years=self._exactly(tier["years"]),
                units=self._explain_units(to_ratio(tier["per_year"]), inputs["unit"]),
            )
            for tier in inputs["tiers"]
            if float(tier["years"])
        ]
        if float(inputs.get("factor") or 1) != 1:
            factor = to_ratio(inputs["factor"])
            sentences.append(self.env._("Of this %(part)s is due", part=factor))
        return sentences

    @api.model
    def _explain_units(self, units, unit):
        """Return what a year of service gives: a third of a month's wage."""
        if unit == "month" and units == Fraction(1, 3):
            return self.env._("one third of a month's wage")
        count = str(units) if units < 1 else self._number(units)
        if unit == "month":
            return self.env._("%(count)s month's wage", count=count)
        if unit == "week":
            return self.env._("%(count)s weeks' wage", count=count)
        return self.env._("%(count)s days' wage", count=count)

    @api.model
    def _explain_limits(self, line, inputs):
        """Return the maximum where it matters, and what comes off."""
        sentences = []
        if inputs.get("cap") and {"capped", "provisional"} & {*(line.notes or ())}:
            cap = self._money(line, inputs["cap"])
            sentences.append(self.env._("At most %(amount)s", amount=cap))
        sentences += [
            self.env._(
                "Less %(amount)s paid at the departure of %(day)s",
                amount=self._money(line, amount),
                day=self._day(day),
            )
            for day, amount in inputs.get("earlier") or ()
        ]
        if float(inputs.get("deduct") or 0):
            amount = self._money(line, inputs["deduct"])
            sentences.append(self.env._("Less %(amount)s agreed costs", amount=amount))
        return sentences

    @api.model
    def _explain_notice_gap(self, line, inputs):
        if "gap_months" not in inputs:
            return []
        end = self._day(inputs["regular_end"])
        if "is_agreed_end" not in inputs:
            # Written by an earlier version, which knew a floor of months.
            return [
                self.env._(
                    "Regular end %(end)s: %(months)s months at %(wage)s",
                    end=end,
                    months=self._number(line.quantity, 2),
                    wage=self._money(line, line.unit_amount),
                )
            ]
        sentences = self._explain_pay(line, inputs)
        if inputs["is_agreed_end"]:
            sentences.append(self.env._("Agreed end of the contract: %(end)s", end=end))
        else:
            sentences.append(self.env._("Regular end: %(end)s", end=end))
        sentences += [
            self._explain_months(line, inputs, pieces)
            for pieces in self._join_full_months(inputs["slices"])
        ]
        return sentences + self._explain_holiday_percent(inputs)

    @api.model
    def _join_full_months(self, slices):
        """Return the months in groups: full ones that follow each other are one."""
        groups = []
        for piece in slices:
            is_full = self._is_full_month(piece)
            if is_full and groups and self._is_full_month(groups[-1][0]):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        return groups

    @api.model
    def _is_full_month(self, piece):
        first = fields.Date.to_date(piece["date_from"])
        last = fields.Date.to_date(piece["date_to"])
        return (first, last) == (first.replace(day=1), month_end(first))

    @api.model
    def _explain_months(self, line, inputs, pieces):
        """Return what is due for full months, or for a part of one."""
        if not self._is_full_month(pieces[0]):
            pay = {"monthly_pay": inputs["salary"], **inputs}
            return self._explain_part_of_month(line, pay, pieces[0], 0)
        return self.env._(
            "%(start)s to %(end)s: %(months)s × %(wage)s",
            start=self._day(pieces[0]["date_from"]),
            end=self._day(pieces[-1]["date_to"]),
            months=len(pieces),
            wage=self._money(line, inputs["salary"]),
        )

    @api.model
    def _explain_late_notice(self, line, inputs):
        if "days_late" not in inputs:
            return []
        return [
            *self._explain_pay(line, inputs),
            self.env._(
                "To be announced by %(day)s: %(late)s of %(days)s %(unit)s late, at"
                " %(wage)s",
                day=self._day(inputs["duty_date"]),
                late=inputs["days_late"],
                days=inputs["days_in_last_month"],
                unit=self._get_basis_units().get(inputs.get("basis"), ""),
                wage=self._money(line, inputs["salary"]),
            ),
        ]

    @api.model
    def _explain_sliding_repayment(self, line, inputs):
        if "months_elapsed" not in inputs:
            return []
        if "step_year" in inputs:
            return [
                self.env._(
                    "%(percent)s %% of %(cost)s: in year %(year)s after %(day)s",
                    percent=self._number(inputs["percent"]),
                    cost=self._money(line, inputs["cost"]),
                    year=inputs["step_year"],
                    day=self._day(inputs["completed_date"]),
                )
            ]
        return [
            self.env._(
                "%(cost)s over %(total)s months, %(elapsed)s of them passed",
                cost=self._money(line, inputs["cost"]),
                total=self._number(inputs["months_total"]),
                elapsed=self._number(inputs["months_elapsed"]),
            )
        ]

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
