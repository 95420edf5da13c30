from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class HrExitSignalSearch(models.TransientModel):
    """Look for signals now, or in a period that is over."""

    _name = "hr.exit.signal.search"
    _description = "Look for Signals"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_to = fields.Date(
        string="Leavers Until", required=True, default=fields.Date.context_today
    )
    months = fields.Integer(
        string="Months for Managers and Units",
        compute="_compute_months",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    company_months = fields.Integer(
        string="Months for the Company",
        compute="_compute_months",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date_from = fields.Date(string="Leavers From", compute="_compute_date_from")

    @api.depends("company_id")
    def _compute_months(self):
        for search in self:
            search.months = search.company_id.exit_signal_months
            search.company_months = search.company_id.exit_signal_company_months

    @api.depends("date_to", "months")
    def _compute_date_from(self):
        for search in self:
            search.date_from = search.date_to and (
                search.date_to - relativedelta(months=search.months, days=-1)
            )

    def action_search(self):
        """Look, and open what was found.

        :raises UserError: for a period in the future, and when signals are off
        """
        self.ensure_one()
        if self.date_to > fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day that is over."))
        if self.company_id not in self.env.companies:
            raise UserError(self.env._("Switch to that company first."))
        signals = self.env["hr.exit.signal"]._detect_signals(
            self.company_id, self.date_to, self.months, self.company_months
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_exit_signal_action"
        )
        # Only what the reader may see: never the own team.
        visible = self.env["hr.exit.signal"].search([("id", "in", signals.ids)])
        return {**action, "domain": [("id", "in", visible.ids)], "context": {}}
