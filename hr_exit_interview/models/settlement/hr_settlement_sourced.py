from odoo import fields, models


class HrSettlementSourced(models.AbstractModel):
    """What rests on a text of law, so that a lawyer can look it up and see its age."""

    _name = "hr.settlement.sourced"
    _description = "Resting on a Text of Law"

    law_url = fields.Char(
        string="Address of the Text", help="The official publication of the text."
    )
    law_date = fields.Date(
        string="Text of", help="From when the text holds as it was read."
    )
    law_read_date = fields.Date(
        string="Read On",
        help="When somebody last compared, with the text or a publication about it.",
    )
