from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ...settlement_state_common import SettlementStateCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 09:00:00")
class TestSettlementChange(SettlementStateCommon):
    """What changes after checking: who, when, from, to."""

    def _changes(self):
        """What the list on the form says, oldest first.

        Without what keeps an amount on one line.
        """
        unbroken = str.maketrans({"\xa0": " ", "\ufeff": None})
        return [
            (
                change.line_title or "",
                change.what,
                change.old_text.translate(unbroken),
                change.new_text.translate(unbroken),
            )
            for change in self.settlement.change_ids.sorted("id")
        ]

    def assertChanges(self, *expected):
        self.assertEqual(self._changes(), list(expected))

    # === What is noted ===

    def test_nothing_before_checking(self):
        """A draft is still being made."""
        self._line("loan").write({"amount_agreed": 300.0, "agreed_reason": "Part"})
        self.settlement.action_check()
        self.settlement.action_discuss()
        self.assertFalse(self.settlement.change_count)

    def test_another_amount_after_checking(self):
        """Line and total, from and to, by whom and when."""
        self.settlement.action_check()
        self._line("loan").write({"amount_agreed": 300.0, "agreed_reason": "Part"})
        self.assertChanges(
            ("Loan or advance – loan", "Amount", "-500.00 €", "-300.00 €"),
            ("Loan or advance – loan", "Reason for the Difference", "", "Part"),
            ("", "Total", "2,401.33 €", "2,601.33 €"),
        )
        self.assertEqual(self.settlement.change_ids.user_id, self.payroll)
        self.assertEqual(
            {str(date) for date in self.settlement.change_ids.mapped("date")},
            {"2026-08-20 09:00:00"},
        )

    def test_a_line_added_and_deleted(self):
        """Both are said with their amount, also when done in the form."""
        self.settlement.action_check()
        with Form(self.settlement) as form, form.money_line_ids.new() as line:
            line.title = "Lost badge"
            line.kind = "deduction"
            line.amount_proposed = 15.0
        self.assertChanges(
            ("Lost badge", "Line added", "", "-15.00 €"),
            ("", "Total", "2,401.33 €", "2,386.33 €"),
        )
        self.settlement.change_ids.sudo().unlink()
        self._line("manual").unlink()
        self.assertChanges(
            ("Lost badge", "Line deleted", "-15.00 €", ""),
            ("", "Total", "2,386.33 €", "2,401.33 €"),
        )

    def test_the_answer_of_the_leaver(self):
        """A dispute after checking is a change, not one of the total."""
        self.settlement.action_check()
        self.settlement.action_discuss()
        self._line("loan").state = "disputed"
        self.assertChanges(("Loan or advance – loan", "State", "Discussed", "Disputed"))

    def test_not_applicable_changes_the_total(self):
        self.settlement.action_check()
        self._line("loan").state = "not_applicable"
        self.assertChanges(
            ("Loan or advance – loan", "State", "To discuss", "Not applicable"),
            ("", "Total", "2,401.33 €", "2,901.33 €"),
        )

    def test_another_deadline(self):
        self.settlement.action_check()
        self.settlement.deadline = "2026-10-15"
        self.assertChanges(("", "Deadline", "09/30/2026", "10/15/2026"))

    def test_what_comes_back_after_confirmation(self):
        """Who received a thing, in what condition."""
        self._confirm()
        thing = self.settlement.handover_line_ids[:1]
        thing.with_user(self.payroll).action_receive()
        self.assertChanges(
            (thing.name, "Condition", "", "Good"),
            (thing.name, "Received By", "", self.payroll.name),
            (thing.name, "Received On", "", "08/20/2026"),
        )

    def test_a_line_by_another_user(self):
        """Not who checked, but who changed."""
        self.settlement.action_check()
        self._line("loan").with_user(self.admin).note = "Bank statement seen"
        self.assertEqual(self.settlement.change_ids.user_id, self.admin)

    def test_amounts_not_known(self):
        """A line without an amount shows none, not zero."""
        self.settlement.action_check()
        line = self.env["hr.settlement.line"].with_user(self.payroll)
        line = line.create({"settlement_id": self.settlement.id, "name": "Bonus"})
        self.assertChanges(("Bonus", "Line added", "", ""))
        line.amount_proposed = 0.0
        self.assertChanges(
            ("Bonus", "Line added", "", ""), ("Bonus", "Amount", "", "0.00 €")
        )

    def test_in_the_readers_language(self):
        """Words are made when they are read."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.settlement.action_check()
        self._line("loan").state = "not_applicable"
        change = self.settlement.change_ids.with_context(lang="nl_NL").sorted("id")[0]
        self.assertEqual(change.line_title, "Lening of voorschot – loan")
        self.assertEqual(change.what, "Status")
        self.assertEqual(change.new_text, "Niet van toepassing")

    # === Computed lines ===

    def test_deleting_a_computed_line_of_a_draft(self):
        """The rules found it: its absence leaves a trace even before checking."""
        self._line("loan").unlink()
        self.assertChanges(("Loan or advance – loan", "Line deleted", "-500.00 €", ""))
        self.assertEqual(self.settlement.change_ids.user_id, self.payroll)

    def test_deleting_a_computed_line_in_the_form(self):
        with Form(self.settlement) as form:
            index = self.settlement.money_line_ids.mapped("code").index("loan")
            form.money_line_ids.remove(index)
        self.assertChanges(("Loan or advance – loan", "Line deleted", "-500.00 €", ""))

    def test_deleting_ones_own_line_of_a_draft(self):
        """What somebody typed in a draft, somebody deletes."""
        line = self.env["hr.settlement.line"].with_user(self.payroll)
        line.create({"settlement_id": self.settlement.id, "name": "Bonus"}).unlink()
        self.assertFalse(self.settlement.change_ids)

    def test_recomputing_a_draft_says_nothing(self):
        """The first list is being made."""
        self.leaver.version_id.wage = 4000.0
        self.settlement.action_recompute()
        self.assertFalse(self.settlement.change_ids)

    # === Back to draft ===

    def test_back_to_draft_asks_why(self):
        """The button opens a window; the reason is kept, in the chatter too."""
        self.settlement.action_check()
        action = self.settlement.action_back_to_draft()
        self.assertEqual(self.settlement.state, "checked")
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.payroll)
            .with_context(**action["context"])
        )
        wizard.reason = "Bicycle forgotten"
        wizard.save().action_reopen()
        self.assertEqual(self.settlement.state, "draft")
        self.assertChanges(("", "Taken back to draft", "", "Bicycle forgotten"))
        self.assertIn(
            "Taken back to draft: Bicycle forgotten",
            "".join(self.settlement.sudo().message_ids.mapped("body")),
        )

    def test_blanks_are_no_reason(self):
        self.settlement.action_check()
        with self.assertRaisesRegex(UserError, "Say why the list is taken back"):
            self.settlement.action_back_to_draft("  ")
        self.assertEqual(self.settlement.state, "checked")

    def test_recomputing_after_reopening(self):
        """What was checked is compared, line by line, not deleted and added anew.

        8 % of 3 x 4,000 is 960; a year's 3,200 for eight months stays.
        """
        self.settlement.action_check()
        self.settlement.action_back_to_draft("Wage was wrong")
        self.leaver.version_id.wage = 4000.0
        self.settlement.action_recompute()
        self.assertChanges(
            ("", "Taken back to draft", "", "Wage was wrong"),
            ("Wage of the last month", "Amount", "3,200.00 €", "4,000.00 €"),
            ("Holiday allowance", "Amount", "768.00 €", "960.00 €"),
            ("", "Total", "2,401.33 €", "2,593.33 €"),
        )

    # === Open points ===

    def _confirm(self, **kwargs):
        self.settlement.action_check()
        self.settlement.action_discuss()
        return self.settlement.with_user(self.admin).action_confirm(**kwargs)

    def test_confirming_names_what_is_open(self):
        """Disputed, asked, not known, not agreed: named, acknowledged, kept."""
        self._line("loan").state = "disputed"
        self._line("thirteenth").state = "question"
        self._line("holiday_allowance").sudo().write({"is_amount_known": False})
        lost = self.settlement.handover_line_ids[:1]
        lost.write({"handover_action": "recover", "handover_cost": 50.0})
        action = self._confirm()
        self.assertEqual(self.settlement.state, "discussed")
        wizards = self.env[action["res_model"]].with_user(self.admin)
        wizard = wizards.with_context(**action["context"]).create({})
        self.assertEqual(
            wizard.open_points.splitlines(),
            [
                "Holiday allowance: no amount, so not in the total",
                "Fixed yearly payment – yearly: the leaver has a question",
                "Loan or advance – loan: the leaver disagrees",
                f"{lost.title}: not agreed, so not in the total",
            ],
        )
        with self.assertRaisesRegex(UserError, "Tick that you have seen"):
            wizard.action_confirm()
        wizard.is_acknowledged = True
        wizard.action_confirm()
        self.assertEqual(self.settlement.state, "confirmed")
        self.assertEqual(self._line("loan").state, "disputed")
        body = "".join(self.settlement.sudo().message_ids.mapped("body"))
        self.assertIn("<li>Loan or advance – loan: the leaver disagrees</li>", body)

    def test_another_total_than_was_checked(self):
        """Whoever confirms knows that it is not the total that was checked."""
        self.settlement.action_check()
        for amount in (400.0, 300.0):
            self._line("loan").write({"amount_agreed": amount, "agreed_reason": "Part"})
        (point,) = self.settlement._get_open_points()[self.settlement]
        self.assertRegex(
            point, r"was 2,401\.33.{2} when it was checked and is 2,601\.33"
        )

    def test_nothing_open_confirms_at_once(self):
        self.assertFalse(self.settlement.has_open_points)
        self.assertIsNone(self._confirm())
        self.assertEqual(self.settlement.state, "confirmed")

    def test_acknowledging_does_not_replace_the_second_pair_of_eyes(self):
        self.settlement.action_check()
        self.settlement.action_discuss()
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.settlement.action_confirm(is_acknowledged=True)

    # === Who sees it ===

    def test_nobody_writes_changes(self):
        """Payroll, officer and administrator read them, no more than that."""
        self.settlement.action_check()
        self._line("loan").note = "Seen"
        change = self.settlement.change_ids
        for user in (self.payroll, self.officer, self.admin):
            own = change.with_user(user)
            self.assertEqual(own.what, "Remark")
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.has_access(operation), (user.login, operation))
        for user in (self.interviewer, self.hr_manager, self.plain):
            with self.assertRaises(AccessError):
                change.with_user(user).search([])

    def test_the_leaver_finds_no_changes(self):
        """Whatever the role; and nobody those of another company."""
        self.settlement.action_check()
        self._line("loan").note = "Seen"
        self.settlement.sudo().leaver_user_id = self.payroll
        changes = self.env["hr.settlement.change"]
        self.assertFalse(changes.with_user(self.payroll).search([]))
        other = self._company("Duinrand B.V.")
        stranger = self._user("stranger", "hr_exit_interview.group_exit_payroll")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        stranger_changes = changes.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(stranger_changes.search([]))
        self.assertTrue(changes.with_user(self.officer).search([]))

    # === Speed ===

    def test_queries_do_not_grow_with_lists(self):
        """Changing and recomputing twelve checked lists: as many queries as two."""
        settlements = (
            self.env["hr.settlement"]
            .concat(
                *(
                    self._settlement(
                        self._departure(self._leaver(), departure_date="2026-08-31")
                    )
                    for _each in range(14)
                )
            )
            .with_user(self.payroll)
        )
        settlements.action_check()
        settlements.action_back_to_draft("All again")
        deadlines = iter(("2026-10-05", "2026-10-06", "2026-10-07"))

        def change(some):
            some.line_ids.write({"note": "Seen", "state": "to_discuss"})
            some.deadline = next(deadlines)
            some.action_recompute()

        change(settlements[:1])
        # Lines and changes are inserted in chunks.
        self.assertSameQueryCount(change, settlements[:2], settlements[2:], slack=3)
        # Taken back, a remark on each line, another deadline.
        for settlement in settlements[2:]:
            self.assertEqual(settlement.change_count, 2 + settlement.line_count)
