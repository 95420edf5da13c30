from odoo import api, fields, models

from ...lib.groups import PAYROLL

SETTINGS = ("res.config.settings", "hr_exit_interview.hr_exit_settings_action")
TEMPLATES = (
    "hr.exit.interview.template",
    "hr_exit_interview.hr_exit_interview_template_action",
)
LEAVE_TYPES = ("hr.leave.type", "hr_holidays.open_view_holiday_status")
USERS = ("res.users", "base.action_res_users")
# Where each step is done: the first of these that the reader may change.
PLACES = {
    "scheme": (SETTINGS,),
    "leave": (LEAVE_TYPES,),
    "payroll": (USERS,),
    "interviewers": (SETTINGS,),
    "adviser": (SETTINGS,),
    "mail": (SETTINGS,),
    "templates": (TEMPLATES,),
    "retention": (SETTINGS,),
    "council": (SETTINGS,),
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
        for step in self:
            words = getattr(step, f"_get_{step.code}_words")
            # sudo: res.company - its settings are named, whoever may change them
            step.name, step.description = words(step.company_id.sudo())

    @api.depends("code", "company_id")
    def _compute_state(self):
        for step in self:
            # sudo: res.company, res.users and the like - only whether it was done
            if getattr(step.sudo(), f"_is_{step.code}_done")(step.company_id.sudo()):
                step.state = "done"
            else:
                step.state = "optional" if step.code in OPTIONAL else "todo"

    @api.depends("code")
    def _compute_can_open(self):
        for step in self:
            step.can_open = bool(step._get_place())

    @api.model
    def action_list(self):
        """Show the steps of the current company, in the order to take them.

        :raises AccessError: for who is no exit administrator
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
        place = self._get_place()
        if place and self.code in DONE_ONCE_SEEN:
            # sudo: res.company - an exit administrator need not manage companies
            company = self.company_id.sudo()
            company.exit_setup_seen = sorted({*self._get_seen(company), self.code})
        return place and self.env["ir.actions.actions"]._for_xml_id(place)

    def _get_place(self):
        """The action of the first place that the reader may change, or False."""
        for model, action in PLACES[self.code]:
            if self.env[model].has_access("create"):
                return action
        return False

    @api.model
    def _get_seen(self, company):
        return company.exit_setup_seen or []

    # What each step says.

    def _get_scheme_words(self, company):
        return self.env._("Rules of notice and settlement"), self.env._(
            "Used now: %(scheme)s. They decide on the term of notice and on what is "
            "due to a leaver.",
            scheme=company._get_settlement_scheme().name or self.env._("none"),
        )

    def _get_leave_words(self, _company):
        return self.env._("Kinds of leave"), self.env._(
            "Say of each time off type what happens to unused leave. Statutory leave "
            "may lapse after half a year, other leave later."
        )

    def _get_payroll_words(self, _company):
        return self.env._("Two people for settlements"), self.env._(
            "Give the role “Payroll: Settlements” to at least two people: who checked "
            "a settlement does not confirm it."
        )

    def _get_interviewers_words(self, _company):
        return self.env._("Interviewers"), self.env._(
            "Choose colleagues who hold conversations. The direct manager never does."
        )

    def _get_adviser_words(self, _company):
        return self.env._("Confidential adviser"), self.env._(
            "Name and telephone number, shown to leavers and interviewers at once when "
            "behaviour comes up."
        )

    def _get_mail_words(self, company):
        return self.env._("Mail and address"), self.env._(
            "Leavers are mailed by %(email)s, and their link begins with %(url)s. Both "
            "have to work outside the company.",
            email=company.email or company.name,
            url=company.get_base_url(),
        )

    def _get_templates_words(self, _company):
        return self.env._("Questions of the conversation"), self.env._(
            "Read the templates, one by way of leaving, and change what does not fit "
            "your organisation."
        )

    def _get_retention_words(self, company):
        return self.env._("Retention"), self.env._(
            "What was said is kept for %(months)s months after the last day, "
            "settlements for %(years)s years. Compare it with your own policy.",
            months=company.exit_text_retention_months,
            years=company.exit_settlement_retention_years,
        )

    def _get_council_words(self, _company):
        return self.env._("Works council"), self.env._(
            "Signals about groups of leavers stay off until the works council "
            "consented and there is a policy. All the rest works without."
        )

    # Whether it was done; called as superuser.

    def _is_scheme_done(self, company):
        return bool(
            company.settlement_scheme_id or company._get_settlement_scheme().country_id
        )

    def _is_leave_done(self, company):
        kinds = self.env["hr.leave.type"].search(
            [
                ("company_id", "in", (False, company.id)),
                ("settlement_kind", "=", "statutory"),
            ],
            limit=1,
        )
        return bool(kinds)

    def _is_payroll_done(self, company):
        people = self.env.ref(PAYROLL).all_user_ids
        here = people.filtered(lambda user: company in user.company_ids)
        return len(here) >= PAYROLL_PEOPLE

    def _is_interviewers_done(self, company):
        return bool(company.exit_interviewer_ids)

    def _is_adviser_done(self, company):
        return bool(company.exit_adviser_name and company.exit_adviser_contact)

    def _is_mail_done(self, company):
        return bool(company.email) and company.get_base_url().startswith("https://")

    def _is_templates_done(self, company):
        return "templates" in self._get_seen(company)

    def _is_retention_done(self, company):
        return "retention" in self._get_seen(company)

    def _is_council_done(self, company):
        return bool(company.exit_signal_consent_date and company.exit_signal_policy)
