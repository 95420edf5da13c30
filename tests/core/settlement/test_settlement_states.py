from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...settlement_state_common import SettlementStateCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 09:00:00")
class TestSettlementStates(SettlementStateCommon):
    """Draft, checked, discussed, confirmed: two pairs of eyes, then locked."""

    # === Steps ===

    def test_the_whole_way(self):
        """Each step is kept with who and when."""
        self.assertEqual(self.settlement.state, "draft")
        self.settlement.action_check()
        self.assertEqual(self.settlement.state, "checked")
        self.assertEqual(self.settlement.checked_user_id, self.payroll)
        self.assertEqual(str(self.settlement.checked_date), "2026-08-20 09:00:00")
        self.settlement.action_discuss()
        self.assertEqual(self.settlement.state, "discussed")
        self.settlement.with_user(self.other_payroll).action_confirm()
        self.assertEqual(self.settlement.state, "confirmed")
        self.assertEqual(self.settlement.confirmed_user_id, self.other_payroll)
        self.assertEqual(str(self.settlement.confirmed_date), "2026-08-20 09:00:00")

    def test_who_checked_does_not_confirm(self):
        self.settlement.action_check()
        self.settlement.action_discuss()
        message = "You checked the settlement of Leaver, 08/31/2026: somebody else"
        with self.assertRaisesRegex(UserError, message):
            self.settlement.action_confirm()
        self.assertEqual(self.settlement.state, "discussed")

    def _check_and_discuss(self, user):
        self.settlement.with_user(user).action_check()
        self.settlement.with_user(user).action_discuss()

    def _amend(self, user, amount=300.0):
        self._line("loan").with_user(user).write(
            {"amount_agreed": amount, "agreed_reason": "Part was paid"}
        )

    def assertMayNotConfirm(self, user):
        message = "You changed an amount of the settlement of Leaver, 08/31/2026 after"
        with self.assertRaisesRegex(UserError, message):
            self.settlement.with_user(user).action_confirm(is_acknowledged=True)
        self.assertEqual(self.settlement.state, "discussed")

    def test_who_changed_an_amount_does_not_confirm(self):
        """Nobody but the one who changed it would have seen the new amount."""
        self._check_and_discuss(self.payroll)
        self._amend(self.other_payroll)
        self.assertMayNotConfirm(self.other_payroll)
        self.settlement.with_user(self.admin).action_confirm(is_acknowledged=True)
        self.assertEqual(self.settlement.confirmed_user_id, self.admin)

    def test_a_later_change_by_somebody_else_is_no_check(self):
        """Each of them is the only one who saw the own change."""
        self._check_and_discuss(self.payroll)
        self._amend(self.other_payroll)
        self._amend(self.admin, 310.0)
        self.assertMayNotConfirm(self.other_payroll)
        self.assertMayNotConfirm(self.admin)

    def test_a_line_more_or_less_is_another_amount(self):
        """Added, deleted, not applicable, or a cost that the leaver has to agree to."""
        user = self.other_payroll
        lines = self.env["hr.settlement.line"].with_user(user)
        manual = self._manual()
        thing = self.settlement.handover_line_ids[:1].with_user(user)
        changes = {
            "added": lambda: lines.create(
                {
                    "settlement_id": self.settlement.id,
                    "name": "Gift",
                    "kind": "earning",
                    "amount_proposed": 50.0,
                }
            ),
            "deleted": lambda: manual.with_user(user).unlink(),
            "not applicable": lambda: (
                self._line("loan").with_user(user).write({"state": "not_applicable"})
            ),
            "lost": lambda: thing.write(
                {"handover_action": "recover", "handover_cost": 50.0}
            ),
        }
        self._check_and_discuss(self.payroll)
        for name, change in changes.items():
            with self.subTest(name):
                change()
                self.assertMayNotConfirm(user)
                self.settlement.change_ids.sudo().unlink()

    def test_who_changed_something_else_confirms(self):
        """A remark, a deadline, a paper, an answer that changes no amount."""
        self._check_and_discuss(self.payroll)
        own = self.settlement.with_user(self.other_payroll)
        line = self._line("loan").with_user(self.other_payroll)
        line.write({"note": "Bank statement seen", "state": "agreed"})
        own.deadline = "2026-10-15"
        own.line_ids.create(
            {"settlement_id": own.id, "name": "Reference letter", "kind": "paper"}
        )
        own.action_confirm()
        self.assertEqual(own.confirmed_user_id, self.other_payroll)

    def test_checked_again_after_a_change(self):
        """Taken back and checked by somebody else: who changed it may confirm."""
        self._check_and_discuss(self.payroll)
        self._amend(self.other_payroll)
        own = self.settlement.with_user(self.other_payroll)
        own.action_back_to_draft("Loan was paid in part")
        self._amend(self.other_payroll, 310.0)
        with freeze_time("2026-08-20 09:10:00"):
            self._check_and_discuss(self.payroll)
            own.action_confirm(is_acknowledged=True)
        self.assertEqual(own.confirmed_user_id, self.other_payroll)

    def test_what_the_system_changed_is_no_persons_change(self):
        """Not that of who happens to confirm."""
        self._check_and_discuss(self.payroll)
        self._line("loan").sudo().with_user(SUPERUSER_ID).amount_proposed = -450.0
        self.assertTrue(self.settlement.change_ids)
        own = self.settlement.with_user(self.other_payroll)
        own.action_confirm(is_acknowledged=True)
        self.assertEqual(own.state, "confirmed")

    def test_as_many_queries_for_many_lists(self):
        """Who changed what is read together."""
        settlements = self.env["hr.settlement"].concat(
            *(self._settlement(self._departure(self._leaver())) for _each in range(8))
        )
        settlements.with_user(self.payroll).action_check()
        settlements.with_user(self.payroll).action_discuss()
        settlements.line_ids.filtered("amount").with_user(self.admin).write(
            {"amount_agreed": 1.0, "agreed_reason": "Rounded"}
        )
        own = settlements.with_user(self.other_payroll)

        def check(some):
            some._check_second_pair_of_eyes()
            self.assertEqual(len(some.sudo()._get_acting_users()), len(some))

        self.assertSameQueryCount(check, own[:2], own[2:])

    def test_who_takes_it_back_starts_again(self):
        """Back to draft forgets who checked; a second check counts anew."""
        self.settlement.action_check()
        self.settlement.action_back_to_draft("Leave was wrong")
        self.assertFalse(self.settlement.checked_user_id)
        self.assertFalse(self.settlement.checked_date)
        self.settlement.with_user(self.other_payroll).action_check()
        self.settlement.action_discuss()
        self.settlement.action_confirm()
        self.assertEqual(self.settlement.confirmed_user_id, self.payroll)

    def test_steps_in_the_wrong_order(self):
        """Every step names the settlement and its state."""
        wrong = {
            "draft": ("discuss", "confirm", "back_to_draft", "create_supplement"),
            "checked": ("check", "confirm", "recompute", "create_supplement"),
            "discussed": ("check", "discuss", "recompute", "create_supplement"),
            "confirmed": ("check", "discuss", "confirm", "recompute", "cancel"),
            "cancelled": ("check", "discuss", "confirm", "recompute", "cancel"),
        }
        for state, steps in wrong.items():
            self.settlement.sudo().state = "draft"
            self.settlement.sudo().state = state
            for step in steps:
                with (
                    self.subTest(state=state, step=step),
                    self.assertRaisesRegex(UserError, f"is {state} and cannot be"),
                    self.cr.savepoint(),
                ):
                    getattr(self.settlement, f"action_{step}")()
            if state == "confirmed":
                break
        self.assertEqual(self.settlement.state, "confirmed")

    def test_cancelled_steps(self):
        """Cancelled: only back to draft is left."""
        self.settlement.action_cancel()
        for step in ("check", "discuss", "confirm", "recompute", "cancel"):
            with self.assertRaisesRegex(UserError, "is cancelled and cannot be"):
                getattr(self.settlement, f"action_{step}")()
        self.settlement.action_back_to_draft("Leave was wrong")
        self.assertEqual(self.settlement.state, "draft")

    def test_steps_are_not_written_by_hand(self):
        """No way around the second pair of eyes by writing the fields, not for the
        exit administrator either."""
        self.settlement.action_check()
        for user in (self.payroll, self.admin):
            for vals in (
                {"state": "confirmed"},
                {"checked_user_id": False},
                {"confirmed_user_id": self.payroll.id},
                {"wage": 1.0},
                {"leaver_user_id": self.plain.id},
                {"last_day": "2030-01-01"},
            ):
                with self.assertRaisesRegex(UserError, "cannot be filled in"):
                    self.settlement.with_user(user).write(vals)

    def test_nobody_makes_a_confirmed_one(self):
        values = {
            "employee_name": "Nobody",
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "scheme_id": self.scheme.id,
            "state": "confirmed",
        }
        with self.assertRaisesRegex(UserError, "cannot be filled in"):
            self.env["hr.settlement"].with_user(self.admin).create(values)

    def test_one_open_settlement_per_departure(self):
        """A cancelled one makes room; two open ones are refused."""
        self.settlement.action_cancel()
        second = self._settlement(self.departure)
        self.assertNotEqual(second, self.settlement)
        self.assertEqual(second.state, "draft")
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.settlement.action_back_to_draft("Leave was wrong")

    def test_overdue(self):
        """A month after the last day, unless confirmed or cancelled."""
        self.assertEqual(str(self.settlement.deadline), "2026-09-30")
        overdue = [("is_overdue", "=", True), ("id", "=", self.settlement.id)]
        with freeze_time("2026-09-30"):
            self.settlement.invalidate_recordset()
            self.assertFalse(self.settlement.is_overdue)
            self.assertFalse(self.settlement.search_count(overdue))
        with freeze_time("2026-10-01"):
            self.settlement.invalidate_recordset()
            self.assertTrue(self.settlement.is_overdue)
            self.assertTrue(self.settlement.search_count(overdue))
            self._confirm()
            self.assertFalse(self.settlement.is_overdue)
            self.assertFalse(self.settlement.search_count(overdue))

    # === Locked ===

    def test_confirmed_is_locked_for_everybody(self):
        """Payroll, exit administrator and superuser: nothing changes any more."""
        self._confirm()
        line = self._line("loan")
        draft = self._settlement(
            self._departure(self._leaver(), departure_date="2026-08-31")
        )
        for env_user in (self.payroll, self.admin, self.env.user):
            settlement = self.settlement.with_user(env_user)
            own_line = line.with_user(env_user)
            attempts = {
                "state": lambda s=settlement: s.write({"state": "draft"}),
                "deadline": lambda s=settlement: s.write({"deadline": "2030-01-01"}),
                "wage": lambda s=settlement: s.write({"wage": 1.0}),
                "scheme": lambda s=settlement: s.write({"scheme_id": self.scheme.id}),
                "line": lambda s=settlement: s.write(
                    {"line_ids": [Command.clear()]},
                ),
                "amount": lambda x=own_line: x.write({"amount_agreed": 1.0}),
                "line state": lambda x=own_line: x.write({"state": "agreed"}),
                "note": lambda x=own_line: x.write({"note": "late"}),
                "delete": lambda x=own_line: x.unlink(),
                "add": lambda u=env_user: self._manual().with_user(u),
                "move": lambda: (
                    self._manual(draft)
                    .sudo()
                    .write({"settlement_id": self.settlement.id})
                ),
                "back": lambda s=settlement: s.action_back_to_draft("Late item"),
                "cancel": lambda s=settlement: s.action_cancel(),
                "recompute": lambda s=settlement: s.action_recompute(),
            }
            for name, attempt in attempts.items():
                with (
                    self.subTest(user=env_user.login, attempt=name),
                    self.assertRaisesRegex(UserError, "confirmed"),
                    self.cr.savepoint(),
                ):
                    attempt()
        with self.assertRaisesRegex(UserError, "is kept"):
            self.settlement.with_user(self.admin).unlink()

    def test_confirmed_keeps_its_chatter(self):
        """Talking about it goes on."""
        self._confirm()
        settlement = self.settlement.with_user(self.payroll)
        message = settlement.message_post(body="Paid on 25 September")
        activity = settlement.activity_schedule("mail.mail_activity_data_todo")
        self.assertEqual(settlement.state, "confirmed")
        self.assertIn(message, settlement.message_ids)
        self.assertEqual(settlement.activity_ids, activity)

    def test_a_draft_may_be_deleted_by_the_administrator_alone(self):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.settlement.unlink()
        self.settlement.with_user(self.admin).unlink()

    def test_officers_take_no_steps(self):
        """They read settlements: every step is refused."""
        settlement = self.settlement.with_user(self.officer)
        for step in ("recompute", "check", "cancel"):
            with self.assertRaises(AccessError):
                getattr(settlement, f"action_{step}")()

    # === Supplement ===

    def test_supplement(self):
        """It refers to the first one, starts empty and takes late items only."""
        self._confirm()
        action = self.settlement.action_create_supplement()
        supplement = self.env["hr.settlement"].browse(action["res_id"])
        self.assertEqual(supplement.supplement_of_id, self.settlement)
        self.assertEqual(supplement.departure_id, self.departure)
        self.assertEqual(supplement.employee_name, "Leaver")
        self.assertEqual(supplement.state, "draft")
        self.assertFalse(supplement.line_ids)
        self.assertIn("supplement", supplement.display_name)
        self._agreement(self.departure, "loan", name="Bicycle", amount=120.0)
        supplement.with_user(self.payroll).action_recompute()
        self.assertEqual(supplement.line_ids.mapped("label"), ["Bicycle"])
        self.assertEqual(supplement.amount_total, -120.00)

    def test_second_supplement(self):
        """Made from the first or from its supplement, it adds to both."""
        self._confirm()
        first = self._supplement(self.settlement)
        self._agreement(self.departure, "loan", name="Bicycle", amount=120.0)
        first.action_recompute()
        first.action_check()
        first.action_discuss()
        first.with_user(self.other_payroll).action_confirm()
        second = self._supplement(first)
        self.assertEqual(second.supplement_of_id, self.settlement)
        second.action_recompute()
        self.assertFalse(second.line_ids)

    def _supplement(self, settlement):
        action = settlement.action_create_supplement()
        return self.settlement.browse(action["res_id"])

    # === Withdrawn ===

    def test_withdrawing_cancels_what_is_not_confirmed(self):
        self.departure.action_withdraw()
        self.assertEqual(self.settlement.state, "cancelled")

    def test_withdrawing_leaves_a_confirmed_one(self):
        self._confirm()
        self.departure.action_withdraw()
        self.assertEqual(self.settlement.state, "confirmed")

    def test_historical_departures_have_no_settlement(self):
        departure = self.env["hr.departure"].create(
            {"employee_name": "Gone long ago", "departure_date": "2019-04-30"}
        )
        self.assertFalse(self.env["hr.settlement"]._create_for_departures(departure))
