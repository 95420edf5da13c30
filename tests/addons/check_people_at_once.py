"""Two people at the same record: one wins, the other hears of it, no word is lost."""

from at_once import at_once, one_passes_the_other
from scene import Scene
from steps import Steps, expect

from odoo import fields
from odoo.exceptions import UserError, ValidationError

UID = "point-of-the-leaver-1"


def check(env, addons):
    steps = Steps(env, addons)
    ids = steps.run(prepare)
    for number, together in enumerate((at_once, one_passes_the_other)):
        case = {name: records[number] for name, records in ids.items()}
        confirm_departure(steps, together, case)
        register_twice(steps, together, case)
        prepare_settlement(steps, together, case)
        confirm_settlement(steps, together, case)
        offer(steps, together, case)
        book(steps, together, case)
        write_the_same_minute(steps, together, case)
        send_the_same_form(steps, together, case)


def prepare(env):
    """Everything twice: once for people at once, once for one passing the other."""
    scenes = [Scene(env, name) for name in ("at_once", "passed")]
    return {name: [make(scene) for scene in scenes] for name, make in PREPARED.items()}


def prepare_users(scene):
    return {role: user.id for role, user in scene.users.items()}


def prepare_discussed(scene):
    """A settlement that only waits for the second pair of eyes."""
    settlement = scene.confirmed("Discussed", 40).settlement_ids
    settlement.line_ids.write({"state": "agreed"})
    settlement._set_state("discussed", checked_user_id=scene.users["officer"].id)
    return settlement.id


def prepare_to_offer(scene):
    """With its link already: nothing on the departure itself changes."""
    departure = scene.confirmed("To Offer", 40)
    departure._ensure_exit_token()
    return departure.id


def prepare_to_plan(scene):
    return [
        scene.interview(scene.confirmed(f"To Plan {number}", 30), state="accepted").id
        for number in range(2)
    ]


def prepare_talk(scene):
    interview = scene.interview(
        scene.confirmed("Talk", 30),
        state="accepted",
        interviewer_id=scene.users["interviewer"].id,
    )
    interview._save_page_points({UID: ("", "What went well")})
    return interview.id


# What the cases start from, by name.
PREPARED = {
    "users": prepare_users,
    "registered": lambda scene: scene.departure("Registered", 40).id,
    "employed": lambda scene: scene.employee("Employed").id,
    "without_settlement": lambda scene: scene.departure("No Settlement", 40).id,
    "discussed": prepare_discussed,
    "to_offer": prepare_to_offer,
    "to_plan": prepare_to_plan,
    "talk": prepare_talk,
}


def as_user(user_id, model, record_id, method, *args):
    def call(env):
        record = env[model].with_user(user_id).browse(record_id)
        company = record.env.user.company_id
        return getattr(record.with_context(allowed_company_ids=company.ids), method)(
            *args
        )

    return call


def expect_one_wins(outcomes, words):
    """One goes through; the other gets a sentence that says what is the matter."""
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    expect(len(errors), 1)
    if not isinstance(errors[0], UserError | ValidationError):
        raise AssertionError(repr(errors[0])) from errors[0]
    expect(words in str(errors[0]), True)


def expect_both_done(outcomes):
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise AssertionError(repr(outcome)) from outcome


# === Departure ===


def confirm_departure(steps, together, case):
    """Two HR officers press Confirm."""
    outcomes = together(
        steps.database,
        *(
            as_user(
                case["users"][role],
                "hr.departure",
                case["registered"],
                "action_confirm",
            )
            for role in ("officer", "second_officer")
        ),
    )
    expect_one_wins(outcomes, "already beyond Registered")
    steps.run(expect_settled_once, case["registered"])


def register_twice(steps, together, case):
    """Two HR officers register the departure of the same person."""

    def register(role):
        def call(env):
            departures = env["hr.departure"].with_user(case["users"][role])
            return departures.create(
                {
                    "employee_id": case["employed"],
                    "departure_reason_id": env.ref("hr.departure_resigned").id,
                    "departure_date": "2040-01-31",
                }
            ).id

        return call

    outcomes = together(steps.database, register("officer"), register("second_officer"))
    expect_one_wins(outcomes, "already has an open departure")
    found = steps.run(
        lambda env: env["hr.departure"].search_count(
            [("employee_id", "=", case["employed"])]
        )
    )
    expect(found, 1)


# === Settlement ===


def prepare_settlement(steps, together, case):
    """HR confirms while payroll has the settlement prepared."""

    def make(env):
        departure = env["hr.departure"].browse(case["without_settlement"])
        env["hr.settlement"]._create_for_departures(departure)

    outcomes = together(
        steps.database,
        make,
        as_user(
            case["users"]["officer"],
            "hr.departure",
            case["without_settlement"],
            "action_confirm",
        ),
    )
    if any(isinstance(outcome, Exception) for outcome in outcomes):
        expect_one_wins(outcomes, "already has an open settlement")
    expect(steps.run(count_settlements, case["without_settlement"]), 1)


def confirm_settlement(steps, together, case):
    """Two of payroll press Confirm; what is kept is who came first."""
    outcomes = together(
        steps.database,
        *(
            as_user(
                case["users"][role],
                "hr.settlement",
                case["discussed"],
                "action_confirm",
                True,
            )
            for role in ("payroll", "second_payroll")
        ),
    )
    expect_one_wins(outcomes, "is confirmed and cannot be confirmed")
    winner = ("payroll", "second_payroll")[
        [isinstance(outcome, Exception) for outcome in outcomes].index(False)
    ]
    confirmed_by = steps.run(
        lambda env: env["hr.settlement"].browse(case["discussed"]).confirmed_user_id.id
    )
    expect(confirmed_by, case["users"][winner])


def count_settlements(env, departure_id):
    return env["hr.settlement"].search_count([("departure_id", "=", departure_id)])


def expect_settled_once(env, departure_id):
    expect(env["hr.departure"].browse(departure_id).state, "confirmed")
    expect(count_settlements(env, departure_id), 1)


# === Interview ===


def offer(steps, together, case):
    """HR offers by hand just when the job does: one interview, one mail."""
    before = steps.run(count_mails)
    outcomes = together(
        steps.database,
        as_user(
            case["users"]["officer"],
            "hr.departure",
            case["to_offer"],
            "action_offer_interview",
        ),
        lambda env: env["hr.departure"].browse(case["to_offer"])._try_offer(),
    )
    expect_both_done(outcomes)
    departure = steps.run(
        lambda env: len(env["hr.departure"].browse(case["to_offer"]).interview_ids)
    )
    expect(departure, 1)
    expect(steps.run(count_mails) - before, 1)


def count_mails(env):
    return env["mail.mail"].search_count([("email_to", "like", "example.net")])


def book(steps, together, case):
    """Two leavers choose the same moment of the same interviewer."""

    def choose(interview_id):
        def call(env):
            interviewer = env["res.users"].browse(case["users"]["interviewer"])
            interview = env["hr.exit.interview"].browse(interview_id)
            interview._book_slot(get_moment(), interviewer, is_by_hand=True)

        return call

    outcomes = together(steps.database, *map(choose, case["to_plan"]))
    expect_one_wins(outcomes, "is no longer free")


def get_moment():
    """Ten in the morning, on a working day in a week or so."""
    day = fields.Date.add(fields.Date.today(), days=8)
    while day.weekday() > 4:
        day = fields.Date.add(day, days=1)
    return fields.Datetime.to_datetime(f"{day} 10:00:00")


# === Words ===


def write_the_same_minute(steps, together, case):
    """The leaver adds to a point while the interviewer notes about it."""

    def leaver(env):
        interview = env["hr.exit.interview"].browse(case["talk"])
        interview._save_page_points(
            {UID: ("What went well", "What went well: the colleagues")}
        )

    def interviewer(env):
        interview = (
            env["hr.exit.interview"]
            .with_user(case["users"]["interviewer"])
            .browse(case["talk"])
        )
        interview.save_talk(
            {
                "points": [
                    {
                        "uid": "follow-up-1",
                        "kind": "follow_up",
                        "parent_uid": UID,
                        "question": "Which colleagues?",
                        "answer": "Those of the greenhouse",
                        "base": {},
                    }
                ],
                "closing": {"summary": "A warm goodbye", "base": {"summary": ""}},
            }
        )

    expect_both_done(together(steps.database, leaver, interviewer))
    expect_both_done(together(steps.database, interviewer, leaver))
    answers = steps.run(read_answers, case["talk"])
    expect(
        answers,
        ["Those of the greenhouse", "What went well: the colleagues"],
    )


def send_the_same_form(steps, together, case):
    """Two windows of the leaver add to the same text: both are kept, once."""

    def window(words):
        def call(env):
            interview = env["hr.exit.interview"].browse(case["talk"])
            interview._save_page_points({"two-windows-1": ("", words)})

        return call

    expect_both_done(
        together(steps.database, window("The greenhouse"), window("My bicycle"))
    )
    [text] = [
        answer
        for answer in steps.run(read_answers, case["talk"])
        if "greenhouse" in answer and "bicycle" in answer
    ]
    expect((text.count("greenhouse"), text.count("bicycle")), (1, 1))


def read_answers(env, interview_id):
    interview = env["hr.exit.interview"].browse(interview_id)
    return sorted(interview.point_ids.mapped("answer"))
