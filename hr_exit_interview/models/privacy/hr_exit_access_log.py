from odoo import api, fields, models
from odoo.tools import SQL

HOWS = [
    ("form", "Form"),
    ("conversation", "Conversation"),
    ("export", "Export"),
    ("group", "Grouped list"),
    ("link", "Personal link"),
    ("template", "Mail template"),
]


class HrExitAccessLog(models.Model):
    """Who opened an interview, at most once an hour: for exit administrators."""

    _name = "hr.exit.access.log"
    _description = "Opened Interview"
    _order = "access_hour desc, id desc"
    _rec_name = "interview_id"

    interview_id = fields.Many2one(
        "hr.exit.interview", required=True, readonly=True, ondelete="cascade"
    )
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
        "(interview_id, user_id, access_hour, how)", "This was noted already."
    )

    _link_once_an_hour = models.UniqueIndex(
        "(interview_id, partner_id, access_hour) WHERE partner_id IS NOT NULL",
        "This was noted already.",
    )
    _is_somebody = models.Constraint(
        "CHECK (num_nonnulls(user_id, partner_id) = 1)",
        "An interview is opened by a user, or by an interviewer from outside.",
    )

    @api.model
    def _note(self, interviews, how):
        """Note that the user opens ``interviews``: one query for any number.

        The superuser is not noted: what the system reads nobody sees.

        :param str how: a key of ``HOWS``
        """
        if not self.env.su:
            self._insert(interviews, how, SQL("%s", self.env.uid), SQL("NULL::int"))

    @api.model
    def _note_link(self, interviews):
        """Note that their outside interviewers open ``interviews``, by their links."""
        partner = SQL.identifier("outside_interviewer_id")
        self._insert(interviews, "link", SQL("NULL::int"), partner)

    @api.model
    def _insert(self, interviews, how, user, partner):
        """Write what is not there yet.

        :param SQL user: who opens it, or NULL
        :param SQL partner: the same, for who has no user
        """
        interviews = interviews.browse(interviews.ids)
        if not interviews:
            return
        interviews.flush_recordset(["company_id", "outside_interviewer_id"])
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO hr_exit_access_log
                    (interview_id, company_id, user_id, partner_id, access_hour, how,
                     create_uid, create_date, write_uid, write_date)
                SELECT id, company_id, %(user)s, %(partner)s, %(hour)s, %(how)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM hr_exit_interview
                 WHERE id IN %(ids)s AND company_id IS NOT NULL
                    ON CONFLICT DO NOTHING
                """,
                user=user,
                partner=partner,
                uid=self.env.uid,
                hour=now.replace(minute=0, second=0),
                how=how,
                now=now,
                ids=interviews._ids,
            )
        )
