from odoo import api, fields, models
from odoo.exceptions import UserError

from .hr_settlement import OUTDATED_ACTIVITY, OVERDUE_ACTIVITY
from .hr_settlement_change import NOTED

# What users write; all the rest follows from the departure, the rules and the steps.
USER_FIELDS = {
    "scheme_id",
    "deadline",
    "line_ids",
    "money_line_ids",
    "handover_line_ids",
    "clause_line_ids",
    "paper_line_ids",
}

# What retention takes away from a confirmed settlement after years.
RETENTION_FIELDS = {"departure_id", "employee_name", "leaver_user_id"}


class HrSettlement(models.Model):
    """Two pairs of eyes: draft, checked, discussed, confirmed and then locked."""

    _inherit = "hr.settlement"

    # === Steps ===

    def action_recompute(self):
        """Recompute what is still to be discussed; refused once checked."""
        self._check_step(("draft",), self.env._("recomputed"))
        self._recompute_lines()

    def action_check(self):
        """First pair of eyes: everything on the list is right."""
        self._check_step(("draft",), self.env._("checked"))
        self._set_state(
            "checked",
            checked_user_id=self.env.uid,
            checked_date=fields.Datetime.now(),
        )

    def action_discuss(self):
        """The list was talked through with the leaver."""
        self._check_step(("checked",), self.env._("marked as discussed"))
        lines = self.line_ids.filtered(lambda line: line.state == "to_discuss")
        # The step itself says so: not a change of each line.
        lines.with_context(**{NOTED: True}).write({"state": "discussed"})
        self._set_state("discussed")

    def action_confirm(self, is_acknowledged=False):
        """Second pair of eyes: not who checked, nor who changed an amount since.

        What the leaver disputes and what has no amount does not stop it, but somebody
        says to have seen it, and it is kept.

        :return: the window that asks so, when something is open and nobody said so
        :raise UserError: not discussed yet, or checked or changed by the same user
        """
        self._check_step(("discussed",), self.env._("confirmed"))
        self._check_second_pair_of_eyes()
        open_points = self._get_open_points()
        if any(open_points.values()) and not is_acknowledged:
            return self._ask_acknowledgement()
        self._set_state(
            "confirmed",
            confirmed_user_id=self.env.uid,
            confirmed_date=fields.Datetime.now(),
        )
        self._close_activities(OUTDATED_ACTIVITY, OVERDUE_ACTIVITY)
        self._note_open_points(open_points)
        return None

    def action_cancel(self):
        """Cancel; a confirmed settlement stays."""
        self._check_step(("draft", "checked", "discussed"), self.env._("cancelled"))
        self._set_state("cancelled")
        self._close_activities(OUTDATED_ACTIVITY, OVERDUE_ACTIVITY)

    def action_create_supplement(self):
        """Open a further list for items that came up after confirmation."""
        self.ensure_one()
        self._check_step(("confirmed",), self.env._("supplemented"))
        first = self.supplement_of_id or self
        # sudo: hr.settlement - its snapshot and what it adds to are not the user's
        supplement = self.sudo().copy(
            {"supplement_of_id": first.id, "departure_id": self.departure_id.id}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.settlement",
            "res_id": supplement.id,
            "view_mode": "form",
        }

    def _set_state(self, state, **vals):
        # sudo: hr.settlement - states are for the steps alone, see write
        self.sudo().write({"state": state, **vals})

    def _check_step(self, states, done):
        """Refuse a step to who may not change settlements, or in the wrong state."""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for settlement in self:
            if settlement.state not in states:
                raise UserError(
                    self.env._(
                        "The settlement of %(name)s is %(state)s and cannot be"
                        " %(done)s.",
                        name=settlement.display_name,
                        state=labels[settlement.state].lower(),
                        done=done,
                    )
                )

    def _check_second_pair_of_eyes(self):
        for settlement in self:
            if settlement.checked_user_id == self.env.user:
                raise UserError(
                    self.env._(
                        "You checked the settlement of %(name)s: somebody else"
                        " confirms it.",
                        name=settlement.display_name,
                    )
                )
            if self.env.user in settlement._get_amount_changers():
                raise UserError(
                    self.env._(
                        "You changed an amount of the settlement of %(name)s after it"
                        " was checked: somebody else confirms it. Or take it back to"
                        " draft, and somebody else checks it again.",
                        name=settlement.display_name,
                    )
                )

    # === Locks ===

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_steps_kept(vals.keys() & {"state", *self._get_step_fields()})
        return super().create(vals_list)

    def write(self, vals):
        own = vals.keys() - self._get_chatter_fields()
        self._check_not_confirmed(own)
        self._check_steps_kept(own - USER_FIELDS)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(settlement.state == "confirmed" for settlement in self):
            raise UserError(
                self.env._(
                    "A confirmed settlement is kept. Add a supplement for changes."
                )
            )

    def _check_not_confirmed(self, names):
        """A confirmed settlement changes no more, for nobody."""
        locked = self.filtered(lambda settlement: settlement.state == "confirmed")
        if locked and names - self._get_fields_after_confirmation():
            raise UserError(
                self.env._(
                    "The settlement of %(name)s is confirmed. Add a supplement for"
                    " late items.",
                    name=locked[0].display_name,
                )
            )

    def _check_steps_kept(self, names):
        """What follows from departure, rules and steps is not written by hand."""
        if names and not self.env.su:
            labels = self.fields_get(names, ["string"])
            shown = [labels.get(name, {}).get("string", name) for name in sorted(names)]
            raise UserError(
                self.env._(
                    "%(fields)s of a settlement cannot be filled in: use the steps of"
                    " the settlement, or correct the departure and recompute.",
                    fields=", ".join(shown),
                )
            )

    @api.model
    def _get_fields_after_confirmation(self):
        """Return the names of fields that change nothing that was confirmed."""
        return RETENTION_FIELDS

    @api.model
    def _get_step_fields(self):
        return (
            "checked_user_id",
            "checked_date",
            "confirmed_user_id",
            "confirmed_date",
        )

    @api.model
    def _get_chatter_fields(self):
        return {
            *self.env["mail.thread"]._fields,
            *self.env["mail.activity.mixin"]._fields,
        } - {"id"}
