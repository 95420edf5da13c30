"""Papers of one settlement, as words and as pages."""

import io

from lxml import html

from odoo.tools.pdf import PdfFileReader

from .settlement_common import SettlementCommon

STATEMENT = "hr_exit_interview.report_settlement"
CERTIFICATE = "hr_exit_interview.report_certificate"
LEAVE = "hr_exit_interview.report_leave_statement"
PAPERS = (STATEMENT, CERTIFICATE, LEAVE)


class PaperCommon(SettlementCommon):
    """``self._text(paper)`` is what can be read; act on a frozen date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.company.write({"street": "Kassenlaan 12", "city": "Bleiswijk"})
        cls.leaver = cls._leaver(job_id=cls.job.id)
        cls._allocate(cls.leaver, cls.statutory, 160, "2026-01-01", "2026-12-31")
        cls.departure = cls._departure(
            cls.leaver,
            notice_date="2026-07-20",
            departure_date="2026-08-31",
            lang="en_US",
        )
        cls._agreement(cls.departure, "loan", amount=500.0)
        cls.settlement = cls._settlement(cls.departure)

    def _line(self, name, **vals):
        return self.env["hr.settlement.line"].create(
            {
                "settlement_id": self.settlement.id,
                "name": name,
                "kind": "earning",
                **vals,
            }
        )

    def _html(self, paper=STATEMENT, user=None, settlements=None):
        report = self.env["ir.actions.report"].with_user(user or self.payroll)
        docids = (settlements or self.settlement).ids
        content, _type = report._render_qweb_html(paper, docids)
        return html.fromstring(content)

    def _text(self, *args, **kwargs):
        """The visible text of a paper, spaces as one."""
        tree = self._html(*args, **kwargs)
        for node in tree.xpath("//style|//script|//head"):
            node.drop_tree()
        return " ".join(tree.text_content().split())

    def _pdf(self, paper, settlements):
        """The text of every page of the PDF; skips without wkhtmltopdf."""
        report = self.env["ir.actions.report"].with_user(self.payroll)
        if report.get_wkhtmltopdf_state() == "install":
            self.skipTest("wkhtmltopdf is not installed")
        content, file_type = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(paper, settlements.ids)
        self.assertEqual(file_type, "pdf")
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        pages = [reader.getPage(at) for at in range(reader.getNumPages())]
        return [" ".join(page.extract_text().split()) for page in pages]

    def _confirm(self, settlement):
        settlement.write(
            {"state": "confirmed", "confirmed_date": "2026-08-20 10:00:00"}
        )
