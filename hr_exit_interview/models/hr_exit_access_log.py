from odoo import api, fields, models
from odoo.tools import SQL

HOWS = [
    ("form", "Form"),
    ("conversation", "Conversation"),
    ("export", "Export"),
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
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
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

    @api.model
    def _note(self, interviews, how):
        """Note that the user opens ``interviews``: one query for any number.

        The superuser is not noted: what the system reads nobody sees.

        :param str how: a key of ``HOWS``
        """
        if self.env.su or not interviews.ids:
            return
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO hr_exit_access_log
                    (interview_id, company_id, user_id, access_hour, how,
                     create_uid, create_date, write_uid, write_date)
                SELECT id, company_id, %(user)s, %(hour)s, %(how)s,
                       %(user)s, %(now)s, %(user)s, %(now)s
                  FROM hr_exit_interview
                 WHERE id IN %(ids)s AND company_id IS NOT NULL
                    ON CONFLICT (interview_id, user_id, access_hour, how) DO NOTHING
                """,
                user=self.env.uid,
                hour=now.replace(minute=0, second=0),
                how=how,
                now=now,
                ids=tuple(interviews.ids),
            )
        )
