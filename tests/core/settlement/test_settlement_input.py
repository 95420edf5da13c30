from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementInput(SettlementCommon):
    """Odd facts and bad input: a message, or a line that names what is missing."""

    def _leaving(self, day="2026-08-31", wage=3200.0, **vals):
        leaver = self._leaver(wage=wage, **vals)
        self._component(leaver, "yearly", 3200.0)
        return self._departure(leaver, notice_date=False, departure_date=day)

    def _get_missing(self, departure):
        """{code: what is missing} of the lines that have no amount."""
        return {
            line.code: line.missing
            for line in self._settlement(departure).line_ids
            if line.missing
        }

    # === What nobody knows ===

    def test_no_wage(self):
        """Named on each line that needs it; the others have their amounts."""
        departure = self._leaving(wage=0.0)
        self._allocate(departure.employee_id, self.extra, 80, "2025-01-01")
        self.assertEqual(
            self._get_missing(departure),
            {
                "wage_last_month": ["wage"],
                "holiday_allowance": ["wage"],
                "leave": ["wage"],
                "notice_gap_employee": ["notice_date"],
            },
        )
        self.assertAmount(departure, "thirteenth", 2133.33)

    def test_no_contract_start(self):
        departure = self._leaving(start=False)
        missing = self._get_missing(departure)
        for code in ("wage_last_month", "holiday_allowance", "thirteenth"):
            self.assertEqual(missing[code], ["contract_start"], code)

    def test_contract_ended_before_the_last_day(self):
        departure = self._leaving(contract_date_end="2026-07-31")
        missing = self._get_missing(departure)
        self.assertEqual(missing["wage_last_month"], ["contract_on_last_day"])
        self.assertEqual(missing["holiday_allowance"], ["contract_on_last_day"])

    def test_last_day_in_a_gap(self):
        """Between two contracts: the one before ended, the next has not begun."""
        departure = self._leaving("2026-08-15", contract_date_end="2026-07-31")
        self._change(
            departure.employee_id,
            "2026-09-01",
            contract_date_start="2026-09-01",
            contract_date_end=False,
        )
        missing = self._get_missing(departure)
        self.assertEqual(missing["holiday_allowance"], ["contract_on_last_day"])

    def test_nobody_knows_anything(self):
        """No wage, start, schedule or last day: a list all the same, no error."""
        leaver = self._employee(
            "Blank", False, 0.0, calendar=self.env["resource.calendar"]
        )
        self._allocate(leaver, self.extra, 80, "2025-01-01")
        departure = self._departure(
            leaver,
            departure_reason_id=False,
            notice_date=False,
            departure_date=False,
        )
        lines = self._settlement(departure).line_ids
        self.assertIn("certificate", lines.mapped("code"))
        self.assertFalse(lines.filtered("has_amount"))
        departure.departure_date = "2026-08-31"
        self.assertTrue(self._get_missing(departure))

    def test_every_way_of_leaving(self):
        """Each makes a list, with nobody, either or both taking the initiative."""
        departure = self._leaving()
        types = departure._fields["departure_type"].get_values(self.env)
        initiatives = departure._fields["initiative"].get_values(self.env)
        for kind in [*types, False]:
            for initiative in [*initiatives, False]:
                with self.subTest(kind=kind, initiative=initiative):
                    departure.write({"departure_type": kind, "initiative": initiative})
                    self.assertTrue(self._settlement(departure).line_ids)

    def test_every_day_of_a_year(self):
        """Each month's first, middle and last day, 29 February among them."""
        departure = self._leaving("2024-01-01", start="2020-02-29")
        for month in range(1, 13):
            for day in (1, 15, 28, 29, 30, 31):
                try:
                    last_day = f"2024-{month:02}-{day:02}"
                    departure.departure_date = last_day
                except ValueError:
                    continue
                line = self._lines(departure, "holiday_allowance")
                self.assertTrue(line.has_amount, last_day)

    # === Leave ===

    def test_hours_stay_hours_after_part_time(self):
        """80 h given at 40 hours a week, now 24 hours at 1,920: at the present wage.

        80 x 18.461538 x 1.08 = 1,595.08
        """
        departure = self._leaving()
        leaver = departure.employee_id
        self._allocate(leaver, self.extra, 80, "2025-01-01", "2026-06-30")
        self._change(
            leaver,
            "2026-07-01",
            wage=1920.0,
            resource_calendar_id=self._calendar(24).id,
        )
        line = self._lines(departure, "leave")
        self.assertEqual(line.quantity, 80.0)
        self.assertAmount(departure, "leave", 1595.08)

    def test_leave_without_a_schedule(self):
        """Fully flexible or without hours: how long a day is, is missing."""
        for calendar in (self.env["resource.calendar"], self._calendar(0)):
            departure = self._leaving(calendar=calendar)
            self._allocate(departure.employee_id, self.extra, 80, "2025-01-01")
            self.assertMissing(departure, "leave", "weekly_hours")

    def test_leave_with_a_flexible_schedule(self):
        """40 hours whenever one likes: as any 40 hours, 1,595.08."""
        self.calendar.write(
            {"schedule_type": "flexible", "hours_per_week": 40, "hours_per_day": 8}
        )
        departure = self._leaving()
        self._allocate(departure.employee_id, self.extra, 80, "2025-01-01")
        self.assertAmount(departure, "leave", 1595.08)

    def test_leave_with_a_two_week_schedule(self):
        """40 and 24 hours in turn are 32: 80 h at 23.076923 x 1.08 = 1,993.85."""
        self.calendar.write(
            {
                "two_weeks_calendar": True,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Day",
                            "dayofweek": str(day),
                            "week_type": week,
                            "hour_from": 9.0,
                            "hour_to": 17.0,
                            "day_period": "morning",
                        }
                    )
                    for week, days in (("0", 5), ("1", 3))
                    for day in range(days)
                ],
            }
        )
        self.assertEqual(self.calendar.hours_per_week, 32)
        departure = self._leaving()
        self._allocate(departure.employee_id, self.extra, 80, "2025-01-01")
        self.assertEqual(self._lines(departure, "leave").quantity, 80.0)
        self.assertAmount(departure, "leave", 1993.85)

    def test_refused_and_unapproved_leave_does_not_count(self):
        """Only what was approved was taken."""
        departure = self._leaving()
        leaver = departure.employee_id
        approved = self._leave_type(
            "Approved by HR", "extra", leave_validation_type="hr"
        )
        self._allocate(leaver, approved, 80, "2025-01-01", "2026-06-30")
        request = self.env["hr.leave"].create(
            {
                "employee_id": leaver.id,
                "holiday_status_id": approved.id,
                "request_date_from": "2026-05-04",
                "request_date_to": "2026-05-05",
            }
        )
        self.assertEqual(request.state, "confirm")
        self.assertEqual(self._lines(departure, "leave").quantity, 80.0)
        request.action_approve()
        self.assertEqual(self._lines(departure, "leave").quantity, 64.0)
        request.action_refuse()
        self.assertEqual(self._lines(departure, "leave").quantity, 80.0)

    # === Components ===

    def test_component_below_zero(self):
        with self.assertRaisesRegex(ValidationError, "is below zero"):
            self._component(self._leaver(), "holiday_paid", -100.0)

    def test_component_that_ends_before_it_starts(self):
        with self.assertRaisesRegex(ValidationError, "ends before it starts"):
            self._component(
                self._leaver(),
                "allowance",
                100.0,
                date_from="2026-02-01",
                date_to="2026-01-31",
            )

    def test_component_counts_by_its_type(self):
        """What a type counts for is filled in and may be changed."""
        component = self._component(self._leaver(), "allowance", 100.0)
        for kind, period, counts in (
            ("allowance", "month", (True, True, True)),
            ("overtime", "12_months", (True, True, True)),
            ("shift", "12_months", (True, True, True)),
            ("commission", "12_months", (True, True, True)),
            ("bonus", "36_months", (False, False, True)),
            ("yearly", "year", (False, False, True)),
            ("holiday_paid", "once", (False, False, False)),
            ("holiday_included", "month", (False, False, False)),
            ("holiday_monthly", "month", (False, False, False)),
            ("expense", "month", (False, False, False)),
        ):
            component.component_type = kind
            with self.subTest(kind=kind):
                self.assertEqual(component.period, period)
                self.assertEqual(
                    (
                        component.counts_for_holiday,
                        component.counts_for_leave,
                        component.counts_for_transition,
                    ),
                    counts,
                )
        component.counts_for_transition = True
        self.assertTrue(component.counts_for_transition)

    # === Rules and rates ===

    def test_two_rates_on_the_same_day(self):
        rule = self.scheme._get_rule("transition")
        with self.assertRaisesRegex(ValidationError, "in force on the same day"):
            rule.rate_ids[:1].copy({"date_from": "2026-06-01", "date_to": False})

    def test_a_rate_that_ends_before_it_starts(self):
        rate = self.scheme._get_rule("leave").rate_ids
        with self.assertRaisesRegex(ValidationError, "ends before it starts"):
            rate.write({"date_from": "2026-12-31", "date_to": "2026-01-01"})

    def test_window_month(self):
        with self.assertRaisesRegex(ValidationError, "from 1 to 12"):
            self._set_rate("holiday_allowance", window_start_month=13)

    def test_a_code_twice_in_a_scheme(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.scheme._get_rule("leave").copy()

    def test_units_divided_by_zero(self):
        tiers = self.scheme._get_rule("transition").rate_ids.tier_ids
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            tiers[:1].units_denominator = 0
            tiers.flush_recordset()

    def test_copying_a_rate_to_the_next_year(self):
        """2026 becomes 2027 with its tiers, to fill in the new maximum."""
        rates = self.scheme._get_rule("transition").rate_ids
        rate = rates.filtered(lambda rate: str(rate.date_from) == "2026-01-01")
        action = rate.action_copy_next_year()
        new = rate.browse(action["res_id"])
        self.assertEqual(action["name"], "Transition payment 2027")
        # A second click opens the copy: nobody types over this year.
        self.assertEqual(rate.action_copy_next_year()["res_id"], new.id)
        self.assertEqual(str(rate.date_to), "2026-12-31")
        self.assertEqual(str(new.date_from), "2027-01-01")
        self.assertEqual(str(new.date_to), "2027-12-31")
        self.assertEqual(new.tier_ids.units_denominator, 3)
        departure = self._dismiss(
            self._leaver(wage=3000.0, start="2021-01-01"),
            notice_date=False,
            departure_date="2027-03-31",
        )
        # 6 years and 3 months of 1,080.
        self.assertAmount(departure, "transition", 6750.00)

    def test_copying_a_rate_without_an_end(self):
        """From 1 January 2025 until further: ends with this year, the copy goes on."""
        rate = self.scheme._get_rule("leave").rate_ids
        rate.date_from = "2025-01-01"
        new = rate.browse(rate.action_copy_next_year()["res_id"])
        year = fields.Date.today().year
        self.assertEqual(str(rate.date_to), f"{year}-12-31")
        self.assertEqual(str(new.date_from), f"{year + 1}-01-01")
        self.assertFalse(new.date_to)

    def test_copying_a_rate_without_a_start(self):
        """Always in force: there is no next year to copy it to."""
        with self.assertRaisesRegex(UserError, "first day"):
            self.scheme._get_rule("leave").rate_ids.action_copy_next_year()

    def test_one_day_between_two_rates(self):
        """In force until the 30th and from the 1st on: the 31st has none."""
        rule = self.scheme._get_rule("holiday_allowance")
        rule.rate_ids.date_to = "2026-08-30"
        rule.rate_ids.copy(
            {"date_from": "2026-09-01", "date_to": False, "rule_id": rule.id}
        )
        departure = self._leaving("2026-08-31")
        self.assertMissing(departure, "holiday_allowance", "rate")
        departure.departure_date = "2026-09-01"
        self.assertTrue(self._lines(departure, "holiday_allowance").has_amount)

    def test_scheme_of_a_company(self):
        """Its own first, then its country's, then the generic one."""
        self.assertEqual(self.company._get_settlement_scheme(), self.scheme)
        own = self.scheme.copy({"name": "Ours", "company_id": self.company.id})
        self.company.settlement_scheme_id = own
        self.assertEqual(self.company._get_settlement_scheme(), own)
        departure = self._leaving()
        self.assertEqual(self._settlement(departure).scheme_id, own)

    def test_scheme_of_another_company_is_not_chosen(self):
        """A scheme of one company is no default for the others of its country."""
        other = self._company("Elsewhere B.V.")
        self.scheme.copy({"name": "Theirs", "company_id": other.id, "sequence": 1})
        self.assertEqual(self.company._get_settlement_scheme(), self.scheme)

    # === Nothing half-written ===

    def test_a_failing_source_leaves_nothing(self):
        """An error while computing one of many: no settlement of any."""
        departures = self._leaving() | self._leaving()
        before = self.env["hr.settlement"].search_count([])
        rule = self.scheme._get_rule("leave")
        self.env.cr.execute(
            "UPDATE hr_settlement_rule SET method = 'gone' WHERE id = %s", [rule.id]
        )
        rule.invalidate_recordset()
        for departure in departures:
            self._allocate(departure.employee_id, self.extra, 80, "2025-01-01")
        with self.assertRaises(KeyError), self.cr.savepoint():
            self.env["hr.settlement"]._create_for_departures(departures)
        self.assertEqual(self.env["hr.settlement"].search_count([]), before)
