"""The questionnaires come, are used, go, and come again; what was said stays."""

from steps import Steps, expect, make_departure

ADDON = "hr_exit_interview_survey"


def check(env, addons):
    steps = Steps(env, addons)
    steps.install(ADDON)
    ids = steps.run(use)
    steps.uninstall(ADDON)
    steps.run(read, ids)
    steps.install(ADDON)
    steps.run(read_again, ids)


def use(env):
    """A leaver fills in a questionnaire; the company has a survey of its own."""
    own = env["survey.survey"].create({"title": "Kantine", "survey_type": "survey"})
    env["survey.question"].create({"survey_id": own.id, "title": "Lekker?"})
    departure = make_departure(env)
    interview = env["hr.exit.interview"].create(
        {"departure_id": departure.id, "state": "accepted"}
    )
    user_input = interview._ensure_questionnaire()
    best = user_input.survey_id.question_ids.filtered(lambda q: q.exit_code == "BEST")
    user_input._save_lines(best, "De kas in mei")
    user_input._mark_done()
    return {
        "own": own.id,
        "departure": departure.id,
        "interview": interview.id,
        "input": user_input.id,
        "survey": user_input.survey_id.id,
        "unused": env.ref(f"{ADDON}.exit_survey_retirement").id,
        "reason": interview.main_reason_id.id,
    }


def read(env, ids):
    """Interview, departure, the company's survey and the answers are there."""
    expect("is_exit" in env["survey.user_input"]._fields, False)
    expect(env["hr.departure"].browse(ids["departure"]).state, "draft")
    interview = env["hr.exit.interview"].browse(ids["interview"])
    expect(interview.state, "accepted")
    expect(bool(interview.template_id), True)
    own = env["survey.survey"].browse(ids["own"])
    expect((own.survey_type, own.active), ("survey", True))
    expect(own.question_ids.title, "Lekker?")
    user_input = env["survey.user_input"].browse(ids["input"])
    expect(user_input.user_input_line_ids.value_text_box, "De kas in mei")
    expect(user_input.survey_id.active, False)
    expect(bool(env["survey.survey"].browse(ids["unused"]).exists()), False)
    expect_out_of_reach(env, user_input)


def read_again(env, ids):
    """Installed again, the answers are flagged: Survey roles still see none."""
    user_input = env["survey.user_input"].browse(ids["input"])
    expect(user_input.is_exit, True)
    expect_out_of_reach(env, user_input)


def expect_out_of_reach(env, user_input):
    """A Survey administrator does not get to the answers."""
    group = env.ref("survey.group_survey_manager")
    manager = env["res.users"].search([("login", "=", "survey_chief")])
    if not manager:
        manager = env["res.users"].create(
            {
                "name": "Survey Chief",
                "login": "survey_chief",
                "group_ids": [(6, 0, [env.ref("base.group_user").id, group.id])],
            }
        )
    inputs = env["survey.user_input"].with_user(manager)
    expect(inputs.search([("id", "=", user_input.id)]).ids, [])
    expect(user_input.with_user(manager).has_access("read"), False)
