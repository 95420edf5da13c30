from odoo import api, fields, models
from odoo.fields import Domain

from .hr_settlement import OUTDATED_ACTIVITY, OVERDUE_ACTIVITY

PAYROLL = "hr_exit_interview.group_exit_payroll"
ADMIN = "hr_exit_interview.group_exit_admin"


class HrSettlement(models.Model):
    """What payroll is reminded of: lists out of date, lists past their deadline."""

    _inherit = "hr.settlement"

    overdue_noted_for = fields.Date(
        readonly=True,
        copy=False,
        help="The deadline that payroll was reminded of: once for each deadline.",
    )

    # === Overdue ===

    @api.model
    def _cron_schedule_overdue(self):
        """Remind payroll of overdue settlements, once for each deadline.

        A reminder goes again when the deadline was moved. As many queries for many
        settlements as for few.
        """
        overdue = self.search([("is_overdue", "=", True)])
        reminders = self.env.ref(OVERDUE_ACTIVITY)
        reminded = self.search([("activity_ids.activity_type_id", "=", reminders.id)])
        (reminded - overdue)._close_activities(OVERDUE_ACTIVITY)
        due = overdue.filtered(lambda each: each.overdue_noted_for != each.deadline)
        due._schedule_once(OVERDUE_ACTIVITY, due._get_acting_users())
        for deadline, settlements in due.grouped("deadline").items():
            settlements.write({"overdue_noted_for": deadline})

    def _get_acting_users(self):
        """Return {settlement: user} of who takes the next step, left out without one.

        Who checked the list goes on with it, but does not confirm it, nor does who
        changed an amount since. Otherwise it is the company's responsible for
        settlements, then who has the payroll role, then an exit administrator; never
        the leaver.
        """
        payroll, admin = self.env.ref(PAYROLL), self.env.ref(ADMIN)
        users = self.env["res.users"].search(
            Domain("all_group_ids", "in", (payroll | admin).ids)
            & Domain("share", "=", False),
            order="id",
        )
        users = users.sorted(lambda user: payroll not in user.all_group_ids)
        acting = {each: each._choose_acting_user(users) for each in self}
        return {settlement: user for settlement, user in acting.items() if user}

    def _choose_acting_user(self, users):
        able = users.filtered(lambda user: self.company_id in user.company_ids)
        able -= self.leaver_user_id
        checker = self.checked_user_id
        if self.state == "discussed":
            able -= checker | self._get_amount_changers()
        preferred = checker | self.company_id.settlement_responsible_id
        return (preferred & able or able)[:1]

    # === Out of date ===

    def _schedule_outdated(self):
        """Ask who checked the list to take it back and compute it again, once."""
        self._schedule_once(
            OUTDATED_ACTIVITY,
            {each: each.checked_user_id or self.env.user for each in self},
            note=self.env._(
                "The departure was changed after this list was checked. Take it back to"
                " draft and recompute it."
            ),
        )

    # === Activities ===

    @api.model
    def _schedule_once(self, activity_type, users, note=""):
        """Give settlements an activity of a type that they do not have yet.

        :param users: {settlement: user}
        """
        settlements = self.browse(settlement.id for settlement in users)
        known = settlements.activity_search([activity_type]).mapped("res_id")
        missing = settlements.filtered(lambda settlement: settlement.id not in known)
        for user, mine in missing.grouped(lambda each: users[each]).items():
            # Quick: the activity is enough, nobody needs a mail for each.
            mine.with_context(
                mail_activity_quick_update=True, lang=user.lang
            ).activity_schedule(activity_type, note=note, user_id=user.id)

    def _close_activities(self, *activity_types):
        """Close what is no longer to be done: it was computed again, or is over."""
        # sudo: mail.activity - also those of a colleague
        self.sudo().activity_unlink(activity_types)
