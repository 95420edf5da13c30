import ast
import inspect
import json
import pathlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from odoo.addons.hr_exit_interview.lib import settlement as calculators
from odoo.addons.hr_exit_interview.lib.settlement import METHODS

from ...settlement_common import SettlementCommon

# What an old line may hold: anything a calculator or a source ever wrote, or did not.
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(["", "0", "12.5", "2026-08-31", "2026-02-29", "months", "x"]),
)
NAMES = (
    "accrued",
    "already_paid",
    "base_by_month",
    "basis",
    "buckets",
    "cost",
    "daily",
    "days",
    "days_in_last_month",
    "days_late",
    "deduct",
    "duty_date",
    "gap_months",
    "hourly",
    "hourly_rate",
    "hours",
    "inputs",
    "is_agreed_end",
    "monthly_pay",
    "months",
    "months_elapsed",
    "months_total",
    "percent",
    "regular_end",
    "salary",
    "slices",
    "total_base",
    "unit_value",
    "units",
    "unpaid_days",
    "uplift_percent",
    "wage_parts",
    "window_start",
    "yearly_amount",
    "years",
)
ROW_NAMES = (
    "amount",
    "date_from",
    "date_to",
    "hours",
    "is_lapsed",
    "kind",
    "left",
    "months",
    "name",
    "part",
    "share",
    "taken",
    "usable_until",
    "whole",
    "year",
)
ROWS = st.lists(st.dictionaries(st.sampled_from(ROW_NAMES), VALUES, max_size=9))
INPUTS = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(VALUES, ROWS), max_size=len(NAMES)
)


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementWords(SettlementCommon):
    """Lines in words: for every method, and whatever an old line holds."""

    def setUp(self):
        super().setUp()
        self.words = self.env["hr.settlement.words"]
        self.departure = self._departure(
            self._leaver(), notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self.settlement = self._settlement(self.departure)

    def _new_line(self, **vals):
        return self.env["hr.settlement.line"].new(
            {
                "settlement_id": self.settlement.id,
                "currency_id": self.company.currency_id.id,
                "is_amount_known": True,
                **vals,
            }
        )

    def test_a_rule_speaks_where_nothing_is_calculated(self):
        """Papers and information carry the note of their rule, as plain text."""
        line = self._lines(self.departure, "certificate")
        self.assertEqual(
            line.explanation,
            "On request: kind of work, hours, first and last day; more only when the"
            " employee asks for it.",
        )
        line.rule_id.note = False
        self.assertFalse(line.explanation)

    def test_a_rule_speaks_beside_an_amount(self):
        """Whether 8 % counts is disputed: on the line, on paper and to the leaver."""
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.departure.notice_date = "2026-08-20"
        line = self._lines(self.departure, "notice_gap")
        self.assertIn("Plus 8 % holiday allowance", line.explanation)
        self.assertNotIn("disputed", line.explanation)
        self.assertIn("Whether holiday allowance counts is disputed.", line.rule_note)
        statement = self.env["report.hr_exit_interview.report_settlement"]
        for sentences in (
            statement._prepare_line(line)["sentences"],
            line._prepare_page()["sentences"],
        ):
            self.assertIn("Plus 8 % holiday allowance", sentences)
            self.assertIn("Whether holiday allowance counts is disputed", sentences[-1])
        self.assertEqual(line._prepare_talk()["rule_note"], line.rule_note)

    def test_a_missing_amount_keeps_the_note(self):
        """What is missing is named, and until when it can be claimed."""
        self.departure.write({"departure_type": "fixed_term", "initiative": "employer"})
        line = self._lines(self.departure, "late_notice")
        self.assertEqual(line.explanation, "Not known yet: the end of the contract")
        self.assertIn("within three months", line.rule_note)

    # === Complete ===

    def test_every_missing_input_has_a_name(self):
        """Whatever a calculator or source names as missing is said in words."""
        names = self.words._get_missing_names()
        for key in self._get_keys_in_code("miss", "positive", "number", "day"):
            with self.subTest(key=key):
                self.assertIn(key, names)
        for text in names.values():
            self.assertTrue(text.strip())

    def test_every_note_has_a_text(self):
        notes = self.words._get_note_texts()
        for key in self._get_keys_in_code("note", "zero"):
            with self.subTest(key=key):
                self.assertIn(key, notes)

    def _get_keys_in_code(self, *functions):
        """Literal keys given to the worksheet's functions by the calculators."""
        folder = pathlib.Path(inspect.getfile(calculators)).parent
        keys = set()
        for path in folder.glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                is_call = isinstance(node, ast.Call) and isinstance(
                    node.func, ast.Attribute
                )
                if is_call and node.func.attr in functions:
                    # The last argument is the name shown where there are two.
                    literals = [
                        arg.value
                        for arg in node.args
                        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                    ]
                    keys.update(literals[-1:])
        self.assertTrue(keys)
        return keys

    def test_unknown_keys_stay_readable(self):
        """A key of a third party's source is shown as it is."""
        self.assertEqual(
            self.words._get_missing_text(["wage", "shoe_size"]), "the wage, shoe_size"
        )

    def test_every_method_explains_itself(self):
        """A whole settlement: each line with an amount says where it came from."""
        employee = self.departure.employee_id
        self._component(employee, "yearly", 3200.0)
        self._allocate(employee, self.extra, 80, "2025-01-01", "2026-06-30")
        self._agreement(
            self.departure,
            "study_costs",
            amount=4800.0,
            months_total=36,
            date_completed="2025-01-31",
        )
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.departure.notice_date = "2026-08-20"
        self.departure.agreement_ids.is_recoverable_agreed = True
        expected = {
            "wage_last_month": "08/01/2026 to 08/31/2026: 21 of 21 working days",
            "holiday_allowance": "8 % of",
            "leave": "80.00 × 19.999999",
            "thirteenth": "8 months since 01/01/2026",
            "transition": "5 years and 6 months of service: 5.5 years",
            "notice_gap": "Regular end: 10/31/2026\n09/01/2026 to 10/31/2026: 2 ×",
            "study_costs": "over 36 months, 19 of them passed",
        }
        lines = self._settlement(self.departure).line_ids
        for code, words in expected.items():
            line = lines.filtered(lambda line, code=code: line.code == code)
            with self.subTest(code=code):
                self.assertTrue(line.has_amount)
                if code == "leave":
                    self.assertIn("plus 8 % holiday allowance", line.explanation)
                    self.assertIn("Leave above the statutory", line.explanation)
                else:
                    self.assertIn(words, line.explanation)

    def _read(self, departure, code, lang="en_US"):
        line = self._lines(departure, code).with_context(lang=lang)
        return line.explanation.replace("\xa0", " ").split("\n")

    def _transition(self):
        leaver = self._leaver(wage=3000.0, start="2023-03-06")
        for kind, name, amount in (
            ("yearly", "13th month", 3000.0),
            ("overtime", "Overtime", 2400.0),
            ("bonus", "Bonus", 5400.0),
        ):
            self._component(leaver, kind, amount, name=name)
        return self._dismiss(leaver, notice_date=False, departure_date="2026-08-31")

    def test_transition_payment_by_its_parts(self):
        """A clerk gets 3,856.00, 1.162187 months and 4,481.39 from the words alone.

        3 + 5/12 + 26/31/12 = 3.48656 years; / 3 = 1.162186...; x 3,856 = 4,481.39
        """
        departure = self._transition()
        self.assertAmount(departure, "transition", 4481.39)
        self.assertEqual(
            self._read(departure, "transition"),
            [
                "3 years, 5 months, and 26 days (of a month of 31) of service: 3.486559"
                " years",
                "A month's wage: 3,000.00 € wage + 256.00 € holiday allowance (8 % of"
                " 3,200.00 €) + 250.00 € 13th month (3,000.00 € / 12) + 200.00 €"
                " Overtime (2,400.00 € / 12) + 150.00 € Bonus (5,400.00 € / 36) ="
                " 3,856.00 €",
                "3.486559 years × one third of a month's wage",
                "1.162186 × 3,856.00 €",
            ],
        )

    def test_transition_payment_in_dutch(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        words = self._read(self._transition(), "transition", "nl_NL")
        self.assertEqual(
            words[0],
            "3 jaar, 5 maanden en 26 dagen (van een maand van 31) in dienst: 3,486559"
            " jaar",
        )
        self.assertIn("256,00 € vakantiegeld (8% van 3.200,00 €)", words[1])
        self.assertEqual(words[2], "3,486559 jaar × een derde maandloon")

    def test_unpaid_days_of_the_last_month(self):
        """Five of 21 days unpaid: 16 of 21 at 3,200.00 is 2,438.10."""
        self._unpaid(self.departure.employee_id, "2026-08-10", "2026-08-14")
        self.assertAmount(self.departure, "wage_last_month", 2438.10)
        self.assertEqual(
            self._read(self.departure, "wage_last_month")[0],
            "08/01/2026 to 08/31/2026: 16 of 21 working days at 3,200.00 € (5 without"
            " pay taken off)",
        )

    def test_an_old_line_without_parts(self):
        """Frozen before the parts were kept: what it holds is said."""
        line = self._new_line(
            method="service_tiers",
            inputs={
                "years": 1,
                "months": 0,
                "days": 0,
                "service_years": "1",
                "tiers": [{"years": "1", "per_year": "0.3333333333"}],
                "unit": "month",
                "units": "0.3333333333",
                "unit_value": "3240",
                "monthly_wage": "3240",
            },
        )
        words = self.words._explain(line).replace("\xa0", " ").split("\n")
        self.assertEqual(words[0], "1 year of service: 1 years")
        self.assertEqual(words[-1], "0.333333 × 3,240.00 €")

    def test_words_follow_the_reader(self):
        """Dutch for who reads Dutch, from the same stored line."""
        self.env["res.lang"]._activate_lang("nl_NL")
        line = self._lines(self.departure, "holiday_allowance")
        self.assertIn("8 % of", line.explanation)
        dutch = line.with_context(lang="nl_NL")
        self.assertIn("9.600,00", dutch.explanation)

    def test_titles_follow_the_reader(self):
        """Computed by somebody else in English: dates and outcome in Dutch."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self._change(self.departure.employee_id, "2026-08-10", wage=3300.0)
        self._agreement(
            self.departure,
            "non_compete",
            name="Artikel 9",
            outcome="limit",
            date_until="2027-08-31",
        )
        wage = self._lines(self.departure, "wage_last_month")[0]
        self.assertEqual(
            wage.title, "Wage of the last month – 08/01/2026 to 08/09/2026"
        )
        self.assertIn("01-08-2026", wage.with_context(lang="nl_NL").title)
        clause = self._lines(self.departure, "clause")
        self.assertEqual(
            clause.title, "Agreement – Artikel 9 (Limited, until 08/31/2027)"
        )
        self.assertIn("31-08-2027", clause.with_context(lang="nl_NL").title)

    def test_clause_without_force(self):
        """The employer is to blame: the non-compete clause has no force (7:653)."""
        self._agreement(self.departure, "non_compete", name="Article 9")
        self._agreement(self.departure, "confidentiality", name="Article 10")
        self._agreement(self.departure, "non_solicitation", name="Article 11")
        self.departure.culpable_party = "employer"
        lines = self._lines(self.departure, "clause")
        notes = {line.label: line.notes for line in lines}
        self.assertEqual(
            notes,
            {
                "Article 9": ["clause_without_force"],
                "Article 10": False,
                "Article 11": ["clause_without_force"],
            },
        )

    def test_each_clause_has_its_article(self):
        """BW 7:653 for competition, 7:670b for a settlement agreement, else none."""
        articles = {
            "non_compete": "BW 7:653",
            "non_solicitation": "BW 7:653",
            "settlement_agreement": "BW 7:670b",
            "confidentiality": False,
            "other": False,
        }
        for agreement_type in articles:
            self._agreement(self.departure, agreement_type)
        lines = self._lines(self.departure, "clause")
        self.assertEqual({line.label: line.legal_ref for line in lines}, articles)
        statement = self.env["report.hr_exit_interview.report_settlement"]
        for line in lines:
            self.assertEqual(
                statement._prepare_line(line)["legal_ref"], articles[line.label]
            )
        # A line of before, which does not say what kind it is about.
        lines[0].sudo().inputs = {"outcome": None}
        self.assertEqual(lines[0].legal_ref, "BW 7:653")

    # === Whatever was stored ===

    @given(inputs=INPUTS, method=st.sampled_from(sorted(METHODS)))
    @settings(
        max_examples=400,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    def test_old_inputs_never_break_a_list(self, inputs, method):
        """No combination of stored inputs raises: the line stays readable."""
        inputs = json.loads(json.dumps(inputs))
        line = self._new_line(method=method, inputs=inputs, name="Old line")
        self.assertIsInstance(self.words._explain(line), str)

    def test_other_stored_values(self):
        """A method that is gone, unknown notes, inputs that are no object."""
        for vals in (
            {"method": "gone", "inputs": {"a": 1}},
            {"method": False, "inputs": None},
            {"method": "wage_part", "inputs": []},
            {"method": "leave_value", "inputs": "text"},
            {"method": "none", "notes": ["gone", "capped"]},
            {"missing": ["gone"]},
        ):
            with self.subTest(**vals):
                line = self._new_line(name="Old line", **vals)
                self.assertIsInstance(line.explanation or "", str)
                self.assertIsInstance(line.missing_text or "", str)

    # === What was deleted ===

    def test_a_deleted_rule_leaves_its_lines(self):
        """Name, amount, explanation and totals stay; only the law text goes."""
        line = self._lines(self.departure, "holiday_allowance")
        title, explanation = line.title, line.explanation
        total = self.settlement.amount_total
        self.scheme._get_rule("holiday_allowance").unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.title, title)
        self.assertEqual(line.explanation, explanation)
        self.assertEqual(line.amount, 768.00)
        self.assertEqual(self.settlement.amount_total, total)

    def test_a_deleted_scheme_leaves_lines_of_another_settlement(self):
        """Worked out under a scheme of their own, then changed to the Dutch one."""
        own = self.scheme.copy({"name": "Own"})
        self.settlement.scheme_id = own
        self.settlement.action_recompute()
        line = self.settlement.line_ids.filtered(
            lambda line: line.code == "holiday_allowance"
        )
        line.state = "agreed"
        self.settlement.scheme_id = self.scheme
        own.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(line.title, "Holiday allowance")
        self.assertEqual(line.amount, 768.00)

    def test_a_changed_rate_leaves_checked_amounts(self):
        """10 % from tomorrow: the list of today keeps what it was worked out with."""
        self.settlement.action_check()
        self._set_rate("holiday_allowance", percent=10)
        self._settlement(self.departure)
        line = self.settlement.line_ids.filtered(
            lambda line: line.code == "holiday_allowance"
        )
        self.assertEqual(line.amount, 768.00)
        self.assertIn("8 % of", line.explanation)

    def test_an_archived_rule_makes_no_lines(self):
        self.scheme._get_rule("holiday_allowance").active = False
        self.assertFalse(self._lines(self.departure, "holiday_allowance"))
