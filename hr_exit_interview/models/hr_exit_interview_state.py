from odoo import api, fields, models
from odoo.exceptions import UserError

# From which state an interview may go where. A refusal is an answer that may change,
# and whoever did not come may still be talked to.
TRANSITIONS = {
    "offered": {"accepted", "scheduled", "held", "declined", "expired", "cancelled"},
    "accepted": {"offered", "scheduled", "held", "declined", "expired", "cancelled"},
    "scheduled": {"accepted", "held", "no_show", "declined", "cancelled"},
    "no_show": {"accepted", "scheduled", "held", "declined", "expired", "cancelled"},
    "declined": {"offered", "accepted", "scheduled", "held", "cancelled"},
    "expired": {"accepted", "scheduled", "held", "declined", "cancelled"},
    "held": {"closed", "scheduled"},
    "closed": {"held"},
    "cancelled": {"offered"},
}


class HrExitInterview(models.Model):
    """The states of an interview: every step that can be taken can be taken back."""

    _inherit = "hr.exit.interview"

    def write(self, vals):
        if "state" in vals and not self.env.su:
            # First: a refusal names the leaver, which not everybody may read.
            self.check_access("write")
            self._check_transition(vals["state"])
        return super().write(vals)

    def action_hold(self):
        """The conversation took place, today unless a day was filled in."""
        today = fields.Date.context_today(self)
        for held_date, interviews in self.grouped("held_date").items():
            interviews.write({"state": "held", "held_date": held_date or today})

    def action_close(self):
        """Read back and done: nobody changes what was said, reopening apart."""
        self.write({"state": "closed"})

    def action_reopen(self):
        """Take a closed interview back to correct it."""
        self.write({"state": "held"})

    def action_cancel(self):
        """Call the interview off."""
        self.write({"state": "cancelled"})

    @api.model
    def _get_transitions(self):
        """Return {state: states that may follow}."""
        return TRANSITIONS

    def _check_transition(self, state):
        """Refuse a step that makes no sense from where an interview is.

        :raises UserError: names the interview and both states
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        state = state if isinstance(state, str) else str(state)
        for interview in self.filtered(lambda i: i.state != state):
            if state not in self._get_transitions()[interview.state]:
                raise UserError(
                    self.env._(
                        "%(interview)s is in state “%(before)s” and cannot become "
                        "“%(after)s”.",
                        interview=interview.display_name,
                        before=labels[interview.state],
                        after=labels.get(state, state),
                    )
                )
