from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What somebody noted about a thing; recomputing the list must not lose it.
HANDOVER_FACTS = ("handover_condition", "handover_user_id", "handover_date")


class HrSettlementLine(models.Model):
    """What becomes of the things to hand back.

    A thing that is lost costs the leaver nothing by itself: damage is recovered only
    where the law or an agreement allows it (BW 7:661), so its cost counts once it was
    filled in and the leaver agreed.
    """

    _inherit = "hr.settlement.line"

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
        """The cost is the agreed amount: user and time are kept with it."""
        for line in self:
            line.write(
                {
                    "amount_agreed": -line.handover_cost,
                    "is_amended": bool(line.handover_cost),
                }
            )

    @api.depends("kind", "is_amended", "handover_action")
    def _compute_is_counted(self):
        result = super()._compute_is_counted()
        for line in self.filtered(lambda line: line._is_recovered()):
            line.is_counted = line.state == "agreed"
            line.is_only_if_agreed = line.state not in ("agreed", "not_applicable")
        return result

    def _is_recovered(self):
        """Tell whether the leaver was asked to pay for a thing."""
        return (
            self.kind == "handover"
            and self.handover_action == "recover"
            and self.is_amended
        )

    @api.depends(*HANDOVER_FACTS, "kind", "handover_action")
    def _compute_is_replaceable(self):
        result = super()._compute_is_replaceable()
        for line in self.filtered(lambda line: line.kind == "handover"):
            is_noted = any(line[name] for name in HANDOVER_FACTS)
            if is_noted or line.handover_action == "recover":
                line.is_replaceable = False
        return result

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

    @api.model
    def _get_fields_after_confirmation(self):
        """Things often come back after the list was confirmed; no amount changes."""
        return [*super()._get_fields_after_confirmation(), *HANDOVER_FACTS]

    def action_receive(self):
        """Note that things came back today: in good condition unless noted damaged."""
        damaged = self.filtered(lambda line: line.handover_condition == "damaged")
        (self - damaged).write({"handover_condition": "good"})
        self.write(
            {
                "handover_user_id": self.env.uid,
                "handover_date": fields.Date.context_today(self),
            }
        )
