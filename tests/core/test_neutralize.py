from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestNeutralize(ExitInterviewCommon):
    def test_links_do_not_work_in_a_copy(self):
        """A copy for testing answers no leaver: the tokens are gone."""
        departure = self._departure(self.employee)
        departure._ensure_exit_token()
        token = departure.exit_token
        departures = self.env["hr.departure"]
        self.assertEqual(departures._find_by_exit_token(token), departure)
        self.env.flush_all()
        for query in get_neutralization_queries([ADDON]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(departures._find_by_exit_token(token))
        self.assertFalse(departure.exit_token)
