from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestSettlementNotice(SettlementCommon):
    """Notice terms and late announcements."""

    def _noticed(self, start, day, initiative="employer", notice="2026-05-12", **vals):
        leaver = self._leaver(start=start, **vals)
        departure = self._dismiss(leaver, notice_date=notice, departure_date=day)
        if initiative == "employee":
            departure.write({"departure_type": "voluntary", "initiative": "employee"})
        return departure

    def assertNoGap(self, departure):
        """No line about notice, neither way."""
        for code in ("notice_gap", "notice_gap_employee"):
            self.assertFalse(self._lines(departure, code), code)

    def assertWords(self, departure, code, *rows):
        """The line explains itself in exactly these sentences."""
        explanation = self._lines(departure, code).explanation
        rows_found = explanation.replace("\N{NO-BREAK SPACE}", " ").splitlines()
        self.assertEqual(rows_found, list(rows))

    # === Regular end ===

    def test_regular_ends(self):
        """The published terms: notice of 12 May 2026 and what follows from it."""
        cases = [
            ("2019-03-01", "employee", {}, "2026-06-30"),
            ("2019-03-01", "employer", {}, "2026-07-31"),
            ("2014-03-01", "employer", {"procedure_days": 35}, "2026-07-31"),
            ("2009-03-01", "employer", {"procedure_days": 120}, "2026-06-30"),
            (
                "2009-03-01",
                "employer",
                {"is_retirement_age_reached": True},
                "2026-06-30",
            ),
            ("2009-03-01", "employer", {}, "2026-09-30"),
            ("2024-03-01", "employer", {}, "2026-06-30"),
        ]
        for start, initiative, vals, end in cases:
            with self.subTest(start=start, initiative=initiative, **vals):
                departure = self._noticed(start, "2026-05-31", initiative)
                departure.write(vals)
                self.assertEqual(str(departure.regular_end_date), end)

    def test_notice_on_31_january(self):
        """One month after 31 January is the end of February."""
        departure = self._noticed(
            "2024-03-01", "2026-02-28", "employee", notice="2026-01-31"
        )
        self.assertEqual(str(departure.regular_end_date), "2026-02-28")
        self.assertNoGap(departure)

    # === Gap ===

    def test_gap_of_the_employer(self):
        """Two months until 31 July, gone on 30 June: July x 1.08 = 3,456.00."""
        departure = self._noticed("2019-03-01", "2026-06-30")
        self.assertAmount(departure, "notice_gap", 3456.00)
        self.assertFalse(self._lines(departure, "notice_gap_employee"))

    def test_gap_with_part_of_a_month(self):
        """Gone on 15 June: 15/30 of June and July, x 1.08 = 5,184.00."""
        departure = self._noticed("2019-03-01", "2026-06-15")
        self.assertAmount(departure, "notice_gap", 5184.00)

    def test_gap_of_the_employee_waits_for_agreement(self):
        """Until 30 June, gone on 31 May: June's bare wage, only if agreed."""
        departure = self._noticed("2019-03-01", "2026-05-31", "employee")
        self.assertAmount(departure, "notice_gap_employee", -3200.00)
        settlement = self._settlement(departure)
        self.assertEqual(settlement.amount_only_if_agreed, -3200.00)
        self.assertEqual(settlement.amount_deduction, 0.0)
        self.assertFalse(self._lines(departure, "notice_gap"))

    def test_no_floor_of_three_months_outside_a_fixed_term(self):
        """One day too early costs one day: 1/31 of July x 1.08 = 111.48."""
        departure = self._noticed("2019-03-01", "2026-07-30")
        self.assertAmount(departure, "notice_gap", 111.48)

    def test_observed(self):
        """Gone on the regular end or later: nothing to say."""
        self.assertNoGap(self._noticed("2019-03-01", "2026-07-31"))
        self.assertNoGap(self._noticed("2019-03-01", "2026-08-31"))

    def test_words_of_a_gap_in_two_parts(self):
        """19/31 of May, June and July: 1,961.29 + 6,400.00 = 8,361.29."""
        departure = self._noticed("2019-03-01", "2026-05-12", "employee")
        departure.notice_months = 2
        self.assertAmount(departure, "notice_gap_employee", -8361.29)
        self.assertWords(
            departure,
            "notice_gap_employee",
            "Regular end: 07/31/2026",
            "05/13/2026 to 05/31/2026: 19 of 31 days at 3,200.00 €",
            "06/01/2026 to 07/31/2026: 2 × 3,200.00 €",
        )

    def test_wage_in_money_has_fixed_allowances(self):
        """June: (3,000 + 300) x 1.08 = 3,564.00; overtime and expenses stay out."""
        departure = self._noticed("2024-01-01", "2026-05-31", wage=3000.0)
        employee = departure.employee_id
        self._component(employee, "allowance", 300.0)
        self._component(employee, "overtime", 2400.0)
        self._component(employee, "allowance", 150.0, date_to="2026-04-30")
        self._component(employee, "allowance", 99.0, counts_for_notice=False)
        self.assertAmount(departure, "notice_gap", 3564.00)
        self.assertIn(
            "Wage of a month: 3,000.00 € + 300.00 € (allowance) = 3,300.00 €",
            self._lines(departure, "notice_gap").explanation.replace("\xa0", " "),
        )

    def test_holiday_allowance_in_the_wage_is_not_added(self):
        """3,240 with the 8 % in it: June is 3,240.00, not 3,499.20."""
        departure = self._noticed("2024-01-01", "2026-05-31", wage=3240.0)
        self._component(departure.employee_id, "holiday_included", 0.0)
        self.assertAmount(departure, "notice_gap", 3240.00)
        self.assertWords(
            departure,
            "notice_gap",
            "Regular end: 06/30/2026",
            "06/01/2026 to 06/30/2026: 1 × 3,240.00 €",
            "The allowance is part of the wage.",
        )

    def test_another_term_was_agreed(self):
        """Three months agreed for the employee: July and August too."""
        departure = self._noticed("2019-03-01", "2026-06-30", "employee")
        departure.notice_months = 3
        self.assertAmount(departure, "notice_gap_employee", -6400.00)

    def test_trial_period_has_no_notice(self):
        """Dismissed within the trial period."""
        departure = self._noticed(
            "2026-05-01", "2026-05-20", trial_date_end="2026-05-31"
        )
        self.assertNoGap(departure)

    def test_after_the_trial_period(self):
        """A week after it, one month: 30 June; gone on 31 May: June x 1.08."""
        departure = self._noticed(
            "2026-03-01", "2026-05-31", trial_date_end="2026-05-01"
        )
        self.assertAmount(departure, "notice_gap", 3456.00)

    def test_culpable_employee_dismissed_at_once(self):
        """Urgent reason by the employee's fault (7:677 lid 2): the term is owed."""
        departure = self._noticed("2019-03-01", "2026-05-12")
        departure.write({"departure_type": "conduct", "culpable_party": "employee"})
        self.assertFalse(self._lines(departure, "notice_gap"))
        # 19/31 of May, June and July: 8,361.29
        self.assertAmount(departure, "notice_gap_employee", -8361.29)

    def test_mutual_agreement_death_and_retirement_have_none(self):
        for kind in ("mutual", "death", "retirement", "fixed_term"):
            with self.subTest(kind):
                departure = self._noticed("2019-03-01", "2026-05-31")
                departure.write({"departure_type": kind, "initiative": "none"})
                self.assertNoGap(departure)

    def test_no_notice_date(self):
        """When notice was given is unknown: named, no amount."""
        departure = self._noticed("2019-03-01", "2026-05-31", notice=False)
        self.assertMissing(departure, "notice_gap", "notice_date")

    def test_no_first_day_in_service(self):
        """The employer's term grows with service, which nobody recorded."""
        departure = self._noticed("2019-03-01", "2026-05-31")
        departure.service_start_date = False
        self.assertMissing(departure, "notice_gap", "service_start")

    def test_no_wage(self):
        departure = self._noticed("2019-03-01", "2026-05-31", wage=0.0)
        self.assertMissing(departure, "notice_gap", "wage")

    # === Fixed term ===

    def _broken(self, day, initiative, **vals):
        """A contract for 2026 that ends before its end."""
        return self._noticed(
            "2026-01-01", day, initiative, contract_date_end="2026-12-31", **vals
        )

    def test_fixed_term_broken_off_by_the_employee(self):
        """No clause that allows it: September to December, -12,800.00."""
        departure = self._broken("2026-08-31", "employee")
        self.assertAmount(departure, "notice_gap_employee", -12800.00)

    def test_fixed_term_broken_off_by_the_employer(self):
        """Four months x 1.08 = 13,824.00."""
        departure = self._broken("2026-08-31", "employer")
        self.assertAmount(departure, "notice_gap", 13824.00)

    def test_fixed_term_broken_off_shortly_before_its_end(self):
        """The time left, however short: three months only limit a judge (7:677 lid 4).

        December; 14/31 of it x 1.08; two of them.
        """
        departure = self._broken("2026-11-30", "employee")
        self.assertAmount(departure, "notice_gap_employee", -3200.00)
        self.assertWords(
            departure,
            "notice_gap_employee",
            "Agreed end of the contract: 12/31/2026",
            "12/01/2026 to 12/31/2026: 1 × 3,200.00 €",
        )
        departure = self._broken("2026-12-17", "employer", notice="2026-12-10")
        self.assertAmount(departure, "notice_gap", 1560.77)
        self.assertWords(
            departure,
            "notice_gap",
            "Agreed end of the contract: 12/31/2026",
            "12/18/2026 to 12/31/2026: 14 of 31 days at 3,200.00 €",
            "Plus 8 % holiday allowance",
        )
        departure = self._broken("2026-12-30", "employee")
        self.assertAmount(departure, "notice_gap_employee", -103.23)

    def test_fixed_term_in_a_leap_year(self):
        """Contract to 29 February 2028, gone on the 14th: 15/29 of 3,200."""
        departure = self._noticed(
            "2027-03-01",
            "2028-02-14",
            "employee",
            notice="2028-02-01",
            contract_date_end="2028-02-29",
        )
        self.assertAmount(departure, "notice_gap_employee", -1655.17)

    def test_fixed_term_without_a_day_of_notice(self):
        """The agreed end does not ask when notice was given."""
        departure = self._broken("2026-11-30", "employee", notice=False)
        self.assertAmount(departure, "notice_gap_employee", -3200.00)

    def test_clause_never_reaches_beyond_the_agreed_end(self):
        """Notice of 10 December runs to 31 January, the contract to 31 December."""
        departure = self._broken("2026-12-17", "employer", notice="2026-12-10")
        departure.has_interim_notice = True
        self.assertAmount(departure, "notice_gap", 1560.77)
        departure.departure_date = "2026-12-31"
        self.assertNoGap(departure)

    def test_urgent_reason_in_a_fixed_term(self):
        """By the employee's fault: until the agreed end (7:677 lid 2 and 3)."""
        departure = self._broken("2026-11-30", "employer")
        departure.write({"departure_type": "conduct", "culpable_party": "employee"})
        self.assertAmount(departure, "notice_gap_employee", -3200.00)
        self.assertFalse(self._lines(departure, "notice_gap"))

    def test_fixed_term_with_a_clause(self):
        """It may end early: the term of notice counts, 12 May to 30 June."""
        departure = self._broken("2026-05-31", "employee")
        departure.has_interim_notice = True
        self.assertAmount(departure, "notice_gap_employee", -3200.00)

    def test_fixed_term_in_the_trial_period(self):
        departure = self._noticed(
            "2026-05-01",
            "2026-05-20",
            "employee",
            contract_date_end="2026-12-31",
            trial_date_end="2026-05-31",
        )
        self.assertNoGap(departure)

    # === Outside the Netherlands ===

    def _abroad(self, day, initiative="employer", **rate):
        """Notice of 27 November 2026 under the generic scheme, 3,000 a month."""
        generic = self.env.ref("hr_exit_interview.settlement_scheme_generic")
        self.company.settlement_scheme_id = generic
        terms = [(0, 0, {"units_numerator": units}) for units in rate.pop("terms", ())]
        generic._get_rule("notice_gap").rate_ids.write({**rate, "tier_ids": terms})
        return self._noticed(
            "2020-01-01", day, initiative, notice="2026-11-27", wage=3000.0
        )

    def test_generic_scheme_claims_no_notice(self):
        """Nobody entered a term: it is named, and nothing is in the total."""
        departure = self._abroad("2026-12-11")
        self.assertFalse(departure.regular_end_date)
        self.assertMissing(departure, "notice_gap", "notice_months")
        self.assertEqual(self._settlement(departure).amount_total, 0.0)
        departure.write({"departure_type": "voluntary", "initiative": "employee"})
        self.assertMissing(departure, "notice_gap_employee", "notice_months")

    def test_two_weeks_of_notice(self):
        """Until 11 December, not the month's end; a day too early is a day's wage."""
        departure = self._abroad("2026-12-11", notice_unit="week", terms=[2])
        self.assertEqual(departure.notice_days, 14)
        self.assertEqual(str(departure.regular_end_date), "2026-12-11")
        self.assertNoGap(departure)
        departure.departure_date = "2026-12-10"
        self.assertAmount(departure, "notice_gap", 96.77)

    def test_days_of_notice_of_the_employee(self):
        """Ten days: until 7 December; gone on the 2nd, 5/31 of 3,000."""
        departure = self._abroad("2026-12-02", "employee", employee_notice_days=10)
        self.assertEqual(str(departure.regular_end_date), "2026-12-07")
        self.assertAmount(departure, "notice_gap_employee", -483.87)

    def test_months_that_do_not_end_with_a_month(self):
        """A month from 27 November; at the end of a month where that was agreed."""
        departure = self._abroad("2026-12-11", terms=[1])
        self.assertEqual(str(departure.regular_end_date), "2026-12-27")
        departure.is_notice_to_month_end = True
        self.assertEqual(str(departure.regular_end_date), "2026-12-31")

    def test_pension_age_is_a_month_where_terms_are_months(self):
        """BW 7:672 lid 3 does not turn twelve weeks into one."""
        departure = self._abroad("2026-12-11", notice_unit="week", terms=[12])
        departure.is_retirement_age_reached = True
        self.assertEqual(departure.notice_days, 84)

    # === Announcement (BW 7:668) ===

    def _ended(self, start="2025-09-01", notice=False, **vals):
        """A fixed term of 4,000 a month that ended on 31 August 2026."""
        leaver = self._leaver(wage=4000.0, start=start, contract_date_end="2026-08-31")
        return self._departure(
            leaver,
            departure_reason_id=self.env.ref(
                "hr_exit_interview.departure_reason_fixed_term"
            ).id,
            initiative="employer",
            notice_date=notice,
            departure_date="2026-08-31",
            **vals,
        )

    def test_19_days_late(self):
        """Due by 31 July, said on 19 August: 19/31 x 4,000 = 2,451.61."""
        departure = self._ended(notice="2026-08-19")
        self.assertAmount(departure, "late_notice", 2451.61)

    def test_19_days_late_by_working_days(self):
        """13 of 21 working days of August: 2,476.19."""
        self._set_rate("late_notice", basis="working_days")
        departure = self._ended(notice="2026-08-19")
        self.assertAmount(departure, "late_notice", 2476.19)

    def test_never_announced(self):
        """One month's bare wage: no holiday allowance, no bonus."""
        departure = self._ended(is_end_unannounced=True)
        self._component(departure.employee_id, "bonus", 9000.0)
        self.assertAmount(departure, "late_notice", 4000.00)

    def test_commission_is_part_of_the_wage(self):
        """4,000 + 6,000/12 = 4,500.00 (Besluit loonbegrip art. 2 lid 2)."""
        departure = self._ended(is_end_unannounced=True)
        employee = departure.employee_id
        self._component(employee, "commission", 6000.0)
        self._component(employee, "allowance", 300.0)
        self._component(employee, "bonus", 3600.0)
        self.assertAmount(departure, "late_notice", 4500.00)
        self.assertWords(
            departure,
            "late_notice",
            "Wage of a month: 4,000.00 € + 6,000.00 € / 12 (commission) = 4,500.00 €",
            "To be announced by 07/31/2026: 31 of 31 days late, at 4,500.00 €",
        )

    def test_commission_of_a_shorter_service(self):
        """Eight months: 4,000 + 4,000/8; 19/31 of 4,500 = 2,758.06."""
        departure = self._ended(start="2026-01-01", notice="2026-08-19")
        self._component(departure.employee_id, "commission", 4000.0)
        self.assertAmount(departure, "late_notice", 2758.06)

    def test_a_permanent_contract_has_no_end_to_announce(self):
        """Registered as the end of a fixed term: the end is named as missing."""
        leaver = self._leaver(wage=3000.0)
        departure = self._departure(
            leaver,
            departure_type="fixed_term",
            initiative="employer",
            departure_date="2026-08-31",
            is_end_unannounced=True,
        )
        self.assertMissing(departure, "late_notice", "contract_end")

    def test_announced_in_time(self):
        departure = self._ended(notice="2026-07-31")
        self.assertAmount(departure, "late_notice", 0.00)
        line = self._lines(departure, "late_notice")
        self.assertEqual(line.notes, ["notified_in_time"])

    def test_one_day_late(self):
        """1 August is one day: 1/31 = 129.03."""
        departure = self._ended(notice="2026-08-01")
        self.assertAmount(departure, "late_notice", 129.03)

    def test_below_six_months(self):
        """Five months: no duty."""
        departure = self._ended(start="2026-04-01", is_end_unannounced=True)
        self.assertAmount(departure, "late_notice", 0.00)

    def test_six_months(self):
        """Exactly six: the duty is there."""
        departure = self._ended(start="2026-03-01", is_end_unannounced=True)
        self.assertAmount(departure, "late_notice", 4000.00)

    def test_nobody_recorded_when(self):
        """Not known whether it was announced: missing, not zero and not a month."""
        self.assertMissing(self._ended(), "late_notice", "notified_date")

    def test_who_declines_does_not_matter(self):
        """The employer owes the word whoever declines (7:668 lid 1)."""
        departure = self._ended(is_end_unannounced=True)
        departure.initiative = "employee"
        self.assertAmount(departure, "late_notice", 4000.00)
