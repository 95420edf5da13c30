import lxml.html

from odoo import models

from odoo.addons.base.models.ir_actions_report import _wkhtml

# What is printed of these is for the person it is about, other addons' papers too.
PAPER_MODELS = ("hr.settlement", "hr.exit.interview", "hr.exit.person.report")

# What the unpatched wkhtmltopdf needs: it draws the fonts of a web page as lines, which
# nobody can search or have read out, and cuts lines of text in two at the end of a page
# when the text is wider than the page.
STYLE = """<style>
body.o_body_pdf { width: 1040px !important; max-width: none !important; margin: 0; }
.article * { font-family: "Liberation Sans", "DejaVu Sans", sans-serif !important; }
.hx_paper { position: relative; overflow: hidden; }
.hx_paper + .hx_paper { page-break-before: always; }
</style>"""


class IrActionsReport(models.Model):
    """The company's document layout on our papers, whichever wkhtmltopdf prints them.

    Only the patched one repeats header and footer on every page. The unpatched one,
    which Debian ships, leaves them out and prints one text at a time. So there they
    become part of the text, above its first and below its last line.
    """

    _inherit = "ir.actions.report"

    def _is_exit_paper(self):
        return self.model in PAPER_MODELS

    def _has_layout_in_text(self):
        # Only this tells the two apart: the public state is "ok" for both.
        return self._is_exit_paper() and not _wkhtml().is_patched_qt

    def get_paperformat(self):
        if not self.paperformat_id and self._has_layout_in_text():
            # The company's own leaves room for a header and a footer on every page.
            return self.env.ref("hr_exit_interview.paperformat_settlement")
        return super().get_paperformat()

    def _get_rendering_context(self, report, docids, data):
        context = super()._get_rendering_context(report, docids, data)
        if report._has_layout_in_text():
            # The layout as it is read in a browser: in one flow, without page numbers.
            context["report_type"] = "html"
        return context

    def _prepare_html(self, html, report_model=False):
        if self._is_exit_paper():
            parser = lxml.html.HTMLParser(encoding="utf-8")
            root = lxml.html.fromstring(html, parser=parser)
            [main] = root.iter("main")
            if self._has_layout_in_text():
                self._join_layout(main)
            else:
                self._move_watermarks(main)
            html = lxml.html.tostring(root, encoding="unicode")
        return super()._prepare_html(html, report_model)

    def _move_watermarks(self, main):
        """Put them into the headers, which come back on every page."""
        for article in main.find_class("article"):
            if marks := article.find_class("hx_watermark"):
                article.getprevious().extend(marks)

    def _join_layout(self, main):
        """Make one text of all papers, each with its header, footer and watermark."""
        text = lxml.html.fragment_fromstring(STYLE, create_parent="div")
        text.set("class", "article")
        paper = None
        for node in list(main):
            if paper is None or "header" in node.classes:
                paper = text.makeelement("div", {"class": "hx_paper"})
                text.append(paper)
            if "article" in node.classes:
                for key in ("data-oe-model", "data-oe-id", "data-oe-lang"):
                    text.set(key, node.get(key, ""))
            node.classes -= {"header", "article", "footer"}
            paper.append(node)
            paper.extend(node.find_class("hx_watermark"))
        main.append(text)
