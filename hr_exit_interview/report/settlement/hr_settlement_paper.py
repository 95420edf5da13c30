import io

from reportlab.lib.units import mm
from reportlab.pdfgen import canvas

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date
from odoo.tools.image import image_data_uri
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

FONT = "Helvetica"
# The standard fonts of a PDF know these characters and no others.
FONT_ENCODING = "cp1252"
# Upper edge of the foot, in mm above the lower edge of the page.
FOOT_TOP = 14


class HrSettlementPaper(models.AbstractModel):
    """What the papers for a leaver share: access, language, letterhead, page marks.

    A paper is an abstract model ``report.<module>.<template>`` that inherits this one
    and answers ``_prepare_paper``. Odoo's own header and footer need a patched
    wkhtmltopdf, so the letterhead is part of the text and page numbers are stamped on
    the finished pages.
    """

    _name = "hr.settlement.paper"
    _description = "Paper for the Leaver"

    # === Contract ===

    @api.model
    def _prepare_paper(self, settlement):
        """Return what the template shows of one settlement.

        :param settlement: one ``hr.settlement`` in the language of the paper
        :return: dict with at least ``title``; override it to add a paragraph
        """
        return {"title": self._get_title(settlement.env)}

    @api.model
    def _get_title(self, env):
        """Return the title of the paper in the language of ``env``."""
        raise NotImplementedError

    @api.model
    def _is_provisional(self, settlement):
        """Tell whether the pages are marked as a draft."""
        return settlement.state not in ("confirmed", "cancelled")

    # === Rendering ===

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the papers of ``docids``, each in the language of its leaver."""
        settlements = self.env["hr.settlement"].browse(docids)
        self._check_may_print(settlements)
        return {
            "doc_ids": docids,
            "doc_model": "hr.settlement",
            "docs": settlements,
            "report_type": (data or {}).get("report_type"),
            "papers": [self._get_paper(settlement) for settlement in settlements],
        }

    @api.model
    def _check_may_print(self, settlements):
        """Payroll and HR print; reading along in an interview is not printing.

        :raise AccessError: not one of them, or a settlement they may not see
        """
        if not self.env.su and not self.env.user.has_groups(
            "hr_exit_interview.group_exit_payroll,hr_exit_interview.group_exit_officer"
        ):
            raise AccessError(
                self.env._(
                    "Only payroll and HR exit officers print papers for leavers."
                )
            )
        settlements.check_access("read")

    @api.model
    def _get_paper(self, settlement):
        localized = self._localize(settlement)
        return {
            "settlement": localized,
            "lang": localized.env.lang,
            "direction": self.env["res.lang"]
            ._get_data(code=localized.env.lang)
            .direction,
            "page_ratio": self._get_page_ratio(),
            "letterhead": self._prepare_letterhead(localized.company_id),
            "reference": self._get_reference(localized),
            "foot": self._get_foot(localized),
            "is_cancelled": localized.state == "cancelled",
            "is_provisional": self._is_provisional(localized),
            "print_date": self._day(localized, fields.Date.context_today(localized)),
            "facts": self._prepare_facts(localized),
            **self._prepare_paper(localized),
        }

    @api.model
    def _get_page_ratio(self):
        """Return height by width of what is printed on, for the breaks of pages."""
        paper = self._get_paperformat()
        height = paper.print_page_height - paper.margin_top - paper.margin_bottom
        return height / (
            paper.print_page_width - paper.margin_left - paper.margin_right
        )

    @api.model
    def _get_paperformat(self):
        # sudo: ir.actions.report - the paper format, whoever prints
        reports = self.env["ir.actions.report"].sudo()
        return reports._get_report(self._name.removeprefix("report.")).get_paperformat()

    @api.model
    def _localize(self, settlement):
        """Return the settlement in the leaver's language, else the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        # sudo: res.company - the language of the letterhead, whoever prints
        company_lang = settlement.company_id.sudo().partner_id.lang
        wanted = (settlement.lang, company_lang, self.env.lang, "en_US")
        lang = next((code for code in wanted if code in installed), None)
        return settlement.with_context(lang=lang)

    @api.model
    def _prepare_letterhead(self, company):
        # sudo: res.company - address and logo are on every letter of the company
        company = company.sudo()
        partner = company.partner_id
        has_logo = company.logo and not company.uses_default_logo
        identity = (company.company_registry, company.vat)
        contact = (company.phone, company.email, company.website)
        return {
            "name": company.name,
            "logo": image_data_uri(company.logo) if has_logo else False,
            "address": partner._display_address(without_company=True).split("\n"),
            "identity": [text for text in identity if text],
            "contact": [text for text in contact if text],
        }

    @api.model
    def _prepare_facts(self, settlement):
        """Return [(label, value)] of the employment that the paper is about."""
        env = settlement.env
        facts = [
            (env._("Employee"), settlement.employee_name),
            # sudo: hr.job - the name of the leaver's job, whoever prints
            (env._("Job"), settlement.job_id.sudo().name),
            (
                env._("First day in service"),
                self._day(settlement, settlement.service_start_date),
            ),
            (env._("Last day in service"), self._day(settlement, settlement.last_day)),
        ]
        return [(label, value) for label, value in facts if value]

    # === Words ===

    @api.model
    def _get_reference(self, settlement):
        """Return the number under which paper and workbook name a settlement."""
        return f"{settlement.id:06d}"

    @api.model
    def _get_foot(self, settlement):
        """Return what stands at the bottom of every page, next to its number."""
        parts = (
            self._get_title(settlement.env),
            self._get_reference(settlement),
            # Last: a name that is written from right to left moves nothing else.
            settlement.employee_name,
        )
        return " · ".join(parts)

    @api.model
    def _day(self, settlement, day):
        return format_date(settlement.env, day, date_format="long") if day else ""

    # === Page marks ===

    @api.model
    def _mark_pages(self, settlement, stream):
        """Return the PDF with a foot, page numbers and, if need be, a watermark.

        The last page of ``stream`` is the foot that the layout adds: written by the
        same program in the same fonts as the text, so that a name in any script is on
        every page. It is moved to the bottom of the others and left out itself.
        """
        settlement = self._localize(settlement)
        reader = PdfFileReader(stream, strict=False)
        writer = PdfFileWriter()
        total = reader.getNumPages() - 1
        foot = reader.getPage(total)
        for index in range(total):
            writer.addPage(reader.getPage(index))
            page = writer.getPage(index)
            page.merge_translated_page(foot, 0, -self._get_foot_distance(page))
            page.mergePage(self._get_mark(settlement, page, index + 1, total))
        marked = io.BytesIO()
        writer.write(marked)
        return marked

    @api.model
    def _get_foot_distance(self, page):
        """Return how far the first line of a page is above its foot, in points."""
        margin_top = self._get_paperformat().margin_top
        return float(page.mediaBox.getHeight()) - (margin_top + FOOT_TOP) * mm

    @api.model
    def _get_mark(self, settlement, page, number, total):
        """Return a transparent page of the same size that holds the marks."""
        width = float(page.mediaBox.getWidth())
        height = float(page.mediaBox.getHeight())
        packet = io.BytesIO()
        sheet = canvas.Canvas(packet, pagesize=(width, height))
        sheet.setFont(FONT, 8)
        sheet.setFillGray(0.35)
        sheet.drawRightString(width - 18 * mm, 11 * mm, f"{number} / {total}")
        if word := self._get_watermark(settlement):
            self._draw_watermark(sheet, word, width, height)
        sheet.save()
        packet.seek(0)
        return PdfFileReader(packet, strict=False).getPage(0)

    @api.model
    def _get_watermark(self, settlement):
        """Return the word across the pages; none on what is final.

        In English where the fonts of a PDF do not know the script of the leaver's
        language: the notice above the text says it in that language.
        """
        word = self._get_provisional_word(settlement)
        if word != word.encode(FONT_ENCODING, "ignore").decode(FONT_ENCODING):
            word = self._get_provisional_word(settlement.with_context(lang="en_US"))
        return word

    @api.model
    def _get_provisional_word(self, settlement):
        if settlement.state == "cancelled":
            return settlement.env._("CANCELLED")
        return settlement.env._("DRAFT") if self._is_provisional(settlement) else ""

    @api.model
    def _draw_watermark(self, sheet, word, width, height):
        """A grey word across the page; the notice above the text says it as well."""
        size = min(110, 900 / len(word))
        sheet.setFont(f"{FONT}-Bold", size)
        sheet.setFillGray(0.5, alpha=0.13)
        sheet.translate(width / 2, height / 2)
        sheet.rotate(50)
        sheet.drawCentredString(0, -size / 3, word)
