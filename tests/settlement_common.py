"""Settlements of the people in ``common``: in go facts, out come lines."""

from odoo.tests import freeze_time

from .common import ExitInterviewCommon
from .facts import allocate, make_leave_type, make_plan, take


class SettlementCommon(ExitInterviewCommon):
    """``self._settle(departure)`` gives the lines by code, amounts as the user sees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.env.ref("hr_exit_interview.settlement_scheme_nl")
        cls.statutory = cls._leave_type("Statutory", "statutory")
        cls.extra = cls._leave_type("Extra", "extra")

    @classmethod
    def _leave_type(cls, name, kind, unit="hour", **vals):
        return make_leave_type(cls.company, name, kind, unit, **vals)

    @classmethod
    def _allocate(cls, employee, leave_type, hours, start, end=False, **vals):
        """A validated allocation in hours (8-hour days)."""
        vals = {
            "name": f"{leave_type.name} {start[:4]}",
            "date_from": start,
            "date_to": end,
            **vals,
        }
        return allocate(employee.with_env(cls.env), [(leave_type, hours / 8, vals)])

    @classmethod
    def _accrual(cls, employee, leave_type, start, **plan):
        """An accrual allocation of two days a month, up to now."""
        with freeze_time(start):
            allocation = cls._allocate(
                employee,
                leave_type,
                0,
                start,
                allocation_type="accrual",
                accrual_plan_id=make_plan(cls.env, **plan).id,
            )
        allocation._process_accrual_plans()
        return allocation

    @classmethod
    def _take(cls, employee, leave_type, start, end, **vals):
        """Approved time off from the first to the last day."""
        return take(employee.with_env(cls.env), [(leave_type, start, end)], **vals)

    @classmethod
    def _unpaid(cls, employee, start, end, unit="day", **vals):
        """Approved unpaid leave."""
        leave_type = cls._leave_type(
            "Unpaid",
            "none",
            unit,
            company_id=employee.company_id.id,
            requires_allocation=False,
            unpaid=True,
        )
        return cls._take(employee, leave_type, start, end, **vals)

    @classmethod
    def _component(cls, employee, component_type, amount, **vals):
        return cls.env["hr.pay.component"].create(
            {
                "name": component_type,
                "employee_id": employee.id,
                "component_type": component_type,
                "amount": amount,
                **vals,
            }
        )

    @classmethod
    def _agreement(cls, departure, agreement_type, **vals):
        return cls.env["hr.departure.agreement"].create(
            {
                "name": agreement_type,
                "departure_id": departure.id,
                "agreement_type": agreement_type,
                **vals,
            }
        )

    @classmethod
    def _leaver(cls, wage=3200.0, start="2021-03-01", **vals):
        return cls._employee("Leaver", start, wage, **vals)

    @classmethod
    def _change(cls, employee, day, **vals):
        """A new version of the employee from ``day``: a raise, other hours."""
        return employee.create_version({"date_version": day, **vals})

    @classmethod
    def _set_rate(cls, code, **vals):
        """Other numbers for the rule ``code`` of the Dutch scheme."""
        cls.scheme._get_rule(code).rate_ids.write(vals)

    @classmethod
    def _dismiss(cls, employee, departure_type="redundancy", **vals):
        """A departure that the employer started."""
        return cls._departure(
            employee,
            departure_reason_id=cls.env.ref("hr.departure_fired").id,
            departure_type=departure_type,
            **vals,
        )

    @classmethod
    def _settlement(cls, departure):
        """The settlement of a departure, made or recomputed."""
        return cls.env["hr.settlement"]._create_for_departures(departure)

    def _read_list(self, departure):
        """Everything a reader sees of the list, line by line."""
        return {
            (line.code, line.label or "", line.res_model or "", line.res_id): (
                line.kind,
                line.quantity,
                line.amount,
                line.has_amount,
                line.is_counted,
                line.missing,
                line.notes,
                line.explanation,
            )
            for line in self._settlement(departure).line_ids
        }

    @classmethod
    def _lines(cls, departure, code):
        return cls._settlement(departure).line_ids.filtered(
            lambda line: line.code == code
        )

    def _amount(self, departure, code):
        """The one amount under ``code``; None where it is not known or absent."""
        lines = self._lines(departure, code)
        self.assertLessEqual(len(lines), 1, lines.mapped("title"))
        return lines.amount_proposed if lines.is_amount_known else None

    def assertAmount(self, departure, code, expected):
        """The line under ``code`` is exactly this amount of cents."""
        amount = self._amount(departure, code)
        self.assertIsNotNone(amount, f"{code} has no amount")
        self.assertEqual(round(amount * 100), round(expected * 100), (code, amount))

    def assertMissing(self, departure, code, *names):
        """The line under ``code`` has no amount and says why."""
        line = self._lines(departure, code)
        self.assertEqual(len(line), 1, f"one line {code}")
        self.assertFalse(line.is_amount_known)
        self.assertEqual(line.missing, list(names))
