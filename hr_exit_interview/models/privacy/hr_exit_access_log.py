from odoo import api, fields, models
from odoo.tools import SQL

HOWS = [
    ("form", "Form"),
    ("conversation", "Conversation"),
    ("export", "Export"),
    ("link", "Personal link"),
    # Refused, or not logged any more, since 19.0.1.2.0.
    ("group", "Grouped list"),
    ("template", "Mail template"),
]
# {what is opened: the field that holds it}
OPENED_FIELDS = {"hr.exit.interview": "interview_id", "hr.exit.signal": "signal_id"}


class HrExitAccessLog(models.Model):
    """Who opened an interview or a signal, at most once an hour.

    Interviews are for exit administrators, signals for those who read signals.
    """

    _name = "hr.exit.access.log"
    _description = "Opened Interview or Signal"
    _order = "access_hour desc, id desc"

    interview_id = fields.Many2one(
        "hr.exit.interview", readonly=True, ondelete="cascade"
    )
    signal_id = fields.Many2one("hr.exit.signal", readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Outside Interviewer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who opened it by a personal link, without a user.",
    )
    access_hour = fields.Datetime(
        string="When",
        required=True,
        readonly=True,
        index=True,
        help="The hour in which it was opened, once or more.",
    )
    how = fields.Selection(HOWS, required=True, readonly=True)

    _once_an_hour = models.UniqueIndex(
        "(interview_id, user_id, access_hour, how)", "This was logged already."
    )
    _signal_once_an_hour = models.UniqueIndex(
        "(signal_id, user_id, access_hour, how) WHERE signal_id IS NOT NULL",
        "This was logged already.",
    )
    _link_once_an_hour = models.UniqueIndex(
        "(interview_id, partner_id, access_hour) WHERE partner_id IS NOT NULL",
        "This was logged already.",
    )
    _is_somebody = models.Constraint(
        "CHECK (num_nonnulls(user_id, partner_id) = 1)",
        "An interview is opened by a user, or by an interviewer from outside.",
    )
    _is_something = models.Constraint(
        "CHECK (num_nonnulls(interview_id, signal_id) = 1)",
        "Either an interview or a signal is opened.",
    )

    @api.depends("interview_id", "signal_id")
    def _compute_display_name(self):
        for log in self:
            log.display_name = (log.interview_id or log.signal_id).display_name

    @api.model
    def _log_reading(self, records, how):
        """Log that the user opens interviews or signals: one query for any number.

        The superuser is not logged: what the system reads nobody sees.

        :param str how: a key of ``HOWS``
        """
        if not self.env.su:
            self._log_opening(records, how, SQL("%s", self.env.uid), SQL("NULL::int"))

    @api.model
    def _log_link(self, interviews):
        """Log that their outside interviewers open ``interviews``, by their links."""
        interviews.flush_recordset(["outside_interviewer_id"])
        partner = SQL.identifier("outside_interviewer_id")
        self._log_opening(interviews, "link", SQL("NULL::int"), partner)

    @api.model
    def _log_opening(self, records, how, user, partner):
        """Write what is not there yet.

        :param SQL user: who opens it, or NULL
        :param SQL partner: the same, for who has no user
        """
        if not records.ids:
            return
        records.browse(records.ids).flush_recordset(["company_id"])
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO hr_exit_access_log
                    (%(field)s, company_id, user_id, partner_id, access_hour, how,
                     create_uid, create_date, write_uid, write_date)
                SELECT id, company_id, %(user)s, %(partner)s, %(hour)s, %(how)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM %(table)s
                 WHERE id IN %(ids)s AND company_id IS NOT NULL
                    ON CONFLICT DO NOTHING
                """,
                field=SQL.identifier(OPENED_FIELDS[records._name]),
                table=SQL.identifier(records._table),
                user=user,
                partner=partner,
                uid=self.env.uid,
                hour=now.replace(minute=0, second=0),
                how=how,
                now=now,
                ids=tuple(records.ids),
            )
        )
