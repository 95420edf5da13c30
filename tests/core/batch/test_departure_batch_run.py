from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...batch_common import BatchCommon

RUN = "odoo.addons.hr_exit_interview.models.batch.hr_departure_batch"
STEP_LOGGER = "odoo.addons.hr_exit_interview.models.batch.hr_departure_batch_line"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureBatchRun(BatchCommon):
    """Somebody whose step fails, a run that is stopped, one that is resumed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._people(4)
        cls.batch = cls._batch(cls.people)

    # === What cannot be done for some ===

    def test_one_that_fails_says_why_and_stops_nobody(self):
        """An open departure, the archive, a start after the last day."""
        busy, gone, late, fine = self.people
        self._departure(busy)
        gone.action_archive()
        late.version_id.contract_date_start = "2026-10-01"
        with mute_logger(STEP_LOGGER):
            self._run(self.batch, "register")
        messages = {
            line.employee_id: line.message or line.state for line in self.batch.line_ids
        }
        self.assertIn("open departure already: Worker 0", messages[busy])
        self.assertIn("archive", messages[gone])
        self.assertIn("in service from 10/01/2026", messages[late])
        self.assertEqual(messages[fine], "done")
        self.assertEqual(self.batch.failed_count, 3)
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self._line(self.batch, fine).departure_id.state, "draft")

    def test_the_failed_are_tried_again(self):
        """Only they: the others are not registered twice."""
        departure = self._departure(self.people[0])
        self._run(self.batch, "register")
        self.assertEqual(self.batch.failed_count, 1)
        departure.unlink()
        registered = self.batch.line_ids.departure_id
        self.batch.action_retry()
        self._cron()
        self.assertEqual(self.batch.failed_count, 0)
        self.assertEqual(len(self.batch.line_ids.departure_id - registered), 1)
        self.assertEqual(self.batch.departure_count, 4)

    def test_an_unexpected_error_is_that_persons_alone(self):
        """Whatever goes wrong, the others of the chunk are registered."""
        prepare = self.registry["hr.departure.batch.line"]._prepare_departure

        def fail(line):
            if line.employee_id == self.people[2]:
                raise ZeroDivisionError
            return prepare(line)

        with (
            patch.object(
                self.registry["hr.departure.batch.line"], "_prepare_departure", fail
            ),
            mute_logger(STEP_LOGGER),
        ):
            self._run(self.batch, "register")
        self.assertEqual(
            self.batch.line_ids.mapped("state"), ["done", "done", "failed", "done"]
        )
        failed = self._line(self.batch, self.people[2])
        self.assertEqual(failed.message, "ZeroDivisionError")
        self.assertFalse(failed.departure_id)

    def test_costs_of_who_fails_now_are_gone(self):
        """Calculated before, in the archive since: in no total."""
        self._run(self.batch, "calculate")
        total = self.batch.cost_total
        self.people[0].action_archive()
        self._run(self.batch, "calculate")
        self.assertAlmostEqual(self.batch.cost_total, total - 6660.00, 2)

    def test_withdrawn_before_confirming(self):
        """That person stays; the others are confirmed."""
        self._run(self.batch, "register")
        self._line(self.batch, self.people[0]).departure_id.action_withdraw()
        self._run(self.batch, "confirm")
        states = self.batch.line_ids.departure_id.mapped("state")
        self.assertEqual(sorted(states), ["confirmed"] * 3 + ["withdrawn"])
        self.assertEqual(len(self.batch.line_ids.settlement_id), 3)

    def test_withdrawn_while_confirming(self):
        """Withdrawn after the button was pressed: the line says so."""
        self._run(self.batch, "register")
        self.batch.action_confirm()
        self._line(self.batch, self.people[0]).departure_id.action_withdraw()
        self._cron()
        line = self._line(self.batch, self.people[0])
        self.assertEqual(line.state, "failed")
        self.assertIn("withdrawn", line.message)

    def test_confirmed_by_somebody_else_meanwhile(self):
        """Nothing is done twice: the line finds the settlement that was made."""
        self._run(self.batch, "register")
        self.batch.action_confirm()
        departure = self._line(self.batch, self.people[0]).departure_id
        departure.action_confirm()
        self._cron()
        self.assertEqual(set(self.batch.line_ids.mapped("state")), {"done"})
        settlement = self._line(self.batch, self.people[0]).settlement_id
        self.assertEqual(settlement, departure.settlement_ids)
        self.assertEqual(len(settlement), 1)

    # === Stop and resume ===

    def test_stopped_and_resumed(self):
        """Stop keeps what is done; resuming does the rest, once each."""
        self.batch.action_register()

        def stop(_processed):
            if self.batch.done_count == 2:
                self.batch.action_stop()
            return 1

        with patch(f"{RUN}.CHUNK", 1):
            self._cron(stop)
            self.assertEqual(self.batch.state, "stopped")
            self.assertEqual(self.batch.done_count, 2)
            self.assertEqual(self.batch.progress, 50)
            self._cron()
            self.assertEqual(self.batch.done_count, 2)
            self.batch.with_user(self.admin).action_resume()
            self._cron()
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(len(self.batch.line_ids.departure_id), 4)
        self.assertEqual(self.batch.user_id, self.admin)

    def test_time_of_the_job_is_over(self):
        """The job ends after a chunk; the next one goes on."""
        self.batch.action_register()
        with patch(f"{RUN}.CHUNK", 3):
            self._cron(lambda _processed: 0)
            self.assertEqual(self.batch.state, "running")
            self.assertEqual(self.batch.done_count, 3)
            self._cron()
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self.batch.departure_count, 4)

    def test_two_runs_one_after_the_other(self):
        """Another mass departure with the same person: one departure, one refusal."""
        other = self._batch(self.people[:1])
        self.batch.action_register()
        other.action_register()
        self._cron()
        self.assertEqual(self.batch.departure_count, 4)
        self.assertEqual(other.failed_count, 1)
