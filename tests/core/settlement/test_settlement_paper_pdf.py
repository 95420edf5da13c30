from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools.translate import code_translations

from ...paper_common import CERTIFICATE, LEAVE, PAPERS, STATEMENT, PaperCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementPaperPdf(PaperCommon):
    """The pages of what the leaver gets on paper."""

    def test_pages_are_numbered_and_marked(self):
        """Page numbers, and "draft" on every page that is not final."""
        for at in range(80):
            self._line(f"Item {at}", amount_proposed=1.0)
        pages = self._pdf(STATEMENT, self.settlement)
        self.assertGreater(len(pages), 2)
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"{number} / {len(pages)}", page)
            self.assertIn("DRAFT", page)
        self._confirm(self.settlement)
        self.assertNotIn("DRAFT", "".join(self._pdf(STATEMENT, self.settlement)))

    def test_the_foot_holds_a_name_in_any_script(self):
        """Greek, Cyrillic and a name that no font of the standard fourteen knows."""
        settlement = self.settlement
        for name in ("Γιώργος Παπαδόπουλος", "Оксана Шевченко", "Łukasz Žižka"):
            settlement.employee_name = name
            foot = f"Certificate of service · {settlement.id:06d} · {name}"
            with self.subTest(name=name):
                (page,) = self._pdf(CERTIFICATE, settlement)
                self.assertIn(foot, page)

    def test_cancelled_is_not_a_draft(self):
        """Every paper says cancelled, on each page, and nobody signs it."""
        self.settlement.action_cancel()
        for paper in PAPERS:
            text = self._text(paper)
            self.assertIn("Cancelled. The settlement was cancelled", text)
            self.assertNotIn("Draft", text)
            self.assertNotIn("signature", text)
        (page,) = self._pdf(LEAVE, self.settlement)
        self.assertIn("CANCELLED", page)
        self.assertNotIn("DRAFT", page)

    def test_a_draft_is_marked_in_every_script(self):
        """A word that no standard font can write is written in English instead."""
        self.env["res.lang"]._activate_lang("el_GR")
        self.settlement.lang = "el_GR"
        words = {"DRAFT": "ΠΡΟΣΧΕΔΙΟ", "CANCELLED": "ΑΚΥΡΟ"}
        translations = code_translations.python_translations
        with patch.dict(translations, {("hr_exit_interview", "el_GR"): words}):
            (page,) = self._pdf(LEAVE, self.settlement)
            self.assertIn("DRAFT", page)
            self.settlement.action_cancel()
            (page,) = self._pdf(LEAVE, self.settlement)
            self.assertIn("CANCELLED", page)

    def test_the_head_of_a_section_stands_on_each_of_its_pages(self):
        """Eighty lines: the head is repeated above the second page."""
        for at in range(80):
            self._line(f"Item {at}", amount_proposed=1.0)
        pages = self._pdf(STATEMENT, self.settlement)
        middle = [page for page in pages if "Item 40" in page]
        self.assertEqual(len(middle), 1, pages)
        self.assertIn("Gross amount", middle[0])
        self.assertIn("The company owes", middle[0])

    def test_several_settlements_count_their_own_pages(self):
        """A selection in one file, each with its own numbers and language."""
        other = self.env["hr.settlement"].create(
            {
                "employee_name": "Ann Smith",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "scheme_id": self.scheme.id,
            }
        )
        pages = self._pdf(CERTIFICATE, self.settlement | other)
        self.assertEqual(len(pages), 2)
        self.assertIn("Ann Smith", pages[1])
        for page in pages:
            self.assertIn("1 / 1", page)
