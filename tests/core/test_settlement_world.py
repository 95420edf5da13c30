from odoo import Command
from odoo.tests import freeze_time, tagged

from ..settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementWorld(SettlementCommon):
    """Rules of other countries (domain.md B) out of rules and rates alone."""

    def _abroad(self, country, currency, *rules):
        """A company in a country with a scheme of its own rules.

        :param rules: values of hr.settlement.rule with ``rate`` and ``tiers``
        """
        scheme = self.env["hr.settlement.scheme"].create(
            {
                "name": country,
                "country_id": self.env.ref(country).id,
                "rule_ids": [Command.create(self._rule(**rule)) for rule in rules],
            }
        )
        company = self._company(country, country, currency)
        self.assertEqual(company._get_settlement_scheme(), scheme)
        self.calendar.company_id = False
        return company

    def _rule(self, rate=None, tiers=(), **vals):
        tier_names = ("from_years", "to_years", "units_numerator", "units_denominator")
        tiers = [
            tier
            if isinstance(tier, dict)
            else dict(zip(tier_names, tier, strict=False))
            for tier in tiers
        ]
        return {
            "name": vals["code"],
            "rate_ids": [
                Command.create(
                    {**(rate or {}), "tier_ids": [Command.create(t) for t in tiers]}
                )
            ],
            **vals,
        }

    def _service_payment(self, tiers, code="severance", part_rounding=None, **vals):
        rate_names = self.env["hr.settlement.rate"]._fields
        rate = {name: vals.pop(name) for name in list(vals) if name in rate_names}
        return {
            "code": code,
            "source": "service_payment",
            "method": "service_tiers",
            "rate": {"part_rounding": part_rounding or "official", **rate},
            "tiers": tiers,
            **vals,
        }

    def _leave(self, company, wage, start, day, initiative="employer", **vals):
        leaver = self._leaver(wage=wage, start=start, company_id=company.id, **vals)
        departure = self._dismiss(leaver, notice_date=False, departure_date=day)
        if initiative == "employee":
            departure.write({"departure_type": "voluntary", "initiative": "employee"})
        return departure

    def test_belgium_exit_pay(self):
        """15.34 % of 36,000 earned in the year: 5,522.40."""
        company = self._abroad(
            "base.be",
            "base.EUR",
            {
                "code": "exit_pay",
                "source": "holiday_allowance",
                "method": "percent_of_base",
                "rate": {"percent": 15.34, "window_start_month": 1},
            },
        )
        departure = self._leave(company, 3000.0, "2020-01-01", "2026-12-31")
        self.assertAmount(departure, "exit_pay", 5522.40)

    def test_germany_severance(self):
        """Half a month a year, more than six months round up: 7 y 7 m = 15,200.00."""
        company = self._germany()
        departure = self._leave(company, 3800.0, "2019-02-01", "2026-08-31")
        self.assertAmount(departure, "severance", 15200.00)
        # Exactly six months do not round up: 7 x 1,900.
        departure = self._leave(company, 3800.0, "2019-03-01", "2026-08-31")
        self.assertAmount(departure, "severance", 13300.00)

    def test_germany_leave(self):
        """9,750 in 13 weeks of five days is 150 a day: ten days 1,500.00."""
        company = self._germany()
        departure = self._leave(company, 3250.0, "2019-02-01", "2026-08-31")
        leave_type = self._leave_type("Urlaub", "combined", "day", company_id=False)
        allocation = self._allocate(
            departure.employee_id, leave_type, 80, "2026-01-01", is_settled_in_full=True
        )
        self.assertAmount(departure, "leave", 1500.00)
        # Nine and a half days are ten (BUrlG par. 5 (2)).
        allocation.number_of_days = 9.5
        self.assertAmount(departure, "leave", 1500.00)

    def test_germany_notice(self):
        """8 years give 3 months: 12 May to 31 August; gone on 30 June: 7,600.00."""
        company = self._germany()
        departure = self._leave(company, 3800.0, "2018-02-01", "2026-06-30")
        departure.notice_date = "2026-05-12"
        self.assertEqual(str(departure.regular_end_date), "2026-08-31")
        self.assertAmount(departure, "notice_gap", 7600.00)

    def _germany(self):
        terms = [(0, 2, 1), (2, 5, 1), (5, 8, 2), (8, 10, 3), (10, 12, 4), (12, 0, 5)]
        return self._abroad(
            "base.de",
            "base.EUR",
            self._service_payment([(0, 0, 1, 2)], part_rounding="half_year_up"),
            {
                "code": "leave",
                "source": "leave",
                "method": "leave_value",
                "rate": {"basis": "days", "part_rounding": "half_day_up"},
            },
            {
                "code": "notice_gap",
                "source": "notice",
                "method": "notice_gap",
                "rate": {"basis": "calendar_days"},
                "tiers": terms,
            },
        )

    def test_france(self):
        """A quarter to 10 years, a third above: 2,800, 12 y 6 m = 9,333.33."""
        company = self._abroad(
            "base.fr",
            "base.EUR",
            self._service_payment(
                [(0, 10, 1, 4), (10, 0, 1, 3)],
                part_rounding="full_months",
                min_months=8,
            ),
        )
        departure = self._leave(company, 2800.0, "2014-03-01", "2026-08-31")
        self.assertAmount(departure, "severance", 9333.33)
        # Days beyond a full month do not count.
        departure = self._leave(company, 2800.0, "2014-02-11", "2026-08-31")
        self.assertAmount(departure, "severance", 9333.33)
        # Below eight months: nothing, and the line says why.
        departure = self._leave(company, 2800.0, "2026-02-01", "2026-08-31")
        self.assertAmount(departure, "severance", 0.00)
        line = self._lines(departure, "severance")
        self.assertEqual(line.notes, ["below_minimum_service"])

    def test_united_kingdom(self):
        """45 years old, ten full years, a week's pay over the cap: 12 x 751.00."""
        company = self._united_kingdom()
        departure = self._leave(
            company, 4000.0, "2016-08-01", "2026-08-31", birthday="1981-06-01"
        )
        # Years begun at 41 to 44: 4 x 1.5; at 35 to 40: 6 x 1.
        self.assertAmount(departure, "redundancy", 9012.00)

    def test_united_kingdom_at_most_twenty_years(self):
        """26 years, all above 41: 30 x 751 = 22,530.00."""
        company = self._united_kingdom()
        departure = self._leave(
            company, 4000.0, "2000-08-01", "2026-08-31", birthday="1958-01-01"
        )
        self.assertAmount(departure, "redundancy", 22530.00)

    def test_united_kingdom_low_pay_and_youth(self):
        """23 years old, three years, 2,600 a month = 600 a week.

        Begun at 22: 1; at 21 and 20: half each; 2 x 600 = 1,200.00.
        """
        company = self._united_kingdom()
        departure = self._leave(
            company, 2600.0, "2023-08-01", "2026-08-31", birthday="2003-06-01"
        )
        self.assertAmount(departure, "redundancy", 1200.00)

    def test_united_kingdom_below_two_years(self):
        company = self._united_kingdom()
        departure = self._leave(
            company, 4000.0, "2024-10-01", "2026-08-31", birthday="1981-06-01"
        )
        self.assertAmount(departure, "redundancy", 0.00)

    def test_united_kingdom_without_a_birthday(self):
        company = self._united_kingdom()
        departure = self._leave(company, 4000.0, "2016-08-01", "2026-08-31")
        self.assertMissing(departure, "redundancy", "birthday")

    def _united_kingdom(self):
        bands = ((0, 22, 1, 2), (22, 41, 1, 1), (41, 0, 3, 2))
        names = ("from_age", "to_age", "units_numerator", "units_denominator")
        return self._abroad(
            "base.uk",
            "base.GBP",
            self._service_payment(
                [dict(zip(names, band, strict=True)) for band in bands],
                code="redundancy",
                part_rounding="full_years",
                unit="week",
                unit_cap=751,
                cap_years=20,
                min_months=24,
            ),
        )

    def test_india(self):
        """15/26 x 60,000 x 7 = 242,307.69; six years and seven months are seven."""
        company = self._abroad(
            "base.in",
            "base.INR",
            self._service_payment(
                [(0, 0, 15, 1)],
                code="gratuity",
                part_rounding="half_year_up",
                unit="day",
                unit_divisor=26,
                min_months=60,
                cap_amount=2000000,
            ),
        )
        for start in ("2019-09-01", "2020-02-01"):
            departure = self._leave(company, 60000.0, start, "2026-08-31")
            self.assertAmount(departure, "gratuity", 242307.69)
        departure = self._leave(company, 60000.0, "2022-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 0.00)
        # 40 years: 60,000 x 15/26 x 40 = 1,384,615.38; twice that pay is capped.
        departure = self._leave(company, 120000.0, "1986-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 2000000.00)

    def test_united_arab_emirates(self):
        """21 days a year to five, 30 above: 10,000, 7 years = 165 days, 55,000.00."""
        company = self._abroad(
            "base.ae",
            "base.AED",
            self._service_payment(
                [(0, 5, 21), (5, 0, 30)],
                code="gratuity",
                unit="day",
                unit_divisor=30,
                min_months=12,
                cap_months=24,
            ),
        )
        departure = self._leave(company, 10000.0, "2019-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 55000.00)
        # 30 years: 105 + 750 days = 285,000.00, at most two years' wage.
        departure = self._leave(company, 10000.0, "1996-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 240000.00)
        departure = self._leave(company, 10000.0, "2025-10-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 0.00)

    def test_united_arab_emirates_without_unpaid_leave(self):
        """Three of 24 months without pay: 21 x 1.75 days at 333.33 = 12,250.00."""
        company = self._abroad(
            "base.ae",
            "base.AED",
            self._service_payment(
                [(0, 5, 21), (5, 0, 30)],
                code="gratuity",
                unit="day",
                unit_divisor=30,
                is_unpaid_leave_excluded=True,
            ),
        )
        departure = self._leave(company, 10000.0, "2024-09-01", "2026-08-31")
        self.assertAmount(departure, "gratuity", 14000.00)
        self._unpaid(departure.employee_id, "2025-03-01", "2025-05-31")
        self.assertAmount(departure, "gratuity", 12250.00)

    def test_saudi_arabia(self):
        """Half a month to five years, a month above: 10,000, 7 years = 45,000.00."""
        company = self._saudi_arabia()
        departure = self._leave(company, 10000.0, "2019-09-01", "2026-08-31")
        self.assertAmount(departure, "service", 45000.00)
        self.assertFalse(self._lines(departure, "service_resigned"))

    def test_saudi_arabia_resignation(self):
        """Nothing below 2 years, a third to 5, two thirds to 10, then all of it."""
        company = self._saudi_arabia()
        for start, expected in (
            ("2025-09-01", 0.00),
            ("2023-09-01", 5000.00),
            ("2019-09-01", 30000.00),
            ("2015-09-01", 85000.00),
        ):
            with self.subTest(start=start):
                departure = self._leave(
                    company, 10000.0, start, "2026-08-31", "employee"
                )
                self.assertAmount(departure, "service_resigned", expected)
                self.assertFalse(self._lines(departure, "service"))

    def _saudi_arabia(self):
        names = ("from_years", "to_years", "units_numerator", "units_denominator")
        tiers = [
            ((0, 2, 1, 2), 0.0),
            ((2, 5, 1, 2), 0.333333),
            ((5, 10, 1, 1), 0.666667),
            ((10, 0, 1, 1), 1.0),
        ]
        return self._abroad(
            "base.sa",
            "base.SAR",
            self._service_payment(
                [(0, 5, 1, 2), (5, 0, 1, 1)], code="service", initiative="employer"
            ),
            self._service_payment(
                [
                    {**dict(zip(names, tier, strict=True)), "factor": factor}
                    for tier, factor in tiers
                ],
                code="service_resigned",
                initiative="employee",
            ),
        )

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
