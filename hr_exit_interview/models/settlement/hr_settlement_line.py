from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .hr_settlement_change import LINE_FIELDS
from .hr_settlement_rule import KINDS

SIGNED_KINDS = ("earning", "deduction")
# What only the rules, or the steps of an amendment, write.
MADE_FIELDS = {
    "rule_id",
    "rate_id",
    "code",
    "source",
    "method",
    "item_key",
    "res_model",
    "res_id",
    "quantity",
    "unit_amount",
    "is_amount_known",
    "is_manual",
    "inputs",
    "missing",
    "notes",
    "amount",
    "has_amount",
    "agreed_user_id",
    "agreed_datetime",
    "company_id",
    "currency_id",
}
# What the rules write on a computed line, and people on one of their own.
WORDING_FIELDS = {"name", "title", "label", "kind", "amount_proposed", "is_reference"}
# Agreements with another article than their rule's: the code of the rule that has it.
CLAUSE_LAW = {
    "settlement_agreement": "vso_withdrawal",
    "confidentiality": None,
    "other": None,
}
# What somebody recorded about a thing; recomputing the list must not lose it.
HANDOVER_FACTS = ("handover_condition", "handover_user_id", "handover_date")
# What a company that keeps its leave elsewhere lacks for every leaver: the list names
# it, confirming does not ask.
NEVER_RECORDED = ["allocation"]


class HrSettlementLine(models.Model):
    """One amount or thing of a settlement: proposed by a rule, agreed by people.

    A thing to hand back that is lost costs the leaver nothing as such: damage is
    recovered only where the law or an agreement allows it (BW 7:661), so its cost
    counts once it was filled in and the leaver agreed.
    """

    _name = "hr.settlement.line"
    _description = "Settlement Line"
    _order = "settlement_id, sequence, id"
    _check_company_auto = True

    settlement_id = fields.Many2one(
        "hr.settlement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="settlement_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        related="settlement_id.currency_id", store=True, precompute=True
    )
    settlement_state = fields.Selection(
        related="settlement_id.state", string="State of the Settlement"
    )
    rule_id = fields.Many2one("hr.settlement.rule", ondelete="set null", readonly=True)
    rate_id = fields.Many2one("hr.settlement.rate", ondelete="set null", readonly=True)
    code = fields.Char(
        default="manual", required=True, help="Stable code, for payroll imports."
    )
    sequence = fields.Integer(default=900)
    kind = fields.Selection(KINDS, required=True, default="earning")
    method = fields.Char(readonly=True, help="How the amount was calculated.")
    source = fields.Char(readonly=True, help="Code of the source of the figures.")
    source_label = fields.Char(string="Found In", compute="_compute_source_label")
    label = fields.Char(string="Item", help="What exactly the line is about.")
    item_key = fields.Char(
        readonly=True,
        help="Tells apart the lines of one rule that come from no document.",
    )
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        string="Description",
    )
    title = fields.Char(
        compute="_compute_title",
        inverse="_inverse_title",
        help="The line in the reader's language.",
    )
    res_model = fields.Char(string="Origin Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Origin", model_field="res_model", readonly=True
    )
    quantity = fields.Float(digits=(16, 2), readonly=True)
    unit_amount = fields.Float(digits=(16, 6), readonly=True)
    is_amount_known = fields.Boolean(
        readonly=True, help="False: the amount is not known, which is not zero."
    )
    amount_proposed = fields.Monetary(readonly=True)
    is_amended = fields.Boolean(
        string="Other Amount Agreed",
        help="An amount other than the proposed one was agreed.",
    )
    amount_agreed = fields.Monetary(help="Negative: the leaver owes it.")
    agreed_reason = fields.Char(
        string="Reason for the Difference",
        help="Needed when another amount was agreed than the proposed one.",
    )
    agreed_user_id = fields.Many2one("res.users", readonly=True)
    agreed_datetime = fields.Datetime(readonly=True)
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        help="The agreed amount, otherwise the proposed one.",
    )
    has_amount = fields.Boolean(compute="_compute_amount", store=True, precompute=True)
    is_manual = fields.Boolean(readonly=True, default=True)
    is_reference = fields.Boolean(
        string="For Reference Only", help="Shown, but part of no total."
    )
    needs_agreement = fields.Boolean(
        help="Part of the totals only once the leaver agreed."
    )
    is_only_if_agreed = fields.Boolean(
        compute="_compute_is_counted", store=True, precompute=True
    )
    is_counted = fields.Boolean(
        compute="_compute_is_counted",
        store=True,
        precompute=True,
        help="Part of the totals.",
    )
    is_replaceable = fields.Boolean(compute="_compute_is_replaceable")
    state = fields.Selection(
        [
            ("to_discuss", "To discuss"),
            ("discussed", "Discussed"),
            ("agreed", "Agreed"),
            ("disputed", "Disputed"),
            ("question", "Question"),
            ("not_applicable", "Not applicable"),
        ],
        default="to_discuss",
        required=True,
        help="Agreed is the leaver's answer.",
    )
    is_to_discuss = fields.Boolean(
        string="Talk Through",
        default=True,
        help="Comes up in the final conversation.",
    )
    inputs = fields.Json(readonly=True, help="The values the amount was made of.")
    missing = fields.Json(readonly=True)
    notes = fields.Json(readonly=True)
    missing_text = fields.Char(string="What Is Missing", compute="_compute_words")
    explanation = fields.Text(compute="_compute_words")
    rule_note = fields.Text(
        string="About This Rule",
        compute="_compute_words",
        help="What the rule says beside the explanation: what is disputed, what to"
        " compare with, until when it can be claimed.",
    )
    legal_ref = fields.Char(string="Legal Text", compute="_compute_legal_ref")
    due_date = fields.Date(compute="_compute_due_date")
    note = fields.Char(string="Remark")

    department_id = fields.Many2one(related="settlement_id.department_id")
    last_day = fields.Date(related="settlement_id.last_day")

    handover_action = fields.Selection(
        [("return", "Return"), ("recover", "Recover cost")],
        string="To Do",
        compute="_compute_handover_action",
        store=True,
        readonly=False,
        precompute=True,
        help="Recover cost: it does not come back, and the leaver pays for it.",
    )
    handover_condition = fields.Selection(
        [("good", "Good"), ("damaged", "Damaged"), ("lost", "Lost")],
        string="Condition",
    )
    handover_user_id = fields.Many2one(
        "res.users", string="Received By", domain=[("share", "=", False)]
    )
    handover_date = fields.Date(string="Received On")
    handover_cost = fields.Monetary(
        string="Cost",
        compute="_compute_handover_cost",
        inverse="_inverse_handover_cost",
        help="What the leaver pays for it. Counts once the line is agreed.",
    )

    @api.depends("rule_id", "label")
    def _compute_name(self):
        for line in self:
            line.name = line._get_title() or line.name

    @api.depends("rule_id.name", "label", "name", "source", "inputs")
    @api.depends_context("lang")
    def _compute_title(self):
        for line in self:
            line.title = line._get_title() or line.name

    def _inverse_title(self):
        for line in self.filtered("is_manual"):
            line.name = line.title

    @api.depends("source")
    @api.depends_context("lang")
    def _compute_source_label(self):
        labels = dict(self.env["hr.settlement.source"]._get_source_labels())
        for line in self:
            # A source whose app is gone keeps its code: old lists stay readable.
            line.source_label = labels.get(line.source) or line.source

    @api.depends("is_amended", "amount_agreed", "amount_proposed", "is_amount_known")
    def _compute_amount(self):
        for line in self:
            line.has_amount = line.is_amended or line.is_amount_known
            line.amount = (
                line.amount_agreed if line.is_amended else line.amount_proposed
            )

    @api.depends(
        "amount",
        "has_amount",
        "state",
        "needs_agreement",
        "is_reference",
        "kind",
        "is_amended",
        "handover_action",
    )
    def _compute_is_counted(self):
        for line in self:
            is_recovered = line._is_recovered()
            counts = line.state != "not_applicable" and (
                is_recovered
                or (
                    line.has_amount
                    and not line.is_reference
                    and line.kind in SIGNED_KINDS
                )
            )
            asks = is_recovered or (line.needs_agreement and line.amount < 0)
            waits = asks and line.state != "agreed"
            line.is_only_if_agreed = bool(counts and waits)
            line.is_counted = bool(counts and not waits)

    @api.depends(
        "state", "is_manual", "is_amended", "kind", "handover_action", *HANDOVER_FACTS
    )
    def _compute_is_replaceable(self):
        for line in self:
            line.is_replaceable = (
                line.state == "to_discuss"
                and not line.is_manual
                and not line.is_amended
                and not line._has_handover_facts()
            )

    @api.depends("settlement_id.last_day", "rule_id.due_days")
    def _compute_due_date(self):
        for line in self:
            last_day = line.settlement_id.last_day
            line.due_date = last_day and fields.Date.add(
                last_day, days=line.rule_id.due_days
            )

    @api.depends(
        "rule_id.note", "inputs", "missing", "notes", "rule_id.method", "quantity"
    )
    @api.depends_context("lang")
    def _compute_words(self):
        words = self.env["hr.settlement.words"]
        for line in self:
            line.missing_text = words._get_missing_text(line.missing or ())
            explanation, note = words._explain(line), words._get_rule_note(line)
            # Where nothing is calculated the note is all there is to say.
            line.explanation = explanation or note
            line.rule_note = note if explanation else ""

    @api.depends("rule_id.legal_ref", "source", "inputs")
    @api.depends_context("lang")
    def _compute_legal_ref(self):
        for line in self:
            line.legal_ref = line._get_law_rule().legal_ref

    @api.depends("kind")
    def _compute_handover_action(self):
        for line in self:
            is_thing = line.kind == "handover"
            line.handover_action = (
                (line.handover_action or "return") if is_thing else False
            )

    @api.depends("kind", "is_amended", "amount_agreed")
    def _compute_handover_cost(self):
        for line in self:
            has_cost = line.kind == "handover" and line.is_amended
            line.handover_cost = -line.amount_agreed if has_cost else 0.0

    def _inverse_handover_cost(self):
        """Store the cost as the agreed amount: user and time are kept with it."""
        for line in self:
            line.write(
                {
                    "amount_agreed": -line.handover_cost,
                    "is_amended": bool(line.handover_cost),
                }
            )

    @api.onchange("is_amended")
    def _onchange_is_amended(self):
        """Start from the proposed amount: nobody agrees on zero by accident."""
        if self.is_amended and not self._origin.is_amended:
            self.amount_agreed = self.amount_agreed or self.amount_proposed

    @api.onchange("amount_agreed")
    def _onchange_amount_agreed(self):
        """Typing another amount is agreeing on it."""
        if self.amount_agreed != self._origin.amount_agreed:
            self.is_amended = True

    @api.constrains("is_amended", "agreed_reason")
    def _check_agreed_reason(self):
        for line in self:
            has_reason = (line.agreed_reason or "").strip()
            # What becomes of a thing to hand back says itself why it costs something.
            if line.is_amended and line.kind in SIGNED_KINDS and not has_reason:
                raise ValidationError(
                    self.env._(
                        "Another amount was agreed for %(line)s: fill in the reason"
                        " for the difference.",
                        line=line.title,
                    )
                )

    @api.constrains("kind", "amount_agreed", "is_amended")
    def _check_handover_cost(self):
        for line in self:
            if line.kind == "handover" and line.is_amended and line.amount_agreed > 0:
                raise ValidationError(
                    self.env._(
                        "%(thing)s: the cost is what the leaver pays, fill in a number"
                        " above zero.",
                        thing=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._prepare_amended(self._prepare_manual(vals)) for vals in vals_list
        ]
        ids = {vals["settlement_id"] for vals in vals_list if vals.get("settlement_id")}
        settlements = self.env["hr.settlement"].browse(ids)
        with settlements._noting_changes() as noting:
            lines = super(HrSettlementLine, self.with_env(noting.env)).create(vals_list)
            lines._check_unlocked()
            lines._set_signs()
        return lines.with_env(self.env)

    def write(self, vals):
        if not vals.keys() <= self._get_fields_after_confirmation():
            self._check_unlocked()
        self._check_computed_kept(vals)
        vals = self._prepare_amended(vals)
        if "amount_proposed" in vals and "is_amount_known" not in vals:
            vals = {**vals, "is_amount_known": True}
        with self.settlement_id._noting_changes() as noting:
            lines = self.with_env(noting.env)
            result = super(HrSettlementLine, lines).write(vals)
            if "settlement_id" in vals:
                lines._check_unlocked()
            if vals.keys() & {"kind", "amount_proposed", "amount_agreed"}:
                lines._set_signs()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self._check_unlocked()

    def unlink(self):
        with self.settlement_id._noting_changes() as noting:
            return super(HrSettlementLine, self.with_env(noting.env)).unlink()

    def action_open_origin(self):
        """Open the document the line comes from."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            raise UserError(
                self.env._("The app that holds the origin is no longer installed.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def action_receive(self):
        """Record that things came back today, in good condition unless damaged."""
        damaged = self.filtered(lambda line: line.handover_condition == "damaged")
        (self - damaged).write({"handover_condition": "good"})
        self.write(
            {
                "handover_user_id": self.env.uid,
                "handover_date": fields.Date.context_today(self),
            }
        )

    def _get_law_rule(self):
        """Return the rule that names the article; empty where there is none."""
        # sudo: hr.settlement.rule - text of the law, for whoever reads the line
        rule = self.rule_id.sudo()
        kind = isinstance(self.inputs, dict) and self.inputs.get("agreement_type")
        if self.source != "clause" or kind not in CLAUSE_LAW:
            return rule
        return rule.scheme_id._get_rule(CLAUSE_LAW[kind])

    def _get_sentences(self):
        """Return explanation and note of the rule, one sentence a row."""
        texts = (self.explanation or "", self.rule_note or "")
        return [row for text in texts for row in text.splitlines() if row]

    def _get_title(self):
        """Return rule and item in the reader's language; empty without a rule.

        A line whose rule was deleted keeps the name that it had.
        """
        if not self.rule_id:
            return ""
        details = self.env["hr.settlement.words"]._get_details(self)
        item = " ".join(filter(None, (self.label, details)))
        return " – ".join(filter(None, (self.rule_id.name, item)))

    def _get_origin_key(self):
        """Return what makes a computed line the same one when it is computed again."""
        return self.settlement_id._get_origin_key(self)

    @api.model
    def _prepare_manual(self, vals):
        """Return what a line typed manually needs; only the rules make other lines."""
        if self.env.su and vals.get("rule_id"):
            return {**vals, "is_manual": False}
        if not self.env.su:
            vals = {name: vals[name] for name in vals.keys() - MADE_FIELDS}
        if vals.get("title"):
            vals = {"name": vals["title"], **vals}
        has_amount = "amount_proposed" in vals
        return {"is_amount_known": has_amount, **vals, "is_manual": True}

    @api.model
    def _prepare_amended(self, vals):
        """Return who agreed on another amount and when, or nobody any more."""
        if "amount_agreed" in vals and "is_amended" not in vals:
            vals = {**vals, "is_amended": True}
        if "is_amended" not in vals:
            return vals
        if vals["is_amended"]:
            made_by = {
                "agreed_user_id": self.env.uid,
                "agreed_datetime": fields.Datetime.now(),
            }
        else:
            made_by = dict.fromkeys(
                ("amount_agreed", "agreed_reason", "agreed_user_id", "agreed_datetime"),
                False,
            )
        return {**vals, **made_by}

    def _set_signs(self):
        """Make what the leaver owes negative, however it was typed."""
        for line in self.filtered(lambda line: line.kind == "deduction"):
            for name in ("amount_proposed", "amount_agreed"):
                if line[name] > 0:
                    # sudo: hr.settlement.line - a proposal's sign is not the user's
                    line.sudo().write({name: -line[name]})

    def _check_computed_kept(self, vals):
        """Refuse to overwrite what the rules computed: another amount is agreed."""
        kept = MADE_FIELDS | {"settlement_id"}
        if not all(self.mapped("is_manual")):
            kept |= WORDING_FIELDS
        if vals.keys() & kept and not self.env.su:
            names = self.fields_get(vals.keys() & kept, ["string"]).values()
            raise UserError(
                self.env._(
                    "%(line)s: %(fields)s cannot be changed. Agree on another amount"
                    " with its reason, or mark the line as not applicable.",
                    line=self[:1].title,
                    fields=", ".join(sorted(name["string"] for name in names)),
                )
            )

    @api.model
    def _get_fields_after_confirmation(self):
        """Return the names of fields that may still be recorded once it is locked.

        Things often come back after the list was confirmed; no amount changes.
        """
        return {*HANDOVER_FACTS}

    def _check_unlocked(self):
        locked = self.settlement_id.filtered(lambda s: s.state == "confirmed")
        if locked:
            raise UserError(
                self.env._(
                    "The settlement of %(name)s is confirmed. Add a supplement for"
                    " late items.",
                    name=locked[0].display_name,
                )
            )

    @api.model
    def _get_cost_domain(self):
        """Return the domain of what leaving costs, also where it is not known yet.

        What the normal payslip pays anyway is no cost of leaving.
        """
        return (
            Domain("kind", "in", SIGNED_KINDS)
            & Domain("is_reference", "=", False)
            & Domain("state", "!=", "not_applicable")
            & Domain("settlement_id.state", "!=", "cancelled")
        )

    def _has_handover_facts(self):
        """Tell whether somebody wrote down what became of a thing to hand back."""
        return self.kind == "handover" and (
            self.handover_action == "recover"
            or any(self[name] for name in HANDOVER_FACTS)
        )

    def _is_recovered(self):
        """Tell whether the leaver was asked to pay for a thing."""
        return (
            self.kind == "handover"
            and self.handover_action == "recover"
            and self.is_amended
        )

    def _get_change_key(self):
        """Return what a line is recognised by after the list was computed again."""
        return self.id if self.is_manual else self._get_origin_key()

    def _get_followed_values(self):
        """Return what is compared of a line; an amount not known is none."""
        values = self.env["hr.settlement.change"]._read_values(self, LINE_FIELDS)
        amount = values["amount"] if self.has_amount else None
        return {
            **values,
            "amount": amount,
            "is_manual": self.is_manual,
            "about": {
                "line_name": self.name,
                "rule_id": self.rule_id.id,
                "label": self.label,
            },
        }

    def _get_open_point(self):
        """Return what is open about a line, empty when nothing is."""
        if self.state == "disputed":
            return self.env._("the leaver disagrees")
        if self.state == "question":
            return self.env._("the leaver has a question")
        if self.is_only_if_agreed:
            return self.env._("not agreed, so not in the total")
        is_due = self.kind in SIGNED_KINDS and self.state != "not_applicable"
        if is_due and not self.has_amount and self.missing != NEVER_RECORDED:
            return self.env._("no amount, so not in the total")
        return ""
