from odoo import models


class HrDeparture(models.Model):
    """Withdrawing after an interview was offered: it is called off with a kind word."""

    _inherit = "hr.departure"

    def action_withdraw(self):
        """Withdraw departures; who was told of an interview is told of this too."""
        # sudo: hr.exit.interview - who withdraws need not see the interviews
        told = self.sudo().interview_ids.filtered(lambda i: i._is_leaver_waiting())
        result = super().action_withdraw()
        told._send_leaver_mail(
            "hr_exit_interview.mail_template_withdrawn", with_ics=True
        )
        return result
