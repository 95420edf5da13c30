"""Leavers around the textbook, against an oracle that knows nothing of the product.

Somebody who came back, other hours, unpaid months, accruals at the turn of the year and
fixed terms that were broken off. ``EXIT_EXAMPLES=10000`` tries as many.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from .. import settlement_oracle as oracle
from ..core.settlement.test_settlement_property import (
    CULPABLE,
    MONEY,
    amounts,
    cases,
    examples,
)
from .case import check_case
from .scene import WAYS, WEEKDAYS, LawCommon

ONE_DAY = timedelta(days=1)
HAVING_NOTICE = ("voluntary", "performance", "redundancy")
WAY_NAMES = {way: name for name, (way, _initiative) in WAYS.items()}
PAY = (
    ("allowance", "fixed allowance"),
    ("yearly", "yearly payment"),
    ("overtime", "overtime"),
    ("bonus", "bonus"),
    ("holiday_paid", "holiday allowance paid"),
)


# === What lies around a textbook case ===


def months_before(day, months):
    return oracle.add_months(day.replace(day=1), -months)


@st.composite
def broken_off(draw, case):
    """A fixed term with up to a year to go."""
    assume(case.way in HAVING_NOTICE)
    return replace(
        case, agreed_end=case.last_day + timedelta(draw(st.integers(1, 400)))
    )


@st.composite
def without_pay(draw, case):
    """One to three whole months within the year of leaving."""
    last = months_before(case.last_day, 1)
    first = months_before(case.last_day, draw(st.integers(1, 3)))
    assume(first >= date(case.last_day.year, 1, 1) > case.start)
    return replace(
        case, unpaid=((first, oracle.month_end(last)),), leaves=(), extra_days=0
    )


@st.composite
def other_hours(draw, case):
    """Other hours and another wage until one to eighteen months ago."""
    day = months_before(case.last_day, draw(st.integers(1, 18)))
    assume(day > case.start)
    change = oracle.Change(
        day,
        wage=draw(amounts(1500, 9000)),
        weekly_hours=draw(st.sampled_from((16, 24, 36, 40))),
    )
    return replace(
        case,
        change=change,
        full_hours=draw(st.integers(1, 200)),
        carried_days=0,
        statutory_days=0,
        extra_days=0,
        leaves=(),
    )


@st.composite
def accruals(draw, case):
    """Two days a month since 1 January of this year or the last."""
    start = date(case.last_day.year - draw(st.integers(0, 1)), 1, 1)
    assume(start >= case.start)
    return replace(
        case,
        weekly_hours=40,
        weekdays=tuple(range(5)),
        last_day=draw(st.sampled_from((case.last_day, date(start.year, 12, 31)))),
        accrual_start=start,
        carried_days=0,
        statutory_days=0,
        extra_days=0,
        leaves=(),
    )


@st.composite
def came_back(draw, case):
    """Whole months of an earlier contract, settled, up to a year before this one."""
    gap = draw(st.integers(1, 12))
    until = oracle.month_end(months_before(case.start, gap))
    assume(until >= date(2020, 12, 31))
    earlier = replace(
        case,
        start=months_before(until, draw(st.integers(6, 60))),
        notice=until,
        last_day=until,
        way=draw(st.sampled_from(("voluntary", "redundancy"))),
        culpable="none",
        study=None,
        loan=Decimal(0),
        leaves=(),
    )
    initiative = "employee" if earlier.way == "voluntary" else "employer"
    return replace(
        case,
        earlier=replace(earlier, initiative=initiative),
        holiday_paid=Decimal(0),
        carried_days=0,
    )


@st.composite
def around(draw):
    """A leaver with one of the situations that the textbook leaves out."""
    situation = draw(
        st.sampled_from((broken_off, without_pay, other_hours, accruals, came_back))
    )
    case = draw(situation(draw(cases())))
    assume(case.notice <= case.last_day)
    # A contract that ends with the last day is no broken one.
    assume(case.way != "fixed_term" or not case.agreed_end)
    return case


# === In the words of a case ===


def tell(case):
    """Return the case as a file of ``cases/`` would have it."""
    told = {
        "title": "A random leaver",
        "article": "BW 7:641, 7:672, 7:673, 7:677; WML 15 and 17",
        "source": {"kind": "reckoned", "name": "oracle", "read": date(2026, 11, 28)},
        "today": date(2027, 1, 15),
        "employee": {
            "contracts": list(tell_contracts(case)),
            "changes": list(tell_changes(case)),
            "pay": list(tell_pay(case)),
        },
        "leave": tell_leave(case),
        "agreements": list(tell_agreements(case)),
        "earlier": [
            {**tell_leaving(earlier), "settlement": "confirmed"}
            for earlier in (case.earlier,)
            if earlier
        ],
        "departure": tell_leaving(case),
        "expect": {code: cents / 100 for code, cents in oracle.settle(case).items()},
    }
    return {name: drop_empty(value) for name, value in told.items() if value}


def drop_empty(value):
    if not isinstance(value, dict):
        return value
    return {name: part for name, part in value.items() if part not in ([], None)}


def tell_terms(case, wage, hours):
    return {
        "wage": float(wage),
        "week": {WEEKDAYS[day]: hours / len(case.weekdays) for day in case.weekdays},
    }


def tell_contracts(case):
    if case.earlier:
        yield from tell_contracts(case.earlier)
    now = case.change or case
    end = case.agreed_end or (case.last_day if case.way == "fixed_term" else None)
    yield drop_empty(
        {
            "from": case.start,
            "to": end,
            **tell_terms(case, now.wage, now.weekly_hours),
        }
    )


def tell_changes(case):
    if case.change:
        terms = tell_terms(case, case.wage, case.weekly_hours)
        yield {"from": case.change.day, **terms}


def tell_pay(case):
    for name, kind in PAY:
        if getattr(case, name):
            yield {"type": kind, "amount": float(getattr(case, name))}


def tell_leave(case):
    return drop_empty(
        {
            "given": list(tell_given(case)),
            "accrued": [
                {
                    "kind": "statutory",
                    "days_a_month": 2,
                    "from": start,
                    "unused": "lost",
                }
                for start in (case.accrual_start,)
                if start
            ],
            "taken": [
                {"kind": "statutory", "from": first, "to": last}
                for first, last in case.leaves
            ],
            "unpaid": [{"from": first, "to": last} for first, last in case.unpaid],
        }
    )


def tell_given(case):
    if case.earlier:
        yield from tell_given(case.earlier)
    year = case.last_day.year
    end = date(year, 12, 31)
    carried = date(year - 1, 1, 1)
    for kind, days, start in (
        ("statutory", case.carried_days, carried),
        ("statutory", case.statutory_days, case.leave_start),
        ("extra", case.extra_days, case.leave_start),
    ):
        if days:
            hours = float(days * case.day_hours)
            told = date(year, 1, 10) if start.year < year and case.is_told else None
            row = {"kind": kind, "hours": hours, "from": start, "to": end}
            yield drop_empty({**row, "told": told})
    if case.full_hours:
        yield {
            "kind": "extra",
            "hours": case.full_hours,
            "from": case.start,
            "in_full": True,
        }


def tell_agreements(case):
    if case.study:
        yield {
            "type": "study costs",
            "amount": float(case.study.cost),
            "months": case.study.months,
            "completed": case.study.completed,
            "mandatory": case.study.is_mandatory,
        }
    if case.loan:
        yield {"type": "loan", "amount": float(case.loan)}


def tell_leaving(case):
    return {
        "way": WAY_NAMES[case.way],
        "by": case.initiative,
        "culpable": case.culpable,
        "notice": case.notice,
        "last_day": case.last_day,
    }


@tagged("post_install", "-at_install")
class TestRandom(LawCommon):
    """To the cent, no line too many or too few."""

    @examples()
    @given(around())
    def test_around_the_textbook(self, case):
        told = check_case(tell(case))
        savepoint = self.env.cr.savepoint()
        try:
            with freeze_time(told["today"]):
                departure = self._play(told)
                lines = self._settlement(departure).line_ids
                money = lines.filtered(lambda line: line.kind in MONEY)
                unknown = {line.code: line.missing for line in money if line.missing}
                found = {line.code: round(line.amount * 100) / 100 for line in money}
            text = yaml.safe_dump(told, sort_keys=False)
            self.assertFalse(unknown, text)
            self.assertEqual(found, told["expect"], text)
        finally:
            savepoint.close(rollback=True)
            self.leave_types, self.calendars = {}, {}

    def test_culpable_parties_are_told(self):
        """Every way of leaving that the strategies draw has a word."""
        self.assertLessEqual(set(CULPABLE), set(WAY_NAMES))
