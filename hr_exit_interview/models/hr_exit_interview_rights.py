from odoo import api, models
from odoo.exceptions import AccessError

OFFICER = "hr_exit_interview.group_exit_officer"

# What the interviewer notes; the rest is for HR or follows from the steps.
INTERVIEWER_FIELDS = {
    "held_date",
    "internal_note",
    "location",
    "main_reason_id",
    "point_ids",
    "reason_ids",
    "state",
    "summary",
    "video_url",
}
INTERVIEWER_STATES = {"held", "closed", "no_show"}


class HrExitInterview(models.Model):
    """What an interviewer who is not an HR exit officer may write."""

    _inherit = "hr.exit.interview"

    def write(self, vals):
        self._check_interviewer_fields(vals)
        return super().write(vals)

    @api.model
    def _get_interviewer_fields(self):
        """What an interviewer may write in the own interviews; extend for more.

        :return: set of field names
        """
        return INTERVIEWER_FIELDS | {
            *self.env["mail.thread"]._fields,
            *self.env["mail.activity.mixin"]._fields,
        }

    def _check_is_officer(self):
        """Refuse a step that only HR takes.

        :raises AccessError: not an HR exit officer, or one who may not see it
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Only HR exit officers plan interviews. Ask one of them.")
            )

    def _check_interviewer_fields(self, vals):
        """Refuse what only HR changes.

        :raises AccessError: names the fields
        """
        if self.env.su or self.env.user.has_group(OFFICER):
            return
        refused = vals.keys() - self._get_interviewer_fields()
        if vals.get("state", "held") not in INTERVIEWER_STATES:
            refused.add("state")
        if refused:
            labels = self.fields_get(refused, ["string"])
            raise AccessError(
                self.env._(
                    "Interviewers note what was said. This is for HR: %(fields)s.",
                    fields=", ".join(
                        labels[name]["string"] if name in labels else name
                        for name in sorted(refused)
                    ),
                )
            )

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Refuse to group by a field that the user may not see.

        Odoo does so for all fields but those of many records.
        """
        field = self._fields.get(groupby_spec)
        if field and field.type == "many2many":
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
