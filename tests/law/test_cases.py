"""Every case in ``cases/``, put into Odoo and settled there."""

import copy

from odoo.tests import freeze_time, tagged

from .case import (
    EXPECTATIONS,
    OUTSIDE_KINDS,
    CaseError,
    check_case,
    find_cases,
    read_case,
)
from .scene import APPS, LawCommon

# What a reader sees of a line.
READ_FIELDS = ("title", "explanation", "rule_note", "legal_ref")


@tagged("post_install", "-at_install")
class TestCases(LawCommon):
    """One test per file, named like it: the list says what the law says."""

    def _run(self, path):
        case = read_case(path)
        for part, model in APPS.items():
            if part in case and model not in self.env:
                self.skipTest(f"{path.name} needs the app of {model}")
        with freeze_time(case["today"]):
            departure = self._play(case)
            self._compare(case, departure)
            if case["departure"].get("carried_out"):
                self._carry_out(departure)
                self._compare(case, departure)

    def _compare(self, case, departure):
        """Fail with everything that differs, together with the source."""
        settlement = self._settlement(departure)
        found = [
            *self._compare_lines(case, settlement),
            *self._compare_term(case, departure),
            *self._compare_total(case, settlement),
            *self._compare_words(case, settlement),
            *self._compare_warning(case, settlement),
            *self._compare_texts(
                "list", case.get("says", {}), settlement, self._get_all_words
            ),
        ]
        if found:
            where = case["source"].get("ecli") or case["source"]["name"]
            head = f"{case['title']} ({case['article']}; {where})"
            self.fail("\n  ".join([head, *found]))

    def _get_lines(self, settlement, code):
        return settlement.line_ids.filtered(lambda line: line.code == code)

    # === Amounts ===

    def _compare_lines(self, case, settlement):
        for code, expected in case.get("expect", {}).items():
            lines = self._get_lines(settlement, code)
            if not isinstance(expected, dict):
                expected = {"amount": expected}
            for name, value in expected.items():
                found = self._get_fact(lines, name)
                if found != self._get_comparable(name, value):
                    yield f"{code}.{name}: {value} expected, found {found}"

    def _get_fact(self, lines, name):
        """Return what the list says about a code, in the form of a case."""
        if not lines:
            return "no line"
        if name == "parts":
            return sorted(self._cents(amount) for amount in lines.mapped("amount"))
        if name == "amount" and not all(lines.mapped("is_amount_known")):
            return f"not known: {', '.join(lines.missing or ())}"
        if len(lines) > 1 and name != "amount":
            return f"{len(lines)} lines"
        return {
            "amount": lambda: self._cents(sum(lines.mapped("amount"))),
            "hours": lambda: round(lines.quantity, 2),
            "quantity": lambda: round(lines.quantity, 2),
            "known": lambda: lines.is_amount_known,
            "missing": lambda: sorted(lines.missing or ()),
            "notes": lambda: sorted(lines.notes or ()),
            "counted": lambda: lines.is_counted,
            "due": lambda: lines.due_date,
        }[name]()

    def _cents(self, amount):
        return round(amount * 100) / 100

    def _get_comparable(self, name, value):
        if name == "parts":
            return sorted(self._cents(amount) for amount in value)
        return sorted(value) if isinstance(value, list) else value

    def _compare_term(self, case, departure):
        term = case.get("term", {})
        for name, found in (
            ("months", departure.notice_months),
            ("regular_end", departure.regular_end_date),
        ):
            if name in term and found != term[name]:
                yield f"term.{name}: {term[name]} expected, found {found}"

    def _compare_total(self, case, settlement):
        found = self._cents(settlement.amount_total)
        if "total" in case and found != case["total"]:
            yield f"total: {case['total']} expected, found {found}"

    # === Words ===

    def _compare_words(self, case, settlement):
        for code, texts in case.get("words", {}).items():
            lines = self._get_lines(settlement, code)
            yield from self._compare_texts(code, texts, lines, self._get_words)

    def _compare_warning(self, case, settlement):
        texts = dict(case.get("warning", {}))
        with freeze_time(texts.pop("date", case["today"])):
            settlement.invalidate_recordset()
            yield from self._compare_texts(
                "warning", texts, settlement, lambda s: s.warning_text or ""
            )

    def _compare_texts(self, where, texts, records, get_words):
        for key, wanted in texts.items():
            lang = {"en": "en_US", "nl": "nl_NL"}[key[-2:]]
            found = get_words(records.with_context(lang=lang))
            found = found.replace("\N{NO-BREAK SPACE}", " ")
            for text in wanted:
                if (text in found) == key.startswith("not_"):
                    never = "not " if key.startswith("not_") else ""
                    yield f"{where} ({lang}): {text!r} {never}expected in {found!r}"

    def _get_words(self, lines):
        """Return all that a reader sees of the lines."""
        return "\n".join(
            line[name]
            for line in lines
            for name in READ_FIELDS
            if name in line._fields and line[name]
        )

    def _get_all_words(self, settlement):
        return "\n".join(
            [settlement.warning_text or "", self._get_words(settlement.line_ids)]
        )


def _make_test(path):
    def test(self):
        self._run(path)

    test.__doc__ = path.stem.replace("_", " ")
    return test


for _path in find_cases():
    setattr(TestCases, f"test_{_path.parent.name}_{_path.stem}", _make_test(_path))


class TestReading(LawCommon):
    """What is no case is refused, and the message says why."""

    def _read_one(self):
        return copy.deepcopy(read_case(find_cases()[0]))

    def assertRefused(self, case, message):
        with self.assertRaisesRegex(CaseError, message):
            check_case(case)

    def test_how_many(self):
        """At least 120, half of them with an outside source."""
        cases = [read_case(path) for path in find_cases()]
        self.assertGreaterEqual(len(cases), 120)
        outside = [case for case in cases if case["source"]["kind"] in OUTSIDE_KINDS]
        self.assertGreaterEqual(2 * len(outside), len(cases))

    def test_unknown_word(self):
        case = self._read_one()
        case["departure"]["last_dya"] = case["departure"]["last_day"]
        self.assertRefused(case, "'last_dya' is unknown in departure: way, by")

    def test_unknown_word_of_an_expected_line(self):
        case = self._read_one()
        case["expect"] = {"leave": {"hour": 80}}
        self.assertRefused(case, "'hour' is unknown in expect.leave")

    def test_no_article(self):
        case = self._read_one()
        del case["article"]
        self.assertRefused(case, "article is missing")

    def test_article_without_source(self):
        case = self._read_one()
        del case["source"]
        self.assertRefused(case, "source is missing")

    def test_source_without_the_day_it_was_read(self):
        case = self._read_one()
        del case["source"]["read"]
        self.assertRefused(case, "read is missing in source")

    def test_ruling_without_ecli(self):
        case = self._read_one()
        case["source"] |= {"kind": "ruling"}
        case["source"].pop("ecli", None)
        self.assertRefused(case, "source.ecli is missing: a ruling has one")

    def test_publication_without_address(self):
        case = self._read_one()
        case["source"] |= {"kind": "publication"}
        case["source"].pop("address", None)
        self.assertRefused(case, "source.address is missing")

    def test_unknown_kind_of_source(self):
        case = self._read_one()
        case["source"]["kind"] = "hearsay"
        self.assertRefused(case, "not 'hearsay'")

    def test_date_that_is_none(self):
        case = self._read_one()
        case["today"] = "2026-02-30"
        self.assertRefused(case, "today cannot be '2026-02-30'")

    def test_dispute_with_one_side(self):
        case = self._read_one()
        case["disputed"] = [{"reading": "It counts", "by": "us", "expect": 1}]
        self.assertRefused(case, "disputed names both readings")

    def test_nothing_expected(self):
        case = self._read_one()
        for name in EXPECTATIONS:
            case.pop(name, None)
        self.assertRefused(case, "nothing is expected")
