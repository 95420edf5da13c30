from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

CALLED_OFF = "hr_exit_interview.mail_template_called_off"


class HrExitInterview(models.Model):
    """What may come between: called off, nobody came, the interviewer is gone."""

    _inherit = "hr.exit.interview"

    def _cancel_open(self):
        """Call off what was offered or planned, the appointment included."""
        planned = self.filtered(lambda i: i.state == "scheduled")
        result = super()._cancel_open()
        # sudo: calendar.event - of the interviewer, whoever calls it off
        cancelled = self.filtered(lambda i: i.state == "cancelled").sudo()
        cancelled._clear_agenda()
        (planned & cancelled)._tell_moment_is_off()
        return result

    def action_cancel(self):
        """Call the interview off; the leaver is told when something was offered."""
        told = self.filtered(lambda interview: interview._is_leaver_waiting())
        planned = self.filtered(lambda i: i.state == "scheduled")
        result = super().action_cancel()
        # sudo: calendar.event - as above
        self.sudo()._clear_agenda()
        planned.sudo()._tell_moment_is_off()
        told._send_leaver_mail(CALLED_OFF, with_ics=True)
        return result

    def action_no_show(self):
        """Nobody came: a friendly mail offers another moment."""
        for interview in self:
            if interview.start_datetime and (
                interview.start_datetime > fields.Datetime.now()
            ):
                raise UserError(
                    self.env._(
                        "%(interview)s is still to come.",
                        interview=interview.display_name,
                    )
                )
        self.write({"state": "no_show"})
        self._close_planning_activities()
        self._send_leaver_mail("hr_exit_interview.mail_template_no_show")

    def action_plan_again(self):
        """Take the planned moment back; the leaver chooses another one."""
        self._check_is_officer()
        self._unbook()

    # === The interviewer is gone ===

    @api.model
    def _cron_check_interviewers(self):
        """Find planned interviews whose interviewer cannot hold them any more."""
        self._replace_interviewers(self.env["res.users"])

    @api.model
    def _replace_interviewers(self, users):
        """Propose others where an interviewer or candidate is gone; ask HR to look.

        :param users: users who are gone for certain; the others are looked up
        """
        # sudo: hr.exit.interview - found for whoever archives a user
        waiting = self.sudo().search(
            Domain("state", "in", ("offered", "accepted", "scheduled", "no_show"))
            & (
                Domain("interviewer_id", "!=", False)
                | Domain("candidate_ids", "!=", False)
            )
        )
        pool = waiting._get_pool() - users
        lost = waiting.filtered(
            lambda i: (
                (i.interviewer_id and i._is_lost(i.interviewer_id, pool))
                or any(i._is_lost(user, pool) for user in i.candidate_ids)
            )
        )
        lost._replace_lost(pool)

    def _is_lost(self, user, pool):
        return user not in pool or self.company_id not in user.company_ids

    def _replace_lost(self, pool):
        """Give these interviews other interviewers; what was planned is moved."""
        planned = self.filtered(
            lambda i: i.interviewer_id and i._is_lost(i.interviewer_id, pool)
        )
        names = {interview: interview.interviewer_id.name for interview in planned}
        gone = (self.interviewer_id | self.candidate_ids) - pool
        planned._unbook()
        planned.write({"interviewer_id": False})
        self._propose_candidates(exclude=gone)
        for interview in planned:
            interview._schedule_no_interviewer(
                self.env._(
                    "%(user)s can no longer hold this interview. Others were proposed "
                    "and the leaver was asked to choose another moment.",
                    user=names[interview],
                )
            )
        (self - planned).filtered(
            lambda i: not i.candidate_ids
        )._schedule_no_interviewer()
