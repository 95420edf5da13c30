from odoo.tests import tagged

from ..browser_common import BrowserCase
from ..interview_common import InterviewCommon

# Around it is Odoo.
SCREEN = ".o_exit_talk"


@tagged("post_install", "-at_install")
class TestTalkKeyboard(InterviewCommon, BrowserCase):
    """The conversation screen from opening to closing, and the mouse is not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._point(question="Mijn fiets", answer="Wanneer lever ik die in?")
        cls._agreement(cls.departure, "confidentiality", outcome="keep")
        cls._checked_settlement()
        cls.line = cls._lines(cls.departure, "wage_last_month")

    def _tab_to(self, page, selector, most=80):
        """Press Tab until something has focus; what has focus can be seen."""
        for _key in range(most):
            page.keyboard.press("Tab")
            matches, is_seen = page.evaluate(
                "selector => [document.activeElement.matches(selector),"
                " document.activeElement.checkVisibility()]",
                selector,
            )
            self.assertTrue(is_seen)
            if matches:
                return
        self.fail(f"{selector} cannot be reached by Tab")

    def _press_until(self, page, key, selector):
        for _key in range(40):
            page.keyboard.press(key)
            if page.evaluate(
                "selector => document.activeElement.matches(selector)", selector
            ):
                return
        self.fail(f"{selector} cannot be reached by {key}")

    def _open(self):
        page = self._page("interviewer")
        page.mouse.click = page.click = None
        page.goto_path(f"/odoo/exit-interviews/{self.interview.id}")
        page.wait_for_selector("button[name=action_open_talk]")
        self._tab_to(page, "button[name=action_open_talk]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".o_exit_talk")
        return page

    def _tell(self, page):
        """Answer, tag a theme, ask on, then the next question and an own point."""
        keys = page.keyboard
        self._press_until(page, "PageDown", "[data-focus^=q]")
        keys.type("Elke week anders. #work")
        page.get_by_role("option").first.wait_for()
        keys.press("ArrowDown")
        keys.press("ArrowUp")
        keys.press("Enter")
        page.wait_for_selector(".o_talk_tag")
        keys.press("F2")  # A fast typist does not wait for the new field.
        keys.type("Wat gebeurde er toen?")
        keys.press("Enter")
        keys.type("Niets.")
        keys.press("PageDown")
        keys.type("Tweede.")
        self._tab_to(page, ".o_talk_add button")
        keys.press("Enter")
        keys.type("De kantine")
        keys.press("Enter")
        keys.type("Goed.")

    def _settle(self, page):
        """The practical side: one line agreed, another left as it is."""
        keys = page.keyboard
        keys.press("F4")
        page.wait_for_selector("[data-focus^=line]:focus")
        line = f"[data-line='{self.line.id}'] input"
        if not page.evaluate("s => document.activeElement.matches(s)", line):
            self._press_until(page, "PageDown", line)
        keys.press("Space")
        keys.press("ArrowRight")
        page.wait_for_selector(f"[data-line='{self.line.id}'] [value=agreed]:checked")

    def _close(self, page):
        keys = page.keyboard
        keys.press("F4")
        page.wait_for_selector("[data-focus=summary]:focus")
        keys.type("Elke week anders.")
        self._tab_to(page, "[data-focus=close]")
        keys.press("Enter")
        page.wait_for_selector("[data-focus=close-now]:focus")
        keys.press("Enter")
        page.wait_for_selector("[data-focus=blocked]:focus")

    def test_keyboard_alone_suffices(self):
        """Opened, answered, tagged, asked on, settled, read back and closed by keys."""
        with self._browsers():
            page = self._open()
            self._tell(page)
            self._settle(page)
            page.wait_for_selector('.o_talk_status[data-status="saved"]')
            self._close(page)
            self._assert_accessible(page, "closed", SCREEN)
        points = self.interview.point_ids
        first = points.filtered(lambda p: (p.answer or "").startswith("Elke week"))
        self.assertTrue(first.theme_id or first.reason_id)
        follow_up = points.filtered(lambda p: p.kind == "follow_up")
        self.assertEqual(follow_up.parent_id, first)
        self.assertEqual(follow_up.question, "Wat gebeurde er toen?")
        self.assertEqual(follow_up.answer, "Niets.")
        self.assertTrue(points.filtered(lambda p: p.answer == "Tweede."))
        own = points.filtered(lambda p: p.kind == "interviewer")
        self.assertEqual((own.question, own.answer), ("De kantine", "Goed."))
        self.assertEqual(self.line.state, "agreed")
        self.assertEqual(self.interview.state, "closed")
        self.assertEqual(self.interview.summary, "Elke week anders.")

    def test_screen_is_accessible(self):
        """axe finds nothing in any part, with the help and the adviser shown."""
        with self._browsers():
            page = self._open()
            page.keyboard.press("F8")
            page.keyboard.press("F1")
            page.wait_for_selector(".o_talk_keys")
            self._assert_accessible(page, "story", SCREEN)
            page.keyboard.press("Escape")
            page.keyboard.press("F4")
            page.wait_for_selector("[data-focus^=line]:focus")
            self._assert_accessible(page, "practical", SCREEN)
            page.keyboard.press("F4")
            page.wait_for_selector("[data-focus=summary]:focus")
            self._assert_accessible(page, "closing", SCREEN)
