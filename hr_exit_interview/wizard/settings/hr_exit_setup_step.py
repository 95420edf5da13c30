from odoo import api, fields, models

from ...lib.groups import PAYROLL

SETTINGS = ("res.config.settings", "hr_exit_interview.hr_exit_settings_action")
TEMPLATES = (
    "hr.exit.interview.template",
    "hr_exit_interview.hr_exit_interview_template_action",
)
LEAVE_TYPES = ("hr.leave.type", "hr_holidays.open_view_holiday_status")
USERS = ("res.users", "base.action_res_users")
# The steps in the order to take them, and where each is done by whoever may.
PLACES = {
    "scheme": SETTINGS,
    "leave": LEAVE_TYPES,
    "payroll": USERS,
    "interviewers": SETTINGS,
    "adviser": SETTINGS,
    "mail": SETTINGS,
    "templates": TEMPLATES,
    "retention": SETTINGS,
    "council": SETTINGS,
}
# There is no telling from the data whether somebody agrees with what is shipped.
DONE_ONCE_SEEN = ("templates", "retention")
OPTIONAL = ("council",)
# Who checked a settlement does not confirm it.
PAYROLL_PEOPLE = 2


class HrExitSetupStep(models.TransientModel):
    """One thing to decide before the first departure, and whether it was done."""

    _name = "hr.exit.setup.step"
    _description = "Set-Up Step"
    _order = "id"

    company_id = fields.Many2one("res.company", readonly=True)
    code = fields.Char(readonly=True)
    name = fields.Char(compute="_compute_words")
    description = fields.Text(compute="_compute_words")
    state = fields.Selection(
        [("todo", "To Do"), ("done", "Done"), ("optional", "Optional")],
        compute="_compute_state",
    )
    can_open = fields.Boolean(compute="_compute_can_open")

    @api.depends("code", "company_id")
    @api.depends_context("lang")
    def _compute_words(self):
        for company, steps in self.grouped("company_id").items():
            # sudo: res.company - its settings are named, whoever may change them
            words = self._get_words(company.sudo())
            for step in steps:
                step.name, step.description = words[step.code]

    @api.depends("code", "company_id")
    def _compute_state(self):
        for company, steps in self.grouped("company_id").items():
            # sudo: res.company, res.users and the like - only whether it was done
            done = self._get_done_codes(company.sudo())
            for step in steps:
                todo = "optional" if step.code in OPTIONAL else "todo"
                step.state = "done" if step.code in done else todo

    @api.depends("code")
    @api.depends_context("uid")
    def _compute_can_open(self):
        for step in self:
            model, _action = PLACES[step.code]
            step.can_open = self.env[model].has_access("create")

    @api.model
    def action_list(self):
        """Show the steps of the current company, in the order to take them.

        :raises AccessError: for anyone who is no exit administrator
        """
        self.check_access("read")
        company = self.env.company
        # sudo: hr.exit.setup.step - steps are made here, never typed
        steps = self.sudo().create(
            [{"code": code, "company_id": company.id} for code in PLACES]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set-Up"),
            "res_model": self._name,
            "view_mode": "kanban",
            "domain": [("id", "in", steps.ids)],
        }

    def action_open(self):
        """Go to where the step is done; some are done once somebody looked.

        :return: the action, or False when the user may change nothing there
        """
        self.ensure_one()
        if not self.can_open:
            return False
        if self.code in DONE_ONCE_SEEN:
            # sudo: res.company - an exit administrator need not manage companies
            company = self.company_id.sudo()
            seen = company.exit_setup_seen or []
            company.exit_setup_seen = sorted({*seen, self.code})
        _model, action = PLACES[self.code]
        return self.env["ir.actions.actions"]._for_xml_id(action)

    @api.model
    def _get_done_codes(self, company):
        """Return the codes of the steps that were done, for a company as superuser."""
        statutory = company.env["hr.leave.type"].search_count(
            [
                ("company_id", "in", (False, company.id)),
                ("settlement_kind", "=", "statutory"),
            ],
            limit=1,
        )
        payroll = company.env.ref(PAYROLL).all_user_ids
        scheme = company.settlement_scheme_id
        done = {
            "scheme": scheme or company._get_settlement_scheme().country_id,
            "leave": statutory,
            "payroll": len(payroll & company.user_ids) >= PAYROLL_PEOPLE,
            "interviewers": company.exit_interviewer_ids,
            "adviser": company.exit_adviser_name and company.exit_adviser_contact,
            "mail": company.email and company.get_base_url().startswith("https://"),
            "council": company.exit_signal_consent_date and company.exit_signal_policy,
        }
        seen = company.exit_setup_seen or []
        return {*seen, *(code for code, is_done in done.items() if is_done)}

    @api.model
    def _get_words(self, company):
        """Return the name and the description of each step, by its code."""
        return {
            "scheme": (
                self.env._("Rules of notice and settlement"),
                self.env._(
                    "Used now: %(scheme)s. They decide on the term of notice and on "
                    "what is due to a leaver.",
                    scheme=company._get_settlement_scheme().name or self.env._("none"),
                ),
            ),
            "leave": (
                self.env._("Kinds of leave"),
                self.env._(
                    "Say of each time off type what happens to unused leave. Statutory "
                    "leave may lapse after half a year, other leave later."
                ),
            ),
            "payroll": (
                self.env._("Two people for settlements"),
                self.env._(
                    "Give the role “Payroll: Settlements” to at least two people: who "
                    "checked a settlement does not confirm it."
                ),
            ),
            "interviewers": (
                self.env._("Interviewers"),
                self.env._(
                    "Choose colleagues who hold conversations. The direct manager "
                    "never does."
                ),
            ),
            "adviser": (
                self.env._("Confidential adviser"),
                self.env._(
                    "Name and telephone number, shown to leavers and interviewers at "
                    "once when behaviour comes up."
                ),
            ),
            "mail": (
                self.env._("Mail and address"),
                self.env._(
                    "Leavers are mailed by %(email)s, and their link begins with "
                    "%(url)s. Both have to work outside the company.",
                    email=company.email or company.name,
                    url=company.get_base_url(),
                ),
            ),
            "templates": (
                self.env._("Questions of the conversation"),
                self.env._(
                    "Read the templates, one by way of leaving, and change what does "
                    "not fit your organisation."
                ),
            ),
            "retention": (
                self.env._("Retention"),
                self.env._(
                    "What was said is kept for %(months)s months after the last day, "
                    "settlements for %(years)s years. Compare it with your own policy.",
                    months=company.exit_text_retention_months,
                    years=company.exit_settlement_retention_years,
                ),
            ),
            "council": (
                self.env._("Works council"),
                self.env._(
                    "Signals about groups of leavers stay off until the works council "
                    "consented and there is a policy. All the rest works without."
                ),
            ),
        }
