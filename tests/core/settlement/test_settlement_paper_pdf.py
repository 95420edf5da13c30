from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools.translate import code_translations

from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.addons.hr_exit_interview.report.settlement import ir_actions_report

from ...paper_common import CERTIFICATE, LEAVE, PAPERS, STATEMENT, PaperCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementPaperPdf(PaperCommon):
    """The pages of what the leaver gets on paper."""

    def _prepare(self, paper, settlements, is_patched):
        """Return texts, headers and footers as the given wkhtmltopdf gets them."""
        binary = _wkhtml()._replace(is_patched_qt=is_patched)
        reports = self.env["ir.actions.report"].with_user(self.payroll)
        with patch.object(ir_actions_report, "_wkhtml", lambda: binary):
            html, _type = reports._render_qweb_html(
                paper, settlements.ids, {"report_type": "pdf"}
            )
            report = reports._get_report(paper)
            bodies, ids, header, footer, _args = report._prepare_html(
                html, "hr.settlement"
            )
        return [str(body) for body in bodies], ids, str(header), str(footer)

    def _other_settlement(self):
        return self.env["hr.settlement"].create(
            {
                "employee_name": "Ann Smith",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "scheme_id": self.scheme.id,
            }
        )

    def test_pages_are_marked(self):
        """ "Draft" on every page that is not final."""
        for at in range(80):
            self._line(f"Item {at}", amount_proposed=1.0)
        pages = self._pdf(STATEMENT, self.settlement)
        self.assertGreater(len(pages), 2)
        for page in pages:
            self.assertIn("DRAFT", page)
        self._confirm(self.settlement)
        self.assertNotIn("DRAFT", "".join(self._pdf(STATEMENT, self.settlement)))

    def test_pages_hold_header_and_footer_of_the_company(self):
        """With any wkhtmltopdf."""
        self.company.report_footer = "<p>KvK 12345678</p>"
        pages = self._pdf(STATEMENT, self.settlement)
        self.assertIn("Kassenlaan 12", pages[0])
        self.assertIn("KvK 12345678", pages[-1])

    def test_the_patched_binary_repeats_header_and_watermark(self):
        """Per settlement one text, one header that holds the mark, one page number."""
        settlements = self.settlement | self._other_settlement()
        bodies, ids, header, footer = self._prepare(STATEMENT, settlements, True)
        self.assertEqual(ids, settlements.ids)
        self.assertEqual(header.count("Kassenlaan 12"), 2)
        self.assertEqual(header.count('class="hx_watermark"'), 2)
        self.assertEqual(footer.count('class="topage"'), 2)
        for body in bodies:
            self.assertNotIn("Kassenlaan 12", body)
            self.assertNotIn("hx_watermark", body)

    def test_the_unpatched_binary_gets_one_text(self):
        """It prints no header: there it is part of the text, without page numbers."""
        settlements = self.settlement | self._other_settlement()
        bodies, _ids, header, footer = self._prepare(STATEMENT, settlements, False)
        (body,) = bodies
        self.assertEqual(body.count("Kassenlaan 12"), 2)
        self.assertEqual(body.count('class="hx_watermark"'), 2)
        self.assertNotIn('class="topage"', body)
        self.assertNotIn("Kassenlaan", header + footer)

    def test_a_paper_can_be_kept_as_attachment(self):
        """One text with one paper is that of its settlement."""
        for is_patched in (True, False):
            _bodies, ids, *_parts = self._prepare(LEAVE, self.settlement, is_patched)
            self.assertEqual(ids, self.settlement.ids)

    def test_a_name_in_any_script_is_text(self):
        """Greek, Cyrillic and Latin beyond the West: searched for and found."""
        settlement = self.settlement
        for name in ("Γιώργος Παπαδόπουλος", "Оксана Шевченко", "Łukasz Žižka"):
            settlement.employee_name = name
            with self.subTest(name=name):
                (page,) = self._pdf(CERTIFICATE, settlement)
                self.assertIn(name, page)

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
        """In the leaver's own language."""
        self.env["res.lang"]._activate_lang("el_GR")
        self.settlement.lang = "el_GR"
        words = {"DRAFT": "ΠΡΟΣΧΕΔΙΟ", "CANCELLED": "ΑΚΥΡΟ"}
        translations = code_translations.python_translations
        with patch.dict(translations, {("hr_exit_interview", "el_GR"): words}):
            self.assertIn("ΠΡΟΣΧΕΔΙΟ", self._pdf(LEAVE, self.settlement)[0])
            self.settlement.action_cancel()
            self.assertIn("ΑΚΥΡΟ", self._pdf(LEAVE, self.settlement)[0])

    def test_the_head_of_a_section_can_be_repeated(self):
        """It is the head of a table, which the patched binary repeats on each page."""
        heads = self._html().xpath("//table[contains(@class, 'o_main_table')]/thead")
        self.assertIn("The company owes", heads[0].text_content())
        self.assertIn("Gross amount", heads[0].text_content())

    def test_several_settlements_are_one_file(self):
        """A selection, each on pages of its own."""
        pages = self._pdf(CERTIFICATE, self.settlement | self._other_settlement())
        self.assertEqual(len(pages), 2)
        self.assertIn(self.settlement.employee_name, pages[0])
        self.assertIn("Ann Smith", pages[1])
