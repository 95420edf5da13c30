from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from ...lib.settlement import late_pay_increase, working_days
from ..departure.hr_departure_reason import get_departure_types, get_initiatives

OUTDATED_ACTIVITY = "hr_exit_interview.mail_activity_type_settlement_outdated"
OVERDUE_ACTIVITY = "hr_exit_interview.mail_activity_type_settlement_overdue"
# What a computed line is known by: its rule and the document or item it is about.
KEY_FIELDS = ("code", "res_model", "res_id", "item_key")
# Taken over from the departure: a settlement outlives the departure's personal data.
DEPARTURE_COPY_FIELDS = (
    "employee_name",
    "department_id",
    "job_id",
    "departure_type",
    "initiative",
    "service_start_date",
    "lang",
    "wage",
    "weekly_hours",
)


class HrSettlement(models.Model):
    _name = "hr.settlement"
    _description = "Final Settlement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "last_day desc, id desc"
    _rec_name = "employee_name"
    _check_company_auto = True

    departure_id = fields.Many2one(
        "hr.departure", index=True, ondelete="set null", check_company=True
    )
    supplement_of_id = fields.Many2one(
        "hr.settlement",
        index=True,
        readonly=True,
        check_company=True,
        help="The confirmed settlement to which this one adds late items.",
    )
    supplement_ids = fields.One2many("hr.settlement", "supplement_of_id")
    scheme_id = fields.Many2one(
        "hr.settlement.scheme", required=True, check_company=True, tracking=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("discussed", "Discussed"),
            ("confirmed", "Confirmed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    employee_name = fields.Char(required=True, readonly=True)
    leaver_user_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Keeps the leaver out of the own settlement, whatever their role.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    departure_type = fields.Selection(get_departure_types, readonly=True)
    initiative = fields.Selection(get_initiatives, readonly=True)
    service_start_date = fields.Date(readonly=True)
    last_day = fields.Date(tracking=True, readonly=True, index=True)
    lang = fields.Char(readonly=True)
    wage = fields.Monetary(string="Monthly Wage", readonly=True, aggregator="avg")
    weekly_hours = fields.Float(string="Hours a Week", readonly=True)
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        help="The pay run of the last month, at the latest a month after the last day.",
    )
    line_ids = fields.One2many("hr.settlement.line", "settlement_id", copy=False)
    money_line_ids = fields.One2many(
        "hr.settlement.line",
        "settlement_id",
        domain=[("kind", "in", ("earning", "deduction"))],
    )
    handover_line_ids = fields.One2many(
        "hr.settlement.line", "settlement_id", domain=[("kind", "=", "handover")]
    )
    clause_line_ids = fields.One2many(
        "hr.settlement.line", "settlement_id", domain=[("kind", "=", "clause")]
    )
    paper_line_ids = fields.One2many(
        "hr.settlement.line",
        "settlement_id",
        domain=[("kind", "in", ("paper", "information"))],
    )
    line_count = fields.Integer(compute="_compute_totals")
    missing_count = fields.Integer(
        compute="_compute_totals", help="Lines that cannot be computed yet."
    )
    amount_earning = fields.Monetary(
        string="The Company Owes", compute="_compute_totals"
    )
    amount_deduction = fields.Monetary(
        string="The Leaver Owes", compute="_compute_totals"
    )
    amount_only_if_agreed = fields.Monetary(
        compute="_compute_totals",
        help="Deductions that count only once the leaver agrees to them.",
    )
    amount_total = fields.Monetary(
        string="Total",
        compute="_compute_totals",
        help="Gross, not a payslip: what the company owes less what the leaver owes.",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    checked_user_id = fields.Many2one(
        "res.users", string="Checked By", readonly=True, copy=False
    )
    checked_date = fields.Datetime(string="Checked On", readonly=True, copy=False)
    confirmed_user_id = fields.Many2one(
        "res.users", string="Confirmed By", readonly=True, copy=False
    )
    confirmed_date = fields.Datetime(string="Confirmed On", readonly=True, copy=False)
    computed_date = fields.Datetime(string="Computed On", readonly=True, copy=False)

    warning_text = fields.Text(compute="_compute_warning_text")

    _one_open_per_departure = models.UniqueIndex(
        "(departure_id) WHERE state IN ('draft', 'checked', 'discussed')"
        " AND supplement_of_id IS NULL",
        "This departure already has an open settlement.",
    )

    @api.depends("employee_name", "last_day", "supplement_of_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for settlement in self:
            parts = [settlement.employee_name]
            if settlement.last_day:
                parts.append(format_date(self.env, settlement.last_day))
            if settlement.supplement_of_id:
                parts.append(self.env._("supplement"))
            settlement.display_name = ", ".join(filter(None, parts))

    @api.depends("last_day")
    def _compute_deadline(self):
        for settlement in self:
            settlement.deadline = (
                settlement.last_day and settlement.last_day + relativedelta(months=1)
            )

    @api.depends(
        "line_ids.amount",
        "line_ids.is_counted",
        "line_ids.is_amount_known",
        "line_ids.state",
        "line_ids.needs_agreement",
    )
    def _compute_totals(self):
        for settlement in self:
            lines = settlement.line_ids
            counted = lines.filtered("is_counted")
            earnings = counted.filtered(lambda line: line.amount > 0)
            open_lines = lines.filtered("is_only_if_agreed")
            settlement.line_count = len(lines)
            settlement.missing_count = len(lines.filtered("missing"))
            settlement.amount_earning = settlement._sum_amounts(earnings)
            settlement.amount_deduction = settlement._sum_amounts(counted - earnings)
            settlement.amount_only_if_agreed = settlement._sum_amounts(open_lines)
            settlement.amount_total = settlement._sum_amounts(counted)

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for settlement in self:
            settlement.is_overdue = bool(
                settlement.deadline
                and settlement.deadline < today
                and settlement.state not in ("confirmed", "cancelled")
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("deadline", "<", today) & Domain(
            "state", "not in", ("confirmed", "cancelled")
        )

    @api.depends("line_ids.amount", "line_ids.state", "deadline", "state")
    @api.depends_context("lang")
    def _compute_warning_text(self):
        for settlement in self:
            settlement.warning_text = "\n".join(settlement._get_warnings())

    def _sum_amounts(self, lines):
        """Return the sum of rounded lines, without the noise of adding floats."""
        total = sum(lines.mapped("amount"))
        return self.currency_id.round(total) if self.currency_id else total

    @api.model
    def _create_for_departures(self, departures):
        """Create and fill the settlement of departures that have none yet.

        Historical departures and those without an employee get none. An existing draft
        is worked out again: what core's wizard is about to cut must be on it, and only
        lines still to be discussed change. Lists that were checked stay as they are.

        :return: the settlements of ``departures``, new and existing
        """
        # sudo: hr.settlement - HR registers a departure, payroll owns the settlement
        departures, settlements = departures.sudo(), self.sudo()
        wanted = departures.filtered(
            lambda departure: departure.employee_id and not departure.is_historical
        )
        existing = settlements._find_main(wanted)
        missing = wanted - existing.departure_id
        schemes = {
            company: company._get_settlement_scheme() for company in missing.company_id
        }
        created = settlements.create(
            [
                self._prepare_from_departure(departure, schemes[departure.company_id])
                for departure in missing
            ]
        )
        (created | existing.filtered(lambda s: s.state == "draft"))._recompute_lines()
        return (created | existing).with_env(self.env)

    @api.model
    def _find_main(self, departures):
        """Return the settlements of departures, one each at most.

        Neither supplements nor those that were cancelled.
        """
        return self.search(
            Domain("departure_id", "in", departures.ids)
            & Domain("state", "!=", "cancelled")
            & Domain("supplement_of_id", "=", False)
        )

    @api.model
    def _cancel_for_departures(self, departures):
        """Cancel what is not confirmed yet: the people stay after all."""
        # sudo: hr.settlement - HR withdraws a departure, payroll owns the settlement
        settlements = self.sudo().search(
            Domain("departure_id", "in", departures.ids)
            & Domain("state", "not in", ("confirmed", "cancelled"))
        )
        settlements.write({"state": "cancelled"})
        settlements._close_activities(OUTDATED_ACTIVITY, OVERDUE_ACTIVITY)

    @api.model
    def _follow_departures(self, departures):
        """Bring open settlements in line with departures that changed.

        A draft is worked out again. One that was checked is not touched behind the back
        of who checked it: an activity says that it is out of date.
        """
        # sudo: hr.settlement - HR changes a departure, payroll owns the settlement
        settlements = departures.sudo().settlement_ids.filtered(
            lambda settlement: settlement.state in ("draft", "checked", "discussed")
        )
        drafts = settlements.filtered(lambda settlement: settlement.state == "draft")
        drafts._recompute_lines()
        (settlements - drafts)._schedule_outdated()

    @api.model
    def _prepare_from_departure(self, departure, scheme):
        """Return the values of a new settlement."""
        return {
            **self._prepare_snapshot(departure),
            "departure_id": departure.id,
            "company_id": departure.company_id.id,
            "currency_id": departure.currency_id.id,
            "scheme_id": scheme.id,
        }

    @api.model
    def _prepare_snapshot(self, departure):
        """Return what a settlement keeps of its departure; extend it to keep more."""
        # sudo: hr.departure - wage and personal data have groups of their own; the
        # settlement is guarded by the payroll group instead
        departure = departure.sudo()
        values = {
            name: departure._fields[name].convert_to_write(departure[name], departure)
            for name in DEPARTURE_COPY_FIELDS
        }
        return {
            **values,
            "leaver_user_id": departure.employee_id.user_id.id,
            "last_day": departure.departure_date,
        }

    def _refresh_snapshot(self):
        """Take over the last day and the rest of the snapshot again.

        Only what changed: a last day written anew would undo a deadline that was typed.
        """
        for settlement in self.filtered("departure_id"):
            new = self._prepare_snapshot(settlement.departure_id)
            old = {
                name: settlement._fields[name].convert_to_write(
                    settlement[name], settlement
                )
                for name in new
            }
            settlement.write(dict(new.items() - old.items()))

    def _recompute_lines(self):
        """Work the list out again.

        Only lines that are still to be discussed change: what was discussed, agreed,
        disputed, amended or typed by hand stays as it is, and so do remarks. A
        supplement only lists what the settlements it adds to do not have.
        """
        with self._noting_changes() as noting:
            noting._replace_lines()

    def _replace_lines(self):
        # sudo: hr.settlement - computed figures are written by nobody but this method.
        # Without a departure, which became anonymous, there is nothing to work out.
        settlements = self.sudo().filtered("departure_id")
        settlements._refresh_snapshot()
        settlements.invalidate_recordset(["line_ids"])
        replaced = settlements.line_ids.filtered("is_replaceable")
        kept = settlements._get_kept_keys(replaced)
        remarks = {
            (line.settlement_id, line._get_origin_key()): line.note for line in replaced
        }
        values_list = [
            {**values, "note": remarks.get((settlement, self._get_origin_key(values)))}
            for settlement, lines in settlements._collect_lines().items()
            for values in lines
            if (settlement, self._get_origin_key(values)) not in kept
        ]
        replaced.unlink()
        settlements.line_ids.create(values_list)
        settlements.write({"computed_date": fields.Datetime.now()})
        settlements._close_activities(OUTDATED_ACTIVITY)

    def _get_kept_keys(self, replaced):
        """Return {(settlement, key)} of what is listed and stays."""
        listed = {settlement: settlement.line_ids - replaced for settlement in self}
        for supplement in self.filtered("supplement_of_id"):
            first = supplement.supplement_of_id
            listed[supplement] |= (first | first.supplement_ids - supplement).line_ids
        return {
            (settlement, line._get_origin_key())
            for settlement, lines in listed.items()
            for line in lines
            if not line.is_manual
        }

    @api.model
    def _get_origin_key(self, values):
        """Return what makes a computed line the same one when it is computed again."""
        return tuple(values[name] or False for name in KEY_FIELDS)

    def _collect_lines(self):
        """Return {settlement: [line values]}, a fixed number of queries per scheme."""
        lines = {}
        for scheme, settlements in self.grouped("scheme_id").items():
            # sudo: hr.departure - payroll sees settlements, not departures
            by_departure = settlements.sudo().grouped("departure_id")
            departures = self.env["hr.departure"].sudo().union(*by_departure)
            for departure, values_list in scheme._collect_lines(departures).items():
                settlement = by_departure[departure].with_env(self.env)
                lines[settlement] = [
                    {**values, "settlement_id": settlement.id} for values in values_list
                ]
        return lines

    @api.model
    def _preview_departures(self, vals_list):
        """Return unsaved departures with their snapshot, in the order of ``vals_list``.

        For people without a departure: sources read an unsaved one like any other.
        """
        departures = self.env["hr.departure"].browse()
        for vals in vals_list:
            departures += departures.new(vals)
        for departure, values in departures._snapshot_values().items():
            # sudo: hr.departure - unsaved records, never shown to the user
            departure.sudo().update(values)
        return departures

    @api.model
    def _preview_lines(self, departures):
        """Work out the lines of departures, saved or not; nothing is written.

        :return: {departure: [values of hr.settlement.line]}, with superuser rights
        """
        lines = {}
        # sudo: hr.departure - sources read wages that HR officers may not see; what
        # is shown of it is up to the caller
        for company, some in departures.sudo().grouped("company_id").items():
            scheme = company._get_settlement_scheme()
            lines.update(scheme._collect_lines(some))
        return lines

    def _get_warnings(self):
        """Return the warnings of one settlement; extend it to add more.

        :return: list of translated sentences, empty once confirmed or cancelled
        """
        self.ensure_one()
        if self.state in ("confirmed", "cancelled"):
            return []
        warnings = [
            self._get_set_off_warning(),
            *self._get_study_warnings(),
            *self._get_withdrawal_warnings(),
            self._get_late_warning(),
        ]
        return [warning for warning in warnings if warning]

    def _get_set_off_warning(self):
        """More is set off than is paid out, or than the last wage (BW 7:632, WML 13).

        The part of the wage that cannot be attached and the minimum wage stay free.
        """
        owed = -self.amount_deduction
        wages = self.line_ids.filtered(lambda line: line.method == "wage_part")
        last_wage = sum(wages.filtered("has_amount").mapped("amount"))
        if self.currency_id.compare_amounts(owed, 0) <= 0:
            return None
        if self.currency_id.compare_amounts(self.amount_total, 0) < 0:
            return self.env._(
                "The leaver owes more than is due: set-off leaves the protected part of"
                " the wage and the minimum wage alone. Agree on how the rest is paid."
            )
        if last_wage and self.currency_id.compare_amounts(owed, last_wage) > 0:
            return self.env._(
                "The deductions are more than the wage of the last month: check the"
                " protected part of the wage and the minimum wage."
            )
        return None

    def _get_study_warnings(self):
        """An amount for training the employer had to give is void (BW 7:611a lid 4)."""
        return [
            self.env._(
                "%(line)s: training the employer had to give is free, whatever was"
                " agreed.",
                line=line.title,
            )
            for line in self.line_ids
            if line.method == "sliding_repayment"
            and line.amount
            and (line.inputs or {}).get("is_mandatory")
        ]

    def _get_withdrawal_warnings(self):
        """Return the right to withdraw from a settlement agreement runs (BW 7:670b)."""
        today = fields.Date.context_today(self)
        # sudo: hr.departure.agreement - payroll has no access to departures
        agreements = self.sudo().departure_id.agreement_ids
        return [
            self.env._(
                "%(agreement)s can be withdrawn from until %(day)s.",
                agreement=agreement.name,
                day=format_date(self.env, agreement.withdrawal_deadline),
            )
            for agreement in agreements
            if agreement.withdrawal_deadline and agreement.withdrawal_deadline >= today
        ]

    def _get_late_warning(self):
        """Return what paying late may cost by now: a risk, never a line (BW 7:625).

        Wage alone is raised, as far as it is not set off.
        """
        today = fields.Date.context_today(self)
        # What was typed may be wage. sudo: hr.settlement.rule - for whoever settles
        wages = self.line_ids.filtered(
            lambda line: (
                line.is_counted and (not line.rule_id or line.rule_id.sudo().is_wage)
            )
        )
        late = min(sum(wages.mapped("amount")), self.amount_total)
        if not self.is_overdue or late <= 0:
            return None
        days = working_days(fields.Date.add(self.deadline, days=1), today)
        increase = late_pay_increase(late, days)
        if not increase:
            return None
        return self.env._(
            "%(days)s working days late: a judge may raise the wage that is due by up"
            " to %(amount)s.",
            days=days,
            amount=format_amount(self.env, float(increase), self.currency_id),
        )
