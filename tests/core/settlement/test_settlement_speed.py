from collections import Counter
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import freeze_time, tagged

from ...facts import agreement_commands, allocate, give_components, make_plan, take
from ...settlement_common import SettlementCommon

# Of each of four schedules one, half of them with a raise within the last months.
FEW, MANY = 4, 200


@tagged("post_install", "-at_install")
@freeze_time("2026-08-03")
class TestSettlementSpeed(SettlementCommon):
    """Two hundred leavers take as many queries as four; only inserts come in chunks.

    Core measures leave that spans the last day schedule by schedule: few and many have
    the same schedules and dates.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendars = [cls.calendar, *(cls._calendar(hours) for hours in (16, 24, 32))]
        employees = cls.env["hr.employee"].create(
            [
                {
                    "name": f"Leaver {number}",
                    "company_id": cls.company.id,
                    "date_version": "2020-03-01",
                    "contract_date_start": "2020-03-01",
                    "wage": 2000.0 + number,
                    "birthday": "1980-05-05",
                    "resource_calendar_id": calendars[number % 4].id,
                }
                for number in range(FEW + MANY)
            ]
        )
        for employee in employees[::2]:
            cls._change(employee, "2026-07-16", wage=3000.0)
        give_components(employees)
        cls._give_leave(employees)
        cls.departures = cls.env["hr.departure"].create(
            [
                {
                    "employee_id": employee.id,
                    "departure_reason_id": cls.reason_fired.id,
                    "departure_type": "redundancy",
                    "notice_date": "2026-07-20",
                    "departure_date": "2026-08-31",
                    "agreement_ids": agreement_commands("2025-01-31"),
                }
                for employee in employees
            ]
        )
        cls.env.flush_all()

    @classmethod
    def _give_leave(cls, employees):
        """Two allocations, an accrual, paid and unpaid leave for each."""
        accrual = {
            "allocation_type": "accrual",
            "accrual_plan_id": make_plan(cls.env).id,
            "date_from": "2026-01-01",
        }
        allocate(
            employees,
            [
                (
                    cls.statutory,
                    20,
                    {"date_from": "2026-01-01", "date_to": "2026-12-31"},
                ),
                (cls.extra, 5, {"date_from": "2026-01-01", "date_to": "2031-12-31"}),
                (cls.extra, 0, accrual),
            ],
        )
        unpaid = cls._leave_type(
            "Unpaid", "none", "day", requires_allocation=False, unpaid=True
        )
        take(
            employees,
            [
                (cls.statutory, "2026-08-24", "2026-09-04"),
                (unpaid, "2026-07-01", "2026-07-03"),
            ],
        )

    def _count_statements(self, method, *args):
        """Return {SQL verb: number} of a method, flush included."""
        self.env.flush_all()
        self.env.invalidate_all()
        counts = Counter()
        execute = Cursor.execute

        def counting(cursor, query, *params, **options):
            text = getattr(query, "code", query)
            counts[text.strip().split(None, 1)[0].upper()] += 1
            return execute(cursor, query, *params, **options)

        with patch.object(Cursor, "execute", counting):
            method(*args)
            self.env.flush_all()
        return counts

    # === Sources ===

    def test_every_source(self):
        """Rule by rule, with everything that can be found."""
        available = self.env["hr.settlement.source"]._get_sources()
        few, many = self.departures[:FEW], self.departures[FEW:]
        for rule in self.scheme.rule_ids:
            if rule.source not in available:
                continue
            with self.subTest(rule=rule.code):
                source = self.env[f"hr.settlement.source.{rule.source}"]
                source._collect(rule, self.departures)
                self.assertSameQueryCount(
                    lambda some, s=source, r=rule: s._collect(r, some), few, many
                )

    def test_reading_lines(self):
        """All lines of the scheme, read and worked out, without saving any."""
        few, many = self.departures[:FEW], self.departures[FEW:]
        self.scheme._collect_lines(self.departures)
        self.assertSameQueryCount(self.scheme._collect_lines, few, many)

    # === Whole settlements ===

    def test_making_settlements(self):
        """Equal selects; rows are inserted by the hundred, updated by the thousand.

        The statements are told apart by their first word. The ORM reads the currency of
        new lines back, by the thousand as well.
        """
        create = self.env["hr.settlement"]._create_for_departures
        create(self._departure(self._leaver(), departure_date="2026-08-31"))
        few = self._count_statements(create, self.departures[:FEW])
        many = self._count_statements(create, self.departures[FEW:])
        hundreds = len(self.departures.settlement_ids.line_ids) / 100
        self.assertLessEqual(many["SELECT"] - few["SELECT"], hundreds / 10, (few, many))
        self.assertLessEqual(many["INSERT"] - few["INSERT"], hundreds + 2, (few, many))
        self.assertLessEqual(many["UPDATE"] - few["UPDATE"], 1, (few, many))
        settlements = self.departures.settlement_ids
        self.assertEqual(len(settlements), FEW + MANY)
        self.assertEqual(
            {
                len(s.line_ids.filtered(lambda x: x.code == "leave"))
                for s in settlements
            },
            {1},
        )

    def test_making_them_again(self):
        """Recomputing drafts selects no more for many than for few."""
        create = self.env["hr.settlement"]._create_for_departures
        create(self.departures)
        few = self._count_statements(create, self.departures[:FEW])
        many = self._count_statements(create, self.departures[FEW:])
        # Lines are deleted in chunks, each checked for what refers to it.
        self.assertLess(many["SELECT"] - few["SELECT"], MANY / 4, (few, many))

    def test_reading_settlements(self):
        """The list with its totals, and every line with its words."""
        settlements = self.env["hr.settlement"]._create_for_departures(self.departures)

        def read(some):
            some = some.with_user(self.payroll)
            some.web_read({name: {} for name in ("amount_total", "missing_count")})
            some.line_ids.web_read(
                {
                    name: {}
                    for name in ("title", "explanation", "amount", "source_label")
                }
            )

        read(settlements)
        self.assertSameQueryCount(read, settlements[:FEW], settlements[FEW:])

    def test_following_many_departures(self):
        """A last day moved for all of them at once."""
        self.env["hr.settlement"]._create_for_departures(self.departures)

        def move(some, day):
            some.write({"departure_date": day})

        move(self.departures, "2026-09-15")
        few = self._count_statements(move, self.departures[:FEW], "2026-09-30")
        many = self._count_statements(move, self.departures[FEW:], "2026-09-30")
        self.assertLess(many["SELECT"] - few["SELECT"], MANY / 4, (few, many))
