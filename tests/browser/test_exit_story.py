"""One departure, from registering to the leaver's copy, each in an own window."""

import pathlib
import re
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import _registry_test_lock

from ..browser_common import BrowserCase
from ..offer_common import OfferCommon
from ..settlement_common import SettlementCommon

LINK = re.compile(r'href="[^"]*(/exit/[\w-]{44})"')
INTERNAL = ("Alleen voor HR", "Tussen loon en HR")


@tagged("post_install", "-at_install")
class TestExitStory(OfferCommon, SettlementCommon, BrowserCase):
    """HR, the leaver on a phone in Dutch, the interviewer and payroll."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.unlink()
        cls.leaver = cls._employee(
            "Femke Bos",
            "2021-03-01",
            3200.0,
            parent_id=cls.manager.id,
            private_email="femke@example.net",
            lang="nl_NL",
        )
        cls.last_day = fields.Date.today() + timedelta(days=60)

    @contextmanager
    def _looking(self):
        """Look at records between two steps; meanwhile the server waits."""
        with _registry_test_lock:
            self.env.invalidate_all()
            yield
            self.env.flush_all()

    def test_story(self):
        with self._browsers():
            self._register_and_offer()
            phone = self._open_mail()
            self._accept(phone)
            talk = self._page("interviewer")
            self._plan(phone)
            self._prepare(phone, "Het rooster wisselt elke week.")
            self._show_settlement()
            self._ask(phone, "Is dat zo veel?")
            self._talk(talk)
            self._lose_connection(talk)
            self._talk_practical(talk)
            self._close(talk)
            self._answer_as_payroll("Nee: 400 euro.")
            self._read_answer(phone, "Nee: 400 euro.")
            copy = self._download_copy(phone)
        self._check_copy(copy)
        self._check_records()

    def _page(self, *args, **kwargs):
        """A window; loading Odoo's own screens may take long on a busy machine."""
        page = super()._page(*args, **kwargs)
        page.context.set_default_timeout(60_000)
        return page

    # === HR ===

    def _register_and_offer(self):
        """Register, confirm and offer; without the click nothing is sent."""
        page = self._page("exit_officer")
        page.goto_path("/odoo/departures/new")
        page.locator("[name=employee_id] input").fill("Femke")
        page.get_by_role("option", name="Femke Bos").first.click()
        page.locator("[name=departure_reason_id] input").fill("Resigned")
        page.get_by_role("option", name="Resigned").first.click()
        page.locator("[name=departure_date] .o_input").first.click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(f"{self.last_day:%m/%d/%Y}")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Confirm", exact=True).click()
        offer = page.get_by_role("button", name="Offer Interview Now")
        offer.wait_for()
        with self._looking():
            self.assertFalse(self._leaver_mails("femke@example.net"))
        offer.click()
        page.locator(".o_notification", has_text="Offered: 1.").wait_for()
        page.locator("[name=action_open_interviews]", has_text="Offered").wait_for()

    def _open_mail(self):
        """The one mail that the leaver got, and the page behind its link."""
        with self._looking():
            self.departure = self.leaver.departure_ids
            self.interview = self.departure.interview_ids
            mail = self._leaver_mails("femke@example.net")
            self.assertEqual(len(mail), 1)
            self.assertEqual(mail.subject, "Wil je praten over je vertrek?")
            link = LINK.search(mail.body_html)[1]
        page = self._page(width=375, height=760)
        page.goto_path(link)
        self.assertTrue(page.url.endswith("/exit"), "the address bar keeps no link")
        self.assertEqual(page.get_attribute("html", "lang"), "nl-NL")
        page.get_by_role("heading", name="Je vertrek", exact=True).wait_for()
        page.get_by_text("Nee zeggen kost je niets.").wait_for()
        return page

    # === The leaver ===

    def _save(self, page, section):
        """Send the form of a section; the page confirms it and fits the phone."""
        with page.expect_navigation():
            page.locator(f"#{section} form button.primary").first.click()
        page.locator("#saved").wait_for()
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, 375)

    def _accept(self, page):
        page.get_by_label("Ja, ik wil graag praten").check()
        self._save(page, "answer")
        page.locator("#saved", has_text="Je antwoord is opgeslagen.").wait_for()

    def _plan(self, page):
        """Face to face, with the first of two people, at a moment they are free."""
        page.locator('[name="form"][value=in_person]').check()
        people = page.locator("#slot .person")
        self.assertEqual(people.count(), 2)
        names = " ".join(people.locator("h3").all_inner_texts())
        self.assertNotIn(self.manager_user.name, names)
        person = people.filter(has_text=self.interviewer.name)
        moment = person.locator(".choice").first
        text = moment.inner_text().strip()
        moment.locator("input").check()
        self._save(page, "plan")
        card = page.locator(".appointment")
        self.assertIn(text, card.inner_text())
        self.assertIn(self.interviewer.name, card.inner_text())

    def _prepare(self, page, text):
        """A point is saved while it is typed."""
        page.locator("#point-list textarea").last.press_sequentially(text)
        page.wait_for_selector('#save-state[data-state="saved"]')

    def _ask(self, page, text):
        """The list is on the page now, with a question per line."""
        page.reload()
        line = page.locator(f"#line_{self.loan.id}")
        self.assertIn("500,00", line.inner_text())
        self.assertNotIn("Tussen loon en HR", page.content())
        line.locator("details.ask summary").click()
        line.locator("textarea").fill(text)
        line.locator("form button").click()
        page.locator("#saved", has_text="Je vraag is verstuurd.").wait_for()

    def _read_answer(self, page, text):
        page.reload()
        line = page.locator(f"#line_{self.loan.id}")
        line.locator(".words", has_text=text).wait_for()
        page.locator("#answer", has_text="Het gesprek is geweest").wait_for()

    def _download_copy(self, page):
        page.locator("a[href$='/exit/copy']").click()
        with page.expect_download() as download:
            page.locator("a[href$='/exit/copy.html']").click()
        return pathlib.Path(download.value.path()).read_text()

    # === Payroll ===

    def _show_settlement(self):
        """Payroll checks the list and shows it to the leaver."""
        with self._looking():
            self._agreement(self.departure, "loan", amount=500.0, name="Fiets")
            settlement = self._settlement(self.departure)
            self.loan = settlement.line_ids.filtered(lambda line: line.code == "loan")
            self.wage = settlement.line_ids.filtered(
                lambda line: line.kind == "earning"
            )
            self.wage = self.wage[0]
            self.loan.note = "Tussen loon en HR"
            self.interview.internal_note = "Alleen voor HR"
            settlement_id = settlement.id
        page = self._page("exit_payroll")
        page.goto_path(f"/odoo/settlements/{settlement_id}")
        page.get_by_role("button", name="Mark as Checked").click()
        page.get_by_role("button", name="Show to the Leaver").click()
        page.get_by_text("The leaver can read this list").wait_for()
        self.payroll_page = page

    def _answer_as_payroll(self, text):
        """The question is waiting in payroll's list, answered in that list."""
        page = self.payroll_page
        page.goto_path("/odoo/leaver-questions")
        row = page.locator(".o_data_row", has_text="Is dat zo veel?")
        self.assertIn("Femke Bos", row.inner_text())
        row.locator("[name=leaver_answer]").click()
        page.locator("[name=leaver_answer] textarea").fill(text)
        page.locator(".o_list_button_save").first.click()
        page.locator(".o_data_row.o_selected_row").wait_for(state="detached")

    # === The interviewer ===

    def _field(self, code):
        question = self.env.ref(f"hr_exit_interview.exit_question_{code}")
        return f'[data-focus="q{question.id}"]'

    def _wait_status(self, page, status):
        page.wait_for_selector(f'.o_talk_status[data-status="{status}"]')

    def _talk(self, page):
        """From the list of own interviews into the conversation."""
        page.goto_path("/odoo/exit-interviews")
        page.get_by_text("Femke Bos").first.click()
        page.get_by_role("button", name="Hold the Conversation").click()
        page.locator(".o_talk_prepared", has_text="Het rooster wisselt").wait_for()
        with self._looking():
            self.why = self._field("why")
        page.focus(self.why)
        page.keyboard.type("Elke week anders. #too much w")
        page.get_by_role("option", name="Too much work").click()
        self._wait_status(page, "saved")

    def _lose_connection(self, page):
        """What is typed without a connection is there when it comes back."""
        page.context.set_offline(True)
        page.keyboard.type("Soms op zondag.")
        self._wait_status(page, "offline")
        page.keyboard.press("F2")
        page.wait_for_selector(".o_talk_follow_up")
        page.keyboard.type("Wie wist daarvan?")
        page.keyboard.press("Enter")
        page.keyboard.type("De planner.")
        page.context.set_offline(False)
        self._wait_status(page, "saved")
        self.assertEqual(
            page.input_value(self.why), "Elke week anders. Soms op zondag."
        )

    def _talk_practical(self, page):
        """Apart, after the story; what the leaver asked is known already."""
        page.keyboard.press("F4")
        loan = page.locator(f'[data-line="{self.loan.id}"]')
        self.assertEqual(loan.get_by_role("textbox").input_value(), "Is dat zo veel?")
        wage = page.locator(f'[data-line="{self.wage.id}"]')
        wage.get_by_label("Agreed", exact=True).check()
        self._wait_status(page, "saved")

    def _close(self, page):
        """Read back, share choice, close; then nobody changes a word any more."""
        page.keyboard.press("F4")
        page.get_by_label("Summary", exact=True).fill("Vertrokken om het rooster.")
        page.get_by_role("button", name="Too much work").click()
        page.get_by_label("A summary without my name").check()
        self._wait_status(page, "saved")
        page.get_by_role("button", name="Close the conversation").click()
        page.get_by_role("button", name="Close now").click()
        page.get_by_text("This interview is closed").wait_for()

    # === In the end ===

    def _check_copy(self, copy):
        for text in (
            "Femke Bos",
            "Het rooster wisselt elke week.",
            "Elke week anders. Soms op zondag.",
            "Wie wist daarvan?",
            "De planner.",
            "Vertrokken om het rooster.",
            "Is dat zo veel?",
            "Nee: 400 euro.",
        ):
            self.assertIn(text, copy)
        for text in (*INTERNAL, self.departure.exit_token):
            self.assertNotIn(text, copy)

    def _check_records(self):
        self.assertEqual(self.interview.state, "closed")
        self.assertEqual(self.interview.interviewer_id, self.interviewer)
        self.assertEqual(self.interview.main_reason_id.code, "workload")
        self.assertEqual(self.interview.share_choice, "anonymous")
        self.assertEqual(self.wage.state, "agreed")
        self.assertEqual(self.loan.leaver_answer_user_id, self.payroll)
        thanks = self._leaver_mails("femke@example.net")[-1]
        self.assertNotIn("Elke week anders", thanks.body_html)
