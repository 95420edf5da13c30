from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.groups import OFFICER
from ...lib.trusted import get_trusted

# What the list is made of: when one of these changes, an open settlement follows.
SETTLED_FIELDS = (
    "employee_name",
    "department_id",
    "job_id",
    "departure_type",
    "initiative",
    "culpable_party",
    "departure_date",
    "notice_date",
    "notice_months",
    "notice_days",
    "is_notice_to_month_end",
    "procedure_days",
    "is_retirement_age_reached",
    "service_start_date",
    "contract_end_date",
    "has_interim_notice",
    "is_end_unannounced",
    "wage",
    "weekly_hours",
    "birthday",
    "lang",
)


class HrDeparture(models.Model):
    """The settlement side of a departure."""

    _inherit = "hr.departure"

    has_fixed_term = fields.Boolean(compute="_compute_has_fixed_term")
    has_interim_notice = fields.Boolean(
        string="Fixed Term May End Early",
        help="The fixed-term contract has a clause that allows notice before its end.",
    )
    is_end_unannounced = fields.Boolean(
        string="End Was Not Announced",
        help="The employer never said in writing whether the fixed-term contract goes"
        " on (BW 7:668).",
    )
    settlement_ids = fields.One2many("hr.settlement", "departure_id", groups=OFFICER)
    settlement_count = fields.Integer(
        compute="_compute_settlement_count",
        groups=OFFICER,
    )
    settlement_state = fields.Selection(
        selection=lambda self: (
            # In the reader's language, which the field's own list is not.
            self.env["hr.settlement"]._fields["state"]._description_selection(self.env)
        ),
        compute="_compute_settlement_state",
        search="_search_settlement_state",
        groups=OFFICER,
    )

    @api.depends("contract_end_date")
    def _compute_has_fixed_term(self):
        for departure in self:
            # sudo: hr.departure - that there is an end is no secret, its day is
            departure.has_fixed_term = bool(departure.sudo().contract_end_date)

    @api.depends("settlement_ids")
    def _compute_settlement_count(self):
        counts = dict(
            self.env["hr.settlement"]._read_group(
                Domain("departure_id", "in", self.ids), ["departure_id"], ["__count"]
            )
        )
        for departure in self:
            departure.settlement_count = counts.get(departure, 0)

    @api.depends("settlement_ids.state")
    def _compute_settlement_state(self):
        for departure in self:
            main = departure.settlement_ids.filtered(
                lambda settlement: (
                    not settlement.supplement_of_id and settlement.state != "cancelled"
                )
            )
            departure.settlement_state = main[:1].state

    def _search_settlement_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "settlement_ids",
            "any",
            Domain("state", "in", value) & Domain("supplement_of_id", "=", False),
        )

    def write(self, vals):
        if not self._is_settlement_touched(vals):
            return super().write(vals)
        before = self._get_settled_values()
        result = super().write(vals)
        after = self._get_settled_values()
        changed = self.filtered(lambda departure: before[departure] != after[departure])
        if changed:
            self.env["hr.settlement"]._follow_departures(changed)
        return result

    def _on_step(self, step):
        """Make the settlement for payroll, or call it off when the person stays."""
        # sudo: hr.settlement - payroll's, whom the officer need not be
        settlements = self.env["hr.settlement"].sudo()
        if step == "withdrawn":
            settlements._cancel_for_departures(self)
        else:
            settlements._create_for_departures(self)
        return super()._on_step(step)

    def _take_snapshots(self):
        return {
            **super()._take_snapshots(),
            **self.env["hr.settlement.source"]._take_snapshots(self),
        }

    def _restore_archived(self):
        notes = super()._restore_archived()
        losses = self.env["hr.settlement.source"]._restore_snapshots(self)
        for departure, texts in losses.items():
            notes[departure] = texts + notes[departure]
        return notes

    def _get_notice_rates(self):
        """Return the rate of the company's scheme, looked up once per day of notice."""
        rates = super()._get_notice_rates()
        for company, departures in self.grouped("company_id").items():
            rule = company._get_settlement_scheme()._get_rule("notice_gap")
            for day, on_day in departures.grouped("notice_date").items():
                if record := rule._get_rate_record(day):
                    rates |= dict.fromkeys(on_day, record._to_rate())
        return rates

    def _get_service_gaps(self):
        """Return the gap that the rule of the term of notice allows on that day."""
        gaps = super()._get_service_gaps()
        today = fields.Date.context_today(self)
        for company, departures in self.grouped("company_id").items():
            rule = company._get_settlement_scheme()._get_rule("notice_gap")
            for departure in departures:
                day = departure.notice_date or departure.departure_date or today
                gaps[departure] = rule._get_rate_record(day).max_gap_months
        return gaps

    def _get_retirement_dates(self):
        """Return the day by the birthday and the state pension ages of the scheme."""
        dates = super()._get_retirement_dates()
        for company, departures in self.grouped("company_id").items():
            rule = company._get_settlement_scheme()._get_rule("pension_info")
            for departure in departures.filtered("birthday"):
                dates[departure] = rule._get_retirement_date(departure.birthday)
        return dates

    @api.model
    def _is_settlement_touched(self, names):
        """Tell whether these fields, or what is computed from them, are settled."""
        return any(
            dependent.name in SETTLED_FIELDS and dependent.model_name == self._name
            for field in map(self._fields.get, names)
            if field
            for dependent in (field, *self.env.registry.get_dependent_fields(field))
        )

    def _get_settled_values(self):
        """Return {departure: values} of what the settlement is made of."""
        # sudo: hr.departure - wage and contract are compared, not shown
        return {
            departure: [departure.sudo()[name] for name in SETTLED_FIELDS]
            for departure in self
        }

    def _get_last_day(self):
        """Return the last day to settle for: another one while comparing days."""
        return get_trusted(self.env, "settlement_last_day") or self.departure_date

    def action_open_settlements(self):
        """Open the settlement, or the list when there are several."""
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement"),
            "res_model": "hr.settlement",
            "domain": [("departure_id", "=", self.id)],
            "view_mode": "list,form",
        }
        if len(self.settlement_ids) == 1:
            action |= {"view_mode": "form", "res_id": self.settlement_ids.id}
        return action

    def action_prepare_settlement(self):
        """Open the wizard that shows what is open for these departures."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prepare the Settlement"),
            "res_model": "hr.settlement.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_departure_ids": self.ids,
                "dialog_size": "extra-large",
            },
        }
