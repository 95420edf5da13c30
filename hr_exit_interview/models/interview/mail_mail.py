from odoo import api, fields, models
from odoo.fields import Domain

# A mail server is back within that time, or somebody in HR must act.
RETRY_DAYS = 3
# Trying again does not help: there is something wrong with the address.
ADDRESS_FAILURES = ("mail_email_invalid", "mail_email_missing", "mail_bl")


class MailMail(models.Model):
    """Mail about an interview that did not leave: tried again, then HR hears of it."""

    _inherit = "mail.mail"

    exit_interview_id = fields.Many2one(
        "hr.exit.interview",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        help="The interview that the mail is about. The mail stays in no chatter: who "
        "reads the interview cannot read the mail.",
    )

    @api.model
    def _cron_retry_exit(self):
        """Queue again what failed since the mail server went down.

        Odoo itself leaves a failed mail to whoever looks at its chatter, and these are
        in none. What cannot be delivered for days, or at all, is deleted, because the
        personal link is in it, and HR is asked to hand the letter over.
        """
        failed = self.search(
            Domain("exit_interview_id", "!=", False) & Domain("state", "=", "exception")
        )
        patience = fields.Datetime.subtract(fields.Datetime.now(), days=RETRY_DAYS)
        hopeless = failed.filtered(
            lambda mail: (
                mail.create_date < patience or mail.failure_type in ADDRESS_FAILURES
            )
        )
        hopeless.exit_interview_id._note_undelivered()
        hopeless.unlink()
        (failed - hopeless).mark_outgoing()
