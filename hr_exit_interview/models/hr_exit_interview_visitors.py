from odoo import models

# Whoever reads one of these has opened the interview; a list of them does not.
CONTENT_FIELDS = {"summary", "internal_note", "point_ids"}
# In a file, codes beside a name are no less than texts.
CODE_FIELDS = {
    "main_reason_id",
    "reason_ids",
    "assessed_reason_id",
    "assessed_reason_ids",
}


class HrExitInterview(models.Model):
    """Noting who reads what was said."""

    _inherit = "hr.exit.interview"

    def _get_content_fields(self):
        """Return the names of fields that hold what was said."""
        return CONTENT_FIELDS

    # The way of read, search_read and the web client; see the docstring of read.
    def _read_format(self, fnames, load="_classic_read"):
        if self._get_content_fields() & set(fnames):
            self.env["hr.exit.access.log"]._note(self, "form")
        return super()._read_format(fnames, load)

    def _get_talk_changes(self):
        self.env["hr.exit.access.log"]._note(self, "conversation")
        return super()._get_talk_changes()

    def _export_rows(self, fields, *args, **kwargs):
        content = self._get_content_fields() | CODE_FIELDS
        if content & {path[0] for path in fields}:
            self.env["hr.exit.access.log"]._note(self, "export")
        return super()._export_rows(fields, *args, **kwargs)


class HrExitInterviewPoint(models.Model):
    _inherit = "hr.exit.interview.point"

    def _read_format(self, fnames, load="_classic_read"):
        if {"answer", "question"} & set(fnames):
            self.env["hr.exit.access.log"]._note(self.interview_id, "form")
        return super()._read_format(fnames, load)

    def _export_rows(self, fields, *args, **kwargs):
        self.env["hr.exit.access.log"]._note(self.interview_id, "export")
        return super()._export_rows(fields, *args, **kwargs)
