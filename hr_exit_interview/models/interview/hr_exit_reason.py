from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HrExitReason(models.Model):
    """A reason for leaving as leavers state it, under one of nine categories."""

    _name = "hr.exit.reason"
    _description = "Stated Reason for Leaving"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Short name without spaces. In an import it can stand for the name.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "hr.exit.reason",
        string="Category",
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
        help="Empty for a category itself.",
    )
    child_ids = fields.One2many("hr.exit.reason", "parent_id", string="Reasons")
    kind = fields.Selection(
        [("push", "Push"), ("pull", "Pull"), ("external", "External")],
        help="Push: something here. Pull: something elsewhere. External: neither.",
    )
    preventable = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
        help="Whether the company could have kept the leaver.",
    )
    is_about_manager = fields.Boolean(string="About the Manager")
    is_sensitive = fields.Boolean(
        string="Sensitive", help="Asked about with care, never in detail."
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "There is already a reason with this code."
    )

    @api.constrains("parent_id")
    def _check_parent(self):
        for reason in self.filtered("parent_id"):
            if reason.parent_id.parent_id or reason.child_ids:
                raise ValidationError(
                    self.env._(
                        "%(reason)s: a reason stands directly under a category, and a "
                        "category stands under nothing.",
                        reason=reason.name,
                    )
                )

    def _is_serious(self):
        """Tell whether it is about behaviour, to name the confidential adviser then."""
        return self.is_sensitive and self.code != "health"
