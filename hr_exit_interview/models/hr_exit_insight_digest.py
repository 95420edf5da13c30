from odoo import api, fields, models
from odoo.fields import Domain


class HrExitInsightDashboard(models.AbstractModel):
    """The monthly digest: the same figures as on the dashboard, by mail."""

    _inherit = "hr.exit.insight.dashboard"

    @api.model
    def _cron_digest(self):
        """Mail the published figures to whom each company named, once a month."""
        today = fields.Date.context_today(self)
        first = fields.Date.start_of(today, "month")
        companies = self.env["res.company"].search(
            Domain("exit_digest_user_ids", "!=", False)
            & (
                Domain("exit_digest_date", "=", False)
                | Domain("exit_digest_date", "<", first)
            )
        )
        # Written first: two runs at once collide here, before either mails.
        companies.exit_digest_date = today
        self.env.flush_all()
        for company in companies:
            for user in company.exit_digest_user_ids.filtered("email"):
                self._send_digest(company, user)

    @api.model
    def _send_digest(self, company, user):
        """Queue one mail, in the language of its reader and with what that may see."""
        dashboard = (
            self.with_user(user)
            .with_company(company)
            .with_context(lang=user.lang, allowed_company_ids=company.ids)
        )
        data = dashboard.get_data()
        if not data["quarters"]:
            return
        body = dashboard.env["ir.qweb"]._render(
            "hr_exit_interview.insight_digest",
            {"data": data, "url": f"{company.get_base_url()}/odoo/exit-insight"},
        )
        # sudo: mail.mail - queued by the job, for a reader who sends no mail
        self.env["mail.mail"].sudo().create(
            {
                "subject": dashboard.env._("Why people leave: %s", company.name),
                "body_html": body,
                "email_to": user.email_formatted,
                "email_from": company.email_formatted or user.email_formatted,
                "auto_delete": True,
            }
        )
