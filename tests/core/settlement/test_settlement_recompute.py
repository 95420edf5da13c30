from odoo.tests import freeze_time, tagged

from ...settlement_state_common import SettlementStateCommon

OUTDATED = "hr_exit_interview.mail_activity_type_settlement_outdated"


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 09:00:00")
class TestSettlementRecompute(SettlementStateCommon):
    """What a new calculation changes, and what it leaves as it was agreed."""

    # === Recompute ===

    def test_recompute_leaves_what_was_dealt_with(self):
        """Agreed, disputed, amended and manual lines stay; nothing is doubled."""
        manual = self._manual()
        self._line("loan").state = "agreed"
        self._line("holiday_allowance").state = "disputed"
        self._line("thirteenth").write(
            {"amount_agreed": 1.0, "agreed_reason": "Because"}
        )
        before = self.settlement.line_ids
        codes = sorted(before.mapped("code"))
        kept = before.filtered(
            lambda line: (
                line.code in ("loan", "holiday_allowance", "thirteenth", "manual")
            )
        )
        self.leaver.version_id.wage = 4000.0
        self.settlement.action_recompute()
        after = self.settlement.line_ids
        self.assertEqual(kept & after, kept)
        self.assertIn(manual, after)
        self.assertEqual(codes, sorted(after.mapped("code")))
        self.assertEqual(self._line("wage_last_month").amount, 4000.00)
        self.assertEqual(self._line("holiday_allowance").amount, 768.00)

    def test_recompute_keeps_a_part_that_was_agreed(self):
        """Two wages in the last month: one agreed, the other worked out again."""
        self._change(self.leaver, "2026-08-10", wage=3300.0)
        self.settlement.action_recompute()
        first, second = self._line("wage_last_month")
        first.state = "agreed"
        self.settlement.with_context(lang="nl_NL").action_recompute()
        lines = self._line("wage_last_month")
        self.assertEqual(len(lines), 2)
        self.assertIn(first, lines)
        self.assertFalse(second.exists())
        self.assertEqual(
            [round(amount, 2) for amount in lines.sorted("id").mapped("amount")],
            [761.90, 2514.29],
        )

    def test_recompute_drops_what_is_no_longer_there(self):
        """The loan was taken off the departure: its line goes, unless agreed."""
        self.departure.agreement_ids.unlink()
        self.settlement.action_recompute()
        self.assertFalse(self._line("loan"))

    def test_recompute_uses_another_scheme(self):
        """Changed to the generic rules: no holiday allowance of Dutch law."""
        generic = self.env.ref("hr_exit_interview.settlement_scheme_generic")
        self.settlement.scheme_id = generic
        self.settlement.action_recompute()
        self.assertFalse(self._line("holiday_allowance"))
        self.assertTrue(self._line("wage_last_month"))

    def test_recompute_keeps_remarks(self):
        """The figure is new, what somebody noted stays."""
        self._line("thirteenth").note = "Ask the bookkeeper"
        self.departure.departure_date = "2026-07-31"
        line = self._line("thirteenth")
        self.assertEqual(round(line.amount, 2), 1866.67)
        self.assertEqual(line.note, "Ask the bookkeeper")

    def test_preparing_again_does_not_double(self):
        count = len(self.settlement.line_ids)
        for _turn in range(2):
            self._settlement(self.departure)
        self.assertEqual(len(self.settlement.line_ids), count)

    def test_a_checked_list_is_not_recomputed_by_others(self):
        """Core's wizard and HR come by: a checked list stays what was checked."""
        self.settlement.action_check()
        lines = self.settlement.line_ids
        self.leaver.version_id.wage = 4000.0
        self._settlement(self.departure)
        self.assertEqual(self.settlement.line_ids, lines)

    # === Following the departure ===

    def test_a_draft_follows_the_last_day(self):
        """Another last day: date, deadline and lines, seven months of 3,200."""
        self.departure.departure_date = "2026-07-31"
        self.assertEqual(str(self.settlement.last_day), "2026-07-31")
        self.assertEqual(str(self.settlement.deadline), "2026-08-31")
        self.assertEqual(round(self._line("thirteenth").amount, 2), 1866.67)

    def test_a_draft_follows_the_way_of_leaving(self):
        """Not a resignation after all: transition payment, and the snapshot says so."""
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.assertTrue(self._line("transition"))
        self.assertEqual(self.settlement.departure_type, "redundancy")

    def test_what_does_not_matter_changes_nothing(self):
        lines = self.settlement.line_ids
        self.departure.is_regretted = True
        self.departure.departure_date = "2026-08-31"
        self.assertEqual(self.settlement.line_ids, lines)

    def test_a_checked_list_is_out_of_date(self):
        """It stays, and who checked it gets one activity; recomputing ends it."""
        self.settlement.action_check()
        for day in ("2026-07-31", "2026-09-30"):
            self.departure.departure_date = day
        self.assertEqual(str(self.settlement.last_day), "2026-08-31")
        activity = self.settlement.sudo().activity_search([OUTDATED])
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.payroll)
        self.assertIn("after this list was checked", activity.note)
        self.settlement.action_back_to_draft("Leave was wrong")
        self.settlement.action_recompute()
        self.assertFalse(self.settlement.sudo().activity_search([OUTDATED]))
        self.assertEqual(str(self.settlement.last_day), "2026-09-30")

    def test_a_confirmed_list_does_not_follow(self):
        self._confirm()
        self.departure.departure_date = "2026-09-30"
        self.assertEqual(str(self.settlement.last_day), "2026-08-31")
        self.assertFalse(self.settlement.sudo().activity_search([OUTDATED]))

    def test_the_officer_changes_the_date(self):
        """Who has no rights on settlements: the draft follows all the same."""
        self.departure.with_user(self.officer).departure_date = "2026-07-31"
        self.assertEqual(str(self.settlement.last_day), "2026-07-31")
