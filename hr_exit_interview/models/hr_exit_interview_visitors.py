from odoo import api, models

# Whoever reads one of these has opened the interview; a list of them does not.
CONTENT_FIELDS = {"summary", "internal_note", "mail_summary", "point_ids"}
# In a file, codes beside a name are no less than texts.
CODE_FIELDS = {
    "main_reason_id",
    "reason_ids",
    "assessed_reason_id",
    "assessed_reason_ids",
}
# A point is called by its question, which may be the leaver's own words.
POINT_FIELDS = {"answer", "question", "display_name", "parent_id"}


class HrExitInterview(models.Model):
    """Noting who reads what was said."""

    _name = "hr.exit.interview"
    _inherit = ["hr.exit.interview", "hr.exit.content"]

    _interview_path = ""

    @api.model
    def _get_content_fields(self):
        return CONTENT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return self._get_content_fields() | CODE_FIELDS

    def _get_talk_changes(self):
        self._note_opening("conversation")
        return super()._get_talk_changes()

    def _prepare_outside_page(self):
        self.env["hr.exit.access.log"]._note_link(self)
        return super()._prepare_outside_page()


class HrExitInterviewPoint(models.Model):
    _name = "hr.exit.interview.point"
    _inherit = ["hr.exit.interview.point", "hr.exit.content"]

    @api.model
    def _get_content_fields(self):
        return POINT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return set(self._fields)
