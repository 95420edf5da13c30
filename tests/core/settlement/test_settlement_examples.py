from odoo import Command, fields
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon

COUNTRIES = ("be", "de", "fr", "uk", "in", "ae", "sa")


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementExamples(SettlementCommon):
    """The example schemes of seven countries, by figures worked out by hand."""

    @classmethod
    def _example(cls, country):
        return cls.env.ref(f"hr_exit_interview.settlement_scheme_example_{country}")

    def _abroad(self, country, currency):
        """A company that chose the example of its country."""
        company = self._company(country, f"base.{country}", currency)
        company.settlement_scheme_id = self._example(country)
        self.calendar.company_id = False
        return company

    def _leave(self, company, wage, start, day, departure_type="redundancy", **vals):
        leaver = self._leaver(wage=wage, start=start, company_id=company.id, **vals)
        return self._dismiss(
            leaver, departure_type, notice_date=False, departure_date=day
        )

    def _resign(self, company, wage, start, day):
        departure = self._leave(company, wage, start, day, "voluntary")
        departure.initiative = "employee"
        return departure

    def test_examples_are_archived_and_say_so(self):
        """Never chosen by themselves; name and note say what they are."""
        for country in COUNTRIES:
            scheme = self._example(country)
            with self.subTest(country=country):
                self.assertFalse(scheme.active)
                self.assertTrue(scheme.name.endswith("(example)"))
                self.assertIn("Example, check with your adviser", scheme.note)
                self.assertTrue(scheme.rule_ids)

    def test_not_chosen_by_country(self):
        """A company in these countries starts with the generic scheme."""
        generic = self.env.ref("hr_exit_interview.settlement_scheme_generic")
        for country in COUNTRIES:
            with self.subTest(country=country):
                company = self._company(country, f"base.{country}")
                self.assertEqual(company._get_settlement_scheme(), generic)

    def test_chosen_once_active(self):
        """Whoever takes an example out of the archive has it for the country."""
        self._example("de").active = True
        company = self._company("Gärtnerei GmbH", "base.de")
        self.assertEqual(company._get_settlement_scheme(), self._example("de"))

    def test_rules_have_their_numbers(self):
        """Rules that calculate have a rate today; no rule stands for nothing."""
        schemes = self.env["hr.settlement.scheme"].union(
            *(self._example(country) for country in COUNTRIES)
        )
        rules = self.env["hr.settlement.rule"].search(
            Domain("scheme_id", "in", schemes.ids)
            & Domain("method", "not in", ("none", "amount"))
        )
        day = fields.Date.today()
        for rule in rules:
            with self.subTest(rule=f"{rule.scheme_id.name}: {rule.code}"):
                self.assertTrue(rule._get_rate_record(day))

    def test_belgium(self):
        """15.34 % of the 36,000 earned in the year: 5,522.40."""
        company = self._abroad("be", "base.EUR")
        departure = self._leave(company, 3000.0, "2020-01-01", "2026-12-31")
        self.assertAmount(departure, "exit_pay", 5522.40)

    def test_belgium_less_what_was_paid(self):
        """2,000 paid for holidays taken: 3,522.40 are left."""
        company = self._abroad("be", "base.EUR")
        departure = self._leave(company, 3000.0, "2020-01-01", "2026-12-31")
        self._component(
            departure.employee_id,
            "holiday_paid",
            2000.0,
            period="once",
            date_from="2026-07-01",
        )
        self.assertAmount(departure, "exit_pay", 3522.40)

    def test_germany_severance(self):
        """7 years and 7 months are 8 x half of 3,800: 15,200.00, for reference."""
        company = self._abroad("de", "base.EUR")
        departure = self._leave(company, 3800.0, "2019-02-01", "2026-08-31")
        self.assertAmount(departure, "severance", 15200.00)
        self.assertFalse(self._lines(departure, "severance").is_counted)

    def test_germany_severance_of_exactly_half_a_year(self):
        """7 years and 6 months do not round up: 7 x 1,900."""
        company = self._abroad("de", "base.EUR")
        departure = self._leave(company, 3800.0, "2019-03-01", "2026-08-31")
        self.assertAmount(departure, "severance", 13300.00)

    def test_germany_leave(self):
        """9,750 in 13 weeks of five days: ten days are 1,500.00."""
        company = self._abroad("de", "base.EUR")
        departure = self._leave(company, 3250.0, "2019-02-01", "2026-08-31")
        leave_type = self._leave_type("Urlaub", "combined", "day", company_id=False)
        allocation = self._allocate(departure.employee_id, leave_type, 80, "2026-01-01")
        self.assertAmount(departure, "leave", 1500.00)
        # Nine and a half days are ten (BUrlG par. 5 (2)).
        allocation.number_of_days = 9.5
        self.assertAmount(departure, "leave", 1500.00)

    def test_germany_notice(self):
        """A rule that a company adds: 8 years give 3 months, 12 May to 31 August; gone
        on 30 June two months early: 7,600.00."""
        company = self._abroad("de", "base.EUR")
        names = ("from_years", "to_years", "units_numerator")
        terms = ((0, 2, 1), (2, 5, 1), (5, 8, 2), (8, 10, 3), (10, 12, 4), (12, 0, 5))
        tiers = [dict(zip(names, term, strict=True)) for term in terms]
        company.settlement_scheme_id.rule_ids = [
            Command.create(
                {
                    "name": "Notice",
                    "code": "notice_gap",
                    "source": "notice",
                    "method": "notice_gap",
                    "rate_ids": [
                        Command.create(
                            {
                                "basis": "calendar_days",
                                "tier_ids": [Command.create(tier) for tier in tiers],
                            }
                        )
                    ],
                }
            )
        ]
        departure = self._leave(company, 3800.0, "2018-02-01", "2026-06-30")
        departure.notice_date = "2026-05-12"
        self.assertEqual(str(departure.regular_end_date), "2026-08-31")
        self.assertAmount(departure, "notice_gap", 7600.00)

    def test_germany_only_redundancy(self):
        """Paragraph 1a is about dismissals for operational reasons."""
        company = self._abroad("de", "base.EUR")
        departure = self._leave(
            company, 3800.0, "2019-02-01", "2026-08-31", "performance"
        )
        self.assertFalse(self._lines(departure, "severance"))

    def test_france(self):
        """12 years and 6 months of 2,800: (10/4 + 2.5/3) months = 9,333.33."""
        company = self._abroad("fr", "base.EUR")
        departure = self._leave(company, 2800.0, "2014-03-01", "2026-08-31")
        self.assertAmount(departure, "severance", 9333.33)
        departure.culpable_party = "employee"
        self.assertFalse(self._lines(departure, "severance"))

    def test_france_full_months(self):
        """Days beyond a full month do not count: 12 years and 6 months."""
        company = self._abroad("fr", "base.EUR")
        departure = self._leave(company, 2800.0, "2014-02-11", "2026-08-31")
        self.assertAmount(departure, "severance", 9333.33)

    def test_france_below_eight_months(self):
        """Nothing, and the line says why."""
        company = self._abroad("fr", "base.EUR")
        departure = self._leave(company, 2800.0, "2026-02-01", "2026-08-31")
        self.assertAmount(departure, "severance", 0.00)
        line = self._lines(departure, "severance")
        self.assertEqual(line.notes, ["below_minimum_service"])

    def test_united_kingdom(self):
        """Born in 1981, ten years: 4 x 1.5 + 6 x 1 = 12 weeks of 751 = 9,012.00."""
        company = self._abroad("uk", "base.GBP")
        departure = self._leave(
            company, 4000.0, "2016-08-01", "2026-08-31", birthday="1981-06-01"
        )
        self.assertAmount(departure, "redundancy", 9012.00)

    def test_united_kingdom_by_the_year(self):
        """The week's pay limit is that of the last day: 719 until 5 April 2026.

        Born in 1981, nine full years on 5 April 2026 (44 years old): begun at 43, 42
        and 41 three at 1.5, six at 1 = 10.5 x 719 = 7,549.50; a day later 10.5 x 751
        = 7,885.50.
        """
        company = self._abroad("uk", "base.GBP")
        for day, expected in (("2026-04-05", 7549.50), ("2026-04-06", 7885.50)):
            with self.subTest(day=day):
                departure = self._leave(
                    company, 4000.0, "2016-08-01", day, birthday="1981-06-01"
                )
                self.assertAmount(departure, "redundancy", expected)

    def test_united_kingdom_most(self):
        """Twenty years above 41: 30 x 751 = 22,530.00, the statutory maximum."""
        company = self._abroad("uk", "base.GBP")
        departure = self._leave(
            company, 4000.0, "2000-08-01", "2026-08-31", birthday="1958-01-01"
        )
        self.assertAmount(departure, "redundancy", 22530.00)

    def test_united_kingdom_low_pay_and_youth(self):
        """23 years old, three years, 2,600 a month = 600 a week.

        Begun at 22: 1; at 21 and 20: half each; 2 x 600 = 1,200.00.
        """
        company = self._abroad("uk", "base.GBP")
        departure = self._leave(
            company, 2600.0, "2023-08-01", "2026-08-31", birthday="2003-06-01"
        )
        self.assertAmount(departure, "redundancy", 1200.00)

    def test_united_kingdom_below_two_years(self):
        company = self._abroad("uk", "base.GBP")
        departure = self._leave(
            company, 4000.0, "2024-10-01", "2026-08-31", birthday="1981-06-01"
        )
        self.assertAmount(departure, "redundancy", 0.00)

    def test_united_kingdom_without_a_birthday(self):
        company = self._abroad("uk", "base.GBP")
        departure = self._leave(company, 4000.0, "2016-08-01", "2026-08-31")
        self.assertMissing(departure, "redundancy", "birthday")

    def test_india(self):
        """15/26 x 60,000 x 7 years, of which six years and seven months count as many:
        242,307.69; nothing below five; 2,000,000 at most."""
        company = self._abroad("in", "base.INR")
        for wage, start, expected in (
            (60000.0, "2019-09-01", 242307.69),
            (60000.0, "2020-02-01", 242307.69),
            (60000.0, "2022-09-01", 0.00),
            (120000.0, "1986-09-01", 2000000.00),
        ):
            with self.subTest(start=start):
                departure = self._leave(company, wage, start, "2026-08-31")
                self.assertAmount(departure, "gratuity", expected)
                self.assertFalse(self._lines(departure, "gratuity_fixed_term"))

    def test_india_fixed_term(self):
        """A fixed term of two years: 15/26 x 60,000 x 2 = 69,230.77."""
        company = self._abroad("in", "base.INR")
        departure = self._leave(
            company, 60000.0, "2024-09-01", "2026-08-31", "fixed_term"
        )
        self.assertAmount(departure, "gratuity_fixed_term", 69230.77)
        self.assertFalse(self._lines(departure, "gratuity"))

    def test_united_arab_emirates(self):
        """10,000, 7 years: 5 x 21 + 2 x 30 = 165 days of 333.33 = 55,000.00."""
        company = self._abroad("ae", "base.AED")
        departure = self._leave(company, 10000.0, "2019-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 55000.00)
        line = self._lines(departure, "gratuity")
        self.assertEqual(str(line.due_date), "2026-09-14")

    def test_united_arab_emirates_resignation_costs_nothing(self):
        """The same 55,000.00 for who resigned."""
        company = self._abroad("ae", "base.AED")
        departure = self._resign(company, 10000.0, "2019-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 55000.00)

    def test_united_arab_emirates_limits(self):
        """30 years would be 285,000.00: two years' wage at most; nothing in the first
        year."""
        company = self._abroad("ae", "base.AED")
        for start, expected in (("1996-09-01", 240000.00), ("2025-10-01", 0.00)):
            with self.subTest(start=start):
                departure = self._leave(company, 10000.0, start, "2026-08-31")
                self.assertAmount(departure, "gratuity", expected)

    def test_united_arab_emirates_without_unpaid_leave(self):
        """Three of 24 months without pay: 21 x 1.75 days at 333.33 = 12,250.00."""
        company = self._abroad("ae", "base.AED")
        departure = self._leave(company, 10000.0, "2024-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 14000.00)
        self._unpaid(departure.employee_id, "2025-03-01", "2025-05-31")
        self.assertAmount(departure, "gratuity", 12250.00)

    def test_saudi_arabia(self):
        """10,000, 7 years: 5 x half + 2 x 1 = 4.5 months = 45,000.00."""
        company = self._abroad("sa", "base.SAR")
        departure = self._leave(company, 10000.0, "2019-09-01", "2026-08-31")
        self.assertAmount(departure, "service_award", 45000.00)
        self.assertFalse(self._lines(departure, "service_award_resignation"))

    def test_saudi_arabia_resignation(self):
        """All of 85,000 after 11 years, two thirds of 45,000 after 7, a third of 15,000
        after 3, then 0."""
        company = self._abroad("sa", "base.SAR")
        for start, expected in (
            ("2015-09-01", 85000.00),
            ("2019-09-01", 30000.00),
            ("2023-09-01", 5000.00),
            ("2025-09-01", 0.00),
        ):
            with self.subTest(start=start):
                departure = self._resign(company, 10000.0, start, "2026-08-31")
                self.assertAmount(departure, "service_award_resignation", expected)
                self.assertFalse(self._lines(departure, "service_award"))

    def test_generic_scheme(self):
        """A company elsewhere gets the generic list: wage, leave, papers, no law."""
        company = self._company("Overseas", "base.us", "base.USD")
        self.assertEqual(
            company._get_settlement_scheme(),
            self.env.ref("hr_exit_interview.settlement_scheme_generic"),
        )
        self.calendar.company_id = False
        departure = self._leave(company, 3000.0, "2020-01-01", "2026-08-31")
        settlement = self._settlement(departure)
        self.assertEqual(settlement.currency_id.name, "USD")
        self.assertAmount(departure, "wage_last_month", 3000.00)
        self.assertFalse(self._lines(departure, "severance"))
