from odoo import api, fields, models
from odoo.exceptions import ValidationError

HOLD_FIELDS = {"hold_until", "hold_reason"}
MADE_FIELDS = {"hold_user_id", "hold_date"}


class HrDeparture(models.Model):
    """A legal hold: nothing of this person goes as long as it lasts."""

    _inherit = "hr.departure"

    hold_until = fields.Date(
        string="Held Until",
        tracking=True,
        copy=False,
        help="Nothing of this person is removed up to and including this day, for "
        "instance because of a dispute.",
    )
    hold_reason = fields.Char(
        string="Reason of the Hold",
        copy=False,
        help="Why it is needed longer: a claim, an investigation.",
    )
    hold_user_id = fields.Many2one(
        "res.users", string="Held By", readonly=True, copy=False
    )
    hold_date = fields.Date(string="Held Since", readonly=True, copy=False)

    @api.constrains(*HOLD_FIELDS)
    def _check_hold(self):
        for departure in self.filtered("hold_until"):
            if not departure.hold_reason:
                raise ValidationError(
                    self.env._(
                        "%(departure)s: say why it is held. Data may be kept longer "
                        "only for a reason.",
                        departure=departure.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_hold(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._prepare_hold(vals))

    def _get_legal_hold_end(self):
        """Until when something of this person is held, by any of their departures.

        :return: date, or None when nothing is held today
        """
        self.ensure_one()
        # sudo: hr.departure - a hold in another company is a hold
        departure = self.sudo()
        departures = departure | departure.employee_id.departure_ids
        today = fields.Date.context_today(self)
        ends = filter(None, departures.mapped("hold_until"))
        return max((end for end in ends if end >= today), default=None)

    @api.model
    def _prepare_hold(self, vals):
        """Who holds it and since when, or nobody any more."""
        vals = {name: vals[name] for name in vals.keys() - MADE_FIELDS}
        if "hold_until" not in vals:
            return vals
        if not vals["hold_until"]:
            return {**vals, **dict.fromkeys(HOLD_FIELDS | MADE_FIELDS, False)}
        today = fields.Date.context_today(self)
        return {**vals, "hold_user_id": self.env.uid, "hold_date": today}
