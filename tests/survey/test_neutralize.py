from freezegun import freeze_time

from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from .common import ADDON, QuestionnaireCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 09:00:00")
class TestNeutralize(QuestionnaireCommon):
    def test_links_to_questionnaires_do_not_work_in_a_copy(self):
        """The leaver's is another one; those of other surveys are Odoo's."""
        leavers = self.interview._ensure_questionnaire()
        other = self._company_survey()._create_answer()
        tokens = leavers.access_token, other.access_token
        self.env.flush_all()
        for query in get_neutralization_queries([ADDON]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertNotEqual(leavers.access_token, tokens[0])
        self.assertTrue(leavers.access_token)
        self.assertEqual(other.access_token, tokens[1])
