from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.insight import DEFAULT_MINIMUM


class ResCompany(models.Model):
    """What is published about leavers, and whether signals are looked for."""

    _inherit = "res.company"

    exit_insight_minimum = fields.Integer(
        string="Smallest Group",
        default=DEFAULT_MINIMUM,
        help="Nothing is published about fewer people than this, nor about who is left "
        "when others are subtracted.",
    )
    exit_insight_batch = fields.Integer(
        string="Answers per Release",
        default=20,
        help="As long as fewer people answered, they wait for the next quarter: "
        "figures about few people have to leave out almost everything.",
    )
    exit_signal_consent_date = fields.Date(
        string="Works Council Consented On",
        help="No signals are looked for before this day (WOR 27(1)(k) and (l)).",
    )
    exit_signal_policy = fields.Binary(
        string="Policy Document",
        attachment=True,
        help="What signals are for, who sees them, and what is never done with them.",
    )
    exit_signal_policy_name = fields.Char(string="Name of the Policy Document")
    exit_signal_user_ids = fields.Many2many(
        "res.users",
        "res_company_exit_signal_user_rel",
        "company_id",
        "user_id",
        string="Signals Go To",
        help="Named people with the role Signal Reader. Never the manager concerned.",
    )
    exit_signal_months = fields.Integer(
        string="Window for Managers and Units",
        default=24,
        help="Months of leavers that are looked at together.",
    )
    exit_signal_company_months = fields.Integer(
        string="Window for the Company",
        default=12,
        help="Months that are compared with twice as many before.",
    )
    exit_signal_scope = fields.Selection(
        [("voluntary", "Voluntary leavers"), ("all", "All leavers")],
        string="Signals Are About",
        default="voluntary",
        required=True,
        help="All leavers: dismissals and contracts that ended count too.",
    )
    exit_digest_user_ids = fields.Many2many(
        "res.users",
        "res_company_exit_digest_user_rel",
        "company_id",
        "user_id",
        string="Monthly Digest To",
        help="Published figures by mail, every month.",
    )
    exit_digest_date = fields.Date(
        string="Last Monthly Digest",
        readonly=True,
        help="When the digest was mailed: once a month, however often the job runs.",
    )

    @api.constrains("exit_insight_minimum", "exit_insight_batch")
    def _check_exit_insight_minimum(self):
        for company in self:
            if company.exit_insight_minimum < DEFAULT_MINIMUM:
                raise ValidationError(
                    self.env._(
                        "%(company)s: groups of fewer than %(minimum)s people would "
                        "recognise each other. Choose %(minimum)s or more.",
                        company=company.name,
                        minimum=DEFAULT_MINIMUM,
                    )
                )

    @api.constrains("exit_signal_months", "exit_signal_company_months")
    def _check_exit_signal_months(self):
        for company in self:
            if min(company.exit_signal_months, company.exit_signal_company_months) < 3:
                raise ValidationError(
                    self.env._(
                        "%(company)s: a window of less than three months holds too few "
                        "leavers to say anything.",
                        company=company.name,
                    )
                )

    @api.constrains("exit_signal_user_ids", "exit_digest_user_ids")
    def _check_exit_insight_users(self):
        for company in self:
            for users, group in (
                (company.exit_signal_user_ids, "group_exit_signal_reader"),
                (company.exit_digest_user_ids, "group_exit_insight_reader"),
            ):
                group = self.env.ref(f"hr_exit_interview.{group}")
                without = users.filtered(lambda u, g=group: g not in u.all_group_ids)
                if without:
                    raise ValidationError(
                        self.env._(
                            "%(users)s: give the role %(role)s first.",
                            users=", ".join(without.mapped("name")),
                            role=group.display_name,
                        )
                    )

    def _is_exit_signal_allowed(self):
        """Tell whether signals may be looked for: consent and a policy are there."""
        self.ensure_one()
        today = fields.Date.today()
        return bool(
            self.exit_signal_consent_date
            and self.exit_signal_consent_date <= today
            and self.exit_signal_policy
        )
