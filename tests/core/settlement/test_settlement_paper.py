import re

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.image import image_data_uri

from ...paper_common import CERTIFICATE, LEAVE, PAPERS, STATEMENT, PaperCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementPaper(PaperCommon):
    """What the leaver gets on paper."""

    # === Layout ===

    def test_every_layout_is_that_of_the_settlement_company(self):
        """Layout, colours, logo and footer of the company, not of who prints."""
        own = self._company("Duinrand B.V.")
        self.payroll.write({"company_ids": [(4, own.id)], "company_id": own.id})
        self.company.report_footer = "<p>KvK 12345678</p>"
        logo = image_data_uri(self.company.logo)
        for layout in self.env["report.layout"].search([]).view_id:
            self.company.external_report_layout_id = layout
            name = layout.key.removeprefix("web.external_layout_")
            for paper in PAPERS:
                with self.subTest(layout=name, paper=paper):
                    tree = self._html(paper)
                    (article,) = tree.find_class("article")
                    self.assertIn(f"o_report_layout_{name}", article.classes)
                    self.assertIn(
                        f"o_company_{self.company.id}_layout", article.classes
                    )
                    self.assertEqual(tree.xpath("//img/@src"), [logo])
                    (footer,) = tree.find_class("footer")
                    self.assertIn("KvK 12345678", footer.text_content())
                    self.assertNotIn("Duinrand", tree.text_content())

    def test_a_company_that_chose_nothing(self):
        """Odoo's standard layout."""
        self.company.write({"external_report_layout_id": False, "logo": False})
        (article,) = self._html().find_class("article")
        self.assertIn("o_report_layout_standard", article.classes)

    # === Statement ===

    def test_letterhead_people_and_dates(self):
        """Company with its address, leaver, service and deadline."""
        text = self._text()
        for part in (
            "Poldertuin B.V.",
            "Kassenlaan 12",
            "Final settlement",
            "Leaver",
            "March 1, 2021",
            "August 31, 2026",
            "To be settled by September 30, 2026",
        ):
            self.assertIn(part, text)

    def test_a_line_shows_amount_explanation_and_law(self):
        """Holiday allowance: 8 % of June to August is 768.00."""
        text = self._text()
        self.assertIn("3 × 3,200.00 €8 % of 9,600.00", text)
        self.assertIn("WML 15, 16 and 17 lid 3", text)
        self.assertIn("768.00", text)

    def test_lines_are_grouped(self):
        """In the order in which they are talked through."""
        titles = [
            " ".join(node.text_content().split())
            for node in self._html().xpath(
                "//table[contains(@class, 'o_main_table')]/thead//th[1]"
            )
        ]
        self.assertEqual(
            titles,
            [
                "The company owes",
                "The leaver owes",
                "To hand back",
                "Papers",
                "Good to know",
            ],
        )

    def test_the_amount_decides_on_who_owes(self):
        """Leave taken too much stands among what the leaver owes."""
        self._line("Too much leave", amount_proposed=-221.54, needs_agreement=True)
        paper = self.env[f"report.{STATEMENT}"]
        owing, owed = paper._prepare_money_sections(self.settlement)
        self.assertNotIn("Too much leave", [line["title"] for line in owing["lines"]])
        self.assertIn("Too much leave", [line["title"] for line in owed["lines"]])

    def test_what_came_back_says_when_and_how(self):
        """A laptop received; a lost phone stands among the amounts as well."""
        things = self.settlement.line_ids.filtered(lambda ln: ln.kind == "handover")
        things[0].action_receive()
        things[1].write({"handover_action": "recover", "handover_condition": "lost"})
        things[1].write({"amount_agreed": -50.0, "agreed_reason": "Lost"})
        paper = self.env[f"report.{STATEMENT}"]
        owed = paper._prepare_money_sections(self.settlement)[1]
        self.assertIn(things[1].title, [line["title"] for line in owed["lines"]])
        text = self._text()
        self.assertRegex(
            text.split("To hand back")[1],
            rf"{things[0].title}.{{0,120}}08/20/2026 ?Good",
        )
        self.assertIn(f"{things[1].title} Only if agreed, not in the total", text)

    def test_totals_are_those_of_the_settlement(self):
        """Per direction and together; what waits for agreement stands apart."""
        self._line("Too much leave", amount_proposed=-221.54, needs_agreement=True)
        totals = self.env[f"report.{STATEMENT}"]._prepare_totals(self.settlement)
        figures = [float(re.sub(r"[^\d.-]", "", amount)) for _l, amount, _g in totals]
        settlement = self.settlement
        self.assertEqual(
            figures,
            [
                round(settlement.amount_earning, 2),
                round(settlement.amount_deduction, 2),
                round(settlement.amount_total, 2),
                -221.54,
            ],
        )
        self.assertIn("Only if agreed, not in the total", self._text())

    def test_reference_lines_are_marked(self):
        """The wage of the last month runs in the normal payslip."""
        text = self._text()
        self.assertIn("Wage of the last month For reference, not in the total", text)

    def test_unknown_is_said_not_zero(self):
        """Neither 0.00 nor silence."""
        self._line("Bonus", is_amount_known=False, missing=["yearly_amount"])
        text = self._text()
        self.assertIn("Bonus Not known yet: the yearly amount not known yet", text)
        self.assertIn("Not known yet and therefore not in the total: 1", text)

    def test_gross_and_no_payslip(self):
        """Nobody takes it for a payslip."""
        self.assertIn("This is not a payslip. All amounts are gross", self._text())

    def test_an_agreed_amount_shows_what_it_replaces(self):
        """Amount, proposal and reason."""
        line = self.settlement.line_ids.filtered(lambda ln: ln.code == "loan")
        line.write({"amount_agreed": -400.0, "agreed_reason": "Rest in October"})
        text = self._text()
        self.assertRegex(text, r"Agreed: -.?400\.00.{0,3} instead of -.?500\.00")
        self.assertIn("Rest in October", text)

    def test_draft_until_confirmed(self):
        """The notice goes when the settlement is confirmed."""
        self.assertIn("Draft. This settlement is not confirmed yet", self._text())
        self._confirm(self.settlement)
        self.assertNotIn("not confirmed yet", self._text())

    def test_a_supplement_names_the_first_settlement(self):
        """Number and date of what it adds to."""
        self._confirm(self.settlement)
        first = self.settlement
        action = first.action_create_supplement()
        supplement = self.env["hr.settlement"].browse(action["res_id"])
        reference = self.env["hr.settlement.paper"]._get_reference(first)
        self.assertIn(
            f"Supplement to settlement no. {reference} of August 20, 2026",
            self._text(settlements=supplement),
        )

    def test_somebody_who_died_does_not_sign(self):
        """The relatives do."""
        self.settlement.departure_type = "death"
        paper = self.env[f"report.{STATEMENT}"]
        self.assertEqual(paper._get_leaver_signature(self.settlement), "The relatives")

    def test_remarks_and_interviews_stay_out(self):
        """What was noted on a line or said in a talk is not on paper."""
        self.settlement.line_ids[0].note = "Cried in the talk"
        interviews = self.env["hr.exit.interview"].search(
            [("departure_id", "=", self.departure.id)]
        )
        interviews = interviews or interviews.create(
            {"departure_id": self.departure.id}
        )
        text = self._text()
        self.assertNotIn("Cried", text)
        self.assertNotIn("nterview", text)

    # === Language ===

    def test_the_leaver_decides_on_the_language(self):
        """Dutch for one, English for the other, whoever prints."""
        self.payroll.lang = "en_US"
        self.settlement.lang = "nl_NL"
        tree = self._html()
        self.assertEqual(tree.find_class("page")[0].get("lang"), "nl-NL")
        text = self._text()
        self.assertIn("31 augustus 2026", text)
        self.assertNotIn("August 31", text)
        self.assertRegex(text, r"768,00")

    def test_without_a_language_the_company_decides(self):
        """And a language that is not installed counts as none."""
        self.company.partner_id.lang = "nl_NL"
        self.payroll.lang = "en_US"
        paper = self.env["hr.settlement.paper"].with_user(self.payroll)
        for lang in (False, "xx_XX"):
            self.settlement.lang = lang
            self.assertEqual(paper._localize(self.settlement).env.lang, "nl_NL")

    # === Certificate and leave ===

    def test_the_certificate_says_what_the_law_asks_for(self):
        """Work, hours and dates (BW 7:656); neither wage nor way of leaving."""
        text = self._text(CERTIFICATE)
        self.assertIn("Kind of work Teelt Hours a week 40 First day in service", text)
        self.assertIn("August 31, 2026", text)
        for word in ("3,200", "resign", "Resign", "Draft", "owes"):
            self.assertNotIn(word, text)

    def test_the_leave_statement_gives_hours_by_kind_and_year(self):
        """160 hours a year for eight months are 106.67."""
        text = self._text(LEAVE)
        self.assertIn("Statutory leave 2026 106.67 0.00 0.00 106.67", text)
        self.assertIn("Remaining hours 106.67", text)
        self.assertIn("BW 7:641 lid 2", text)

    def test_the_leave_statement_shows_what_is_still_to_come(self):
        """20 August: 160 x (7 + 20/31)/12 = 101.94; 106.67 on the last day."""
        self.assertIn(
            "Up to the last day Hours Remaining on August 20, 2026 101.94"
            " Still to be built up until the last day 4.73"
            " Approved time off until the last day 0.00"
            " Remaining on the last day 106.67",
            self._text(LEAVE),
        )

    def test_nothing_is_to_come_once_the_last_day_is_there(self):
        with freeze_time("2026-08-31"):
            self.settlement._recompute_lines()
            self.assertNotIn("Up to the last day", self._text(LEAVE))

    def test_leave_taken_too_much_is_said(self):
        """120 hours taken of 106.67: 13.33 too much."""
        self._take(self.leaver, self.statutory, "2026-07-06", "2026-07-24")
        self.settlement._recompute_lines()
        text = self._text(LEAVE)
        self.assertIn("Taken beyond what was built up -13.33", text)
        self.assertIn("Remaining hours -13.33", text)

    def test_without_leave_the_statement_says_so(self):
        """No row of zeros."""
        self.settlement.line_ids.filtered(lambda line: line.code == "leave").unlink()
        self.assertIn("No leave is registered", self._text(LEAVE))

    def test_leave_that_nobody_gave_is_named_on_the_statement(self):
        """In service without an allocation: not "No leave is registered"."""
        self.env["hr.leave.allocation"].search(
            [("employee_id", "=", self.leaver.id)]
        ).state = "refuse"
        self.settlement._recompute_lines()
        text = self._text(LEAVE)
        self.assertIn("is not known yet", text)
        self.assertIn("No allocation found for 01/01/2025 to 08/31/2026", text)
        self.assertNotIn("No leave is registered", text)

    # === Who prints ===

    def test_payroll_and_exit_officers_print(self):
        """Each paper, each of them."""
        for paper in PAPERS:
            for user in (self.payroll, self.officer, self.admin):
                self.assertIn("Poldertuin", self._text(paper, user))

    def test_others_do_not_print(self):
        """Neither interviewers nor plain users nor HR without the exit role."""
        for paper in PAPERS:
            for user in (
                self.interviewer,
                self.plain,
                self.hr_officer,
                self.hr_manager,
            ):
                with self.assertRaises(AccessError, msg=f"{paper} {user.login}"):
                    self._html(paper, user)

    def test_the_leaver_does_not_print_the_own_settlement(self):
        """Whatever their role."""
        self.settlement.leaver_user_id = self.payroll
        for paper in PAPERS:
            with self.assertRaises(AccessError):
                self._html(paper)

    def test_another_company_does_not_print(self):
        """Only the companies one works in."""
        other = self._company("Duinrand B.V.")
        user = self._user("other_payroll", "hr_exit_interview.group_exit_payroll")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(user).with_context(
                allowed_company_ids=other.ids
            )._render_qweb_html(STATEMENT, self.settlement.ids)
