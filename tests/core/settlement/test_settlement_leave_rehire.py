from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, new_test_user, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLeaveRehire(SettlementCommon):
    """What became of the leave of an earlier employment is not owed again."""

    def setUp(self):
        super().setUp()
        self.other_payroll = new_test_user(
            self.env,
            login="exit_payroll_2",
            groups="hr_exit_interview.group_exit_payroll",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def _leave(self, employee, last_day, is_confirmed=True):
        """The employee leaves, by core's wizard; two people confirm the list."""
        day = fields.Date.to_date(last_day)
        departure = self._departure(
            employee,
            notice_date=day - timedelta(days=40),
            departure_date=day,
        )
        with freeze_time(day + timedelta(days=1)):
            self._wizard(employee, departure_date=day).action_register_departure()
            settlement = self._settlement(departure).with_user(self.payroll)
            if is_confirmed:
                settlement.action_check()
                settlement.action_discuss()
                settlement.with_user(self.other_payroll).action_confirm()
        return departure

    def _come_back(self, employee, day, **vals):
        """Odoo's own buttons: un-archive, new contract."""
        with freeze_time(day):
            employee.action_unarchive()
            self._change(
                employee,
                day,
                contract_date_start=day,
                contract_date_end=False,
                **vals,
            )

    def _settle(self, employee, last_day):
        """The leave line of the second departure."""
        day = fields.Date.to_date(last_day)
        departure = self._departure(
            employee, notice_date=day - timedelta(days=30), departure_date=day
        )
        with freeze_time(day):
            line = self._lines(departure, "leave")
        self.assertEqual(len(line), 1)
        return line

    def test_leave_that_was_settled_is_not_paid_again(self):
        """160 h for 2026, 40 settled on 31 March; 80 h given on 1 July: 80 h."""
        leaver = self._leaver(wage=3000.0, start="2023-01-01")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        first = self._leave(leaver, "2026-03-31")
        self.assertEqual(self._lines(first, "leave").quantity, 40)
        self._come_back(leaver, "2026-07-01")
        self._allocate(leaver, self.statutory, 80, "2026-07-01", "2026-12-31")
        line = self._settle(leaver, "2026-12-31")
        self.assertEqual(line.quantity, 80)
        self.assertEqual(line.amount_proposed, 1495.38)
        self.assertFalse(line.notes)
        self.assertIn("03/31/2026 was settled then", line.explanation)

    def test_nothing_given_since_is_named(self):
        """The old 160 h do not come back; the new time has no allocation."""
        leaver = self._leaver(start="2023-01-01")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._leave(leaver, "2026-03-31")
        self._come_back(leaver, "2026-07-01")
        line = self._settle(leaver, "2026-12-31")
        self.assertEqual((line.quantity, line.missing), (0, ["allocation"]))
        self.assertIn(
            "No allocation found for 07/01/2026 to 12/31/2026", line.explanation
        )

    def test_an_accrual_stops_with_its_employment(self):
        """Two days a month: 16 h in each of three months of the second contract."""
        leaver = self._leaver(start="2023-01-01")
        self._accrual(leaver, self.statutory, "2026-01-01")
        self._leave(leaver, "2026-03-31")
        self._come_back(leaver, "2026-07-01")
        self._accrual(leaver, self.statutory, "2026-07-01")
        self.assertEqual(self._settle(leaver, "2026-09-30").quantity, 48)

    def test_an_accrual_that_nobody_ended_counts_for_the_second_employment(self):
        """Its end taken away again by HR: four months of 16 h, not 22 months."""
        leaver = self._leaver(start="2022-01-01")
        allocation = self._accrual(leaver, self.statutory, "2024-01-01")
        self._leave(leaver, "2024-06-30")
        self._come_back(leaver, "2025-09-01")
        allocation.date_to = False
        self.assertEqual(self._settle(leaver, "2025-12-31").quantity, 64)

    def test_an_allocation_that_nobody_cut_counts_for_the_months_since(self):
        """160 h x 6/12 from July on."""
        leaver = self._leaver(start="2023-01-01")
        allocation = self._allocate(
            leaver, self.statutory, 160, "2026-01-01", "2026-12-31"
        )
        self._leave(leaver, "2026-03-31")
        self._come_back(leaver, "2026-07-01")
        allocation.date_to = "2026-12-31"
        self.assertEqual(self._settle(leaver, "2026-12-31").quantity, 80)

    def test_old_leave_and_old_requests_of_another_year(self):
        """53.33 h for four months; what was taken in 2024 was set off then."""
        leaver = self._leaver(start="2022-01-01")
        self._allocate(leaver, self.statutory, 160, "2024-01-01", "2024-12-31")
        self._take(leaver, self.statutory, "2024-05-06", "2024-05-10")
        self._leave(leaver, "2024-06-30")
        self._come_back(leaver, "2025-09-01")
        self._allocate(leaver, self.statutory, 53.33, "2025-09-01", "2025-12-31")
        line = self._settle(leaver, "2025-12-31")
        self.assertEqual((line.quantity, line.amount_proposed), (53.33, 1063.32))

    def test_a_new_contract_on_the_next_day(self):
        """Settled, un-archived and given nothing: nothing of the old year."""
        leaver = self._leaver(start="2022-01-01")
        self._allocate(leaver, self.statutory, 160, "2025-01-01", "2025-12-31")
        self._leave(leaver, "2025-12-31")
        self._come_back(leaver, "2026-01-01")
        line = self._settle(leaver, "2026-03-31")
        self.assertEqual((line.quantity, line.missing), (0, ["allocation"]))

    def test_an_earlier_list_that_nobody_confirmed_is_an_open_question(self):
        """Not counted, and said."""
        leaver = self._leaver(start="2023-01-01")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._leave(leaver, "2026-03-31", is_confirmed=False)
        self._come_back(leaver, "2026-07-01")
        self._allocate(leaver, self.statutory, 80, "2026-07-01", "2026-12-31")
        line = self._settle(leaver, "2026-12-31")
        self.assertEqual(line.quantity, 80)
        self.assertEqual(line.notes, ["earlier_leave_open"])
        self.assertIn("is an open question", line.explanation)

    def test_a_gap_without_any_departure_is_an_open_question_too(self):
        """Gone before Odoo knew departures: contracts with a gap say so."""
        leaver = self._leaver(start="2023-01-01", contract_date_end="2025-03-31")
        self._allocate(leaver, self.statutory, 40, "2025-01-01", "2025-03-31")
        self._change(
            leaver,
            "2025-07-01",
            contract_date_start="2025-07-01",
            contract_date_end=False,
        )
        self._allocate(leaver, self.statutory, 80, "2025-07-01", "2025-12-31")
        line = self._settle(leaver, "2025-12-31")
        self.assertEqual(line.quantity, 80)
        self.assertEqual(line.notes, ["earlier_leave_open"])
        self.assertEqual(line.inputs["earlier"][0]["last_day"], str(date(2025, 3, 31)))
