from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache

from ...lib.settlement import (
    Rate,
    Result,
    add_months,
    calculate,
    to_decimal,
    to_json,
)
from ..departure.hr_departure_reason import INITIATIVES
from . import hr_settlement_sourced  # noqa: F401 - inherited here
from .hr_settlement_source import find_once

METHODS_WITHOUT_RATE = ("amount", "none")
# What these make is wage, but for what relatives get after a death.
WAGE_METHODS = ("wage_part", "percent_of_base", "leave_value", "yearly_amount")
# What a collected item says about its line, next to the inputs of the calculator.
OWN_KEYS = ("label", "item_key", "res_model", "res_id", "needs_agreement", "kind")
ITEM_KEYS = (*OWN_KEYS, "missing", "notes")
KINDS = [
    ("earning", "The company owes"),
    ("deduction", "The leaver owes"),
    ("handover", "To hand back"),
    ("clause", "Agreements"),
    ("paper", "Papers"),
    ("information", "Good to know"),
]
METHOD_LABELS = [
    ("wage_part", "Part of the monthly wage"),
    ("percent_of_base", "Percentage of a base"),
    ("leave_value", "Value of leave"),
    ("yearly_amount", "Part of a yearly amount"),
    ("service_tiers", "Units per year of service"),
    ("notice_gap", "Wage over a notice term not observed"),
    ("late_notice", "Late notice of the contract's end"),
    ("sliding_repayment", "Repayment on a sliding scale"),
    ("amount", "Amount as found or typed"),
    ("none", "No amount"),
]


class Frame(NamedTuple):
    """What the lines of a rule have in common for all who leave on the same day."""

    method: str
    numbers: Rate
    missing: tuple[str, ...]
    # The numbers of an earlier year: its limits must not decide.
    is_provisional: bool
    sign: int
    values: dict[str, Any]


class HrSettlementRule(models.Model):
    _name = "hr.settlement.rule"
    _inherit = ["hr.settlement.sourced"]
    _description = "Settlement Rule"
    _order = "scheme_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Stable code of the line, for instance for payroll imports."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    scheme_id = fields.Many2one(
        "hr.settlement.scheme", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True)
    source = fields.Selection(
        "_selection_source",
        required=True,
        default="rule",
        help="Where the figures come from. A rule whose app is not installed is passed "
        "over.",
    )
    method = fields.Selection(
        METHOD_LABELS,
        required=True,
        default="none",
        help="How the amount is worked out from what the source finds.",
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        default="earning",
        help="Who pays, what is handed back, or a paper: the part of the list.",
    )
    type_ids = fields.Many2many(
        "hr.departure.type",
        string="Ways of Leaving",
        help="Empty: every way of leaving.",
    )
    initiative = fields.Selection(
        [("any", "Anybody"), *INITIATIVES],
        required=True,
        default="any",
        help="Applies when this party ends the employment.",
    )
    skip_if_culpable = fields.Selection(
        [("none", "Nobody"), ("employee", "Employee"), ("employer", "Employer")],
        required=True,
        default="none",
        help="Not due when this party is seriously culpable.",
    )
    due_if_culpable = fields.Selection(
        [("none", "Nobody"), ("employee", "Employee"), ("employer", "Employer")],
        required=True,
        default="none",
        help="Due in spite of way of leaving and initiative when this party is "
        "seriously culpable.",
    )
    below_age = fields.Integer(
        help="Together with the hours: not due to people below this age who work no "
        "more than these hours a week."
    )
    below_age_hours = fields.Float(string="Hours a Week below that Age")
    is_due_after_retirement_age = fields.Boolean(
        string="Due after Retirement Age",
        default=True,
        help="Also due to who leaves at or after the state pension age.",
    )
    is_skipped_after_death = fields.Boolean(
        string="Not after a Death",
        help="Asks something of the leaver, or concerns a next job: left out when the"
        " employee died.",
    )
    is_reference = fields.Boolean(
        string="For Reference Only",
        help="The amount is shown but not part of any total.",
    )
    is_wage = fields.Boolean(
        string="Counts as Wage",
        compute="_compute_is_wage",
        store=True,
        readonly=False,
        precompute=True,
        help="Paid late, a judge may raise it (BW 7:625); a payment at the end of the"
        " contract is no wage.",
    )
    is_wide_wage = fields.Boolean(
        string="Wage with Components",
        help="The monthly wage counts with holiday allowance and pay components.",
    )
    is_unpaid_leave_excluded = fields.Boolean(
        string="Service without Unpaid Leave",
        help="Days of unpaid leave do not count as service.",
    )
    needs_agreement = fields.Boolean(
        help="Deductions count in the totals only once the leaver agreed."
    )
    due_days = fields.Integer(
        string="Due after (Days)", help="Days after the last day of the contract."
    )
    note = fields.Html(translate=True, help="Explanation for the reader of the list.")
    legal_ref = fields.Char(string="Legal Text", translate=True)
    rate_ids = fields.One2many("hr.settlement.rate", "rule_id", copy=True)

    _code_uniq = models.UniqueIndex(
        "(scheme_id, code) WHERE active",
        "This scheme already has a rule with this code.",
    )

    @api.model
    def _selection_source(self):
        return self.env["hr.settlement.source"]._get_source_labels()

    @api.depends("method", "source")
    def _compute_is_wage(self):
        for rule in self:
            is_made_of_wage = rule.method in WAGE_METHODS
            rule.is_wage = is_made_of_wage and rule.source != "wage_after_death"

    def unlink(self):
        """Rates first: the database cannot empty both links of a line at once."""
        self.rate_ids.unlink()
        return super().unlink()

    def _get_sign(self):
        """Return -1 where the leaver owes the company, otherwise 1."""
        return -1 if self.kind == "deduction" else 1

    def _get_rate(self, day):
        """Return the ``Rate`` of ``day``, None when there is none."""
        rate = day and self._get_rate_record(day)
        return rate._to_rate() if rate else None

    def _get_rate_record(self, day):
        """Return the ``hr.settlement.rate`` in force on ``day`` or an empty one.

        Where the limits of a new year are not known yet it is the last one.
        """
        if not self.id:
            return self._find_rate_record(day)
        rate = self.env["hr.settlement.rate"].browse(self._get_rate_ids(day))
        return rate.with_prefetch(self.rate_ids._prefetch_ids)

    @ormcache("self.id", "day")
    def _get_rate_ids(self, day):
        """Return the id in force, asked some thirty times for each leaver."""
        return self._find_rate_record(day)._ids

    def _find_rate_record(self, day):
        day = day or date.max
        ended = self.rate_ids.filtered(lambda r: r.date_to and r.date_to < day)
        if ended == self.rate_ids:
            latest = ended.sorted("date_to")[-1:]
            return latest.filtered(lambda rate: rate.cap_amount or rate.unit_cap)
        return (self.rate_ids - ended).filtered(
            lambda rate: not rate.date_from or rate.date_from <= day
        )[:1]

    @ormcache("self.id", "birthday")
    def _get_retirement_date(self, birthday):
        """Return the first day at the state pension age, None when it is not known.

        The age is the one of the period in which it is reached (AOW 7a).
        """
        days = [
            (rate, add_months(birthday, 12 * rate.retirement_age + months))
            for rate in self.rate_ids
            if rate.retirement_age
            for months in (rate.retirement_age_months,)
        ]
        return min(
            (
                day
                for rate, day in days
                if (not rate.date_from or rate.date_from <= day)
                and (not rate.date_to or day <= rate.date_to)
            ),
            default=None,
        )

    def _applies_to(self, departure):
        """Tell whether this rule has something to say about one departure.

        Initiative and serious culpability decide more than the name of the way of
        leaving does (BW 7:673 lid 1 and 7).
        """
        if self.is_skipped_after_death and departure.departure_type == "death":
            return False
        culpable = departure.culpable_party
        if culpable != "none" and culpable == self.skip_if_culpable:
            return False
        if self._is_too_young(departure) or self._is_too_old(departure):
            return False
        if culpable != "none" and culpable == self.due_if_culpable:
            return True
        if self.type_ids and departure.departure_type not in self.type_ids.mapped(
            "code"
        ):
            return False
        return self.initiative in ("any", departure.initiative)

    def _get_deciding_values(self, departure):
        """Return what ``_applies_to`` looks at: equal values, equal answers.

        Extend it together with ``_applies_to``.
        """
        return (
            departure.departure_type,
            departure.initiative,
            departure.culpable_party,
            self._is_retired(departure),
            *(
                (departure.birthday, departure.weekly_hours, departure._get_last_day())
                if self.below_age
                else ()
            ),
        )

    def _filter_applicable(self, departures):
        """Return those to which the rule applies, asking once for equal ones."""
        alike = self._group_alike(departures).values()
        answers = [(some, self._applies_to(some[0])) for some in alike]
        if all(applies for _some, applies in answers):
            return departures
        ids = {id_ for some, applies in answers if applies for id_ in some._ids}
        return departures.filtered(lambda departure: departure._ids[0] in ids)

    def _group_alike(self, departures):
        """Return {deciding values: departures}, once for all rules that are alike."""
        return find_once(
            self.env,
            ("alike", bool(self.below_age), departures._ids),
            lambda: departures.grouped(self._get_deciding_values),
        )

    def _is_too_young(self, departure):
        birthday, last_day = departure.birthday, departure._get_last_day()
        if not self.below_age or not birthday or not last_day:
            return False
        age = last_day.year - birthday.year
        age -= (last_day.month, last_day.day) < (birthday.month, birthday.day)
        hours = departure.weekly_hours
        return age < self.below_age and 0 < hours <= self.below_age_hours

    def _is_too_old(self, departure):
        return not self.is_due_after_retirement_age and self._is_retired(departure)

    def _is_retired(self, departure):
        """Tell whether the state pension age is reached on the last day.

        As the departure says; when another day is compared that follows, unless HR
        said something else than the birthday does.
        """
        is_reached = departure.is_retirement_age_reached
        last_day, known_day = departure._get_last_day(), departure.departure_date
        if not last_day or not known_day or last_day == known_day:
            return is_reached
        rule = self.scheme_id._get_rule("pension_info")
        day = departure.birthday and rule._get_retirement_date(departure.birthday)
        is_overruled = is_reached != bool(day and day <= known_day)
        return is_reached if is_overruled else bool(day and day <= last_day)

    def _collect_lines(self, departures):
        """Return {departure: [line values]} of one rule for many departures."""
        self.ensure_one()
        # sudo: hr.departure - sources read wages and contracts for whoever may settle
        concerned = self._filter_applicable(departures.sudo())
        if not concerned:
            return {}
        source = self.env[f"hr.settlement.source.{self.source}"]
        terms = self._get_terms(concerned)
        frames = {term: self._get_frame(*term) for term in set(terms.values())}
        same_for_all = {}
        lines = {}
        for departure, items in source._collect(self, concerned).items():
            term = terms[departure]
            if items == [{}] and self.method == "none":
                # Papers and reminders: the same line for everybody, on the same day.
                if term not in same_for_all:
                    same_for_all[term] = self._prepare_line(frames[term], {})
                lines[departure] = [dict(same_for_all[term])]
            else:
                lines[departure] = [
                    self._prepare_line(frames[term], item) for item in items
                ]
        return lines

    def _get_terms(self, departures):
        """Return {departure: (last day, smallest unit of its currency)}."""
        return find_once(
            self.env,
            ("terms", departures._ids),
            lambda: {
                departure: (
                    departure._get_last_day(),
                    to_decimal(departure.currency_id.rounding or 0.01),
                )
                for departure in departures
            },
        )

    def _get_frame(self, last_day, rounding):
        """Return what the lines of all who leave on ``last_day`` have in common."""
        rate = self._get_rate_record(last_day)
        numbers = rate._to_rate(rounding) if rate else Rate(rounding=rounding)
        needs_rate = self.method not in METHODS_WITHOUT_RATE
        return Frame(
            method=self.method,
            numbers=numbers,
            missing=("rate",) if needs_rate and not rate else (),
            is_provisional=bool(rate.date_to and rate.date_to < (last_day or date.max)),
            sign=self._get_sign(),
            values=self._prepare_common_values(rate),
        )

    def _prepare_common_values(self, rate):
        """Return the values of a line where its item does not say otherwise."""
        return {
            "rule_id": self.id,
            "rate_id": rate.id,
            "code": self.code,
            "source": self.source,
            "method": self.method,
            "kind": self.kind,
            "sequence": self.sequence,
            "label": None,
            "item_key": None,
            "res_model": None,
            "res_id": None,
            "needs_agreement": self.needs_agreement,
            "is_reference": self.is_reference,
        }

    @api.model
    def _prepare_line(self, frame, item):
        """Return the values of the settlement line for one collected item."""
        result = self._calculate_item(frame, item)
        inputs = {**self._get_plain_inputs(item), **result.inputs}
        return {
            **frame.values,
            **{name: item[name] for name in OWN_KEYS if name in item},
            "quantity": float(result.quantity or 0),
            "unit_amount": float(result.unit_value or 0),
            "is_amount_known": result.amount is not None,
            "amount_proposed": frame.sign * float(result.amount or 0) or 0.0,
            "inputs": to_json(inputs),
            "missing": list(result.missing),
            "notes": [*item.get("notes", ()), *result.notes],
        }

    @api.model
    def _calculate_item(self, frame, item):
        """Run the calculator; what nobody could find stays missing by name."""
        missing = (*item.get("missing", ()), *frame.missing)
        if missing:
            return Result(missing=tuple(dict.fromkeys(missing)))
        result = calculate(frame.method, frame.numbers, item)
        return self._as_provisional(result) if frame.is_provisional else result

    @api.model
    def _as_provisional(self, result):
        """Return the result of last year's numbers: none where their limit decides."""
        if "capped" in result.notes:
            return Result(missing=("next_cap",), inputs=result.inputs)
        if result.amount is None:
            return result
        return replace(result, notes=(*result.notes, "provisional"))

    @api.model
    def _get_plain_inputs(self, item):
        return {key: value for key, value in item.items() if key not in ITEM_KEYS}
