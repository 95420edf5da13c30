import json

from odoo import fields
from odoo.tests import tagged

from ..browser_common import BrowserCase
from ..exit_page_common import ExitPageCommon
from ..offer_common import OfferCommon
from ..settlement_common import SettlementCommon

LANGS = ("nl_NL", "en_US")
STATES = (
    "offered",
    "accepted",
    "scheduled",
    "declined",
    "no_show",
    "expired",
    "held",
    "closed",
)


@tagged("post_install", "-at_install")
class TestExitPageScreen(ExitPageCommon, OfferCommon, SettlementCommon, BrowserCase):
    """The leaver's page in a browser: for everybody, with and without script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"exit_adviser_name": "Karin Hoekstra", "exit_adviser_contact": "06 1234"}
        )
        last_day = fields.Date.add(fields.Date.today(), days=60)
        cls.departure.write({"notice_date": False, "departure_date": last_day})
        cls.departure.lang = "nl_NL"
        cls.interview.candidate_ids = cls.interviewer | cls.officer
        cls._agreement(cls.departure, "loan", amount=500.0, name="Fiets")
        cls.settlement = cls._settlement(cls.departure)
        cls.settlement.with_user(cls.payroll).action_check()
        cls.settlement.with_user(cls.payroll).action_release()
        cls.loan = cls.settlement.line_ids.filtered(lambda line: line.code == "loan")
        cls.loan._ask_question("Is dat zo veel?")
        cls.loan.with_user(cls.payroll).leaver_answer = "Nee: 400 euro."
        cls.interview._save_page_points({"point-0001": ("", "De werkdruk.")})

    def _leaver(self, lang="nl_NL", width=375, **options):
        """A window on the leaver's page; ``self.strange`` notes what goes elsewhere."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": 800}, **options
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        self.strange = []
        page.on("request", lambda request: self._note_strange(request.url))
        page.on("pageerror", lambda error: self.strange.append(str(error)))
        page.goto(f"{self.base_url()}/exit/lang/{lang}")
        page.goto(f"{self.base_url()}/exit/{self.token}")
        return page

    def _note_strange(self, url):
        if not url.startswith((self.base_url(), "data:")):
            self.strange.append(url)

    def _browsers(self):
        self.token = self.departure.exit_token
        return super()._browsers()

    def _set_state(self, state):
        """Bring the conversation into a state as it comes about."""
        self.interview.write({"state": "accepted", "start_datetime": False})
        if state == "scheduled":
            slot = self.interview._prepare_page_interviewers()[0]["slots"][0]["value"]
            self.interview._save_page_plan({"form": "video"}, slot)
        else:
            self.interview.state = state

    def test_every_state_is_accessible_in_both_languages(self):
        """On a phone and on a desk, in the light and in the dark."""
        for state in STATES:
            self._set_state(state)
            with self.subTest(state=state), self._browsers():
                for lang in LANGS:
                    for options in (
                        {"width": 375, "color_scheme": "dark"},
                        {"width": 1366, "color_scheme": "light"},
                    ):
                        page = self._leaver(lang, **options)
                        page.eval_on_selector_all(
                            "details", "all => all.forEach(one => { one.open = true; })"
                        )
                        self._assert_accessible(page, (state, lang, options))
                        self.assertEqual(self.strange, [])
                        page.context.close()

    def test_other_pages_are_accessible(self):
        """Errors, the copy, no page, a page that was closed, a withdrawn departure."""
        for lang in LANGS:
            with self._browsers():
                page = self._leaver(lang)
                page.check("[value=later]")
                page.fill("#later_date", "0001-01-01")
                page.eval_on_selector("#later_date", "one => { one.type = 'text'; }")
                page.fill("#later_date", "2026-02-31")
                page.click("#answer .primary")
                page.wait_for_selector("#error-summary:focus")
                self._assert_accessible(page, "errors")
                page.goto(f"{self.base_url()}/exit/copy")
                self._assert_accessible(page, "copy")
                page.goto(f"{self.base_url()}/exit")
                page.click(".foot button")
                self._assert_accessible(page, "left")
                page.goto(f"{self.base_url()}/exit")
                self._assert_accessible(page, "nothing")
        self.departure.action_withdraw()
        with self._browsers():
            for lang in LANGS:
                self._assert_accessible(self._leaver(lang), "withdrawn")

    def test_messages_are_accessible(self):
        """The conversation by chat and by e-mail: empty, in use, refused, over."""
        self.interview.write({"state": "accepted", "interviewer_id": self.officer.id})
        for form in ("chat", "email"):
            self.interview.form = form
            for lang in LANGS:
                with self.subTest(form=form, lang=lang), self._browsers():
                    page = self._leaver(lang)
                    self._assert_accessible(page, "empty")
                    page.fill("#message", "Met plezier.")
                    page.click("#thread .primary")
                    page.wait_for_selector("#thread-messages [data-message]")
                    self._assert_accessible(page, "message")
                    page.fill("#message", "x" * 30_000)
                    page.click("#thread .primary")
                    page.wait_for_selector("#error-message")
                    self._assert_accessible(page, "too long")
        self.interview.write({"state": "held"})
        self.interview.write({"state": "closed"})
        with self._browsers():
            page = self._leaver()
            self.assertEqual(page.locator("#message").count(), 0)
            self._assert_accessible(page, "over")

    def test_keyboard_alone_suffices(self):
        """From the link to skip to the answer, by keys; what has focus can be seen."""
        with self._browsers():
            page = self._leaver(width=1366)
            keys = page.keyboard
            keys.press("Tab")
            self.assertEqual(page.evaluate("document.activeElement.className"), "skip")
            keys.press("Enter")
            for _key in range(40):
                keys.press("Tab")
                focused = page.evaluate(
                    "[document.activeElement.name, document.activeElement.matches"
                    "(':focus-visible'), getComputedStyle(document.activeElement)"
                    ".outlineStyle]"
                )
                self.assertEqual(focused[1:], [True, "solid"])
                if focused[0] == "choice":
                    break
            keys.press("Space")
            keys.press("ArrowUp")  # from the first to the last: no, thank you
            for _key in range(5):
                keys.press("Tab")
                if page.evaluate("document.activeElement.tagName") == "BUTTON":
                    break
            keys.press("Enter")
            page.wait_for_selector("#saved")
            page.reload()
            page.wait_for_selector("#answer")
            self.assertFalse(page.locator("#saved").count(), "said once")
        self.assertEqual(self.interview.state, "declined")

    def test_works_without_script(self):
        """Answer, points and a question to payroll by plain forms."""
        with self._browsers():
            page = self._leaver(java_script_enabled=False)
            page.check("[value=accepted]")
            page.click("#answer .primary")
            page.wait_for_selector("#saved")
            page.locator("#point-list textarea").last.fill("Het rooster.")
            page.click("#points .primary")
            page.wait_for_selector("#saved")
            line = page.locator(f"#line_{self.loan.id}")
            line.locator(".ask summary").click()
            line.locator("textarea").fill("Wanneer dan?")
            line.locator("button").click()
            page.wait_for_selector("#saved")
        self.assertEqual(self.interview.state, "accepted")
        texts = self.interview._get_page_points().mapped("answer")
        self.assertEqual(texts, ["De werkdruk.", "Het rooster."])
        self.assertEqual(self.loan.leaver_question, "Wanneer dan?")

    def test_points_are_saved_while_typing(self):
        """Also after a lost connection; nothing stays behind on the computer."""
        saved = '#save-state[data-state="saved"]'
        with self._browsers():
            page = self._leaver()
            field = page.locator("#point-list textarea").last
            field.press_sequentially("Het roo")
            page.wait_for_selector(saved)
            page.context.set_offline(True)
            field.press_sequentially("ster.")
            page.wait_for_selector('#save-state[data-state="offline"]')
            self.assertIn("ster.", self._stored(page))
            page.context.set_offline(False)
            page.wait_for_selector(saved)
            self.assertEqual(json.loads(self._stored(page)), {})
            page.click("#add-point")
            page.keyboard.type("En de kantine.")
            page.wait_for_function("document.activeElement.value.length > 10")
            page.wait_for_selector(saved)
            page.reload()
            self.assertEqual(page.locator("#point-list textarea").count(), 4)
        texts = self.interview._get_page_points().mapped("answer")
        self.assertEqual(texts, ["De werkdruk.", "Het rooster.", "En de kantine."])

    def _stored(self, page):
        return page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")

    def test_unsaved_text_survives_a_reload(self):
        """The tab was thrown away before the connection came back."""
        with self._browsers():
            page = self._leaver()
            page.on("dialog", lambda dialog: dialog.accept())
            page.route("**/exit/points", lambda route: route.abort())
            page.locator("#point-list textarea").last.fill("Niet kwijt.")
            page.wait_for_selector('#save-state[data-state="offline"]')
            page.unroute("**/exit/points")
            page.reload()
            page.wait_for_selector('#save-state[data-state="saved"]')
        self.assertIn("Niet kwijt.", self.interview._get_page_points().mapped("answer"))

    def test_long_text_is_refused_on_the_spot(self):
        """With the limit, and the text still there."""
        with self._browsers():
            page = self._leaver()
            field = page.locator("#point-list textarea").last
            field.fill("x" * 200_000)
            page.wait_for_selector("#point-list .error")
            self.assertEqual(len(field.input_value()), 200_000)
            self.assertIn("20000", page.inner_text("#point-list .error"))
            self._assert_accessible(page, "too long")
