from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import QuestionnaireCommon

OPERATIONS = ("read", "write", "create", "unlink")
ROLES = (
    "admin",
    "officer",
    "interviewer",
    "payroll",
    "manager_user",
    "survey_manager",
    "survey_user",
    "hr_manager",
    "plain",
)
# What each role may do with a leaver's record: read, write, create, unlink.
MATRIX = {
    "survey.survey": {
        "admin": "rwcu",
        "officer": "r",
        "interviewer": "r",
        "manager_user": "r",
    },
    "survey.user_input": {"admin": "ru", "officer": "r", "interviewer": "r"},
}
MATRIX["survey.question"] = MATRIX["survey.question.answer"] = MATRIX["survey.survey"]
MATRIX["survey.user_input.line"] = MATRIX["survey.user_input"]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestAccess(QuestionnaireCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_input = cls._fill_in(
            cls.interview._ensure_questionnaire(),
            {"BEST": "De kas in mei", "S_LOAD": "2", "ENPS": "6"},
        )
        cls.line = cls.user_input.user_input_line_ids[0]
        cls.records = {
            "survey.survey": cls.survey,
            "survey.question": cls._question("BEST"),
            "survey.question.answer": cls._question("KEEP").suggested_answer_ids[0],
            "survey.user_input": cls.user_input,
            "survey.user_input.line": cls.line,
        }

    def _allowed(self, record, user):
        record = record.with_user(user).with_context(
            allowed_company_ids=self.company.ids
        )
        letters = "".join(op[0] for op in OPERATIONS if record.has_access(op))
        found = bool(record.browse().has_access("read")) and bool(
            record.with_context(active_test=False).search([("id", "=", record.id)])
        )
        self.assertEqual(found, "r" in letters, "searching and reading disagree")
        return letters

    def _check_matrix(self, roles=ROLES, changed=None):
        for model, rights in MATRIX.items():
            for role in roles:
                expected = {**rights, **(changed or {})}.get(role, "")
                with self.subTest(model=model, role=role):
                    self.assertEqual(
                        self._allowed(self.records[model], getattr(self, role)),
                        expected,
                    )

    def test_matrix_of_roles_and_operations(self):
        """Survey roles and HR managers get nothing, nor does the leaver's manager."""
        self._check_matrix()

    def test_both_roles_open_no_more_than_the_exit_role(self):
        """Rules of groups add up; ours are global, so here they do not."""
        rights = {"survey.survey": "r", "survey.user_input": ""}
        both = self._user(
            "both",
            "survey.group_survey_manager,hr_exit_interview.group_exit_interviewer",
        )
        for model, letters in rights.items():
            self.assertEqual(self._allowed(self.records[model], both), letters)
        self.interview.interviewer_id = both
        self.assertEqual(self._allowed(self.user_input, both), "r")
        self.assertEqual(self._allowed(self.line, both), "r")

    def test_manager_with_every_role_sees_nothing(self):
        """Exit administrator and Survey administrator at once, but the manager."""
        self.manager_user.group_ids = [
            Command.link(self.env.ref("survey.group_survey_manager").id),
            Command.link(self.env.ref("hr_exit_interview.group_exit_admin").id),
        ]
        for record in (self.user_input, self.line):
            self.assertEqual(self._allowed(record, self.manager_user), "")

    def test_nobody_reads_the_own_answers_as_hr(self):
        self.employee.user_id = self.officer
        self.assertEqual(self._allowed(self.line, self.officer), "")

    def test_interviewer_until_30_days_after_closing(self):
        self.interview.state = "held"
        self.interview.state = "closed"
        self.assertEqual(self._allowed(self.line, self.interviewer), "r")
        with freeze_time("2026-04-10"):
            self.assertEqual(self._allowed(self.line, self.interviewer), "")

    def test_other_company_sees_nothing(self):
        other = self._company("Elders B.V.")
        self.officer.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other}
        )
        line = self.line.with_user(self.officer).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(line.has_access("read"))

    def test_writing_another_type_is_refused_and_would_open_nothing(self):
        """Neither officer nor administrator; behind their back it would not help."""
        for user in (self.survey_user, self.survey_manager, self.interviewer):
            with self.assertRaises(AccessError):
                self.survey.with_user(user).survey_type = "custom"
        with self.assertRaisesRegex(UserError, "its type stays"):
            self.survey.with_user(self.admin).survey_type = "custom"
        self.env.cr.execute(
            "UPDATE survey_survey SET survey_type = 'custom' WHERE id = %s",
            [self.survey.id],
        )
        self.survey.invalidate_recordset()
        self.env.registry.clear_cache()
        for user in (self.survey_user, self.survey_manager):
            self.assertEqual(self._allowed(self.user_input, user), "")
            self.assertEqual(self._allowed(self.line, user), "")

    def test_flag_cannot_be_taken_away(self):
        with self.assertRaisesRegex(UserError, "stay protected"):
            self.user_input.is_exit = False

    def test_flag_is_set_whatever_is_given(self):
        """On creation, by the type; a copy keeps it."""
        user_input = self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "is_exit": False}
        )
        self.assertTrue(user_input.is_exit)
        self.assertTrue(user_input.copy().is_exit)

    def test_survey_officer_cannot_make_one(self):
        for user in (self.survey_user, self.survey_manager, self.officer):
            with self.assertRaises(AccessError):
                self.env["survey.survey"].with_user(user).create(
                    {"title": "Vertrek", "survey_type": "exit_interview"}
                )
        survey = self._company_survey()
        with self.assertRaises(AccessError):
            survey.with_user(self.survey_manager).survey_type = "exit_interview"

    def test_survey_officer_cannot_put_a_question_in(self):
        question = self._company_survey().question_ids
        with self.assertRaises(AccessError):
            question.with_user(self.survey_manager).survey_id = self.survey

    def test_surveys_of_others_stay_theirs(self):
        """Exit roles read no answers of the company's other surveys."""
        survey = self._company_survey()
        user_input = survey._create_answer(user=self.plain)
        user_input._save_lines(survey.question_ids, "Iets anders")
        line = user_input.user_input_line_ids
        for user in (self.officer, self.admin, self.interviewer):
            self.assertEqual(self._allowed(line, user), "")
            self.assertEqual(self._allowed(survey, user), "")
        self.assertEqual(self._allowed(line, self.survey_manager), "rwcu")

    def _render(self, user_input, user, body):
        """What a mail template of an editor says of the answers."""
        user.group_ids += self.env.ref("mail.group_mail_template_editor")
        template = self.env["mail.template"].create(
            {
                "name": "Answers",
                "model_id": self.env["ir.model"]._get_id("survey.user_input"),
                "body_html": body,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        template = template.with_user(user)
        return template._render_field("body_html", user_input.ids)[user_input.id]

    def test_mail_templates_hand_no_answers_out(self):
        """An editor gets what the own role may read, without asking as superuser."""
        body = "<t t-out=\"object.user_input_line_ids.mapped('value_text_box')\"/>"
        with (
            self.assertRaises(UserError),
            mute_logger("odoo.addons.mail.models.mail_render_mixin"),
        ):
            self._render(self.user_input, self.survey_manager, body)
        self.assertIn(
            "De kas in mei", self._render(self.user_input, self.officer, body)
        )

    def test_mail_templates_of_other_surveys_are_as_before(self):
        """Certificates and the like: who renders them needs no right to the lines."""
        survey = self._company_survey()
        question = survey.question_ids[:1]
        user_input = survey._create_answer(email="somebody@example.com")
        user_input._save_lines(question, "Blue")
        body = (
            "<t t-out=\"object.sudo().user_input_line_ids.mapped('value_text_box')\"/>"
        )
        self.assertIn("Blue", self._render(user_input, self.plain, body))
        self.assertFalse(self.env["hr.exit.access.log"].search([]))

    def test_searching_by_content_finds_nothing(self):
        """Neither over the lines nor over what they belong to."""
        for user in (self.survey_manager, self.manager_user, self.survey_user):
            inputs = self.env["survey.user_input"].with_user(user)
            domain = [("user_input_line_ids.value_text_box", "ilike", "kas")]
            self.assertFalse(inputs.search(domain))
            groups = inputs._read_group([], [], ["__count"])
            self.assertFalse(groups[0][0])
        questions = self.env["survey.question"].with_user(self.survey_manager)
        self.assertFalse(
            questions.search([("user_input_line_ids.value_text_box", "ilike", "kas")])
        )

    def test_interviewer_finds_only_the_own(self):
        colleague = self._user("colleague", "hr_exit_interview.group_exit_interviewer")
        self.assertEqual(self._allowed(self.line, colleague), "")
        self.assertEqual(self._allowed(self.line, self.interviewer), "r")

    def test_survey_users_bind_nothing_to_a_leaver(self):
        """An own poll is never a leaver's questionnaire: nobody is sent to it."""
        user = self._user("poller", "base.group_user,survey.group_survey_user")
        inputs = self.env["survey.user_input"].with_user(user)
        poll = self.env["survey.survey"].with_user(user)
        poll = poll.create({"title": "Lunch"})
        other = self.env["hr.exit.interview"].create(
            {"departure_id": self._departure(self.report).id}
        )
        bound = {"survey_id": poll.id, "exit_interview_id": other.id}
        for values in (bound, {**bound, "test_entry": True}):
            with self.assertRaises(UserError):
                inputs.create(values)
        with self.assertRaises(UserError):
            inputs.with_context(default_exit_interview_id=other.id).create(
                {"survey_id": poll.id}
            )
        own = inputs.create({"survey_id": poll.id})
        for changed in (
            {"exit_interview_id": other.id},
            {"exit_helper_id": user.id},
            {"is_exit": True},
        ):
            with self.subTest(changed), self.assertRaises(UserError):
                own.write(changed)
        self.assertFalse(other.survey_input_ids)

    def test_no_answer_is_moved_among_a_leavers(self):
        """Neither a line nor a whole input of a poll of one's own."""
        user = self._user("poller", "base.group_user,survey.group_survey_user")
        poll = self.env["survey.survey"].create({"title": "Lunch"})
        question = self.env["survey.question"].create(
            {"survey_id": poll.id, "title": "Why?", "question_type": "char_box"}
        )
        own = self.env["survey.user_input"].create({"survey_id": poll.id})
        line = self.env["survey.user_input.line"].create(
            {
                "user_input_id": own.id,
                "question_id": question.id,
                "answer_type": "char_box",
                "value_char_box": "Injected",
            }
        )
        poll.user_id = user
        with self.assertRaises(AccessError):
            line.with_user(user).write({"user_input_id": self.user_input.id})
        with self.assertRaises(AccessError):
            own.with_user(user).write({"survey_id": self.survey.id})
        with self.assertRaises(UserError):
            line.with_user(user).write({"exit_question": "Asked?"})
