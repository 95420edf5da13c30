from odoo.tests import tagged

from ..browser_common import BrowserCase
from ..interview_common import InterviewCommon

LANGS = ("nl_NL", "en_US")
OWN = "/exit/interviewer"


@tagged("post_install", "-at_install")
class TestExitInterviewerScreen(InterviewCommon, BrowserCase):
    """The page of an interviewer from outside, on a phone and on a desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"exit_adviser_name": "Ans Bos", "exit_adviser_contact": "06 1234"}
        )
        coach = cls.env["res.partner"].create(
            {"name": "Kim Coach", "email": "kim@coach.example"}
        )
        cls.interview.write(
            {"interviewer_id": False, "outside_interviewer_id": coach.id}
        )
        cls._point(question="Mijn fiets", answer="Wanneer lever ik die in?")
        cls.interview._renew_interviewer_token()

    def _outside(self, lang, width=375):
        """A window on the interviewer's page in a language."""
        page = self._page(width=width)
        page.goto_path(f"{OWN}/lang/{lang}")
        page.goto_path(f"{OWN}/{self.token}")
        return page

    def _browsers(self):
        self.token = self.interview.interviewer_token
        return super()._browsers()

    def _assert_all_accessible(self, page, name):
        """Also what is folded."""
        page.eval_on_selector_all(
            "details", "all => all.forEach(one => { one.open = true; })"
        )
        self._assert_accessible(page, name)

    def test_page_is_accessible(self):
        """Open, and with a text that is too long, in both languages."""
        for lang in LANGS:
            for width in (375, 1366):
                with self.subTest(lang=lang, width=width), self._browsers():
                    page = self._outside(lang, width)
                    self._assert_all_accessible(page, "open")
                    page.fill("#summary", "x" * 30_000)
                    page.fill("#new_answer", "y" * 30_000)
                    page.locator("button.primary").last.click()
                    page.wait_for_selector("#error-summary:focus")
                    self._assert_all_accessible(page, "too long")
                    for field in ("#summary", "#new_answer"):
                        self.assertEqual(len(page.input_value(field)), 30_000)
                        self.assertEqual(
                            page.get_attribute(field, "aria-invalid"), "true"
                        )

    def test_messages_are_accessible(self):
        """By chat the page has the messages on top."""
        self.interview.form = "chat"
        for lang in LANGS:
            with self.subTest(lang=lang), self._browsers():
                page = self._outside(lang)
                page.fill("#message", "Hoe kijk je terug?")
                page.click("#thread .primary")
                page.wait_for_selector("#thread [data-message]")
                self._assert_all_accessible(page, "sent")

    def test_closed_and_wrong_links_are_accessible(self):
        """The word of thanks after closing, the link that ended, and a wrong one."""
        for lang in LANGS:
            self.interview.state = "scheduled"
            self.interview._renew_interviewer_token()
            with self.subTest(lang=lang), self._browsers():
                page = self._outside(lang)
                page.eval_on_selector_all(
                    "details", "all => all.forEach(one => { one.open = true; })"
                )
                page.click("[name=close]")
                page.wait_for_selector("#main h1")
                self.assertEqual(page.locator("form").count(), 0)
                self._assert_accessible(page, "closed")
                page.goto_path(f"{OWN}/{self.token}")
                self._assert_accessible(page, "ended")
                page.goto_path(f"{OWN}/{'x' * 44}")
                self._assert_accessible(page, "wrong")

    def test_keyboard_alone_suffices(self):
        """From the link to skip to a saved answer, by keys alone."""
        why = self.env.ref("hr_exit_interview.exit_question_why")
        with self._browsers():
            page = self._outside("nl_NL", 1366)
            keys = page.keyboard
            keys.press("Tab")
            self.assertEqual(page.evaluate("document.activeElement.className"), "skip")
            keys.press("Enter")
            self._tab_to(page, f"[name=text_q{why.id}]")
            keys.type("Het rooster.")
            self._tab_to(page, "button:not(.plain)")
            keys.press("Enter")
            page.wait_for_selector("#saved")
        answer = self.interview.point_ids.filtered(lambda p: p.question_id == why)
        self.assertEqual(answer.answer, "Het rooster.")

    def _tab_to(self, page, selector):
        for _key in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(
                "selector => document.activeElement.matches(selector)", selector
            ):
                return
        self.fail(f"{selector} cannot be reached by Tab")
