"""From a case of law to the records of Odoo that its settlement is made of."""

from contextlib import nullcontext
from datetime import date, timedelta

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from ..facts import make_plan
from ..settlement_common import SettlementCommon

# What lawyers call it, and what the product does: (way of leaving, who ends it).
WAYS = {
    "resignation": ("voluntary", "employee"),
    "performance": ("performance", "employer"),
    "conduct": ("conduct", "employer"),
    "redundancy": ("redundancy", "employer"),
    "incapacity": ("incapacity", "employer"),
    "end of fixed term": ("fixed_term", "employer"),
    "mutual agreement": ("mutual", "both"),
    "retirement": ("retirement", "none"),
    "death": ("death", "none"),
    "other": ("other", "employer"),
}
PAY_TYPES = {
    "fixed allowance": "allowance",
    "overtime": "overtime",
    "shift pay": "shift",
    "commission": "commission",
    "bonus": "bonus",
    "yearly payment": "yearly",
    "holiday allowance paid": "holiday_paid",
    "holiday allowance paid monthly": "holiday_monthly",
    "expense allowance": "expense",
    "wage includes holiday allowance": "holiday_included",
}
PERIODS = {
    "month": "month",
    "year": "year",
    "12 months": "12_months",
    "3 calendar years": "36_months",
    "once": "once",
}
LEAVE_KINDS = {
    "statutory": "statutory",
    "extra": "extra",
    "combined": "combined",
    "time for time": "time_for_time",
}
# {name of the scheme: (its XML id, country and currency of the company)}
ABROAD = {
    "Generic": ("generic", "us", "USD"),
    "Belgium": ("example_be", "be", "EUR"),
    "Germany": ("example_de", "de", "EUR"),
    "France": ("example_fr", "fr", "EUR"),
    "United Kingdom": ("example_uk", "uk", "GBP"),
    "India": ("example_in", "in", "INR"),
    "United Arab Emirates": ("example_ae", "ae", "AED"),
    "Saudi Arabia": ("example_sa", "sa", "SAR"),
}
AGREEMENT_FIELDS = {
    "name": "name",
    "amount": "amount",
    "months": "months_total",
    "completed": "date_completed",
    "mandatory": "is_mandatory_training",
    "also_when_dismissed": "is_recoverable_agreed",
    "signed": "date_signed",
    "right_to_withdraw_named": "is_withdrawal_mentioned",
}
DEPARTURE_FIELDS = {
    "culpable": "culpable_party",
    "may_end_early": "has_interim_notice",
    "end_unannounced": "is_end_unannounced",
    "procedure_days": "procedure_days",
    "state_pension_age_reached": "is_retirement_age_reached",
    "service_since": "service_start_date",
}
WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
# Which app a part of a case needs.
APPS = {"extra_hours": "hr.attendance", "expenses": "hr.expense"}
ONE_DAY = timedelta(days=1)


class LawCommon(SettlementCommon):
    """``self._play(case)`` puts everything in and returns the departure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.second_payroll = new_test_user(
            cls.env,
            login="exit_payroll_2",
            groups="hr_exit_interview.group_exit_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.leave_types = {}
        self.calendars = {}

    def _play(self, case):
        """Return the departure of a case, with all that happened before it."""
        self._choose_scheme(case)
        leaver = self.env["hr.employee"]
        since = date.min
        for leaving in (*case.get("earlier", ()), None):
            until = leaving["last_day"] if leaving else date.max
            facts = self._get_facts(case, since, until)
            with self._stand_after(leaving):
                leaver = self._live(case, leaver, facts)
                if leaving:
                    self._leave_earlier(leaver, leaving)
            since = until + ONE_DAY if leaving else until
        departure = self._give_notice(leaver, case["departure"])
        self._agree(departure, case)
        return departure

    def _stand_after(self, leaving):
        """Freeze the day after an earlier departure, the case's own day without."""
        return freeze_time(leaving["last_day"] + ONE_DAY) if leaving else nullcontext()

    # === The rules ===

    def _choose_scheme(self, case):
        name = case.get("scheme", "Netherlands")
        if name != "Netherlands":
            xmlid, country, currency = ABROAD[name]
            self.law = self.env.ref(f"hr_exit_interview.settlement_scheme_{xmlid}")
            self.employer = self._company(name, f"base.{country}", f"base.{currency}")
            self.employer.settlement_scheme_id = self.law
        else:
            self.law, self.employer = self.scheme, self.company
        if "company" in case:
            month = case["company"]["holiday_allowance_paid_with"]
            self.employer.holiday_payment_month = str(month)
        for code, numbers in case.get("numbers", {}).items():
            rule = self.law._get_rule(code)
            self.assertTrue(rule, f"numbers: the scheme has no rule {code}")
            rule.rate_ids.write(numbers)

    # === What happened in a stretch of time ===

    def _get_facts(self, case, since, until):
        """Return {kind of fact: facts that began within a stretch of time}."""
        employee, leave = case["employee"], case.get("leave", {})
        facts = {
            "contracts": employee["contracts"],
            "changes": employee.get("changes", ()),
            "pay": employee.get("pay", ()),
            **leave,
            "extra_hours": case.get("extra_hours", ()),
            "expenses": case.get("expenses", ()),
        }
        return {
            name: [
                row
                for row in rows
                if since <= (row.get("from") or row.get("date") or date.min) <= until
            ]
            for name, rows in facts.items()
        }

    def _live(self, case, leaver, facts):
        """Return the employee with the facts of one stretch of time put in."""
        for contract in facts["contracts"]:
            leaver = self._sign(case, leaver, contract)
        self._give_leave(leaver, facts)
        for pay in facts["pay"]:
            self._pay(leaver, pay)
        for extra in facts["extra_hours"]:
            self._work_longer(leaver, extra)
        for expense in facts["expenses"]:
            self._spend(leaver, expense)
        return leaver

    def _sign(self, case, leaver, contract):
        """Return the employee under a contract: the first one, or one more."""
        start, end = str(contract["from"]), contract.get("to", False)
        terms = self._get_terms({"hours": 40, **contract})
        if not leaver:
            return self._employee(
                "Leaver",
                start,
                terms.pop("wage"),
                self.env["resource.calendar"].browse(terms.pop("resource_calendar_id")),
                contract_date_end=end,
                birthday=case["employee"].get("born", False),
                company_id=self.employer.id,
                tz=contract.get("time_zone", "Europe/Amsterdam"),
            )
        if not leaver.active:
            leaver.action_unarchive()
        dates = {"contract_date_start": start, "contract_date_end": end}
        self._change(leaver, start, **dates, **terms)
        return leaver

    def _get_terms(self, terms):
        """Return the values of a version: wage, and schedule where it says hours."""
        values = {"wage": float(terms["wage"])} if "wage" in terms else {}
        if "hours" in terms or "week" in terms:
            values["resource_calendar_id"] = self._get_calendar(terms).id
        return values

    def _get_calendar(self, terms):
        """Return the schedule of some terms, made once for equal ones."""
        week = tuple(self._get_week(terms).items())
        starts = terms.get("starts", 9)
        time_zone = terms.get("time_zone", "Europe/Amsterdam")
        key = (week, starts, time_zone)
        if key not in self.calendars:
            calendar = self._calendar(40, [day for day, _hours in week])
            calendar.write({"tz": time_zone, "company_id": False})
            for row, (_day, hours) in zip(calendar.attendance_ids, week, strict=True):
                row.write({"hour_to": starts + hours, "hour_from": starts})
            self.calendars[key] = calendar
        return self.calendars[key]

    def _get_week(self, terms):
        """Return {weekday, Monday is 0: hours}."""
        if "week" in terms:
            return {WEEKDAYS.index(day): hours for day, hours in terms["week"].items()}
        days = terms.get("days", range(1, 6))
        return {day - 1: terms["hours"] / len(days) for day in days}

    def _pay(self, leaver, pay):
        kind = self._get_known(PAY_TYPES, pay["type"], "pay.type")
        vals = {
            "name": pay.get("name", pay["type"]),
            "date_from": pay.get("from", False),
            "date_to": pay.get("to", False),
            "last_paid_date": pay.get("paid_until", False),
            "condition_date": pay.get("if_in_service_on", False),
        }
        if "over" in pay:
            vals["period"] = self._get_known(PERIODS, pay["over"], "pay.over")
        for purpose in pay.get("does_not_count_for", ()):
            vals[f"counts_for_{purpose}"] = False
        self._component(leaver, kind, float(pay["amount"]), **vals)

    def _get_known(self, names, name, where):
        self.assertIn(name, names, f"{where} is one of {', '.join(names)}")
        return names[name]

    # === Leave ===

    def _get_leave_type(self, leaver, row, unit="hour"):
        kind = self._get_known(LEAVE_KINDS, row["kind"], "leave.kind")
        # What is taken is taken from the type in which it was given.
        for known in ((kind, unit), (kind, "hour"), (kind, "day")):
            if known in self.leave_types:
                return self.leave_types[known]
        leave_type = self._leave_type(
            f"{row['kind']} ({unit})",
            kind,
            unit,
            company_id=leaver.company_id.id,
            allows_negative=True,
            max_allowed_negative=1000,
        )
        self.leave_types[kind, unit] = leave_type
        return leave_type

    def _give_leave(self, leaver, facts):
        """Leave as it was given, before and after the hours of the week changed."""
        given = sorted(facts.get("given", ()), key=lambda row: row["from"])
        for change in facts["changes"]:
            while given and given[0]["from"] < change["from"]:
                self._give(leaver, given.pop(0))
            self._change(leaver, str(change["from"]), **self._get_terms(change))
        for row in given:
            self._give(leaver, row)
        for row in facts.get("accrued", ()):
            self._accrue(leaver, row)
        for row in facts.get("unpaid", ()):
            self._unpaid(leaver, str(row["from"]), str(row["to"]))
        for row in facts.get("taken", ()):
            self._take_leave(leaver, row)

    def _give(self, leaver, row):
        unit = "day" if "days" in row else "hour"
        # Odoo keeps hours as days of the schedule in force.
        day = leaver.resource_calendar_id.hours_per_day
        vals = {"is_settled_in_full": row.get("in_full", False)}
        if "told" in row:
            vals["expiry_notice_date"] = row["told"]
        self._allocate(
            leaver,
            self._get_leave_type(leaver, row, unit),
            8 * (row["days"] if unit == "day" else row["hours"] / day),
            str(row["from"]),
            str(row["to"]) if "to" in row else False,
            **vals,
        )

    def _accrue(self, leaver, row):
        """An accrual plan from its first day, run up to now as Odoo's job does."""
        level = {"added_value": row["days_a_month"]}
        if "unused" in row:
            level["action_with_unused_accruals"] = row["unused"]
        if "carried_at_most" in row:
            level |= {
                "action_with_unused_accruals": "all",
                "carryover_options": "limited",
                "postpone_max_days": row["carried_at_most"],
            }
        with freeze_time(row["from"]):
            allocation = self._allocate(
                leaver,
                self._get_leave_type(leaver, row),
                0,
                str(row["from"]),
                str(row["to"]) if "to" in row else False,
                allocation_type="accrual",
                accrual_plan_id=make_plan(
                    self.env, row.get("gained", "end"), **level
                ).id,
            )
        allocation._process_accrual_plans()

    def _take_leave(self, leaver, row):
        leave_type = self._get_leave_type(leaver, row)
        if row.get("waiting"):
            leave_type.leave_validation_type = "hr"
            leaves = self.env["hr.leave"].with_context(leave_skip_date_check=True)
            leaves.create(
                {
                    "employee_id": leaver.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": row["from"],
                    "request_date_to": row["to"],
                }
            )
        else:
            self._take(leaver, leave_type, str(row["from"]), str(row["to"]))

    # === What other apps hold ===

    def _work_longer(self, leaver, extra):
        self.env["hr.attendance.overtime.line"].create(
            {
                "employee_id": leaver.id,
                "date": extra["date"],
                "duration": extra["hours"],
                "status": "approved",
                "compensable_as_leave": True,
                "amount_rate": 0.0,
            }
        )

    def _spend(self, leaver, expense):
        """Paid by the leaver, approved and not reimbursed."""
        claim = self.env["hr.expense"].create(
            {
                "name": "Travel",
                "employee_id": leaver.id,
                "company_id": leaver.company_id.id,
                "total_amount_currency": expense["amount"],
                "date": expense["date"],
                "payment_mode": "own_account",
            }
        )
        claim.approval_state = "approved"

    # === Leaving ===

    def _leave_earlier(self, leaver, leaving):
        """An earlier departure: settled as the case says, carried out in Odoo."""
        departure = self._give_notice(leaver, leaving)
        if leaving["settlement"] != "none":
            settlement = self._settlement(departure)
            if leaving["settlement"] == "confirmed":
                self._confirm_by_two(settlement)
        self._carry_out(departure)
        if leaving["settlement"] == "none":
            departure.settlement_ids.unlink()

    def _confirm_by_two(self, settlement):
        settlement.with_user(self.payroll).action_check()
        settlement.with_user(self.payroll).action_discuss()
        settlement.with_user(self.second_payroll).action_confirm(is_acknowledged=True)

    def _give_notice(self, leaver, leaving):
        """Register a departure as HR would."""
        way, initiative = self._get_known(WAYS, leaving["way"], "departure.way")
        vals = {
            field: leaving[name]
            for name, field in DEPARTURE_FIELDS.items()
            if name in leaving
        }
        return self._departure(
            leaver,
            departure_type=way,
            initiative=leaving.get("by", initiative),
            notice_date=leaving.get("notice", False),
            departure_date=leaving["last_day"],
            **vals,
        )

    def _agree(self, departure, case):
        for agreement in case.get("agreements", ()):
            vals = {
                field: agreement[name]
                for name, field in AGREEMENT_FIELDS.items()
                if name in agreement
            }
            kind = agreement["type"].replace(" ", "_")
            if "scale" in agreement:
                steps = " / ".join(str(step) for step in agreement["scale"])
                vals |= {"repayment_scale": "yearly", "yearly_percentages": steps}
            self._agreement(departure, kind, **vals)

    def _carry_out(self, departure):
        """Archive the leaver with Odoo's own wizard."""
        self._wizard(
            departure.employee_id,
            departure_date=departure.departure_date,
            departure_type=departure.departure_type,
        ).action_register_departure()
        self.env.invalidate_all()
