from odoo import fields
from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon

OVERDUE = "hr_exit_interview.mail_activity_type_settlement_overdue"


@tagged("post_install", "-at_install")
class TestSettlementOverdue(SettlementCommon):
    """Payroll is reminded of settlements whose deadline has passed."""

    def setUp(self):
        super().setUp()
        with freeze_time("2026-08-20"):
            self.settlement = self._make()

    def _make(self):
        departure = self._departure(
            self._leaver(), notice_date="2026-07-20", departure_date="2026-08-31"
        )
        return self._settlement(departure)

    def _remind(self, day):
        with freeze_time(day):
            self.env["hr.settlement"]._cron_schedule_overdue()

    def _reminders(self, settlement=None):
        return (settlement or self.settlement).activity_search([OVERDUE])

    def test_once_for_each_settlement(self):
        """Not on the deadline, 30 September; once the day after, however often."""
        self._remind("2026-09-30")
        self.assertFalse(self._reminders())
        for day in ("2026-10-01", "2026-10-01", "2026-10-02"):
            self._remind(day)
        reminder = self._reminders()
        self.assertEqual(len(reminder), 1)
        self.assertEqual(reminder.user_id, self.payroll)
        self.assertEqual(reminder.date_deadline, fields.Date.to_date("2026-10-01"))
        self.assertIn("The deadline of this settlement has passed", reminder.note)

    def test_a_reminder_that_was_done_does_not_return(self):
        self._remind("2026-10-01")
        self._reminders().action_done()
        self._remind("2026-10-02")
        self.assertFalse(self._reminders())

    def test_another_deadline(self):
        """The reminder goes and comes back when the new deadline passes too."""
        self._remind("2026-10-01")
        self.settlement.deadline = "2026-10-31"
        self._remind("2026-10-02")
        self.assertFalse(self._reminders())
        self._remind("2026-11-01")
        self.assertEqual(len(self._reminders()), 1)

    def test_over_when_confirmed_or_cancelled(self):
        """Closed with the settlement, also by somebody else than its owner."""
        other = self._make()
        self._remind("2026-10-01")
        self.settlement.with_user(self.payroll).action_check()
        self.settlement.with_user(self.payroll).action_discuss()
        self.settlement.with_user(self.admin).action_confirm(is_acknowledged=True)
        other.with_user(self.admin).action_cancel()
        self.assertFalse(self._reminders())
        self.assertFalse(self._reminders(other))
        self._remind("2026-10-02")
        self.assertFalse(self._reminders(self.settlement | other))

    def test_withdrawing_closes_it(self):
        self._remind("2026-10-01")
        self.settlement.departure_id.action_withdraw()
        self.assertFalse(self._reminders())

    def test_who_is_reminded(self):
        """The company's choice; who checked; to confirm somebody else, who changed no
        amount either; never the leaver; without payroll an administrator."""
        second = self._user("payroll_2", "hr_exit_interview.group_exit_payroll")
        checked, discussed, own, chosen = (self._make() for _each in range(4))
        checked.with_user(second).action_check()
        discussed.with_user(self.payroll).action_check()
        discussed.with_user(self.payroll).action_discuss()
        own.leaver_user_id = self.payroll
        acting = (self.settlement | checked | discussed | own)._get_acting_users()
        self.assertEqual(acting[self.settlement], self.payroll)
        self.assertEqual(acting[checked], second)
        self.assertEqual(acting[discussed], second)
        self.assertEqual(acting[own], second)
        self.env["hr.settlement.line"].with_user(second).create(
            {"settlement_id": discussed.id, "name": "Gift", "amount_proposed": 50.0}
        )
        self.assertEqual(discussed._get_acting_users()[discussed], self.admin)
        self.company.settlement_responsible_id = self.admin
        self.assertEqual(chosen._get_acting_users()[chosen], self.admin)
        self.company.settlement_responsible_id = False
        (self.payroll | second).active = False
        self.assertEqual(chosen._get_acting_users()[chosen], self.admin)

    def test_nobody_to_remind(self):
        """A company without anybody who settles: no reminder, no error."""
        payroll = self.env.ref("hr_exit_interview.group_exit_payroll")
        admin = self.env.ref("hr_exit_interview.group_exit_admin")
        (payroll | admin).all_user_ids.filtered(
            lambda user: self.company in user.company_ids
        ).active = False
        self._remind("2026-10-01")
        self.assertFalse(self._reminders())

    def test_queries_do_not_grow_with_settlements(self):
        """Thirty overdue settlements take as many queries as three."""
        with freeze_time("2026-08-20"):
            settlements = self.env["hr.settlement"].concat(
                *(self._make() for _each in range(33))
            )
        self._remind("2026-10-01")

        def remind(some):
            (settlements | self.settlement).overdue_noted_for = "2026-09-30"
            some.overdue_noted_for = False
            some.activity_unlink([OVERDUE])
            self._remind("2026-10-02")

        remind(settlements[:3])
        self.assertSameQueryCount(remind, settlements[:3], settlements[3:])
        self.assertEqual(len(self._reminders(settlements)), 33)
