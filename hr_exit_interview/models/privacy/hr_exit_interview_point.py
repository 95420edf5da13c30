from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import hr_exit_content  # noqa: F401 - inherited here
from .hr_exit_interview import TEXT_TYPES

# What is counted of a point: theme and reason.
# A point is called by its question, which may be the leaver's own words.
POINT_FIELDS = {"answer", "question", "display_name", "parent_id"}
KEPT_POINT_FIELDS = {
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
    _name = "hr.exit.interview.point"
    _inherit = ["hr.exit.interview.point", "hr.exit.content"]

    @api.model
    def _get_content_fields(self):
        return POINT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return self._fields.keys()

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
        return KEPT_POINT_FIELDS

    def _blank_texts(self):
        """Remove question and answer; theme and reason stay. As superuser."""
        if not self:
            return
        self.env.flush_all()
        self.env["hr.exit.blank"]._update(
            self, dict.fromkeys(self._get_text_fields(), SQL("NULL"))
        )
        self.env.invalidate_all(flush=False)
