from odoo import fields, models


class HrExitPhraseLine(models.TransientModel):
    """A word or phrase, and how many people used it."""

    _name = "hr.exit.phrase.line"
    _description = "Word or Phrase of Leavers"
    _order = "id"

    wizard_id = fields.Many2one("hr.exit.phrase", required=True, ondelete="cascade")
    name = fields.Char(string="Word or Phrase", readonly=True)
    people = fields.Integer(readonly=True)
