"""Uninstalled, nothing of the addons is left; Odoo's HR works; they install again."""

from scene import Scene
from steps import Steps, expect

from odoo import fields

ADDON = "hr_exit_interview"
SURVEY_ADDON = "hr_exit_interview_survey"


def check(env, addons):
    steps = Steps(env, addons)
    # As it was before the addons: by uninstalling what this copy came with, unused.
    steps.uninstall(ADDON)
    before = steps.run(describe)
    expect(steps.run(find_left), [])
    for names in ((ADDON,), (ADDON, SURVEY_ADDON)):
        steps.install(*names)
        steps.run(use)
        steps.uninstall(ADDON)
        expect(steps.run(find_left), [])
        after = steps.run(describe)
        if SURVEY_ADDON in names:
            # Survey stays, with the questionnaires that were filled in.
            after = {key for key in after if "survey" not in key and key in before}
        expect(sorted(after - before), [])
        steps.run(expect_core_works)
    steps.install(ADDON)
    steps.run(use)


def describe(env):
    """Tables, columns and indexes of the database, as a set of names."""
    env.cr.execute(
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
        " UNION SELECT 'index ' || indexname FROM pg_indexes"
        " WHERE schemaname = 'public'"
    )
    return {name for (name,) in env.cr.fetchall()}


def find_left(env):
    """What in Odoo's own tables is of our models or modules still."""
    like = ("hr.exit.%", "hr.departure%", "hr.settlement%", "hr.pay.component%")
    core = ("hr.departure.reason", "hr.departure.wizard")
    queries = {
        "ir_model": "SELECT model FROM ir_model WHERE model LIKE ANY(%s)",
        "ir_model_data": "SELECT name FROM ir_model_data WHERE module IN %s"
        " OR model LIKE ANY(%s)",
        "ir_attachment": "SELECT name FROM ir_attachment WHERE res_model LIKE ANY(%s)",
        "mail_message": "SELECT model FROM mail_message WHERE model LIKE ANY(%s)",
        "mail_activity": "SELECT res_model FROM mail_activity"
        " WHERE res_model LIKE ANY(%s)",
        "mail_followers": "SELECT res_model FROM mail_followers"
        " WHERE res_model LIKE ANY(%s)",
        "mail_template": "SELECT model FROM mail_template WHERE model LIKE ANY(%s)",
        "ir_cron": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE %s",
        "ir_act_window": "SELECT res_model FROM ir_act_window"
        " WHERE res_model LIKE ANY(%s)",
        "ir_ui_view": "SELECT model FROM ir_ui_view WHERE model LIKE ANY(%s)",
        "ir_config_parameter": "SELECT key FROM ir_config_parameter WHERE key LIKE %s",
    }
    values = {
        "ir_model_data": [(ADDON, SURVEY_ADDON), list(like)],
        "ir_cron": ["Exit Interviews:%"],
        "ir_config_parameter": [f"{ADDON}%"],
    }
    left = []
    for table, query in queries.items():
        env.cr.execute(query, values.get(table, [list(like)]))
        left += [
            (table, name) for (name,) in env.cr.fetchall() if not is_core(name, core)
        ]
    return left


def is_core(name, core):
    return name in core or name.startswith(
        ("departure_", "access_hr_departure", "hr_departure_")
    )


def use(env):
    """Something in every table, files and mail included."""
    scene = Scene(env, f"use_{fields.Datetime.now():%H%M%S%f}")
    scene.fill()
    env["hr.departure"]._cron_offer()
    env["hr.settlement.export"]._cron_export()
    env["hr.exit.insight.release"]._cron_publish()
    if "survey.survey" in env and "survey_id" in env["hr.exit.interview.template"]:
        interview = env["hr.exit.interview"].search(
            [("state", "=", "offered")], limit=1
        )
        interview._ensure_questionnaire()._mark_done()


def expect_core_works(env):
    """Odoo's own wizard archives somebody, and its form can be opened."""
    company = env["res.company"].search([], order="id desc", limit=1)
    employee = env["hr.employee"].create(
        {"name": "After", "company_id": company.id, "contract_date_start": "2021-03-01"}
    )
    wizard = env["hr.departure.wizard"].with_context(
        active_ids=employee.ids, employee_termination=True
    )
    wizard.create(
        {
            "departure_reason_id": env.ref("hr.departure_resigned").id,
            "departure_date": fields.Date.today(),
        }
    ).action_register_departure()
    expect(employee.active, False)
    for model in ("hr.employee", "hr.departure.wizard", "res.config.settings"):
        expect(bool(env[model].get_view(view_type="form")["arch"]), True)
