from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import hr_exit_content  # noqa: F401 - inherited here

# What an anonymous interview is still counted by.
KEPT_INTERVIEW_FIELDS = {
    "departure_id",
    "company_id",
    "state",
    "is_second",
    "template_id",
    "form",
    "main_reason_id",
    "reason_ids",
    "assessed_reason_id",
    "assessed_reason_ids",
    "departure_type",
    "tenure_band",
    "quarter",
}
TEXT_TYPES = ("text", "html")
MESSAGE_TYPES = ("comment", "email", "email_outgoing", "auto_comment")
# Whoever reads one of these has opened the interview; a list of them does not.
CONTENT_FIELDS = {"summary", "internal_note", "mail_summary", "point_ids"}
# In a file, codes beside a name are no less than texts.
CODE_FIELDS = {
    "main_reason_id",
    "reason_ids",
    "assessed_reason_id",
    "assessed_reason_ids",
}


class HrExitInterview(models.Model):
    """Logging who reads what was said, and taking it out when its time is over."""

    _name = "hr.exit.interview"
    _inherit = ["hr.exit.interview", "hr.exit.content"]

    _logged_path = ""

    is_anonymous = fields.Boolean(
        string="Anonymous",
        readonly=True,
        copy=False,
        help="Only counted: nobody reads it any more.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        interviews = super().create(vals_list)
        interviews.departure_id._check_not_anonymous()
        return interviews

    def write(self, vals):
        if not self.env.su and any(self.mapped("is_anonymous")):
            raise UserError(
                self.env._(
                    "The period of this interview is over: it is only counted, and "
                    "cannot be changed."
                )
            )
        return super().write(vals)

    @api.model
    def _get_content_fields(self):
        return CONTENT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return self._get_content_fields() | CODE_FIELDS

    def _get_talk_changes(self):
        changes = super()._get_talk_changes()
        self._log_content("conversation")
        return changes

    def _prepare_outside_page(self):
        self.env["hr.exit.access.log"]._log_link(self)
        return super()._prepare_outside_page()

    @api.model
    def _get_text_fields(self):
        """Return the names of fields that hold what was said or noted."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type in TEXT_TYPES
        ]

    @api.model
    def _get_text_domain(self):
        """Interviews with texts, notes or files."""
        filled = Domain.OR(
            Domain(name, "!=", False) for name in self._get_text_fields()
        )
        points = self.env["hr.exit.interview.point"]._get_text_domain()
        return (
            filled
            | Domain("point_ids", "any", points)
            | Domain("message_ids", "any", [("message_type", "in", MESSAGE_TYPES)])
            | Domain("id", "in", self._get_attachment_query().subselect("res_id"))
        )

    @api.model
    def _get_attachment_query(self):
        # sudo: ir.attachment - files go by their age, whoever added them
        return (
            self.env["ir.attachment"]
            .sudo()
            ._search([("res_model", "=", self._name), ("res_id", "!=", False)])
        )

    def _blank_texts(self):
        """Remove what was said and noted; codes stay. As superuser."""
        if not self:
            return
        blank = self.env["hr.exit.blank"]
        self.point_ids.search([("interview_id", "in", self.ids)])._blank_texts()
        of_these = Domain("res_id", "in", self.ids)
        blank._search_traces(
            "mail.message",
            of_these
            & Domain("model", "=", self._name)
            & Domain("message_type", "in", MESSAGE_TYPES),
        ).unlink()
        for model in ("mail.activity", "ir.attachment"):
            blank._search_traces(
                model, of_these & Domain("res_model", "=", self._name)
            ).unlink()
        self.env.flush_all()
        blank._update(self, dict.fromkeys(self._get_text_fields(), SQL("NULL")))
        self.env.invalidate_all(flush=False)

    def _anonymise_records(self, units):
        """Take the person out; called by the departure, as superuser.

        :param dict units: which unit is kept for whom
        """
        if not self:
            return
        blank = self.env["hr.exit.blank"]
        self._blank_texts()
        self._get_events().unlink()
        uncoded = Domain("theme_id", "=", False) & Domain("reason_id", "=", False)
        of_these = Domain("interview_id", "in", self.ids)
        self.point_ids.search(of_these & uncoded).unlink()
        points = self.point_ids.search(of_these)
        blank._delete_traces(points)
        blank._blank(points, points._get_kept_fields(), {})
        blank._delete_traces(self)
        blank._blank(self, self._get_kept_fields(), self._get_replaced_fields(units))

    @api.model
    def _get_kept_fields(self):
        """Return the names of fields that stay; all others are emptied."""
        return KEPT_INTERVIEW_FIELDS

    @api.model
    def _get_replaced_fields(self, units):
        blank = self.env["hr.exit.blank"]
        return {
            "is_anonymous": SQL("TRUE"),
            "share_choice": SQL("'no'"),
            "department_id": blank._sql_unit(units),
            "job_id": self.departure_id._sql_counted_job(),
            "held_date": blank._sql_quarter_end("held_date"),
            "closed_date": blank._sql_quarter_end("closed_date"),
            "create_date": blank._sql_quarter_start("create_date"),
        }

    def _get_events(self):
        """The appointments of interviews, whatever field they are in."""
        ids = {
            event.id
            for name, field in self._fields.items()
            if field.store and field.comodel_name == "calendar.event"
            for event in self.mapped(name)
        }
        return self.env["hr.exit.blank"]._search_traces(
            "calendar.event", Domain("id", "in", ids)
        )
