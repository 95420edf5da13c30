from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What every departure gets: fixed once there are departures.
TERM_FIELDS = {
    "company_id",
    "departure_reason_id",
    "departure_type",
    "initiative",
    "notice_date",
    "procedure_days",
    "date_choice",
    "departure_date",
    "departure_description",
    "decision_user_ids",
}
# How many people one transaction is about: what is lost when a server dies, and how
# long Stop takes at most (a few seconds).
CHUNK = 50
REQUIRED_TERMS = ("departure_reason_id", "departure_type", "initiative")


class HrDepartureBatch(models.Model):
    """One reorganisation: the same departure for many people.

    Three steps over the same list, each a run that can be stopped and resumed: what it
    would cost (nothing is registered), registering, confirming. What a
    step does for its people is on the lines.
    """

    _name = "hr.departure.batch"
    _description = "Mass Departure"
    _inherit = ["hr.departure.way", "hr.exit.run", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True
    _run_cron = "hr_exit_interview.ir_cron_departure_batch"
    _run_fields = frozenset({"state", "step", "user_id"})

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    notice_date = fields.Date(
        help="The day on which notice was given or the end agreed."
    )
    procedure_days = fields.Integer(
        string="Days of Procedure",
        help="Days that the permission to dismiss took (UWV). They shorten the term, "
        "not below one month (BW 7:672 lid 6).",
    )
    date_choice = fields.Selection(
        [
            ("fixed", "The same day for everybody"),
            ("notice", "The end of each one's term of notice"),
        ],
        string="Everybody Leaves On",
        default="fixed",
        required=True,
        help="A line may still have a last day of its own.",
    )
    departure_date = fields.Date(
        string="Last Day", help="A line may have another last day."
    )
    decision_user_ids = fields.Many2many(
        "res.users",
        "hr_departure_batch_decision_user_rel",
        "batch_id",
        "user_id",
        string="Took Part in the Decision",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who took part in the decision to dismiss never holds the interview.",
    )
    state = fields.Selection(
        [
            ("draft", "To Prepare"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    step = fields.Selection(
        [
            ("calculate", "Calculate costs"),
            ("register", "Register departures"),
            ("confirm", "Confirm departures"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        help="What the last run was for.",
    )
    line_ids = fields.One2many(
        "hr.departure.batch.line", "batch_id", string="People", copy=True
    )
    cost_ids = fields.One2many("hr.departure.batch.cost", "batch_id")
    line_count = fields.Integer(string="Employees", compute="_compute_counts")
    todo_count = fields.Integer(string="To Do", compute="_compute_counts")
    done_count = fields.Integer(string="Ready", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts", help="In percent.")
    departure_count = fields.Integer(
        string="Registered", compute="_compute_departure_counts"
    )
    confirmable_count = fields.Integer(
        string="Not Confirmed Yet", compute="_compute_departure_counts"
    )
    cost_total = fields.Monetary(
        string="What-If Costs",
        compute="_compute_cost_total",
        help="Gross, what the company owes less what the leavers owe, without the "
        "normal wage up to the last day and without the employer's contributions.",
    )
    cost_unknown_count = fields.Integer(
        string="Amounts Not Known",
        compute="_compute_cost_total",
        help="Something is missing in Odoo: they are in no total.",
    )
    settlement_total = fields.Monetary(
        string="Costs by the Settlements",
        compute="_compute_settlement_total",
        help="The totals of the settlements of the departures registered here.",
    )

    @api.depends("line_ids.state")
    @api.depends_context("uid")
    def _compute_counts(self):
        groups = self.env["hr.departure.batch.line"]._read_group(
            Domain("batch_id", "in", self.ids), ["batch_id", "state"], ["__count"]
        )
        counts = {(batch.id, state): count for batch, state, count in groups}
        for batch in self:
            todo, done, failed = (
                counts.get((batch._origin.id, state), 0)
                for state in ("todo", "done", "failed")
            )
            batch.todo_count = todo
            batch.done_count = done
            batch.failed_count = failed
            batch.line_count = total = todo + done + failed
            batch.progress = 100 * (total - todo) // total if total else 0

    @api.depends("line_ids.departure_id.state")
    @api.depends_context("uid")
    def _compute_departure_counts(self):
        lines = self.env["hr.departure.batch.line"]
        domain = Domain("batch_id", "in", self.ids) & Domain(
            "departure_id", "!=", False
        )
        found = dict(lines._read_group(domain, ["batch_id"], ["__count"]))
        domain &= Domain("departure_id.state", "=", "draft")
        drafts = dict(lines._read_group(domain, ["batch_id"], ["__count"]))
        for batch in self:
            batch.departure_count = found.get(batch._origin, 0)
            batch.confirmable_count = drafts.get(batch._origin, 0)

    @api.depends("cost_ids.amount", "cost_ids.has_amount", "cost_ids.is_counted")
    @api.depends_context("uid")
    def _compute_cost_total(self):
        costs = self.env["hr.departure.batch.cost"]
        domain = Domain("batch_id", "in", self.ids)
        totals = dict(
            costs._read_group(
                domain & Domain("is_counted", "=", True), ["batch_id"], ["amount:sum"]
            )
        )
        unknown = dict(
            costs._read_group(
                domain & Domain("has_amount", "=", False), ["batch_id"], ["__count"]
            )
        )
        for batch in self:
            batch.cost_total = totals.get(batch._origin, 0.0)
            batch.cost_unknown_count = unknown.get(batch._origin, 0)

    @api.depends("line_ids.settlement_id.line_ids.amount")
    @api.depends_context("uid")
    def _compute_settlement_total(self):
        lines = self.env["hr.settlement.line"]
        for batch in self:
            domain = Domain("settlement_id", "in", batch._get_settlements().ids)
            domain &= Domain("is_counted", "=", True)
            [(total,)] = lines._read_group(domain, [], ["amount:sum"])
            batch.settlement_total = batch.currency_id.round(total)

    def write(self, vals):
        if vals.keys() & TERM_FIELDS:
            self._check_terms_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        self._check_terms_open()

    def action_add_employees(self):
        """Choose employees manually, by a filter or from a pasted list."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Employees"),
            "res_model": "hr.departure.batch.add",
            "view_mode": "form",
            "target": "new",
            "context": {"default_batch_id": self.id},
        }

    def action_open_departures(self):
        """Open the departures registered here."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_departure_action"
        )
        departures = self.line_ids.departure_id
        return {**action, "domain": [("id", "in", departures.ids)], "context": {}}

    def action_open_costs(self):
        """Open the costs of the what-if by department and component."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_departure_batch_cost_action"
        )
        return {**action, "domain": [("batch_id", "=", self.id)]}

    def action_open_settlement_costs(self):
        """Open the costs of the settlements by department and component."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_settlement_line_action_cost"
        )
        domain = Domain("settlement_id", "in", self._get_settlements().ids)
        domain &= self.env["hr.settlement.line"]._get_cost_domain()
        return {**action, "domain": list(domain)}

    def action_export_costs(self):
        """Fetch the what-if costs as a workbook."""
        self.ensure_one()
        return (
            self.env["hr.settlement.export"]
            .create({"content": "costs", "batch_id": self.id})
            .action_export()
        )

    def action_export_settlement_costs(self):
        """Fetch the costs of the settlements as a workbook."""
        self.ensure_one()
        settlements = self._get_settlements()
        return (
            self.env["hr.settlement.export"]
            .with_context(active_model="hr.settlement", active_ids=settlements.ids)
            .create({"content": "costs"})
            .action_export()
        )

    def action_calculate(self):
        """Compute what the departures would cost, without registering anything."""
        self._start_step("calculate")

    def action_register(self):
        """Register the departures ahead; nobody is mailed, nothing is confirmed."""
        self._start_step("register")

    def action_confirm(self):
        """Confirm all departures registered here, which makes the settlements."""
        self._start_step("confirm")

    def action_retry(self):
        """Try again for the lines that failed."""
        self._check_run_state(("stopped", "done"))
        failed = self._get_step_lines(self.step).filtered(
            lambda line: line.state == "failed"
        )
        failed._reset_lines(self.step)
        self._start_run()

    def _check_terms_open(self):
        """Refuse to change the common terms during or after registering."""
        for batch in self:
            if batch.state == "running" or batch.departure_count:
                raise UserError(
                    self.env._(
                        "%(batch)s is running or has registered departures. Stop it,"
                        " or change or withdraw the departures themselves.",
                        batch=batch.name,
                    )
                )

    def _get_settlements(self):
        """Return the settlements of those who leave, with their supplements."""
        settlements = self.line_ids.settlement_id
        return (settlements | settlements.supplement_ids).filtered(
            lambda settlement: settlement.state != "cancelled"
        )

    def _start_step(self, step):
        self._check_run_state(("draft", "stopped", "done"))
        self._check_terms()
        lines = self._get_step_lines(step)
        if not lines:
            raise UserError(
                self.env._("There is nobody on the list for this: add employees first.")
            )
        lines._reset_lines(step)
        self._start_run(step=step)

    def _check_terms(self):
        """Refuse to start before it is known how and when people leave."""
        names = list(REQUIRED_TERMS)
        if self.date_choice == "notice":
            names.append("notice_date")
        elif not all(self.line_ids.mapped("planned_date")):
            names.append("departure_date")
        missing = [name for name in names if not self[name]]
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "Fill in for %(batch)s: %(fields)s.",
                    batch=self.name,
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )

    def _get_step_lines(self, step):
        """Return the lines that a step is about: what was done is not done again."""
        # sudo: hr.departure.batch.line - all of them, also the one of the user, who
        # does not see it
        lines = self.sudo().line_ids
        if step == "confirm":
            return lines.filtered(lambda line: line.departure_id.state == "draft")
        return lines.filtered(lambda line: not line.departure_id)

    @api.model
    def _cron_run(self):
        """Continue every running batch with the rights of the user who started it."""
        running = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=running._count_todo())
        for batch in running:
            if not batch._run_step():
                break

    def _count_todo(self):
        return self.env["hr.departure.batch.line"].search_count(
            Domain("batch_id", "in", self.ids) & Domain("state", "=", "todo")
        )

    def _run_step(self):
        """Work through the list until it is done or stopped.

        :return: False when the time of the cron job is over
        """
        while lines := self._take_lines():
            lines._run_for(self)
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                return False
        self._finish_run()
        return True

    def _take_lines(self):
        """Return the next lines, locked: none when stopped, or when all are taken."""
        lines = self.env["hr.departure.batch.line"]
        if self.state != "running":
            return lines
        domain = Domain("batch_id", "=", self.id) & Domain("state", "=", "todo")
        return lines.search(domain, order="id", limit=CHUNK).try_lock_for_update()

    def _finish_run(self):
        if self.state != "running" or self._count_todo():
            return
        self._set_run(state="done")
        self.env["ir.cron"]._commit_progress()
        self._notify_finished()

    def _notify_finished(self):
        batch = self.with_context(lang=self.user_id.lang)
        message = batch.env._(
            "%(batch)s: %(done)s ready, %(failed)s failed.",
            batch=batch.name,
            done=batch.done_count,
            failed=batch.failed_count,
        )
        self._notify_runner("warning" if batch.failed_count else "success", message)
