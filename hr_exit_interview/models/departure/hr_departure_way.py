from odoo import api, fields, models

from .hr_departure_reason import get_departure_types, get_initiatives


class HrDepartureWay(models.AbstractModel):
    """How somebody leaves: for one departure, and for those of a reorganisation.

    Type and initiative start from the reason and can be set apart from it.
    """

    _name = "hr.departure.way"
    _description = "Way of Leaving"

    departure_reason_id = fields.Many2one("hr.departure.reason", ondelete="restrict")
    departure_type = fields.Selection(
        get_departure_types,
        compute="_compute_departure_type",
        store=True,
        precompute=True,
        readonly=False,
        help="Decides on the settlement and on the questions that are asked.",
    )
    initiative = fields.Selection(
        get_initiatives,
        compute="_compute_initiative",
        store=True,
        precompute=True,
        readonly=False,
        help="Who ends the employment.",
    )
    departure_description = fields.Html(
        string="Description",
        help="Odoo shows this on the employee too. Keep what was said in confidence "
        "out of it.",
    )

    # Not on the reason's own type: changing a reason must not rewrite the past.
    @api.depends("departure_reason_id")
    def _compute_departure_type(self):
        for record in self:
            record.departure_type = record.departure_reason_id.departure_type

    @api.depends("departure_reason_id")
    def _compute_initiative(self):
        for record in self:
            record.initiative = record.departure_reason_id.initiative
