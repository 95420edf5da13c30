import os
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from ... import settlement_oracle as oracle
from ...settlement_common import SettlementCommon

# How many leavers per property: EXIT_EXAMPLES=2000 for a night.
EXAMPLES = int(os.environ.get("EXIT_EXAMPLES", "25"))

WEEK = tuple(range(5))
SCHEDULES = ((16, WEEK), (24, WEEK), (32, (0, 1, 2, 3)), (36, WEEK), (40, WEEK))
WAYS = (
    ("voluntary", "employee"),
    ("performance", "employer"),
    ("conduct", "employer"),
    ("redundancy", "employer"),
    ("incapacity", "employer"),
    ("fixed_term", "employer"),
    ("mutual", "both"),
    ("retirement", "none"),
    ("death", "none"),
)
# Whose culpability means something: BW 7:673 lid 1 under b and lid 7 under c, 7:677.
CULPABLE = {"voluntary": ("none", "employer"), "conduct": ("none", "employee")}
MONEY = ("earning", "deduction")


def amounts(lowest, highest):
    """Euros and cents."""
    return st.decimals(lowest, highest, places=2).map(lambda d: d.normalize() + 0)


def sometimes(strategy, nothing):
    return st.one_of(st.just(nothing), strategy)


@st.composite
def days(draw):
    """Return (start, notice, last day); ends of months and years more than others."""
    last_day = draw(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
    if draw(st.booleans()):
        last_day = oracle.month_end(last_day)
    start = draw(
        st.one_of(
            st.dates(date(1984, 1, 1), last_day),
            st.dates(max(date(2008, 1, 1), last_day - timedelta(400)), last_day),
        )
    )
    if draw(st.booleans()):
        start = min(start.replace(day=1), last_day)
    notice = last_day - timedelta(draw(st.integers(0, 150)))
    return start, max(notice, start), last_day


@st.composite
def leave_requests(draw, case_start, last_day):
    """Return up to two requests within a week, one of which may span the last day."""
    year = last_day.year
    first = max(case_start, date(year, 1, 1))
    mondays = [
        day
        for day in (date(year, 1, 1) + timedelta(n) for n in range(365))
        if day.weekday() == 0
        and first <= day <= last_day
        # A request is charged to what may lapse by its first day.
        and not day <= date(year, 6, 30) < day + timedelta(4)
        and day.year == (day + timedelta(4)).year
    ]
    chosen = draw(st.sets(st.sampled_from(mondays), max_size=2)) if mondays else ()
    return tuple(
        (day, day + timedelta(draw(st.integers(0, 4)))) for day in sorted(chosen)
    )


@st.composite
def studies(draw, last_day):
    return oracle.Study(
        cost=draw(amounts(100, 9000)),
        months=draw(st.sampled_from((12, 24, 36))),
        completed=last_day - timedelta(draw(st.integers(1, 1500))),
        is_mandatory=draw(st.booleans()),
    )


@st.composite
def cases(draw):
    start, notice, last_day = draw(days())
    way, initiative = draw(st.sampled_from(WAYS))
    hours, weekdays = draw(st.sampled_from(SCHEDULES))
    was_there = start < date(last_day.year - 1, 1, 2)
    return oracle.Case(
        wage=draw(amounts(1500, 14000)),
        weekly_hours=hours,
        weekdays=weekdays,
        start=start,
        notice=notice,
        last_day=last_day,
        way=way,
        initiative=initiative,
        culpable=draw(st.sampled_from(CULPABLE.get(way, ("none",)))),
        allowance=draw(sometimes(amounts(10, 900), Decimal(0))),
        yearly=draw(sometimes(amounts(100, 9000), Decimal(0))),
        overtime=draw(sometimes(amounts(100, 6000), Decimal(0))),
        bonus=draw(sometimes(amounts(100, 30000), Decimal(0))),
        holiday_paid=draw(sometimes(amounts(1, 1500), Decimal(0))),
        carried_days=draw(st.integers(0, 8)) if was_there else 0,
        is_told=draw(st.booleans()),
        statutory_days=draw(st.integers(10, 25)),
        extra_days=draw(st.integers(0, 8)),
        leaves=draw(leave_requests(start, last_day)),
        study=draw(sometimes(studies(last_day), None)),
        loan=draw(sometimes(amounts(1, 5000), Decimal(0))),
    )


# A month from 29 January has no last day of its own in February.
NO_SUCH_DAY = oracle.Case(
    wage=Decimal(1500),
    weekly_hours=16,
    weekdays=WEEK,
    start=date(2025, 1, 29),
    notice=date(2025, 2, 1),
    last_day=date(2025, 2, 1),
    way="voluntary",
    initiative="employee",
    statutory_days=10,
)


def examples(share=1.0):
    """Settings for a share of the examples: the same ones in every run."""
    return settings(
        max_examples=max(5, int(EXAMPLES * share)),
        deadline=None,
        derandomize=EXAMPLES <= 100,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@tagged("post_install", "-at_install")
class TestSettlementProperty(SettlementCommon):
    """Any leaver against an oracle that knows the law and nothing of the product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendars = {
            (hours, weekdays): cls._calendar(hours, weekdays)
            for hours, weekdays in SCHEDULES
        }

    def setUp(self):
        super().setUp()
        # Nothing asks for today but the screens; core's wizard archives on it.
        self.startPatcher(freeze_time("2027-01-15"))

    @contextmanager
    def _undone(self):
        """Everything within is taken back."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)

    # === From case to records ===

    def _put_in(self, case):
        """Return the departure of a case, with all that its settlement is made of."""
        leaver = self._employee(
            "Leaver",
            case.start,
            float(case.wage),
            self.calendars[case.weekly_hours, case.weekdays],
            contract_date_end=case.last_day if case.way == "fixed_term" else False,
        )
        self._put_in_pay(case, leaver)
        self._put_in_leave(case, leaver)
        departure = self._departure(
            leaver,
            departure_type=case.way,
            initiative=case.initiative,
            culpable_party=case.culpable,
            notice_date=case.notice,
            departure_date=case.last_day,
        )
        self._put_in_agreements(case, departure)
        return departure

    def _put_in_pay(self, case, leaver):
        for name in ("allowance", "yearly", "overtime", "bonus"):
            if getattr(case, name):
                self._component(leaver, name, float(getattr(case, name)))
        if case.holiday_paid:
            self._component(leaver, "holiday_paid", float(case.holiday_paid))

    def _put_in_leave(self, case, leaver):
        """Last year's and this year's allocations, and what was taken of them."""
        year = case.last_day.year
        end = f"{year}-12-31"
        for leave_type, number, start, vals in (
            (self.statutory, case.carried_days, date(year - 1, 1, 1), {}),
            (self.statutory, case.statutory_days, case.leave_start, {}),
            (self.extra, case.extra_days, case.leave_start, {}),
        ):
            if not number:
                continue
            if start.year < year and case.is_told:
                vals["expiry_notice_date"] = f"{year}-01-10"
            self._allocate(leaver, leave_type, number * 8, str(start), end, **vals)
        for first, last in case.leaves:
            self._take(leaver, self.statutory, first, last)

    def _put_in_agreements(self, case, departure):
        if case.study:
            self._agreement(
                departure,
                "study_costs",
                amount=float(case.study.cost),
                months_total=case.study.months,
                date_completed=case.study.completed,
                is_mandatory_training=case.study.is_mandatory,
            )
        if case.loan:
            self._agreement(departure, "loan", amount=float(case.loan))

    def _get_money(self, departure):
        lines = self._settlement(departure).line_ids
        return lines.filtered(lambda line: line.kind in MONEY)

    # === Properties ===

    @examples()
    @example(NO_SUCH_DAY)
    @given(cases())
    def test_every_line_as_the_law_says(self, case):
        """To the cent, no line too many or too few, and totals that equal the lines."""
        with self._undone():
            departure = self._put_in(case)
            lines = self._get_money(departure)
            self.assertFalse([line.missing for line in lines if line.missing])
            found = {line.code: round(line.amount * 100) for line in lines}
            self.assertEqual(found, oracle.settle(case))
            self.assertEqual(len(found), len(lines))
            self.assertTotals(departure.settlement_ids, lines)
            self.assertSigns(lines)

    def assertTotals(self, settlement, lines):
        """Each total is the sum of its lines as they are shown."""
        counted = [
            round(line.amount * 100)
            for line in lines
            if not line.is_reference and not (line.needs_agreement and line.amount < 0)
        ]
        totals = {
            "amount_total": sum(counted),
            "amount_earning": sum(amount for amount in counted if amount > 0),
            "amount_deduction": sum(amount for amount in counted if amount < 0),
        }
        for name, total in totals.items():
            self.assertEqual(round(settlement[name] * 100), total, name)

    def assertSigns(self, lines):
        """What the leaver owes is below zero, what the company owes above.

        But for what was taken or paid too much, which turns a line around.
        """
        for line in lines:
            if line.kind == "deduction":
                self.assertLessEqual(line.amount, 0, line.code)
            elif line.code not in ("leave", "holiday_allowance"):
                self.assertGreaterEqual(line.amount, 0, line.code)

    @examples(0.3)
    @given(cases())
    def test_the_same_before_and_after_odoos_wizard(self, case):
        """Whatever core cuts, the list stays as it was."""
        with self._undone():
            departure = self._put_in(case)
            before = self._read_list(departure)
            self._wizard(
                departure.employee_id,
                departure_date=case.last_day,
                departure_type=case.way,
            ).action_register_departure()
            self.env.invalidate_all()
            self.assertFalse(departure.employee_id.active)
            self.assertEqual(self._read_list(departure), before)

    @examples(0.3)
    @given(cases(), st.integers(1, 900))
    def test_longer_service_never_costs_less(self, case, earlier):
        """The transition payment, with whatever is paid each month."""
        case.way, case.initiative, case.culpable = "redundancy", "employer", "none"
        # Earned over the service: the longer it is, the less that is a month.
        case.overtime = case.bonus = Decimal(0)
        first = case.start - timedelta(earlier)
        assume(first >= date(2005, 1, 1))
        paid = []
        for start in (case.start, first):
            case.start = start
            with self._undone():
                lines = self._get_money(self._put_in(case))
                paid.append(
                    sum(
                        lines.filtered(lambda x: x.code == "transition").mapped(
                            "amount"
                        )
                    )
                )
        self.assertLessEqual(paid[0], paid[1])

    @examples(0.3)
    @given(cases())
    def test_full_months_do_not_drift(self, case):
        """At the end of a month: the wage itself, and 8 % of whole months."""
        case.last_day = oracle.month_end(case.last_day)
        case.start = min(case.start, case.last_day.replace(day=1)).replace(day=1)
        case.overtime = case.allowance = case.holiday_paid = Decimal(0)
        with self._undone():
            amounts = {
                line.code: round(line.amount * 100)
                for line in self._get_money(self._put_in(case))
            }
        june = date(case.last_day.year - (case.last_day.month <= 6), 6, 1)
        first = max(june, case.start)
        months = 12 * (case.last_day.year - first.year)
        months += case.last_day.month - first.month + 1
        self.assertEqual(amounts["wage_last_month"], oracle.cents(case.wage))
        self.assertEqual(
            amounts["holiday_allowance"],
            oracle.cents(months * case.wage * Decimal("0.08")),
        )
