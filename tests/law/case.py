"""A case of law: a text file that a lawyer can read, check and write.

``read_case`` refuses what it does not know, so that a slip of the pen never passes for
a case that holds. The words are explained in ``docs/settlement.md``.
"""

import datetime
import pathlib

import yaml

CASES = pathlib.Path(__file__).parent / "cases"

# Where an expected figure may come from, and what makes it possible to look it up.
OUTSIDE_KINDS = {
    "law": ("address",),
    "ruling": ("ecli",),
    "ministry": ("address",),
    "publication": ("address",),
}
SOURCE_KINDS = {**OUTSIDE_KINDS, "reckoned": ()}

NUMBER = (int, float)
DAY = datetime.date
TEXTS = {"en": [str], "nl": [str], "not_en": [str], "not_nl": [str]}
# Hours a week on equal days, or the hours of each weekday.
WEEK = {
    "hours": NUMBER,
    "days": [int],
    "week": {str: NUMBER},
    "starts": NUMBER,
    "time_zone": str,
}
SPAN = {"from": DAY, "to": DAY}
PART = {"from": DAY, "to": DAY, "kind": str}
LINE = {
    "amount": NUMBER,
    "hours": NUMBER,
    "quantity": NUMBER,
    "known": bool,
    "missing": [str],
    "notes": [str],
    "counted": bool,
    "due": DAY,
    "parts": [NUMBER],
}
AGREEMENT = {
    "type": str,
    "name": str,
    "amount": NUMBER,
    "months": int,
    "completed": DAY,
    "mandatory": bool,
    "also_when_dismissed": bool,
    "signed": DAY,
    "right_to_withdraw_named": bool,
    "scale": [NUMBER],
}
LEAVING = {
    "way": str,
    "by": str,
    "culpable": str,
    "notice": DAY,
    "last_day": DAY,
    "may_end_early": bool,
    "end_unannounced": bool,
    "procedure_days": int,
    "state_pension_age_reached": bool,
    "service_since": DAY,
    "carried_out": bool,
}
KEYS = {
    "title": str,
    "article": str,
    "source": {
        "kind": str,
        "name": str,
        "address": str,
        "ecli": str,
        "read": DAY,
        "note": str,
    },
    "reckoning": str,
    "disputed": [{"reading": str, "by": str, "expect": object}],
    "today": DAY,
    "scheme": str,
    "company": {"holiday_allowance_paid_with": int},
    "numbers": {str: {str: object}},
    "employee": {
        "born": DAY,
        "contracts": [{**SPAN, **WEEK, "wage": NUMBER}],
        "changes": [{"from": DAY, **WEEK, "wage": NUMBER}],
        "pay": [
            {
                **SPAN,
                "type": str,
                "amount": NUMBER,
                "over": str,
                "name": str,
                "paid_until": DAY,
                "if_in_service_on": DAY,
                "does_not_count_for": [str],
            }
        ],
    },
    "leave": {
        "given": [
            {
                **PART,
                "hours": NUMBER,
                "days": NUMBER,
                "told": DAY,
                "in_full": bool,
            }
        ],
        "accrued": [
            {
                **PART,
                "days_a_month": NUMBER,
                "unused": str,
                "carried_at_most": NUMBER,
                "gained": str,
            }
        ],
        "taken": [{**PART, "waiting": bool}],
        "unpaid": [SPAN],
    },
    "extra_hours": [{"date": DAY, "hours": NUMBER}],
    "expenses": [{"date": DAY, "amount": NUMBER}],
    "agreements": [AGREEMENT],
    "earlier": [{**LEAVING, "settlement": str}],
    "departure": LEAVING,
    "expect": {str: object},
    "term": {"months": int, "regular_end": DAY},
    "total": NUMBER,
    "words": {str: TEXTS},
    "warning": {"date": DAY, **TEXTS},
    "says": TEXTS,
}
REQUIRED = {
    "": ("title", "article", "source", "today", "employee", "departure"),
    "source": ("kind", "name", "read"),
    "employee": ("contracts",),
    "employee.contracts": ("from", "wage"),
    "employee.changes": ("from",),
    "employee.pay": ("type", "amount"),
    "leave.given": ("kind", "from"),
    "leave.accrued": ("kind", "from", "days_a_month"),
    "leave.taken": ("kind", "from", "to"),
    "leave.unpaid": ("from", "to"),
    "agreements": ("type",),
    "earlier": ("way", "last_day", "settlement"),
    "departure": ("way", "last_day"),
    "disputed": ("reading", "by", "expect"),
}
EXPECTATIONS = ("expect", "term", "total", "words", "warning", "says")


class CaseError(Exception):
    """A case that cannot be read as it stands."""


def find_cases():
    """Return the paths of all cases."""
    return sorted(CASES.rglob("*.yaml"))


def read_case(path):
    """Return the case in a file.

    :raise CaseError: it has an unknown word, no article, or no source with a date
    """
    return check_case(yaml.safe_load(path.read_text("utf-8")), path.name)


def check_case(case, name="case"):
    """Return ``case`` when every word of it is known and nothing is missing."""
    try:
        check_value(case, KEYS, "")
        check_source(case["source"])
        check_expectations(case)
    except CaseError as error:
        raise CaseError(f"{name}: {error}") from None
    return case


def check_value(value, kind, where):
    """Check a value against what ``KEYS`` says about it, down to the leaves."""
    if isinstance(kind, dict):
        check_block(value, kind, where)
    elif isinstance(kind, list):
        if not isinstance(value, list) or not value:
            raise CaseError(f"{where} is a list with at least one entry")
        for entry in value:
            check_value(entry, kind[0], where)
    elif not isinstance(value, kind) or (kind is str and not value.strip()):
        raise CaseError(f"{where} cannot be {value!r}")


def check_block(block, keys, where):
    if not isinstance(block, dict):
        raise CaseError(f"{where or 'a case'} consists of words with a value each")
    for name in REQUIRED.get(where, ()):
        if name not in block:
            raise CaseError(f"{name} is missing{' in ' + where if where else ''}")
    for name, value in block.items():
        kind = keys.get(name, keys.get(str))
        if kind is None:
            known = ", ".join(keys)
            raise CaseError(f"{name!r} is unknown in {where or 'a case'}: {known}")
        check_value(value, kind, f"{where}.{name}" if where else name)


def check_source(source):
    """Check that the expected value can be looked up where it comes from."""
    wanted = SOURCE_KINDS.get(source["kind"])
    if wanted is None:
        kinds = ", ".join(SOURCE_KINDS)
        raise CaseError(f"source.kind is one of {kinds}, not {source['kind']!r}")
    for name in wanted:
        if name not in source:
            raise CaseError(f"source.{name} is missing: a {source['kind']} has one")


def check_expectations(case):
    """Check that something is expected, and that a dispute has two sides."""
    if not any(name in case for name in EXPECTATIONS):
        raise CaseError(f"nothing is expected: {', '.join(EXPECTATIONS)}")
    if len(case.get("disputed", "ab")) < 2:
        raise CaseError("disputed names both readings")
    for code, expected in case.get("expect", {}).items():
        check_line(expected, f"expect.{code}")


def check_line(expected, where):
    """Check one expected line: an amount, "no line", or a block of facts."""
    if isinstance(expected, dict):
        check_block(expected, LINE, where)
    elif expected != "no line" and not isinstance(expected, NUMBER):
        raise CaseError(f"{where} is an amount, 'no line' or a block")
