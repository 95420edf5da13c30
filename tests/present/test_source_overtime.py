from odoo.tests import freeze_time, tagged

from .common import SourceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceOvertime(SourceCommon):
    """Extra hours kept as time, at 3,200 x 12 / 52 / 40 = 18.461538 an hour."""

    rule_code = "overtime"

    def _overtime(self, hours, day="2026-08-10", employee=None, **vals):
        return self.env["hr.attendance.overtime.line"].create(
            {
                "employee_id": (employee or self.leaver).id,
                "date": day,
                "duration": hours,
                "status": "approved",
                "compensable_as_leave": True,
                "amount_rate": 0.0,
                **vals,
            }
        )

    def _extra_hours_type(self, **vals):
        return self._leave_type(
            "Extra hours", "none", **{"overtime_deductible": True, **vals}
        )

    def test_time_for_time(self):
        """12.5 h one for one: 230.77."""
        self._overtime(8.0)
        self._overtime(4.5, "2026-08-11")
        self.assertAmount(self.departure, "overtime", 230.77)
        line = self._line()
        self.assertEqual(line.quantity, 12.5)
        self.assertTrue(line.is_counted)
        self.assertEqual(
            line.explanation,
            "12.50 × 18.461538\n"
            "12.50 h earned, 0.00 h taken as time off, 0.00 h turned into leave",
        )

    def test_at_150_percent(self):
        """12.5 h with a surcharge of 50 %: 346.15."""
        self._rule().rate_ids.uplift_percent = 50
        self._overtime(12.5)
        self.assertAmount(self.departure, "overtime", 346.15)
        self.assertIn("plus 50 % surcharge", self._line().explanation)

    def test_minus_hours_need_agreement(self):
        """-6 h: -110.77, counted once the leaver agreed."""
        self._overtime(-6.0)
        self.assertAmount(self.departure, "overtime", -110.77)
        line = self._line()
        self.assertEqual(line.kind, "deduction")
        self.assertTrue(line.needs_agreement)
        self.assertFalse(line.is_counted)
        line.state = "agreed"
        self.assertTrue(line.is_counted)

    def test_up_to_the_last_day(self):
        """What is planned or booked after the last day is not the leaver's."""
        self._overtime(2.0, "2026-08-31")
        self._overtime(5.0, "2026-09-01")
        # 2 x 18.461538 = 36.92
        self.assertAmount(self.departure, "overtime", 36.92)

    def test_only_approved(self):
        self._overtime(5.0, status="to_approve")
        self._overtime(5.0, status="refused")
        self.assertFalse(self._lines(self.departure, "overtime"))

    def test_the_hours_that_a_manager_typed(self):
        """Typed 3 h instead of the 5 h measured: 3 x 18.461538 = 55.38."""
        self._overtime(5.0).manual_duration = 3.0
        self.assertAmount(self.departure, "overtime", 55.38)

    def test_taken_back_as_time_off(self):
        """20 h earned, a day of 8 h taken back: 12 h x 18.461538 = 221.54."""
        self._overtime(20.0)
        leave_type = self._extra_hours_type(requires_allocation=False)
        self._take(self.leaver, leave_type, "2026-08-12", "2026-08-12")
        self.assertAmount(self.departure, "overtime", 221.54)
        self.assertIn("8.00 h taken as time off", self._line().explanation)
        # No leave was given, and this day is none of it.
        self.assertMissing(self.departure, "leave", "allocation")

    def test_time_off_beyond_the_last_day(self):
        """Two of three days off are after the last day: 28 of 36 h stay."""
        self._overtime(36.0, "2026-08-03")
        leave_type = self._extra_hours_type(requires_allocation=False)
        self._take(self.leaver, leave_type, "2026-08-31", "2026-09-02")
        # 28 x 18.461538 = 516.92
        self.assertAmount(self.departure, "overtime", 516.92)

    def test_a_leave_type_that_the_settlement_values_is_subtracted_there(self):
        """20 h at 18.46 = 369.23 here, less 8 h in the leave line: not twice."""
        self._overtime(20.0)
        leave_type = self._extra_hours_type(requires_allocation=False)
        leave_type.settlement_kind = "time_for_time"
        self._take(self.leaver, leave_type, "2026-08-12", "2026-08-12")
        self.assertAmount(self.departure, "overtime", 369.23)
        self.assertEqual(self._lines(self.departure, "leave").quantity, -8.0)

    def test_turned_into_an_allocation(self):
        """8 of 20 h became leave, which the leave line pays: 12 h here, 221.54."""
        self._overtime(20.0)
        leave_type = self._extra_hours_type()
        leave_type.settlement_kind = "time_for_time"
        self._allocate(self.leaver, leave_type, 8, "2026-08-11")
        self.assertAmount(self.departure, "overtime", 221.54)
        self.assertEqual(self._lines(self.departure, "leave").quantity, 8.0)

    def test_same_before_and_after_the_wizard(self):
        """Core cuts the time off on the last day; the line stays the same."""
        self._overtime(36.0, "2026-08-03")
        leave_type = self._extra_hours_type(requires_allocation=False)
        self._take(self.leaver, leave_type, "2026-08-31", "2026-09-02")
        before = self._amount(self.departure, "overtime")
        self._wizard(
            self.leaver, departure_date="2026-08-31"
        ).action_register_departure()
        self.assertAmount(self.departure, "overtime", before)

    def test_hired_again(self):
        """The hours of the first employment were settled when it ended."""
        self.departure.write(
            {
                "notice_date": "2024-05-20",
                "departure_date": "2024-06-30",
                "state": "done",
            }
        )
        self._overtime(10.0, "2024-06-20")
        self._overtime(2.0, "2026-08-10")
        self.departure = self._leaving(self.leaver)
        self.assertAmount(self.departure, "overtime", 36.92)

    def test_no_wage(self):
        leaver = self._employee("Unpaid", "2021-03-01", 0.0)
        self._overtime(2.0, employee=leaver)
        self.assertMissing(self._leaving(leaver), "overtime", "wage")

    def test_hours_paid_with_the_wage(self):
        """10 h at 150 % and 2 h at 100 % since 1 July: 17 x 18.461538 = 313.85.

        Shown for reference: the normal payslip pays them.
        """
        for hours, day, rate in (
            (10.0, "2026-08-10", 1.5),
            (2.0, "2026-07-01", 1.0),
            (7.0, "2026-06-30", 1.0),
        ):
            self._overtime(hours, day, amount_rate=rate, compensable_as_leave=False)
        self.assertFalse(self._lines(self.departure, "overtime"))
        self.assertAmount(self.departure, "overtime_paid", 313.85)
        line = self._line("overtime_paid")
        self.assertFalse(line.is_counted)
        self.assertEqual(
            line.explanation,
            "17.00 × 18.461538\n2.00 h at 100 %\n10.00 h at 150 %",
        )

    def test_constant_queries(self):
        self._extra_hours_type(requires_allocation=False)
        self.assertConstantQueries(
            lambda employee: self._overtime(3.0, employee=employee)
        )

    def test_constant_queries_of_paid_hours(self):
        self.rule_code = "overtime_paid"
        self.assertConstantQueries(
            lambda employee: self._overtime(
                3.0, employee=employee, amount_rate=1.5, compensable_as_leave=False
            )
        )

    def test_without_rights_on_attendances(self):
        self._overtime(12.5)
        for user in (self.payroll, self.officer):
            self.assertFalse(
                user.has_group("hr_attendance.group_hr_attendance_officer")
            )
        self.assertReadableBy(self.payroll, self.officer)
