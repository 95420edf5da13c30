import re

from odoo.tests import HttpCase, tagged

from .common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPage(HttpCase, QuestionnaireCommon):
    """From the leaver's page to the questionnaire and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The pages look at the real date.
        cls.departure.write(
            {"notice_date": "2031-03-02", "departure_date": "2031-04-30"}
        )
        cls.departure.lang = "en_US"
        cls.departure._ensure_exit_token()

    def _open_page(self):
        return self.url_open(f"/exit/{self.departure.exit_token}").text

    def _press(self, page, **values):
        token = re.search(r'name="form_token" value="([^"]+)"', page).group(1)
        return self.url_open(
            "/exit/questionnaire", data={"form_token": token, **values}
        )

    def test_offered_with_its_length_and_last_day(self):
        """30 questions at 16 seconds are 8 minutes; 30 April and 14 days."""
        page = self._open_page()
        self.assertIn("30", page)
        self.assertIn("about 8 minutes", re.sub(r"\s+", " ", page))
        self.assertIn("May 14, 2031", page)

    def test_reading_the_page_makes_nothing(self):
        self._open_page()
        self.url_open("/exit/questionnaire")
        self.assertFalse(self.interview.survey_input_ids)

    def test_opened_and_gone_on_with(self):
        page = self._open_page()
        response = self._press(page)
        self.assertIn("Questions about your departure", response.text)
        user_input = self.interview.survey_input_id
        self.assertEqual(user_input.state, "new")
        self.assertFalse(user_input.partner_id)
        user_input._mark_in_progress()
        self.assertIn("Go on with the questionnaire", self._open_page())
        self._press(page)
        self.assertEqual(self.interview.survey_input_ids, user_input)

    def test_in_the_language_chosen_on_the_page(self):
        self._open_page()
        self.url_open("/exit/lang/nl_NL")
        page = self.url_open("/exit").text
        self.assertIn("Open de vragenlijst", page)
        response = self._press(page)
        self.assertIn("Vragen over je vertrek", response.text)
        self.assertIn("Meedoen is vrijwillig.", response.text)

    def test_form_of_another_page_makes_nothing(self):
        page = self._open_page()
        self._press(page, form_token="x")
        self.assertFalse(self.interview.survey_input_ids)

    def test_without_the_page_there_is_no_questionnaire(self):
        response = self.url_open("/exit/questionnaire", data={"form_token": "x"})
        self.assertEqual(response.status_code, 404)

    def test_declined_is_not_asked_in_writing(self):
        """Saying no ends it: no other way to be asked."""
        self.interview.state = "declined"
        self.assertNotIn('id="questionnaire"', self._open_page())

    def test_done_says_thank_you(self):
        self._fill_in(self.interview._ensure_questionnaire(), {"BEST": "De kas"})
        page = self._open_page()
        self.assertIn("You have filled it in. Thank you.", page)
        self.assertNotIn("Open the questionnaire", page)

    def test_logged_in_colleague_reaches_it_too(self):
        """The leaver still has an account and is logged in with it."""
        self.plain.password = "plain"
        self.authenticate("plain", "plain")
        response = self._press(self._open_page())
        self.assertIn("Questions about your departure", response.text)
