from odoo import api, fields, models
from odoo.exceptions import UserError

# What only a run writes.
RUN_FIELDS = {"state", "message", "last_day", "departure_id", "settlement_id"}


class HrDepartureBatchLine(models.Model):
    """One employee of a mass departure, and how far the run is with them.

    What a run does for them is in ``hr_departure_batch_step.py``.
    """

    _name = "hr.departure.batch.line"
    _description = "Employee of a Mass Departure"
    _order = "batch_id, id"
    _rec_name = "employee_id"
    _check_company_auto = True

    # The unique index below begins with it.
    batch_id = fields.Many2one("hr.departure.batch", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="batch_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="batch_id.currency_id")
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="cascade",
        check_company=True,
        index=True,
    )
    department_id = fields.Many2one(related="employee_id.department_id")
    planned_date = fields.Date(
        string="Other Last Day", help="Instead of the last day of the others."
    )
    last_day = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Ready"), ("failed", "Failed")],
        default="todo",
        required=True,
        readonly=True,
        copy=False,
    )
    message = fields.Char(string="Why It Failed", readonly=True, copy=False)
    departure_id = fields.Many2one(
        "hr.departure", readonly=True, copy=False, index="btree_not_null"
    )
    settlement_id = fields.Many2one(
        "hr.settlement", readonly=True, copy=False, index="btree_not_null"
    )
    cost_ids = fields.One2many("hr.departure.batch.cost", "line_id")
    has_costs = fields.Boolean(compute="_compute_cost_total")
    cost_total = fields.Monetary(string="What-If Costs", compute="_compute_cost_total")
    cost_unknown_count = fields.Integer(
        string="Amounts Not Known", compute="_compute_cost_total"
    )

    _employee_uniq = models.UniqueIndex(
        "(batch_id, employee_id)", "This employee is on the list already."
    )
    # The run asks for the next lines to do, in order.
    _todo_idx = models.Index("(batch_id, id) WHERE state = 'todo'")

    # === Computes ===

    @api.depends("cost_ids.amount", "cost_ids.is_counted", "cost_ids.has_amount")
    def _compute_cost_total(self):
        for line in self:
            counted = line.cost_ids.filtered("is_counted")
            unknown = line.cost_ids.filtered(lambda cost: not cost.has_amount)
            line.has_costs = bool(line.cost_ids)
            line.cost_total = sum(counted.mapped("amount"))
            line.cost_unknown_count = len(unknown)

    # === CRUD ===

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.env["hr.departure.batch"]._check_run_kept(vals.keys() & RUN_FIELDS)
        lines = super().create(vals_list)
        lines._check_not_running()
        return lines

    def write(self, vals):
        self.env["hr.departure.batch"]._check_run_kept(vals.keys() & RUN_FIELDS)
        if not self.env.su:
            self._check_not_running()
            self._check_not_registered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        self._check_not_running()
        self._check_not_registered()

    def _check_not_running(self):
        for batch in self.batch_id:
            if batch.state == "running":
                raise UserError(
                    self.env._(
                        "%(batch)s is running: stop it before you change its list.",
                        batch=batch.name,
                    )
                )

    def _check_not_registered(self):
        for line in self.filtered("departure_id"):
            raise UserError(
                self.env._(
                    "The departure of %(employee)s is registered: change or withdraw"
                    " the departure itself.",
                    employee=line.employee_id.name,
                )
            )

    def action_open_departure(self):
        """Open the departure that was registered."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.departure",
            "res_id": self.departure_id.id,
            "view_mode": "form",
        }
