"""What the first version knew is there after the upgrade, to the cent."""

from steps import expect

LEFT = "Els Left"
# By hand: 3,200 a month; holiday allowance 8 % since June of last year or this year;
# half of a course of 1,200; a third of 3,200 × 1.08 for each of four years and a
# quarter.
AMOUNTS = {
    ("Bert Confirmed", "draft"): {
        "holiday_allowance": 768.00,
        "study_costs": -600.00,
        "wage_last_month": 3200.00,
    },
    ("Carla Settled", "confirmed"): {
        "holiday_allowance": 768.00,
        "wage_last_month": 3200.00,
    },
    ("Daan Withdrawn", "cancelled"): {
        "holiday_allowance": 768.00,
        "wage_last_month": 3200.00,
    },
    (LEFT, "draft"): {
        "holiday_allowance": 3072.00,
        "transition": 4896.00,
        "wage_last_month": 3200.00,
    },
}
STATES = {
    "Anna Registered": "draft",
    "Bert Confirmed": "confirmed",
    "Carla Settled": "done",
    "Daan Withdrawn": "withdrawn",
    LEFT: "done",
    "Frits Before": "done",
}
INTERVIEWS = {
    "Bert Confirmed": ("scheduled", "2026-Q3", "5_10y"),
    "Carla Settled": ("closed", "2026-Q3", "5_10y"),
    LEFT: ("held", "2025-Q2", "2_5y"),
}


def check(env, _addons):
    company = env["res.company"].search([("name", "=", "Poldertuin B.V.")])
    env = env(context={"allowed_company_ids": company.ids})
    expect_departures(env, company)
    expect_settlements(env, company)
    expect_interviews(env, company)
    expect_constraints(env)
    expect_corrected(env)
    expect_goes_on(env)


def expect_departures(env, company):
    departures = env["hr.departure"].search([("company_id", "=", company.id)])
    expect({d.employee_name: d.state for d in departures}, STATES)
    by_name = {departure.employee_name: departure for departure in departures}
    expect(by_name["Bert Confirmed"].agreement_ids.amount, 1200.0)
    expect(by_name[LEFT].employee_id.active, False)
    expect(by_name["Frits Before"].is_historical, True)
    # What is new is filled in: nothing that became certain long ago looks new.
    for departure in departures:
        is_certain = departure.state in ("confirmed", "done")
        expect(
            bool(departure.confirmed_datetime),
            is_certain and not departure.is_historical,
        )


def expect_corrected(env):
    """What was shipped and nobody changed follows the law as it is."""
    schemes = {
        name: env.ref(f"hr_exit_interview.settlement_scheme_{name}")
        for name in ("nl", "generic")
    }
    dutch = schemes["nl"]._get_rule("notice_gap")
    expect(dutch.rate_ids.mapped("floor_months"), [0.0])
    expect("change the percentage" in dutch.note, False)
    expect("is disputed. The terms" in dutch.note, True)
    generic = schemes["generic"]._get_rule("notice_gap").rate_ids
    expect(len(generic.tier_ids), 0)
    expect((generic.employee_notice_months, generic.is_notice_to_month_end), (0, False))
    for scheme in schemes.values():
        expect(scheme._get_rule("expenses_info").is_skipped_after_death, True)
        expect(len(scheme._get_rule("after_death")), 1)
        expect(scheme._get_rule("leave").is_wage, True)


def expect_settlements(env, company):
    settlements = env["hr.settlement"].search([("company_id", "=", company.id)])
    found = {
        (settlement.employee_name, settlement.state): {
            line.code: line.amount for line in settlement.line_ids if line.amount
        }
        for settlement in settlements
    }
    expect(found, AMOUNTS)
    for settlement in settlements:
        expect(settlement.departure_id.employee_name, settlement.employee_name)
        for line in settlement.line_ids:
            expect(bool(line.title and line.rule_id), True)
    [confirmed] = settlements.filtered(lambda s: s.state == "confirmed")
    # The wage of the last month is paid with the others and only named here.
    expect(confirmed.amount_total, 768.00)
    expect(bool(confirmed.confirmed_date and confirmed.checked_date), True)


def expect_interviews(env, company):
    interviews = env["hr.exit.interview"].search([("company_id", "=", company.id)])
    found = {
        interview.departure_id.employee_name: (
            interview.state,
            interview.quarter,
            interview.tenure_band,
        )
        for interview in interviews
    }
    expect(found, INTERVIEWS)
    closed = interviews.filtered(lambda interview: interview.state == "closed")
    expect(closed.main_reason_id.code, "workload")
    expect(closed.reason_ids, closed.main_reason_id)
    # New since then: a conversation that is still to come has a guide.
    to_come = interviews.filtered(lambda interview: interview.state == "scheduled")
    expect(bool(to_come.template_id), True)


def expect_constraints(env):
    """Every constraint and index of our models is really in the database."""
    for model in env.values():
        if model._module not in ("hr_exit_interview", "hr_exit_interview_survey"):
            continue
        for name in model._table_objects:
            env.cr.execute(
                "SELECT 1 FROM pg_constraint WHERE conname = %(name)s"
                " UNION SELECT 1 FROM pg_class WHERE relname = %(name)s",
                {"name": name},
            )
            expect((name, bool(env.cr.fetchone())), (name, True))


def expect_goes_on(env):
    """Work goes on where it was: the interview is held, the list is worked out."""
    interview = env["hr.exit.interview"].search([("state", "=", "scheduled")])
    talk = interview.get_talk()
    expect(bool(talk["guide"]), True)
    point = {"uid": "new-1", "kind": "interviewer", "question": "New", "base": {}}
    interview.save_talk({"points": [point], "closing": {}})
    expect(interview.point_ids.question, "New")
    settlement = interview.departure_id.settlement_ids
    settlement.action_recompute()
    expect(
        {line.code: line.amount for line in settlement.line_ids if line.amount},
        AMOUNTS["Bert Confirmed", "draft"],
    )
    interview.departure_id._ensure_exit_token()
    expect(bool(interview.departure_id._prepare_page_values()), True)
