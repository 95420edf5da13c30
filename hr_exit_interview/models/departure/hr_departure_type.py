from odoo import fields, models


class HrDepartureType(models.Model):
    """The ways of leaving as records, so that a settlement rule can name several."""

    _name = "hr.departure.type"
    _description = "Departure Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        readonly=True,
        help="The technical value of the departure type on a departure.",
    )
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex(
        "(code)", "There is already a departure type with this code."
    )
