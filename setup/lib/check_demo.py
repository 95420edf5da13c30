"""Settle departures of Odoo's own demo employees and compare with what is expected.

Run by ``setup/demo --check`` in an Odoo shell on a copy of the demo database. The date
is frozen and the company made Dutch, so that the figures stay what they are, whatever
the day on which the demo data was loaded. Ends with an error when anything is off.
"""

from datetime import date

from freezegun import freeze_time

TODAY = "2026-08-20"
LAST_DAY = date(2026, 8, 31)

# Who leaves and how: XML id of the employee -> (reason, notice date).
LEAVERS = {
    "hr.employee_admin": (
        "hr_exit_interview.departure_reason_redundancy",
        "2026-05-12",
    ),
    "hr.employee_barty_mcbly": ("hr.departure_resigned", "2026-07-20"),
    "hr.employee_vad": ("hr.departure_resigned", "2026-07-20"),
    "hr.employee_jgo": ("hr.departure_resigned", "2026-07-20"),
}

# Worked out by hand. An amount, or the names of what is missing for it.
EXPECTED = {
    "hr.employee_admin": {
        "wage_last_month": 7540.00,
        "holiday_allowance": 1809.60,  # 3 x 7,540 x 8 %
        # 25 days x 8/12 - 5 = 11.67 days of 7.6 h = 88.67 h at 7,540 x 12/52/38 + 8 %
        "leave": 4384.96,
        "transition": 18096.00,  # 7,540 x 1.08 / 3 x 6 8/12 years
    },
    "hr.employee_barty_mcbly": {
        "wage_last_month": 4000.00,
        "holiday_allowance": 960.00,  # 3 x 4,000 x 8 %
        "thirteenth": 2666.67,  # 4,000 x 8/12
        "study_costs": -2266.67,  # 4,800 x 17/36
        "loan": -250.00,
    },
    "hr.employee_vad": {
        "wage_last_month": ("contract_on_last_day",),
        "holiday_allowance": ("contract_on_last_day",),
    },
    "hr.employee_jgo": {
        "wage_last_month": ("contract_start",),
        "holiday_allowance": ("contract_start",),
    },
}


class Check:
    """The departures of the demo, from registration to the printed list."""

    def __init__(self, env):
        self.company = env.ref("base.main_company")
        self.env = env(
            context={
                **env.context,
                "allowed_company_ids": self.company.ids,
                "tracking_disable": True,
            }
        )
        self.employees = {key: self.env.ref(key) for key in LEAVERS}

    def run(self):
        """Prepare, register, settle, print and compare; carry one out and compare."""
        self.make_company_dutch()
        self.give_known_facts()
        departures = {key: self.register(key) for key in LEAVERS}
        settlements = self.settle(departures)
        for key, settlement in settlements.items():
            self.print_list(settlement)
            self.compare(key, settlement)
        self.compare_after_wizard(departures["hr.employee_barty_mcbly"])
        print(f"\n{len(settlements)} departures settled as expected.")

    def make_company_dutch(self):
        currency = self.env.ref("base.EUR")
        currency.active = True
        self.company.write(
            {"country_id": self.env.ref("base.nl").id, "settlement_scheme_id": False}
        )
        self.env.flush_all()
        # The demo of Expenses has journal items, with which core keeps the currency:
        # on a copy that is thrown away the column is set past it.
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            (currency.id, self.company.id),
        )
        self.env.invalidate_all()

    def give_known_facts(self):
        """Leave and pay of known dates: those of the demo move with the calendar."""
        people = self.env["hr.employee"].concat(*self.employees.values())
        self.env["hr.leave"].search([("employee_id", "in", people.ids)]).with_context(
            leave_skip_state_check=True
        ).write({"state": "refuse"})
        self.env["hr.leave.allocation"].search(
            [("employee_id", "in", people.ids)]
        ).write({"state": "refuse"})
        self.give_leave(self.employees["hr.employee_admin"])
        self.env["hr.pay.component"].create(
            {
                "name": "13th month",
                "employee_id": self.employees["hr.employee_barty_mcbly"].id,
                "component_type": "yearly",
                "amount": 4000.0,
            }
        )

    def give_leave(self, employee):
        """25 days for 2026, of which the week of 6 July is taken."""
        leave_type = self.env.ref("hr_holidays.leave_type_paid_time_off")
        allocation = self.env["hr.leave.allocation"].create(
            {
                "name": "Leave 2026",
                "employee_id": employee.id,
                "holiday_status_id": leave_type.id,
                "number_of_days": 25,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        allocation.write({"state": "validate"})
        leave = self.env["hr.leave"].create(
            {
                "name": "Summer",
                "employee_id": employee.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2026-07-06",
                "request_date_to": "2026-07-10",
            }
        )
        leave.write({"state": "validate"})

    def register(self, key):
        reason, notice_date = LEAVERS[key]
        departure = self.env["hr.departure"].create(
            {
                "employee_id": self.employees[key].id,
                "departure_reason_id": self.env.ref(reason).id,
                "notice_date": notice_date,
                "departure_date": LAST_DAY,
            }
        )
        if key == "hr.employee_barty_mcbly":
            self.add_agreements(departure)
        return departure

    def add_agreements(self, departure):
        self.env["hr.departure.agreement"].create(
            [
                {
                    "departure_id": departure.id,
                    "name": "Course in horology",
                    "agreement_type": "study_costs",
                    "amount": 4800.0,
                    "months_total": 36,
                    "date_completed": "2025-01-31",
                },
                {
                    "departure_id": departure.id,
                    "name": "Advance on expenses",
                    "agreement_type": "loan",
                    "amount": 250.0,
                },
            ]
        )

    def settle(self, departures):
        every = self.env["hr.departure"].concat(*departures.values())
        every.action_confirm()
        settlements = self.env["hr.settlement"]._create_for_departures(every)
        by_departure = settlements.grouped("departure_id")
        return {key: by_departure[dep] for key, dep in departures.items()}

    # === Output ===

    def print_list(self, settlement):
        print(f"\n{settlement.display_name} ({settlement.currency_id.name}, gross)")
        print(f"{'line':46} {'amount':>12}  {'found in':28} what is missing")
        print("-" * 118)
        for line in settlement.line_ids:
            amount = f"{line.amount:,.2f}" if line.has_amount else "-"
            print(
                f"{line.title[:46]:46} {amount:>12}  {line.source_label[:28]:28} "
                f"{line.missing_text or ''}"
            )
        unknown = settlement.missing_count
        print(
            f"{'total, without what is for reference':46} "
            f"{settlement.amount_total:>12,.2f}"
            f"{f'  ({unknown} lines not known yet)' if unknown else ''}"
        )

    def compare(self, key, settlement):
        lines = settlement.line_ids.grouped("code")
        for code, expected in EXPECTED[key].items():
            line = lines.get(code)
            assert line and len(line) == 1, f"{key}: one line {code} expected"
            if isinstance(expected, tuple):
                found = tuple(line.missing)
            else:
                found = round(line.amount, 2) if line.has_amount else None
            assert found == expected, f"{key}, {code}: {found}, expected {expected}"

    def compare_after_wizard(self, departure):
        """Core's wizard archives, and the list stays what it was."""
        settlement = departure.settlement_ids
        before = self.read_amounts(settlement)
        with freeze_time("2026-09-01"):
            wizard = self.env["hr.departure.wizard"].with_context(
                active_ids=departure.employee_id.ids, employee_termination=True
            )
            wizard.create(
                {
                    "departure_reason_id": departure.departure_reason_id.id,
                    "departure_date": LAST_DAY,
                }
            ).action_register_departure()
            assert not departure.employee_id.active, "core archived nobody"
            assert departure.state == "done", "the departure was not carried out"
            settlement.action_recompute()
        assert self.read_amounts(settlement) == before, "core's wizard changed the list"

    def read_amounts(self, settlement):
        return {
            (line.code, line.label): (line.has_amount, round(line.amount, 2))
            for line in settlement.line_ids
        }


with freeze_time(TODAY):
    Check(env).run()
