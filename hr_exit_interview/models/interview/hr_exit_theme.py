from odoo import fields, models


class HrExitTheme(models.Model):
    """What a question is about: answers are counted by theme, never quoted."""

    _name = "hr.exit.theme"
    _description = "Exit Interview Theme"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, help="Short name without spaces.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code)", "There is already a theme with this code."
    )
