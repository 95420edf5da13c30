from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..settlement_common import SettlementCommon

OUTDATED = "hr_exit_interview.mail_activity_type_settlement_outdated"


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 09:00:00")
class TestSettlementStates(SettlementCommon):
    """Draft, checked, discussed, confirmed: two pairs of eyes, then locked."""

    def setUp(self):
        super().setUp()
        self.other_payroll = new_test_user(
            self.env,
            login="exit_payroll_2",
            groups="hr_exit_interview.group_exit_payroll",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.leaver = self._leaver()
        self._component(self.leaver, "yearly", 3200.0)
        self.departure = self._departure(
            self.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self._agreement(self.departure, "loan", amount=500.0)
        self.settlement = self._settlement(self.departure).with_user(self.payroll)

    def _line(self, code, settlement=None):
        return (settlement or self.settlement).line_ids.filtered(
            lambda line: line.code == code
        )

    def _manual(self, settlement=None, **vals):
        return self.env["hr.settlement.line"].create(
            {
                "settlement_id": (settlement or self.settlement).id,
                "name": "Expenses",
                "kind": "earning",
                "amount_proposed": 84.50,
                **vals,
            }
        )

    def _confirm(self):
        self.settlement.action_check()
        self.settlement.action_discuss()
        self.settlement.with_user(self.other_payroll).action_confirm()

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

    # === Totals ===

    def test_totals_per_direction(self):
        """768.00 + 2,133.33 + 84.50 against 500.00; the wage is for information."""
        self._manual()
        self.assertEqual(self.settlement.amount_earning, 2985.83)
        self.assertEqual(self.settlement.amount_deduction, -500.00)
        self.assertEqual(self.settlement.amount_total, 2485.83)
        self.assertEqual(self.settlement.amount_only_if_agreed, 0.0)

    def test_not_applicable_counts_for_nothing(self):
        self._line("loan").state = "not_applicable"
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertEqual(self.settlement.amount_total, 2901.33)

    def test_disputed_still_counts(self):
        """The leaver disagrees: the proposal stands until it is amended."""
        self._line("thirteenth").state = "disputed"
        self.assertEqual(self.settlement.amount_earning, 2901.33)

    def test_deduction_that_needs_agreement(self):
        """It counts once the leaver agreed; earnings need no agreement to count."""
        loan = self._line("loan")
        loan.needs_agreement = True
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertEqual(self.settlement.amount_only_if_agreed, -500.00)
        for state in ("discussed", "disputed", "question"):
            loan.state = state
            self.assertEqual(self.settlement.amount_deduction, 0.0)
        loan.state = "agreed"
        self.assertEqual(self.settlement.amount_deduction, -500.00)
        self.assertEqual(self.settlement.amount_only_if_agreed, 0.0)
        self.assertTrue(self._line("thirteenth").needs_agreement)
        self.assertTrue(self._line("thirteenth").is_counted)

    def test_reference_lines_count_for_nothing(self):
        self._manual(is_reference=True, amount_proposed=9999.0)
        self.assertEqual(self.settlement.amount_total, 2401.33)

    def test_lines_without_an_amount_are_counted_apart(self):
        """Missing, not zero: the form says how many."""
        self.leaver.version_id.wage = 0
        self.settlement.action_recompute()
        self.assertEqual(self.settlement.missing_count, 2)
        line = self._line("holiday_allowance")
        self.assertFalse(line.has_amount)
        self.assertEqual(line.missing_text, "the wage")
        self.assertEqual(line.explanation, "Not known yet: the wage")

    # === Lines by hand ===

    def test_what_the_leaver_owes_is_below_zero(self):
        """Typed as 100 or as -100, at once or afterwards."""
        line = self._manual(kind="deduction", amount_proposed=100.0)
        self.assertEqual(line.amount, -100.00)
        line.amount_proposed = 50.0
        self.assertEqual(line.amount, -50.00)
        line.write({"kind": "earning", "amount_proposed": 25.0})
        self.assertEqual(line.amount, 25.00)
        line.kind = "deduction"
        self.assertEqual(line.amount, -25.00)
        self.assertEqual(self._manual(kind="deduction").amount, -84.50)

    def test_amount_typed_later(self):
        """A line first without an amount counts once one is typed."""
        line = self.env["hr.settlement.line"].create(
            {"settlement_id": self.settlement.id, "name": "Bonus"}
        )
        self.assertFalse(line.has_amount)
        line.amount_proposed = 10.0
        self.assertTrue(line.has_amount)
        self.assertTrue(line.is_counted)

    def test_payroll_types_lines_in_the_form(self):
        """A line of the list is a manual one with its sign, in the total."""
        with Form(self.settlement) as form, form.money_line_ids.new() as line:
            line.title = "Lost badge"
            line.kind = "deduction"
            line.amount_proposed = 15.0
        line = self.settlement.line_ids.filtered("is_manual")
        self.assertEqual(line.title, "Lost badge")
        self.assertEqual(self.settlement.amount_deduction, -515.00)

    def test_a_manual_line_is_no_computed_one(self):
        """Payroll cannot pass off a typed amount as one of the rules'."""
        line = (
            self.env["hr.settlement.line"]
            .with_user(self.payroll)
            .create(
                {
                    "settlement_id": self.settlement.id,
                    "name": "Leave",
                    "rule_id": self.scheme._get_rule("leave").id,
                    "code": "leave",
                    "amount_proposed": 5000.0,
                }
            )
        )
        self.assertTrue(line.is_manual)
        self.assertFalse(line.rule_id)
        self.assertEqual(line.code, "manual")

    # === Amendments ===

    def test_another_amount_needs_a_reason(self):
        """Refused without; the message says what to do."""
        line = self._line("thirteenth")
        message = "fill in the reason for the difference"
        for reason in (False, "", "  "):
            with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
                line.write({"amount_agreed": 2000.0, "agreed_reason": reason})

    def test_another_amount_keeps_reason_user_and_time(self):
        line = self._line("thirteenth")
        line.write({"amount_agreed": 2000.0, "agreed_reason": "Half of August unpaid"})
        self.assertTrue(line.is_amended)
        self.assertEqual(line.amount, 2000.00)
        self.assertEqual(round(line.amount_proposed, 2), 2133.33)
        self.assertEqual(line.agreed_user_id, self.payroll)
        self.assertEqual(str(line.agreed_datetime), "2026-08-20 09:00:00")
        self.assertEqual(self.settlement.amount_earning, 2768.00)

    def test_agreed_on_nothing(self):
        """Zero is an agreed amount too."""
        line = self._line("loan")
        line.write({"amount_agreed": 0.0, "agreed_reason": "Remitted"})
        self.assertEqual(self.settlement.amount_deduction, 0.0)
        self.assertTrue(line.is_counted)

    def test_an_agreed_deduction_is_below_zero(self):
        """Agreed to pay back 300: typed as 300."""
        line = self._line("loan")
        line.write({"amount_agreed": 300.0, "agreed_reason": "Part remitted"})
        self.assertEqual(line.amount, -300.00)

    def test_taking_an_amendment_back(self):
        """The proposal counts again, nothing of the amendment is left."""
        line = self._line("loan")
        line.write({"amount_agreed": -300.0, "agreed_reason": "Part remitted"})
        line.is_amended = False
        self.assertEqual(line.amount, -500.00)
        self.assertFalse(line.amount_agreed)
        self.assertFalse(line.agreed_reason)
        self.assertFalse(line.agreed_user_id)

    def test_amending_in_the_form(self):
        """Typing the agreed amount makes the reason required."""
        form = Form(self.settlement)
        index = self.settlement.money_line_ids.mapped("code").index("loan")
        with (
            self.assertRaisesRegex(AssertionError, "agreed_reason"),
            form.money_line_ids.edit(index) as line,
        ):
            line.is_amended = True
        with form.money_line_ids.edit(index) as line:
            line.is_amended = True
            self.assertEqual(line.amount_agreed, -500.00)
            line.amount_agreed = -300.0
            line.agreed_reason = "Part remitted"
        form.save()
        self.assertEqual(self._line("loan").amount, -300.00)

    def test_what_was_computed_is_not_overwritten(self):
        """Payroll agrees on another amount; the proposal stays what the rules say."""
        line = self._line("thirteenth").with_user(self.payroll)
        for vals in (
            {"amount_proposed": 9999.0},
            {"inputs": {}},
            {"kind": "deduction"},
            {"name": "Other"},
            {"agreed_user_id": self.plain.id},
            {"is_amount_known": False},
        ):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                line.write(vals)

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
        self.settlement.message_post(body="Paid on 25 September")
        self.settlement.activity_schedule("mail.mail_activity_data_todo")

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
