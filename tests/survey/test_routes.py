import logging

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from odoo.addons.hr_exit_interview.exit_http import PRIVATE_HEADERS

from .common import QuestionnaireCommon

WORDS = "Geheim van de kas"


@tagged("post_install", "-at_install")
class TestRoutes(HttpCase, QuestionnaireCommon):
    """The public pages of Survey, for each who might come along."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The pages look at the real date.
        cls.departure.write(
            {"notice_date": "2031-03-02", "departure_date": "2031-04-30"}
        )
        cls.user_input = cls.interview._ensure_questionnaire()
        cls._fill_in(cls.user_input, {"BEST": WORDS}, done=False)
        cls.user_input.state = "in_progress"

    def _login(self, user):
        user.password = user.login
        self.authenticate(user.login, user.login)

    def _fill_url(self):
        return f"/survey/{self.survey.access_token}/{self.user_input.access_token}"

    def _page(self, code):
        return self._question(code).page_id

    def _submit(self, page, answers):
        return self.make_jsonrpc_request(
            f"/survey/submit/{self.survey.access_token}/{self.user_input.access_token}",
            {"page_id": page.id, **answers},
        )

    def test_link_opens_for_whoever_is_logged_in(self):
        """The leaver still at work, the interviewer on the telephone, nobody at all."""
        self.user_input.last_displayed_page_id = self._page("REASON")
        for user in (None, self.plain, self.interviewer):
            if user:
                self._login(user)
            response = self.url_open(self._fill_url())
            self.assertEqual(response.status_code, 200)
            self.assertIn("Questions about your departure", response.text)

    def test_title_does_not_say_how_it_was_registered(self):
        """The leaver reads it: "dismissal" stays inside."""
        self.assertNotIn("Voluntary resignation", self.url_open(self._fill_url()).text)

    def test_page_is_kept_private(self):
        """No cache, index, referrer or frame; also for the answers of its script."""
        answers = [
            self.url_open(self._fill_url()),
            self.url_open(self.user_input._get_exit_path(), allow_redirects=False),
            self.url_open(
                self._fill_url().replace("/survey", "/survey/submit"),
                json={"params": {"page_id": self._page("REASON").id}},
            ),
        ]
        for answer in answers:
            for name, value in PRIVATE_HEADERS.items():
                with self.subTest(answer.url, name=name):
                    self.assertEqual(answer.headers.get(name), value)
        # Those of other questionnaires are Survey's own business.
        own = self._company_survey(access_mode="public")
        answer = self.url_open(f"/survey/start/{own.access_token}")
        self.assertNotIn("X-Robots-Tag", answer.headers)

    def test_browser_keeps_no_link(self):
        """Survey's script would store it for a day: the cookie is taken already."""
        answer = self.url_open(self._fill_url())
        name = f"survey_{self.survey.access_token}"
        [cookie] = [cookie for cookie in answer.cookies if cookie.name == name]
        self.assertEqual((cookie.value, cookie.expires), ("-", None))
        self.assertTrue(cookie.has_nonstandard_attr("HttpOnly"))
        # With it the survey alone opens nothing, and the link goes on working.
        page = self.url_open(f"/survey/start/{self.survey.access_token}")
        self.assertNotIn('data-exit-code="REASON"', page.text)
        page = self.url_open(self.user_input._get_exit_path())
        self.assertIn('data-exit-code="REASON"', page.text)

    def test_log_keeps_no_link(self):
        """Neither of the way in nor of the page itself."""
        with self.assertLogs("werkzeug", logging.INFO) as logs:
            self.url_open(self.user_input._get_exit_path())
            self._submit(self._page("REASON"), {})
        lines = "\n".join(logs.output)
        self.assertIn(f"/survey/{self.survey.access_token}/***", lines)
        self.assertIn("/survey/submit/", lines)
        self.assertNotIn(self.user_input.access_token, lines)

    def test_survey_alone_opens_nothing(self):
        """By invitation only: without a link of one's own there is no page."""
        for user in (None, self.survey_manager):
            if user:
                self._login(user)
            response = self.url_open(f"/survey/start/{self.survey.access_token}")
            self.assertNotIn("Questions about your departure", response.text)
            self.assertEqual(len(self.survey.user_input_ids), 1)

    def test_closed_says_so_and_takes_nothing(self):
        self.interview.state = "declined"
        response = self.url_open(self._fill_url())
        self.assertIn("expired", response.text)
        self.assertNotIn(WORDS, response.text)
        _correct, result = self._submit(self._page("BEST"), {})
        self.assertEqual(result, {"error": "answer_deadline"})

    def test_statistics_are_for_hr(self):
        """/survey/results gives nobody else a word or a number."""
        url = f"/survey/results/{self.survey.id}"
        for user in (
            self.survey_manager,
            self.survey_user,
            self.interviewer,
            self.payroll,
            self.plain,
        ):
            self._login(user)
            response = self.url_open(url)
            self.assertIn(response.status_code, (403, 404), user.login)
            self.assertNotIn(WORDS, response.text)
        self._login(self.officer)
        self.assertIn(WORDS, self.url_open(url).text)
        self._login(self.manager_user)
        self.assertNotIn(WORDS, self.url_open(url).text)

    def test_filled_in_once(self):
        """No second questionnaire beside the first, by button or by address."""
        self.user_input._mark_done()
        self.assertNotIn("/survey/retry/", self.url_open(self._fill_url()).text)
        self.url_open(
            f"/survey/retry/{self.survey.access_token}/{self.user_input.access_token}"
        )
        self.assertEqual(self.survey.user_input_ids, self.user_input)

    def test_printing_needs_the_link(self):
        url = f"/survey/print/{self.survey.access_token}"
        for user in (None, self.survey_manager, self.survey_user, self.plain):
            if user:
                self._login(user)
            response = self.url_open(url)
            self.assertNotIn(WORDS, response.text)
            self.assertNotIn("Questions about your departure", response.text)

    def test_empty_on_paper(self):
        """Questions without answers, and not those of the conversation."""
        self._login(self.interviewer)
        text = self.url_open(f"/survey/print/{self.survey.access_token}").text
        self.assertIn("What did you like most about working here?", text)
        self.assertNotIn("Why did you decide to leave?", text)
        self.assertNotIn(WORDS, text)

    def test_guessed_links_open_nothing(self):
        for token in (
            "x",
            self.survey.access_token,
            f"{self.user_input.access_token}x",
        ):
            url = f"/survey/{self.survey.access_token}/{token}"
            self.assertNotIn(WORDS, self.url_open(url).text)

    def test_export_by_the_client_holds_nothing(self):
        for user in (self.survey_manager, self.manager_user):
            self._login(user)
            rows = self.make_jsonrpc_request(
                "/web/dataset/call_kw/survey.user_input.line/search_read",
                {
                    "model": "survey.user_input.line",
                    "method": "search_read",
                    "args": [[("survey_id", "=", self.survey.id)], ["value_text_box"]],
                    "kwargs": {},
                },
            )
            self.assertEqual(rows, [])

    def test_a_test_is_no_answer(self):
        """Only the exit roles can try it, and it is marked."""
        url = f"/survey/test/{self.survey.access_token}"
        self._login(self.survey_manager)
        self.url_open(url)
        self.assertFalse(self.survey.user_input_ids - self.user_input)
        self._login(self.admin)
        self.assertIn("Questions about your departure", self.url_open(url).text)
        test = self.survey.user_input_ids - self.user_input
        self.assertTrue(test.test_entry)
        self.assertFalse(test.exit_interview_id)

    def test_adviser_is_named_on_the_page_itself(self):
        self.company.write(
            {"exit_adviser_name": "Els Wit", "exit_adviser_contact": "06 12345678"}
        )
        page = self._page("BEHAV")
        before = self.survey._get_pages_or_questions(self.user_input)
        self.user_input.last_displayed_page_id = before[before.ids.index(page.id) - 1]
        text = self.url_open(self._fill_url()).text
        self.assertIn("Els Wit", text)
        self.assertIn("06 12345678", text)

    def test_answers_go_through(self):
        """Page by page, with a fourth reason refused in words."""
        many = self._question("REASON2")
        codes = ("workload", "hours", "commute", "tools")
        page = self._page("REASON")
        _correct, result = self._submit(
            page, {str(many.id): self._answers(many, *codes)}
        )
        self.assertIn("at most 3", result["fields"][str(many.id)])
        _correct, result = self._submit(
            page, {str(many.id): self._answers(many, *codes[:3])}
        )
        self.assertIn("survey_content", result)
        lines = self.user_input.user_input_line_ids
        chosen = lines.filtered(lambda a: a.question_id == many)
        self.assertEqual(
            set(chosen.mapped("suggested_answer_id.exit_code")), {*codes[:3]}
        )

    @freeze_time("2031-06-01")
    def test_two_weeks_after_the_last_day_it_is_closed(self):
        self.assertFalse(self.user_input._is_exit_open())
