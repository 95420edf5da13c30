from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ...batch_common import BatchCommon

RUN = "odoo.addons.hr_exit_interview.models.batch.hr_departure_batch"
FEW, MANY = 5, 60


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureBatchSpeed(BatchCommon):
    """A chunk takes as many queries for sixty people as for five.

    Rows are inserted by the hundred, so a few more statements come with size alone.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few = cls._batch(cls._people(FEW))
        cls.many = cls._batch(cls._people(MANY))

    def _count_run(self, batch, step):
        getattr(batch, f"action_{step}")()
        with patch(f"{RUN}.CHUNK", 1000):
            return self._count_queries(self._cron)

    def test_steps(self):
        """What-if, register and confirm, each as one chunk."""
        warm_up = self._batch(self._people(2))
        for step in ("calculate", "register", "confirm"):
            self._count_run(warm_up, step)
            few = self._count_run(self.few, step)
            many = self._count_run(self.many, step)
            inserts = len(self.many.line_ids.settlement_id.line_ids) / 100
            with self.subTest(step=step, few=few, many=many):
                self.assertLessEqual(many, few + 3 + inserts)

    def test_the_screen(self):
        """The form with its counts and totals."""
        for batch in (self.few, self.many):
            self._run(batch, "calculate")

        def read(batch):
            batch.web_read(
                {
                    name: {}
                    for name in (
                        "line_count",
                        "failed_count",
                        "progress",
                        "cost_total",
                        "settlement_total",
                    )
                }
                | {
                    "line_ids": {
                        "fields": {
                            "employee_id": {"fields": {"display_name": {}}},
                            "department_id": {"fields": {"display_name": {}}},
                            "cost_total": {},
                            "state": {},
                        }
                    }
                }
            )

        read(self.few)
        self.assertSameQueryCount(read, self.few, self.many)
