"""Each questionnaire from the first page to the last, in a real browser."""

from playwright.sync_api import expect

from odoo.tests import tagged

from ..browser_common import BrowserCase
from .common import ASKED, BANK, QuestionnaireCommon

LANGS = {"en_US": "en", "nl_NL": "nl"}
NOT_APPLICABLE = {"en": "not applicable", "nl": "n.v.t."}
NOBODY_TOLD = {"en": "Nobody gets a message", "nl": "Niemand krijgt bericht"}
THANKS = {"en": "Back to your page", "nl": "Terug naar je pagina"}
# What opens every condition, and what opens none; fixed term has a third way.
OPEN = {
    "KEEP": "perhaps",
    "DEST": "self_employed",
    "MGR": "partly",
    "BEHAV": "yes",
    "DP_CAUSE": "yes",
    "FT_WHO": "both",
    "ENPS": 6,
}
CLOSED = {
    "KEEP": "no",
    "DEST": "study",
    "MGR": "unsaid",
    "BEHAV": "no",
    "DP_CAUSE": "no",
    "FT_WHO": "company",
    "ENPS": None,
}
LEAVER = {**CLOSED, "FT_WHO": "leaver"}
RUNS = [
    *((code, lang, OPEN) for code in ASKED for lang in LANGS),
    *((code, "en_US", CLOSED) for code in ASKED if code != "followup"),
    ("fixed_term", "nl_NL", LEAVER),
]
VISIBLE = """() => [...document.querySelectorAll(".js_question-wrapper")]
    .filter((question) => question.offsetParent !== null)
    .map((question) => question.dataset.exitCode)"""


@tagged("post_install", "-at_install")
class TestBrowser(BrowserCase, QuestionnaireCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.write(
            {"notice_date": "2031-03-02", "departure_date": "2031-04-30"}
        )
        cls.company.exit_adviser_name = "Els Wit"

    def test_each_questionnaire_through_every_condition(self):
        """What is asked and what not, word by word, and what is stored of it."""
        for number, (code, lang, choices) in enumerate(RUNS):
            width, height = ((375, 812), (1366, 900))[number % 2]
            with self.subTest(questionnaire=code, lang=lang, choices=choices):
                user_input = self._prepare(code, lang)
                path = user_input._get_exit_path()
                run = Run(ASKED[code], LANGS[lang], choices)
                with self._browsers():
                    page = self._page(width=width, height=height, locale=lang[:2])
                    run.fill_in(page, self.base_url() + path)
                self._check(user_input, run)

    def _prepare(self, code, lang):
        """A fresh questionnaire of this kind, in this language."""
        self.interview.survey_input_ids.unlink()
        self.interview.invalidate_recordset()
        self.departure.lang = lang
        self.interview.template_id = self.env.ref(
            f"hr_exit_interview.exit_interview_template_{code}"
        )
        return self.interview._ensure_questionnaire()

    def _check(self, user_input, run):
        """Stored: what was answered, as it was answered, and nothing else."""
        self.assertEqual(run.seen, run.expected)
        self.assertEqual(user_input.state, "done")
        answers = user_input.user_input_line_ids.filtered(lambda a: not a.skipped)
        self.assertEqual(
            set(answers.mapped("question_id.exit_code")), set(run.answered)
        )
        for answer in answers:
            row = run.rows[answer.question_id.exit_code]
            self.assertEqual(answer.exit_question, row[run.lang])


class Run:
    """One leaver filling in: answers what is asked, and notes what that was."""

    def __init__(self, questions, lang, choices):
        self.lang, self.choices = lang, choices
        self.rows = {
            row["code"]: row for row in questions if row["asked_in"] != "conversation"
        }
        self.expected = [code for code in self.rows if self._is_expected(code)]
        self.seen, self.answered = [], []

    def _is_expected(self, code):
        """By the table of conditions."""
        if not self.rows[code]["condition"]:
            return True
        trigger, wanted = self.rows[code]["condition"]
        if wanted == "given":
            return self.choices[trigger] is not None
        return self._is_expected(trigger) and self.choices[trigger] in wanted

    def fill_in(self, page, url):
        page.goto(url)
        opening = BANK["opening"][0]
        expect(page.get_by_text(opening[self.lang])).to_be_visible()
        page.locator("button[value=start]:not(.disabled)").click()
        is_last = False
        while not is_last:
            page.locator(".o_survey_form_content h2.o_survey_title").wait_for()
            is_last = self._fill_in_page(page)
        expect(page.get_by_text(THANKS[self.lang])).to_be_visible()

    def _fill_in_page(self, page):
        """Answer what shows, also what shows because of that; then go on."""
        todo = page.evaluate(VISIBLE)
        while todo:
            code = todo[0]
            self.seen.append(code)
            self._answer(page, code)
            todo = [c for c in page.evaluate(VISIBLE) if c not in self.seen]
        button = page.locator(".o_survey_form_content button[type=submit]")
        is_last = button.get_attribute("value") == "finish"
        title = page.locator("h2.o_survey_title").inner_text()
        button.click()
        if is_last:
            page.locator(".modal .btn-primary").click()
        else:
            page.wait_for_function(
                """(title) => {
                    const heading = document.querySelector("h2.o_survey_title");
                    return heading && heading.innerText !== title;
                }""",
                arg=title,
            )
        return is_last

    def _answer(self, page, code):
        row = self.rows[code]
        question = page.locator(f"[data-exit-code='{code}']")
        expect(question.locator("h3")).to_have_text(row[self.lang])
        getattr(self, f"_answer_{row['kind']}")(question, row)
        if code == "BEHAV" and self.choices["BEHAV"] == "yes":
            expect(page.get_by_text("Els Wit")).to_be_visible()
            expect(page.get_by_text(NOBODY_TOLD[self.lang])).to_be_visible()

    def _answer_text(self, question, row):
        question.locator("textarea").fill(f"Antwoord op {row['code']}")
        self.answered.append(row["code"])

    def _answer_agree(self, question, row):
        """Not applicable for tools, which is stored as no answer."""
        if row["code"] == "S_TOOLS":
            question.get_by_text(NOT_APPLICABLE[self.lang], exact=True).click()
            return
        question.locator("label:has(input[value='2'])").click()
        self.answered.append(row["code"])

    def _answer_likely(self, question, row):
        score = self.choices["ENPS"]
        if score is not None:
            question.locator(f"label:has(input[value='{score}'])").click()
            self.answered.append(row["code"])

    def _answer_single(self, question, row):
        wanted = self.choices.get(row["code"], next(iter(row["choices"])))
        self._choose(question, row, wanted)
        self.answered.append(row["code"])

    def _answer_multi(self, question, row):
        for choice in list(row["choices"])[:2]:
            self._choose(question, row, choice)
        self.answered.append(row["code"])

    def _choose(self, question, row, wanted):
        """By the words on the screen."""
        text = row["choices"][wanted][self.lang]
        question.get_by_text(text, exact=True).click()
