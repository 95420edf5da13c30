"""What people can have before they leave, for tests and for the bench alike."""

from odoo import Command


def make_calendar(company, hours, weekdays=range(5)):
    """A week of ``hours`` in equal days; the days count from Monday, 0."""
    return company.env["resource.calendar"].create(
        {
            "name": f"{hours} hours on {len(weekdays)} days",
            "company_id": company.id,
            "tz": "Europe/Amsterdam",
            "attendance_ids": [Command.clear()]
            + [
                Command.create(
                    {
                        "name": f"Day {day}",
                        "dayofweek": str(day),
                        "hour_from": 9.0,
                        "hour_to": 9.0 + hours / len(weekdays),
                        "day_period": "morning",
                    }
                )
                for day in (weekdays if hours else ())
            ],
        }
    )


def give_components(employees):
    """A 13th month, an allowance and overtime for each."""
    return employees.env["hr.pay.component"].create(
        [
            {
                "name": kind,
                "employee_id": employee.id,
                "component_type": kind,
                "amount": amount,
            }
            for employee in employees
            for kind, amount in (
                ("yearly", 3200.0),
                ("allowance", 100.0),
                ("overtime", 1200.0),
            )
        ]
    )


def agreement_commands(date_completed):
    """A loan, a clause and the costs of a course, to create with a departure.

    :param date_completed: when the course was
    """
    return [
        Command.create({"name": "Bicycle", "agreement_type": "loan", "amount": 500.0}),
        Command.create({"name": "Non-compete", "agreement_type": "non_compete"}),
        Command.create(
            {
                "name": "Course",
                "agreement_type": "study_costs",
                "amount": 4800.0,
                "months_total": 36,
                "date_completed": date_completed,
            }
        ),
    ]


# === Leave ===


def make_leave_type(company, name, kind, unit="hour", **vals):
    """Leave that needs an allocation and nobody's approval."""
    return company.env["hr.leave.type"].create(
        {
            "name": name,
            "company_id": company.id,
            "requires_allocation": True,
            "request_unit": unit,
            "leave_validation_type": "no_validation",
            "allocation_validation_type": "no_validation",
            "settlement_kind": kind,
            **vals,
        }
    )


def make_plan(env, gain="end", **level):
    """An accrual plan that gives two days a month."""
    return env["hr.leave.accrual.plan"].create(
        {
            "name": "Two days a month",
            "accrued_gain_time": gain,
            "carryover_date": "year_start",
            "level_ids": [
                Command.create(
                    {
                        "added_value": 2,
                        "added_value_type": "day",
                        "frequency": "monthly",
                        "first_day": "1",
                        "start_count": 0,
                        "start_type": "day",
                        "cap_accrued_time": False,
                        "action_with_unused_accruals": "all",
                        **level,
                    }
                )
            ],
        }
    )


def allocate(employees, grants):
    """Validated allocations, every grant for everybody.

    :param grants: [(leave type, days, other values)]
    """
    allocations = employees.env["hr.leave.allocation"].create(
        [
            {
                "name": leave_type.name,
                "employee_id": employee.id,
                "holiday_status_id": leave_type.id,
                "number_of_days": days,
                **vals,
            }
            for employee in employees
            for leave_type, days, vals in grants
        ]
    )
    allocations.filtered(lambda a: a.state != "validate").action_approve()
    return allocations


def take(employees, periods, **vals):
    """Approved time off, every period for everybody.

    :param periods: [(leave type, first day, last day)]
    """
    leaves = (
        employees.env["hr.leave"]
        .with_context(leave_skip_date_check=True, mail_create_nosubscribe=True)
        .create(
            [
                {
                    "name": "Time off",
                    "employee_id": employee.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": start,
                    "request_date_to": end,
                    **vals,
                }
                for employee in employees
                for leave_type, start, end in periods
            ]
        )
    )
    leaves.filtered(lambda leave: leave.state != "validate").action_approve()
    return leaves
