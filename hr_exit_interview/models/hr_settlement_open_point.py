from markupsafe import Markup

from odoo import api, fields, models

from .hr_settlement_line import SIGNED_KINDS


class HrSettlement(models.Model):
    """What is open when a list is confirmed: named, acknowledged, never lost."""

    _inherit = "hr.settlement"

    has_open_points = fields.Boolean(compute="_compute_has_open_points")

    @api.depends(
        "line_ids.state",
        "line_ids.has_amount",
        "line_ids.is_only_if_agreed",
        "change_ids",
        "checked_date",
    )
    def _compute_has_open_points(self):
        for settlement, points in self._get_open_points().items():
            settlement.has_open_points = bool(points)

    def _get_open_points(self):
        """Return {settlement: [sentences]}: lines open, another total than checked."""
        return {
            settlement: [
                *settlement._get_changed_totals(),
                *(
                    self.env._("%(line)s: %(point)s", line=line.title, point=point)
                    for line in settlement.line_ids
                    if (point := line._get_open_point())
                ),
            ]
            for settlement in self
        }

    def _get_changed_totals(self):
        """Return a sentence when the total is no longer the one that was checked."""
        changes = self._get_changes_after_check().filtered(
            lambda change: change.field_name == "amount_total"
        )
        if not changes:
            return []
        return [
            self.env._(
                "The total was %(old)s when it was checked and is %(new)s now.",
                old=changes[0].old_text,
                new=changes[-1].new_text,
            )
        ]

    def _ask_acknowledgement(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Still Open"),
            "res_model": "hr.settlement.confirm",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_ids": self.ids},
        }

    def _note_open_points(self, open_points):
        """Keep in the chatter what was open when the list was confirmed."""
        intro = self.env._("Confirmed with these points open:")
        bodies = {
            settlement.id: Markup("%s<ul>%s</ul>")
            % (intro, Markup().join(Markup("<li>%s</li>") % point for point in points))
            for settlement, points in open_points.items()
            if points
        }
        self.browse(bodies)._message_log_batch(bodies=bodies)


class HrSettlementLine(models.Model):
    _inherit = "hr.settlement.line"

    def _get_open_point(self):
        """Return what is open about a line, empty when nothing is."""
        if self.state == "disputed":
            return self.env._("the leaver disagrees")
        if self.state == "question":
            return self.env._("the leaver has a question")
        if self.is_only_if_agreed:
            return self.env._("not agreed, so not in the total")
        is_due = self.kind in SIGNED_KINDS and self.state != "not_applicable"
        if is_due and not self.has_amount:
            return self.env._("no amount, so not in the total")
        return ""
