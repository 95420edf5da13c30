from odoo.tests import tagged

from ..browser_common import BrowserCase
from ..interview_common import InterviewCommon


@tagged("post_install", "-at_install")
class TestTalkScreen(InterviewCommon, BrowserCase):
    """A conversation from the first word to closing, with the keyboard alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"exit_adviser_name": "Ans Bos", "exit_adviser_contact": "06 1234"}
        )
        cls._point(question="Mijn fiets", answer="Wanneer lever ik die in?")
        cls._agreement(cls.departure, "confidentiality", outcome="keep")
        cls._checked_settlement()
        cls.line = cls._lines(cls.departure, "wage_last_month")

    def _open(self, login):
        page = self._page(login)
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto_path(f"/odoo/exit-interviews/{self.interview.id}")
        page.get_by_role("button", name="Hold the Conversation").click()
        page.wait_for_selector(".o_exit_talk")
        return page

    def _answer(self, code):
        question = self.env.ref(f"hr_exit_interview.exit_question_{code}")
        return f'[data-focus="q{question.id}"]'

    def _wait_saved(self, page):
        page.wait_for_selector('.o_talk_status[data-status="saved"]')

    def _stored(self, code):
        question = self.env.ref(f"hr_exit_interview.exit_question_{code}")
        return self.interview.point_ids.filtered(lambda p: p.question_id == question)

    def test_story(self):
        """Type, tag by #, ask on by F2, go on by Page Down; all of it is stored."""
        why, third = self._answer("why"), self._answer("raised_what")
        with self._browsers():
            page = self._open("interviewer")
            page.get_by_text("Taking part is voluntary").wait_for()
            page.locator(".o_talk_prepared", has_text="Mijn fiets").wait_for()
            page.focus(why)
            keys = page.keyboard
            keys.type("Elke week anders. #work too m")
            page.get_by_role("option", name="Too much work").wait_for()
            keys.press("Enter")
            keys.type("Soms op zondag.")
            page.wait_for_selector(".o_talk_tag >> text=Too much work")
            keys.press("F2")
            page.wait_for_selector(".o_talk_follow_up")
            keys.type("Wat gebeurde er toen?")
            keys.press("Enter")
            keys.type("Niets.")
            keys.press("PageDown")
            keys.press("PageDown")
            page.wait_for_selector(f"{third}:focus")
            keys.press("F8")
            page.wait_for_selector("text=Ans Bos >> visible=true")
            self._wait_saved(page)
            self.assertEqual(self.errors, [])
        answer = self._stored("why")
        self.assertEqual(answer.answer, "Elke week anders. Soms op zondag.")
        self.assertEqual(answer.reason_id.code, "workload")
        follow_up = self.interview.point_ids.filtered(lambda p: p.parent_id == answer)
        self.assertEqual(follow_up.question, "Wat gebeurde er toen?")
        self.assertEqual(follow_up.answer, "Niets.")

    def test_serious_matter_shows_the_adviser_at_once(self):
        worst = self._answer("worst")
        with self._browsers():
            page = self._open("interviewer")
            self.assertEqual(page.get_by_text("Ans Bos").count(), 0)
            page.focus(worst)
            page.keyboard.type("#undesirable")
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("Enter")
            page.wait_for_selector("text=Ans Bos >> visible=true")
            page.wait_for_selector("text=Stop interviewing about it. >> visible=true")
            self._wait_saved(page)
        # Nobody was told: no mail, no activity, no message.
        self.assertFalse(self.interview.activity_ids)

    def test_lost_connection(self):
        """What is typed without a line is said to be unsaved, and saved later."""
        why = self._answer("why")
        with self._browsers():
            page = self._open("interviewer")
            page.focus(why)
            page.keyboard.type("Met lijn.")
            self._wait_saved(page)
            page.context.set_offline(True)
            page.keyboard.type(" Zonder lijn.")
            page.wait_for_selector('.o_talk_status[data-status="offline"]')
            page.keyboard.press("F2")
            page.wait_for_selector(".o_talk_follow_up")
            page.keyboard.type("Nog steeds niet?")
            page.context.set_offline(False)
            self._wait_saved(page)
            self.assertEqual(page.input_value(why), "Met lijn. Zonder lijn.")
        self.assertEqual(self._stored("why").answer, "Met lijn. Zonder lijn.")
        self.assertIn("Nog steeds niet?", self.interview.point_ids.mapped("question"))

    def test_reloaded_without_a_connection(self):
        """What could not be saved is still there after the page was loaded again."""
        why = self._answer("why")
        with self._browsers():
            page = self._open("interviewer")
            page.route("**/save_talk*", lambda route: route.abort())
            page.route("**/save_talk", lambda route: route.abort())
            page.focus(why)
            page.keyboard.type("Niet kwijt.")
            page.wait_for_selector('.o_talk_status[data-status="offline"]')
            page.on("dialog", lambda dialog: dialog.accept())
            page.unroute_all()
            page.reload()
            page.wait_for_selector(".o_exit_talk")
            self._wait_saved(page)
            self.assertEqual(page.input_value(why), "Niet kwijt.")
        self.assertEqual(self._stored("why").answer, "Niet kwijt.")

    def test_two_people_in_one_answer(self):
        """Both type in the same answer; each sees the words of the other."""
        why = self._answer("why")
        with self._browsers():
            first, second = self._open("interviewer"), self._open("exit_officer")
            nothing_new = {"jsonrpc": "2.0", "result": {}}
            first.route(
                "**/get_talk_changes", lambda route: route.fulfill(json=nothing_new)
            )
            first.focus(why)
            first.keyboard.type("De baas.")
            self._wait_saved(first)
            second.focus(why)
            second.wait_for_function(
                "field => document.querySelector(field).value === 'De baas.'", arg=why
            )
            second.keyboard.press("End")
            second.keyboard.type(" Het loon.")
            self._wait_saved(second)
            # The first has not heard of it and types on.
            first.keyboard.type(" En de reis.")
            self._wait_saved(first)
            first.wait_for_function(
                "field => document.querySelector(field).value.includes('Het loon.')",
                arg=why,
            )
        words = self._stored("why").answer
        for text in ("De baas.", "Het loon.", "En de reis."):
            self.assertEqual(words.count(text), 1, words)

    def test_practical_side_and_closing(self):
        """The settlement comes apart and after; closing asks for nothing."""
        with self._browsers():
            page = self._open("interviewer")
            page.keyboard.press("F4")
            line = page.locator(f'[data-line="{self.line.id}"]')
            line.get_by_text("3,200.00").first.wait_for()
            line.get_by_label("Question for payroll").check()
            line.get_by_role("textbox").fill("Klopt dit?")
            self._wait_saved(page)
            page.keyboard.press("F4")
            page.get_by_label("Summary", exact=True).fill("Elke week anders.")
            page.get_by_label("A summary without my name").check()
            self.assertFalse(page.get_by_text("as HR sees them").count())
            self._wait_saved(page)
            page.get_by_role("button", name="Close the conversation").click()
            page.get_by_role("button", name="Close now").click()
            page.get_by_text("This interview is closed").wait_for()
        self.assertEqual(self.line.state, "question")
        self.assertEqual(self.line.leaver_question, "Klopt dit?")
        self.assertEqual(self.interview.state, "closed")
        self.assertEqual(self.interview.summary, "Elke week anders.")
        self.assertEqual(self.interview.share_choice, "anonymous")
        self.assertFalse(self.interview.main_reason_id)

    def test_reasons_are_chosen_from_the_lists(self):
        """The main one, and another beside it."""
        reason = self.env.ref("hr_exit_interview.exit_reason_workload")
        with self._browsers():
            page = self._open("interviewer")
            page.keyboard.press("F4")
            page.keyboard.press("F4")
            page.get_by_label("Main reason", exact=True).select_option(str(reason.id))
            page.get_by_label("Other reasons", exact=True).select_option(index=1)
            self._wait_saved(page)
            page.locator(".o_talk_closing .o_talk_reason").wait_for()
            self._wait_saved(page)
            self.assertEqual(self.errors, [])
        self.assertEqual(self.interview.main_reason_id, reason)
        self.assertEqual(len(self.interview.reason_ids - reason), 1)
