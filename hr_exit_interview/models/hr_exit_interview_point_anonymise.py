from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .hr_exit_interview_anonymise import TEXT_TYPES

# What is counted of a point: theme and reason.
KEPT_FIELDS = {
    "interview_id",
    "company_id",
    "sequence",
    "kind",
    "question_id",
    "theme_id",
    "reason_id",
    "is_by_leaver",
}


class HrExitInterviewPoint(models.Model):
    _inherit = "hr.exit.interview.point"

    @api.model
    def _get_text_fields(self):
        """Return the names of fields that hold what was asked or said."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type in (*TEXT_TYPES, "char")
        ]

    @api.model
    def _get_text_domain(self):
        return Domain.OR(Domain(name, "!=", False) for name in self._get_text_fields())

    @api.model
    def _get_kept_fields(self):
        """Return the names of fields that stay; all others are emptied."""
        return KEPT_FIELDS

    def _blank_texts(self):
        """Remove question and answer; theme and reason stay. As superuser."""
        if not self:
            return
        self.env.flush_all()
        self.env["hr.exit.blank"]._update(
            self, dict.fromkeys(self._get_text_fields(), SQL("NULL"))
        )
        self.env.invalidate_all(flush=False)
