from odoo import api, fields, models


class HrExitRetentionLog(models.Model):
    """How much went, of what, when and why: proof without a name."""

    _name = "hr.exit.retention.log"
    _description = "Retention Log"
    _order = "purge_datetime desc, id desc"
    _rec_name = "subject"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    subject = fields.Char(string="What", compute="_compute_subject")
    subject_code = fields.Char(required=True, readonly=True)
    record_count = fields.Integer(string="How Many", readonly=True)
    date_until = fields.Date(
        string="Last Days Until",
        readonly=True,
        help="Everything of who left up to this day went. Empty for a request of one "
        "person.",
    )
    origin = fields.Selection(
        [("cron", "By itself"), ("manual", "By hand"), ("request", "On request")],
        required=True,
        readonly=True,
    )
    purge_datetime = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Removed By", readonly=True)

    @api.depends("subject_code")
    @api.depends_context("lang")
    def _compute_subject(self):
        labels = {
            subject._get_code(): subject._get_label()
            for subject in self.env["hr.exit.retention"]._get_subjects()
        }
        for log in self:
            # The addon that kept it may be gone: its code is still said.
            log.subject = labels.get(log.subject_code, log.subject_code)

    @api.model
    def _add_purge(self, subject, company, count, origin, until=None):
        """Note that ``count`` things went; batches of one run share a line.

        :param subject: a subject of ``hr.exit.retention``
        :param until: the last day up to which everything went
        """
        values = {
            "company_id": company.id,
            "subject_code": subject._get_code(),
            "origin": origin,
            "date_until": until,
            "user_id": self.env.uid,
        }
        # sudo: hr.exit.retention.log - written by purging alone, by nobody else
        logs = self.sudo()
        now = fields.Datetime.now()
        same_run = [(name, "=", value or False) for name, value in values.items()]
        log = until and logs.search(
            [*same_run, ("purge_datetime", ">=", now.replace(hour=0, minute=0))],
            limit=1,
        )
        if log:
            log.write({"record_count": log.record_count + count, "purge_datetime": now})
        else:
            logs.create({**values, "record_count": count, "purge_datetime": now})
