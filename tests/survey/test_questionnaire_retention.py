from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import QuestionnaireCommon

TEXT = "hr.exit.retention.interview_text"
CODE = "hr.exit.retention.interview"


@tagged("post_install", "-at_install")
class TestQuestionnaireRetention(QuestionnaireCommon):
    """The last day is 30 April 2026: texts go in May 2027, persons in May 2028."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hr.exit.insight.release"].create(
            {
                "company_id": cls.company.id,
                "quarter": "2040-Q4",
                "date_from": "2040-10-01",
                "date_to": "2040-12-31",
                "minimum": 5,
            }
        )
        with freeze_time("2026-04-20 10:00:00"):
            cls.user_input = cls.interview._ensure_questionnaire()
            cls._fill_in(cls.user_input, cls._get_answers())
            cls.interview.state = "closed"
            cls.departure.state = "done"
            cls.env.flush_all()

    @classmethod
    def _get_answers(cls):
        """A text, a choice and a scale, by the codes of their questions."""
        questions = cls.survey.question_ids
        text = questions.filtered(lambda q: q.question_type == "text_box")[0]
        scale = questions.filtered(lambda q: q.question_type == "scale")[0]
        return {
            text.exit_code: "Ik had last van mijn rug.",
            scale.exit_code: "4",
            "REASON": "workload",
        }

    def _purge(self, name, day):
        with freeze_time(day):
            subject = self.env[name]
            domain = subject._get_purge_domain(self.company, date.fromisoformat(day))
            due = subject._get_records().search(domain)
            subject._purge(due & self.departure)
        self.env.invalidate_all()
        return self.departure in due

    def _read_lines(self):
        return {
            (line.question_id.exit_code, line.suggested_answer_id.exit_code)
            for line in self.user_input.user_input_line_ids
            if not line.skipped
        }

    def test_written_answers_go_with_the_texts(self):
        """Choices and scores stay; the questionnaire alone makes an interview due."""
        scale = self.user_input.user_input_line_ids.filtered("value_scale")
        self.assertTrue(scale)
        self.assertIn(("REASON", "workload"), self._read_lines())
        self.assertFalse(self._purge(TEXT, "2027-04-30"))
        self.assertTrue(self._purge(TEXT, "2027-05-01"))
        lines = self.user_input.user_input_line_ids
        self.assertFalse(
            lines.filtered(
                lambda line: (
                    line.value_text_box
                    or line.value_char_box
                    or line.exit_conversation_answer
                )
            )
        )
        self.assertEqual(scale.exists().mapped("value_scale"), [4])
        self.assertIn(("REASON", "workload"), self._read_lines())
        self.assertFalse(self._purge(TEXT, "2027-05-02"))

    def test_person_goes_and_choices_stay(self):
        """No address, name, moment or working link is left on the questionnaire."""
        self.user_input.write({"email": "joost@example.com", "nickname": "Joost"})
        token = self.user_input.access_token
        before = self._read_lines()
        self._purge(TEXT, "2027-05-01")
        kept = self._read_lines()
        self.assertLess(kept, before)
        self.assertTrue(self._purge(CODE, "2028-05-01"))
        self.assertEqual(self._read_lines(), kept)
        user_input = self.user_input
        self.assertFalse(
            user_input.email
            or user_input.nickname
            or user_input.partner_id
            or user_input.start_datetime
            or user_input.end_datetime
        )
        self.assertNotEqual(user_input.access_token, token)
        self.assertEqual(user_input.state, "done")
        self.assertEqual(user_input.survey_id, self.survey)

    def test_nobody_reads_an_anonymous_questionnaire(self):
        """As the interview that it belongs to; other surveys are not concerned."""
        self.assertTrue(self.user_input.with_user(self.officer).has_access("read"))
        analysis = self.env["hr.exit.answer.report"].with_user(self.officer)
        domain = [("interview_id", "=", self.interview.id)]
        self.assertTrue(analysis.search(domain))
        self._purge(CODE, "2028-05-01")
        for user in (self.officer, self.admin, self.survey_manager):
            for found in (self.user_input, self.user_input.user_input_line_ids[:1]):
                self.assertFalse(found.with_user(user).has_access("read"))
        self.assertFalse(analysis.search(domain))
        other = self._company_survey()._create_answer(user=self.plain)
        self.assertTrue(other.with_user(self.survey_manager).has_access("read"))

    @freeze_time("2026-05-04 09:15:00")
    def test_reading_answers_is_logged(self):
        """In the questionnaire and in the analysis; other surveys are not."""
        readers = [
            self._user(f"reader{i}", "hr_exit_interview.group_exit_officer")
            for i in range(4)
        ]
        lines = self.user_input.user_input_line_ids
        lines.with_user(readers[0]).read(["value_text_box"])
        self.env["hr.exit.answer.report"].with_user(readers[1]).search_read(
            [("interview_id", "=", self.interview.id)], ["text"]
        )
        other = self._company_survey()._create_answer(user=self.plain)
        other.user_input_line_ids.with_user(self.survey_manager).read([])
        readers[2].group_ids += self.env.ref("base.group_allow_export")
        self.user_input.with_user(readers[2]).export_data(
            ["user_input_line_ids/value_text_box"]
        )
        # Odoo asks the request for its language; there is none here.
        with patch.object(self.registry["ir.http"], "_url_for"):
            self.user_input.with_user(readers[3]).action_print_answers()
        logged = self.env["hr.exit.access.log"].search(
            [("interview_id", "=", self.interview.id)], order="id"
        )
        self.assertEqual([log.user_id for log in logged], readers)
        self.assertEqual(logged.mapped("how"), ["form", "form", "export", "form"])

    def test_nobody_groups_answers_of_leavers(self):
        """Words nor scores, while other surveys are grouped as before."""
        lines = self.user_input.user_input_line_ids.with_user(self.officer)
        report = self.env["hr.exit.answer.report"].with_user(self.officer)
        for group in (
            lambda: lines.formatted_read_group([], ["value_text_box"]),
            lambda: lines.formatted_read_group([], ["suggested_answer_id"]),
            lambda: lines.formatted_read_group([], [], ["value_scale:array_agg"]),
            lambda: lines.search([], order="value_scale"),
            lambda: lines.formatted_read_group(
                [], ["user_input_id.exit_interview_id.summary"]
            ),
            lambda: report.formatted_read_group([], ["text"]),
            lambda: report.search_read([], ["score"], order="said desc"),
        ):
            with self.assertRaisesRegex(UserError, "is confidential"):
                group()
        survey = self._company_survey()
        other = survey._create_answer(user=self.plain)
        other._save_lines(survey.question_ids, "Blauw")
        lines = other.user_input_line_ids.with_user(self.survey_manager)
        [group] = lines.formatted_read_group(
            [("user_input_id", "=", other.id)], ["value_text_box"], ["__count"]
        )
        self.assertEqual((group["value_text_box"], group["__count"]), ("Blauw", 1))
        ordered = lines.search([("user_input_id", "=", other.id)], order="value_scale")
        self.assertEqual(ordered, lines)
        self.assertFalse(self.env["hr.exit.access.log"].search([]))
