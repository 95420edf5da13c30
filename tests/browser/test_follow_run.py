from odoo.tests import tagged

from ..batch_common import BatchCommon
from ..browser_common import BrowserCase


@tagged("post_install", "-at_install")
class TestFollowRun(BatchCommon, BrowserCase):
    """The screen of a run in the background shows by itself how far it is."""

    def test_what_happens_elsewhere_is_seen(self):
        """One window watches; the run is stopped in another one."""
        batch = self._batch(self._people(2))
        batch.action_calculate()
        path = f"/odoo/action-hr_exit_interview.hr_departure_batch_action/{batch.id}"
        login = self.officer.login
        with self._browsers():
            watching, stopping = self._page(login), self._page(login)
            for page in (watching, stopping):
                page.goto_path(path)
                page.get_by_text("It runs in the background").wait_for()
            # Not worked out yet: no amount, and not 0.00 either.
            row = watching.locator(".o_data_row").first
            self.assertNotIn("0.00", row.inner_text())
            stopping.get_by_role("button", name="Stop").click()
            watching.get_by_role("button", name="Resume").wait_for()
        self.assertEqual(batch.state, "stopped")
