from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementHandover(SettlementCommon):
    """Things to hand back: what came back, in which condition, what it costs."""

    def setUp(self):
        super().setUp()
        self.departure = self._departure(
            self._leaver(), notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self.settlement = self._settlement(self.departure).with_user(self.payroll)
        self.phone = self._thing("goods_phone")

    def _thing(self, code):
        return self.settlement.line_ids.filtered(lambda line: line.code == code)

    def test_things_are_to_be_returned(self):
        """Every thing starts as something to return; amounts have no such question."""
        things = self.settlement.handover_line_ids
        self.assertEqual(set(things.mapped("handover_action")), {"return"})
        others = self.settlement.line_ids - things
        self.assertEqual(set(others.mapped("handover_action")), {False})

    def test_received(self):
        """The button notes today, who took it and that it is in order."""
        self.phone.action_receive()
        self.assertEqual(self.phone.handover_condition, "good")
        self.assertEqual(self.phone.handover_user_id, self.payroll)
        self.assertEqual(str(self.phone.handover_date), "2026-08-20")

    def test_received_damaged(self):
        """A condition that was noted stays; what was lost came back after all."""
        laptop = self._thing("goods_computer")
        self.phone.handover_condition = "damaged"
        laptop.handover_condition = "lost"
        (self.phone | laptop).action_receive()
        self.assertEqual(self.phone.handover_condition, "damaged")
        self.assertEqual(laptop.handover_condition, "good")

    def test_things_come_back_after_confirmation(self):
        """Condition and receiver are noted later; nothing else of the line changes."""
        self.settlement.action_check()
        self.settlement.action_discuss()
        self.settlement.with_user(self.admin).action_confirm()
        self.phone.action_receive()
        self.assertEqual(self.phone.handover_user_id, self.payroll)
        with self.assertRaisesRegex(UserError, "is confirmed"):
            self.phone.handover_cost = 50.0
        with self.assertRaisesRegex(UserError, "is confirmed"):
            self.phone.write({"handover_condition": "lost", "state": "agreed"})

    def test_lost_is_no_amount_by_itself(self):
        """Nobody owes for a lost telephone because it is lost."""
        total = self.settlement.amount_total
        self.phone.write({"handover_condition": "lost", "handover_action": "recover"})
        self.phone.state = "agreed"
        self.assertFalse(self.phone.is_counted)
        self.assertEqual(self.settlement.amount_total, total)

    def test_cost_counts_by_agreement(self):
        """300.00 for a lost telephone counts once the leaver agreed to it."""
        total = self.settlement.amount_total
        deduction = self.settlement.amount_deduction
        self.phone.handover_action = "recover"
        self.phone.handover_cost = 300.00
        self.assertEqual(self.phone.amount, -300.00)
        self.assertEqual(self.phone.agreed_user_id, self.payroll)
        self.assertFalse(self.phone.is_counted)
        self.assertTrue(self.phone.is_only_if_agreed)
        self.assertEqual(self.settlement.amount_only_if_agreed, -300.00)
        self.assertEqual(self.settlement.amount_total, total)
        self.phone.state = "agreed"
        self.assertTrue(self.phone.is_counted)
        self.assertEqual(self.settlement.amount_deduction, deduction - 300.00)
        self.assertEqual(self.settlement.amount_total, total - 300.00)

    def test_disputed_or_dropped_costs_nothing(self):
        """A cost that the leaver disputes stays open; one dropped is gone."""
        self.phone.write({"handover_action": "recover", "handover_cost": 300.00})
        self.phone.state = "disputed"
        self.assertFalse(self.phone.is_counted)
        self.assertTrue(self.phone.is_only_if_agreed)
        self.phone.state = "not_applicable"
        self.assertFalse(self.phone.is_counted)
        self.assertFalse(self.phone.is_only_if_agreed)

    def test_found_again(self):
        """Back to returning: the cost that was agreed counts no more."""
        self.phone.write({"handover_action": "recover", "handover_cost": 300.00})
        self.phone.state = "agreed"
        self.phone.handover_action = "return"
        self.assertFalse(self.phone.is_counted)

    def test_cost_taken_back(self):
        self.phone.write({"handover_action": "recover", "handover_cost": 300.00})
        self.phone.handover_cost = 0.0
        self.assertFalse(self.phone.is_amended)
        self.assertEqual(self.phone.amount, 0.0)

    def test_nothing_is_paid_for_a_thing(self):
        """A cost below zero would pay the leaver: refused."""
        self.phone.handover_action = "recover"
        with self.assertRaisesRegex(ValidationError, "above zero"):
            self.phone.handover_cost = -5.0

    def test_amounts_count_as_before(self):
        """A line of money is counted by its own rules."""
        line = self.env["hr.settlement.line"].create(
            {
                "settlement_id": self.settlement.id,
                "name": "Bonus",
                "kind": "earning",
                "amount_proposed": 50.0,
            }
        )
        self.assertTrue(line.is_counted)
        line.state = "not_applicable"
        self.assertFalse(line.is_counted)

    def test_recompute_keeps_what_was_noted(self):
        """Things that came back stay; the others are worked out again."""
        laptop = self._thing("goods_computer")
        self.phone.action_receive()
        self.settlement.action_recompute()
        self.assertEqual(self._thing("goods_phone"), self.phone)
        self.assertTrue(self.phone.handover_date)
        self.assertNotEqual(self._thing("goods_computer"), laptop)
        self.assertEqual(len(self._thing("goods_computer")), 1)

    def test_recompute_keeps_what_is_recovered(self):
        self.phone.handover_action = "recover"
        self.settlement.action_recompute()
        self.assertEqual(self._thing("goods_phone"), self.phone)

    def test_on_the_tab(self):
        """The tab To Hand Back takes condition, action and cost."""
        position = self.settlement.handover_line_ids.ids.index(self.phone.id)
        with (
            Form(self.settlement) as form,
            form.handover_line_ids.edit(position) as line,
        ):
            line.handover_condition = "lost"
            line.handover_action = "recover"
            line.handover_cost = 120.0
        self.assertEqual(self.phone.amount_agreed, -120.0)
        self.assertEqual(self.phone.handover_condition, "lost")

    def test_officers_only_read(self):
        """Payroll owns the list; an exit officer reads who received what."""
        self.phone.action_receive()
        phone = self.phone.with_user(self.officer)
        self.assertEqual(phone.handover_user_id, self.payroll)
        with self.assertRaises(AccessError):
            phone.handover_condition = "lost"
