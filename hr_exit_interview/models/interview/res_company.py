from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Shortest and longest that make sense: practice for the talk and the talk afterwards.
TALK_MINUTES = (45, 60)
SECOND_DAYS = (30, 180)
MAX_REMINDERS = 2


class ResCompany(models.Model):
    """What leavers are told about their interview."""

    _inherit = "res.company"

    exit_adviser_name = fields.Char(
        string="Confidential Adviser",
        help="Shown to leavers and interviewers at once when behaviour comes up.",
    )
    exit_adviser_contact = fields.Char(
        string="How to Reach the Adviser", help="Telephone number or e-mail address."
    )
    exit_reporting_channel = fields.Char(
        string="Channel for Reports of Wrongdoing",
        help="Where fraud and other wrongdoing can be reported.",
    )
    exit_text_retention_months = fields.Integer(
        string="Texts Are Kept For",
        default=12,
        help="Months after the last day. Leavers are told, and their page works so "
        "long.",
    )
    exit_code_retention_months = fields.Integer(
        string="Coded Answers Are Kept For",
        default=24,
        help="Months after the last day; then they are only counted, without a name.",
    )

    exit_offer_mode = fields.Selection(
        [("hold", "By itself, after the hold period"), ("manual", "By hand only")],
        string="Offering Interviews",
        default="hold",
        required=True,
        help="The hold period leaves time to correct a departure before the leaver "
        "hears of it.",
    )
    exit_offer_hold_days = fields.Integer(
        string="Hold Period",
        default=1,
        help="Working days between confirming a departure and offering the interview.",
    )
    exit_reminder_days = fields.Integer(
        string="Remind After",
        default=5,
        help="Days without an answer before a reminder, and between two of them.",
    )
    exit_reminder_max = fields.Integer(
        string="Number of Reminders",
        default=MAX_REMINDERS,
        help="At most two. Whoever answered is not reminded.",
    )
    exit_close_days = fields.Integer(
        string="Offers Close After",
        default=14,
        help="Days after the last day.",
    )
    exit_private_email_days = fields.Integer(
        string="Private Address From",
        default=14,
        help="So many days before the last day, mail goes to the private address: the "
        "account at work is about to close.",
    )
    exit_second_days = fields.Integer(
        string="Second Interview After",
        default=90,
        help="Days after the last day, for those who agreed to be asked again.",
    )
    exit_talk_minutes = fields.Integer(
        string="Length of a Conversation", default=60, help="In minutes."
    )
    exit_interviewer_ids = fields.Many2many(
        "res.users",
        "res_company_exit_interviewer_rel",
        "company_id",
        "user_id",
        string="Interviewers",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Proposed beside the HR exit officers. They need the role Interviewer.",
    )
    exit_second_line = fields.Boolean(
        string="Second-Line Manager",
        help="Propose the manager of the leaver's manager too, when that person has "
        "the role Interviewer.",
    )

    @api.constrains("exit_text_retention_months", "exit_code_retention_months")
    def _check_exit_retention(self):
        for company in self:
            if company.exit_text_retention_months < 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: keep texts for one month at least, or leavers "
                        "cannot read back what they said.",
                        company=company.name,
                    )
                )
            if company.exit_code_retention_months < company.exit_text_retention_months:
                raise ValidationError(
                    self.env._(
                        "%(company)s: coded answers cannot be kept shorter than the "
                        "texts they were made from.",
                        company=company.name,
                    )
                )

    @api.constrains("exit_talk_minutes", "exit_second_days", "exit_reminder_max")
    def _check_exit_ranges(self):
        for company in self:
            company._check_exit_range("exit_talk_minutes", *TALK_MINUTES)
            company._check_exit_range("exit_second_days", *SECOND_DAYS)
            company._check_exit_range("exit_reminder_max", 0, MAX_REMINDERS)

    @api.constrains(
        "exit_offer_hold_days",
        "exit_reminder_days",
        "exit_close_days",
        "exit_private_email_days",
    )
    def _check_exit_days(self):
        for company in self:
            company._check_exit_range("exit_offer_hold_days", 0, 30)
            company._check_exit_range("exit_reminder_days", 1, 60)
            company._check_exit_range("exit_close_days", 1, 90)
            company._check_exit_range("exit_private_email_days", 0, 90)

    def _check_exit_range(self, name, low, high):
        self.ensure_one()
        if not low <= self[name] <= high:
            raise ValidationError(
                self.env._(
                    "%(company)s: “%(setting)s” is %(value)s. Choose a number from "
                    "%(low)s to %(high)s.",
                    company=self.name,
                    setting=self._fields[name]._description_string(self.env),
                    value=self[name],
                    low=low,
                    high=high,
                )
            )
