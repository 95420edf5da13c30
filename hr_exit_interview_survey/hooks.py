from odoo.fields import Domain

SHIPPED = (
    "voluntary",
    "performance",
    "redundancy",
    "fixed_term",
    "retirement",
    "mutual",
    "followup",
)


def post_init_hook(env):
    """Offer the shipped questionnaires, and protect what an earlier time left."""
    _offer_shipped(env)
    _flag_left_behind(env)


def _offer_shipped(env):
    """With the templates of the same name, unless the company deleted those."""
    for code in SHIPPED:
        template = env.ref(
            f"hr_exit_interview.exit_interview_template_{code}",
            raise_if_not_found=False,
        )
        survey = env.ref(f"hr_exit_interview_survey.exit_survey_{code}")
        if template and not template.survey_id:
            template.survey_id = survey


def _flag_left_behind(env):
    """Installed again: answers that were left kept their type, not their flag."""
    inputs = env["survey.user_input"].with_context(active_test=False)
    domain = Domain("survey_id.survey_type", "=", "exit_interview")
    inputs.search(domain & Domain("is_exit", "=", False)).is_exit = True


def uninstall_hook(env):
    """Answers outlive the addon: so does the questionnaire they belong to.

    What came with the addon is deleted with it; a questionnaire that was filled in is
    taken off that list.
    """
    templates = env["hr.exit.interview.template"].with_context(active_test=False)
    templates.search([]).survey_id = False
    inputs = env["survey.user_input"].with_context(active_test=False)
    used = inputs.search(Domain("is_exit", "=", True)).survey_id
    questions = used.question_and_page_ids
    answers = questions.suggested_answer_ids
    for records in (used, questions, answers):
        env["ir.model.data"].search(
            Domain("module", "=", "hr_exit_interview_survey")
            & Domain("model", "=", records._name)
            & Domain("res_id", "in", records.ids)
        ).unlink()
