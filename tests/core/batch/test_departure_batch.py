from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ...batch_common import BatchCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureBatch(BatchCommon):
    """A reorganisation in three steps: what-if, register, confirm."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._people(4)
        cls.batch = cls._batch(cls.people)

    def _count_all(self):
        """How much there is of everything that a what-if must not make."""
        return [
            self.env[model].with_context(active_test=False).search_count([])
            for model in (
                "hr.departure",
                "hr.settlement",
                "hr.settlement.line",
                "hr.exit.interview",
                "mail.mail",
                "mail.activity",
                "hr.leave.allocation",
            )
        ]

    def _costs(self, employee):
        costs = self._line(self.batch, employee).cost_ids
        return {cost.code: cost.amount for cost in costs if cost.is_counted}

    # === What-if ===

    def test_the_what_if_registers_nothing(self):
        """No departure, settlement, mail or activity; employees stay as they were."""
        before = self._count_all()
        self._run(self.batch, "calculate")
        self.assertEqual(self._count_all(), before)
        self.assertFalse(self.batch.line_ids.departure_id)
        self.assertTrue(all(self.people.mapped("active")))
        self.assertFalse(any(self.people.version_id.mapped("contract_date_end")))
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self.batch.progress, 100)

    def test_what_it_would_cost(self):
        """3,000: allowance 3 x 3,000 x 8 % = 720; transition 5.5 x 1,080 = 5,940."""
        self._run(self.batch, "calculate")
        costs = self._costs(self.people[0])
        self.assertEqual(costs["holiday_allowance"], 720.00)
        self.assertEqual(costs["transition"], 5940.00)
        self.assertEqual(self._line(self.batch, self.people[0]).cost_total, 6660.00)
        # 12,006 of wages: x 3 x 8 % = 2,881.44; x 1.08 / 3 x 5.5 = 23,771.88.
        self.assertAlmostEqual(self.batch.cost_total, 26653.32, 2)

    def test_the_normal_wage_is_no_cost(self):
        """August's wage is paid anyway: in no cost."""
        self._run(self.batch, "calculate")
        self.assertNotIn("wage_last_month", self.batch.cost_ids.mapped("code"))

    def test_calculated_again_after_a_change(self):
        """The costs are those of today, once."""
        self._run(self.batch, "calculate")
        count = len(self.batch.cost_ids)
        self.people[0].version_id.wage = 4000.0
        self._run(self.batch, "calculate")
        self.assertEqual(len(self.batch.cost_ids), count)
        self.assertEqual(self._costs(self.people[0])["holiday_allowance"], 960.00)

    def test_the_same_as_the_settlement(self):
        """What it would cost is what it costs, to the cent."""
        self._run(self.batch, "calculate")
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        self.assertEqual(self.batch.settlement_total, self.batch.cost_total)
        for line in self.batch.line_ids:
            settled = line.settlement_id.line_ids.filtered("is_counted")
            costs = line.cost_ids.filtered("is_counted")
            self.assertEqual(
                sorted((x.code, x.amount) for x in settled),
                sorted((x.code, x.amount) for x in costs),
            )

    def test_the_same_as_the_preview_of_one(self):
        """The settlement wizard shows the same amounts."""
        self._run(self.batch, "calculate")
        wizard = (
            self.env["hr.settlement.wizard"]
            .with_user(self.officer)
            .create(
                {
                    "employee_ids": [Command.set(self.people[1].ids)],
                    "departure_reason_id": self.reason_fired.id,
                    "date": "2026-08-31",
                }
            )
        )
        wizard.action_compute()
        shown = {
            line.code: line.amount
            for line in wizard.line_ids
            if line.code == "holiday_allowance"
        }
        self.assertEqual(
            shown["holiday_allowance"],
            self._costs(self.people[1])["holiday_allowance"],
        )

    def test_amounts_not_known_are_counted_apart(self):
        """Without a wage: in no total, and the line says what is missing."""
        poor = self._employee("No Wage", "2021-03-01", 0.0)
        batch = self._batch(poor)
        self._run(batch, "calculate")
        self.assertEqual(batch.cost_total, 0.0)
        self.assertGreater(batch.cost_unknown_count, 1)
        unknown = batch.cost_ids.filtered(lambda cost: cost.code == "transition")
        self.assertFalse(unknown.has_amount)
        self.assertIn("wage", unknown.missing_text.lower())

    # === Register and confirm ===

    def test_registered_ahead(self):
        """Departures in state Registered, with a snapshot, no mail, no settlement."""
        mails = self.env["mail.mail"].search_count([])
        self._run(self.batch, "register")
        departures = self.batch.line_ids.departure_id
        self.assertEqual(len(departures), 4)
        self.assertEqual(set(departures.mapped("state")), {"draft"})
        self.assertEqual(set(departures.mapped("departure_type")), {"redundancy"})
        self.assertEqual(set(departures.mapped("initiative")), {"employer"})
        self.assertEqual(departures.sudo().mapped("wage"), [3000, 3001, 3002, 3003])
        self.assertEqual(
            {str(d) for d in departures.mapped("notice_date")}, {"2026-05-12"}
        )
        self.assertFalse(departures.settlement_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        notified = departures.message_ids.notified_partner_ids
        self.assertFalse(notified)
        self.assertTrue(all(self.people.mapped("active")))
        self.assertIn("Reorganisation", departures[0].message_ids[0].body)

    def test_done_with_the_rights_of_who_started(self):
        """The officer is the one who registered, not the job's user."""
        self._run(self.batch, "register")
        self.assertEqual(self.batch.line_ids.departure_id.create_uid, self.officer)

    def test_confirm_all_is_a_step_of_its_own(self):
        """Confirmed departures have their settlement, in draft."""
        self._run(self.batch, "register")
        self.assertEqual(self.batch.confirmable_count, 4)
        self._run(self.batch, "confirm")
        departures = self.batch.line_ids.departure_id
        self.assertEqual(set(departures.mapped("state")), {"confirmed"})
        settlements = self.batch.line_ids.settlement_id
        self.assertEqual(settlements.departure_id, departures)
        self.assertEqual(set(settlements.mapped("state")), {"draft"})
        self.assertEqual(self.batch.confirmable_count, 0)
        self.assertAlmostEqual(self.batch.settlement_total, 26653.32, 2)

    def test_who_stays_after_all_costs_nothing(self):
        """Withdrawn after confirming: the settlement is cancelled, 6,660.00 less."""
        self._run(self.batch, "register")
        self._run(self.batch, "confirm")
        total = self.batch.settlement_total
        self._line(self.batch, self.people[0]).departure_id.action_withdraw()
        self.env.invalidate_all()
        self.assertAlmostEqual(self.batch.settlement_total, total - 6660.00, 2)
        lines = self.env["hr.settlement.line"].search(
            self.batch.action_open_settlement_costs()["domain"]
        )
        self.assertEqual(len(lines.settlement_id), 3)
        self.assertNotIn("wage_last_month", lines.mapped("code"))

    def test_took_part_in_the_decision(self):
        """Who decided is on every departure, and so never interviews."""
        self.batch.decision_user_ids = self.hr_manager
        self._run(self.batch, "register")
        for departure in self.batch.line_ids.departure_id:
            self.assertEqual(departure.decision_user_ids, self.hr_manager)

    # === Last days ===

    def test_another_last_day_for_one(self):
        self._line(self.batch, self.people[2]).with_user(
            self.officer
        ).planned_date = "2026-09-30"
        self._run(self.batch, "register")
        days = {str(line.last_day) for line in self.batch.line_ids}
        self.assertEqual(days, {"2026-08-31", "2026-09-30"})
        departure = self._line(self.batch, self.people[2]).departure_id
        self.assertEqual(str(departure.departure_date), "2026-09-30")

    def test_the_end_of_each_ones_term(self):
        """12 May: five years' service is two months, three years' one, 16 four.

        Notice ends a term at the end of a month: 31 July, 30 June, 30 September.
        """
        young = self._employee("Young", "2023-03-01", 3000.0)
        old = self._employee("Old", "2010-03-01", 3000.0)
        batch = self._batch(
            self.people[0] | young | old, date_choice="notice", departure_date=False
        )
        self._run(batch, "calculate")
        expected = ["2026-07-31", "2026-06-30", "2026-09-30"]
        self.assertEqual([str(line.last_day) for line in batch.line_ids], expected)
        self._run(batch, "register")
        departures = batch.line_ids.departure_id
        self.assertEqual([str(d.departure_date) for d in departures], expected)
        self.assertFalse(any(departures.mapped("is_notice_short")))

    def test_no_term_to_go_by(self):
        """A mutual agreement has no term: each line says that a day is missing."""
        batch = self._batch(
            self.people[:2],
            date_choice="notice",
            departure_date=False,
            departure_type="mutual",
            initiative="both",
        )
        batch.line_ids[0].planned_date = "2026-10-31"
        self._run(batch, "register")
        self.assertEqual(batch.line_ids.mapped("state"), ["done", "failed"])
        self.assertIn("last day", batch.line_ids[1].message)

    # === Starting ===

    def test_nothing_starts_without_its_terms(self):
        """Who leaves how and when is asked first, by name."""
        batch = self._batch(self.people, departure_type=False, departure_date=False)
        with self.assertRaisesRegex(UserError, "Departure Type, Last Day"):
            batch.action_calculate()
        batch.departure_type = "redundancy"
        batch.line_ids.planned_date = "2026-09-30"
        batch.action_calculate()
        self.assertEqual(batch.state, "running")

    def test_nobody_on_the_list(self):
        with self.assertRaisesRegex(UserError, "add employees first"):
            self._batch(self.people[:0]).action_calculate()
        with self.assertRaisesRegex(UserError, "add employees first"):
            self.batch.action_confirm()

    def test_not_started_twice(self):
        self.batch.action_register()
        with self.assertRaisesRegex(UserError, "Running"):
            self.batch.action_register()

    def test_the_type_follows_the_reason(self):
        """As on a departure: a resignation is the employee's."""
        with Form(self.env["hr.departure.batch"].with_user(self.officer)) as form:
            form.name = "Plan"
            form.departure_reason_id = self.reason_resigned
            self.assertEqual(form.departure_type, "voluntary")
            self.assertEqual(form.initiative, "employee")

    def test_nothing_changes_while_it_runs(self):
        self.batch.action_register()
        for change in (
            lambda: self.batch.write({"departure_date": "2026-09-30"}),
            lambda: self.batch.line_ids[0].write({"planned_date": "2026-09-30"}),
            self.batch.line_ids[0].unlink,
            self.batch.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_what_was_registered_stays_as_it_was(self):
        """Its departures are changed or withdrawn themselves."""
        self._run(self.batch, "register")
        for change in (
            lambda: self.batch.write({"departure_reason_id": self.reason_resigned.id}),
            lambda: self.batch.line_ids[0].write({"planned_date": "2026-09-30"}),
            self.batch.line_ids[0].unlink,
            self.batch.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        self.batch.name = "Reorganisation South"

    def test_a_plan_that_came_to_nothing_is_deleted(self):
        """With its list and its costs."""
        self._run(self.batch, "calculate")
        lines, costs = self.batch.line_ids, self.batch.cost_ids
        self.batch.unlink()
        self.assertFalse(lines.exists() or costs.exists())

    def test_a_copy_begins_anew(self):
        """The same people and terms, nothing done."""
        self._run(self.batch, "register")
        copy = self.batch.copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.line_ids), 4)
        self.assertFalse(copy.line_ids.departure_id)
        self.assertEqual(set(copy.line_ids.mapped("state")), {"todo"})

    # === Rights of a run ===

    def test_how_far_it_is_is_not_written_by_hand(self):
        """Nor with whose rights it runs."""
        for vals in ({"state": "done"}, {"step": "confirm"}, {"user_id": 1}):
            with self.assertRaises(UserError):
                self.batch.write(vals)
            with self.assertRaises(UserError):
                self._batch(self.people, **vals)
        line = self.batch.line_ids[0]
        for name in ("state", "message", "departure_id", "settlement_id", "last_day"):
            with self.assertRaises(UserError):
                line.write({name: False})

    def test_nobody_runs_the_own_line(self):
        """An officer who is on the list neither sees nor registers it."""
        self.people[0].user_id = self.officer
        self.assertEqual(len(self.batch.line_ids), 3)
        self._run(self.batch, "register")
        line = self._line(self.batch, self.people[0])
        self.assertEqual(line.state, "failed")
        self.assertFalse(line.departure_id)
        self.assertIn("somebody else", line.message)
        self.batch.with_user(self.admin).action_retry()
        self._cron()
        self.assertEqual(line.departure_id.create_uid, self.admin)

    def test_somebody_twice_on_the_list(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["hr.departure.batch.line"].create(
                {"batch_id": self.batch.id, "employee_id": self.people[0].id}
            ).flush_recordset()

    def test_people_of_another_company(self):
        stranger = self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": self._company("Elders B.V.").id}
        )
        with self.assertRaisesRegex(UserError, "Stranger"):
            self._batch(stranger)
