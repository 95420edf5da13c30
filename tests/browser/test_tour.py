from odoo.tests import tagged

from ..browser_common import BrowserCase
from ..common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestTour(ExitInterviewCommon, BrowserCase):
    """The tour that shows a newcomer how to register a departure."""

    def test_departure(self):
        """Followed step by step, it ends with a confirmed departure."""
        self._user("newcomer", f"{ADDON}.group_exit_officer")
        before = self.env["hr.departure"].search([])
        with self._browsers():
            page = self._page("newcomer")
            page.goto_path("/odoo")
            page.wait_for_function("odoo.isTourReady('hr_exit_interview_departure')")
            with page.expect_console_message(
                lambda message: message.text.startswith(("tour ", "FAILED"))
            ) as outcome:
                page.evaluate(
                    "odoo.startTour('hr_exit_interview_departure', {mode: 'auto'})"
                )
            self.assertEqual(outcome.value.text, "tour succeeded")
        departure = self.env["hr.departure"].search([]) - before
        self.assertEqual(departure.state, "confirmed")
        self.assertEqual(departure.departure_type, "voluntary")
