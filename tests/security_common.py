"""One leaver with a record of every model, and somebody of every role."""

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .common import ADDON
from .settlement_common import SettlementCommon
from .survey.common import QuestionnaireCommon

OURS = {"hr_exit_interview", "hr_exit_interview_survey"}
# Odoo's models that hold something of ours, and of which record.
BORROWED = (
    "survey.survey",
    "survey.question",
    "survey.question.answer",
    "survey.user_input",
    "survey.user_input.line",
)
CANARY = "Kanarie"
ROLES = {
    "interviewer": f"{ADDON}.group_exit_interviewer",
    "payroll": f"{ADDON}.group_exit_payroll",
    "insight reader": f"{ADDON}.group_exit_insight_reader",
    "signal reader": f"{ADDON}.group_exit_signal_reader",
    "HR exit officer": f"{ADDON}.group_exit_officer",
    "exit administrator": f"{ADDON}.group_exit_admin",
    "HR manager": "hr.group_hr_manager",
    "survey manager": "survey.group_survey_manager,base.group_user",
    "colleague": "base.group_user",
}
# Who has every role above, and still may not.
EVERYTHING = ",".join([*ROLES.values(), "base.group_allow_export"])
LINKS = (
    "departure_id",
    "interview_id",
    "employee_id",
    "manager_id",
    "settlement_id",
    "company_id",
    "batch_id",
    "release_id",
    "signal_id",
)


class SecurityCommon(SettlementCommon, QuestionnaireCommon):
    """``self.records`` {model: record} and ``self.actors`` {role: user}.

    Every text that nobody else may read has ``CANARY`` in it. Freeze the time at
    10 March 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_actors()
        cls._create_story()
        for model in cls._get_models():
            if model not in cls.records:
                cls.records[model] = cls._make(model)
        cls.env.flush_all()

    @classmethod
    def _create_actors(cls):
        export = ",base.group_allow_export"
        cls.actors = {
            role: cls._user(f"role{number}", groups + export)
            for number, (role, groups) in enumerate(ROLES.items())
        }
        cls.interviewer = cls.actors["interviewer"]
        cls.actors["the leaver"] = cls._user("leaver", EVERYTHING)
        cls.actors["the manager"] = cls._user("manager", EVERYTHING)
        cls.actors["other company"] = cls._user("elsewhere", EVERYTHING)
        other = cls._company("Elders B.V.")
        cls.actors["other company"].write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        cls.actors["portal"] = new_test_user(
            cls.env, login="portal_user", groups="base.group_portal"
        )
        cls.actors["public"] = cls.env.ref("base.public_user")
        cls.employee.user_id = cls.actors["the leaver"]
        cls.manager.user_id = cls.actors["the manager"]

    @classmethod
    def _create_story(cls):
        """What needs more than its required fields."""
        cls.departure.write(
            {"departure_description": CANARY, "manager_id": cls.manager.id}
        )
        cls.interview.write(
            {
                "interviewer_id": cls.interviewer.id,
                "summary": CANARY,
                "internal_note": CANARY,
                "assessed_reason_ids": cls.env["hr.exit.reason"].search([])[:2].ids,
            }
        )
        user_input = cls._fill_in(
            cls.interview._ensure_questionnaire(), {"BEST": CANARY}
        )
        line = user_input.user_input_line_ids.filtered("value_text_box")
        settlement = cls._settlement(cls.departure)
        cls.records = {
            "hr.departure": cls.departure,
            "hr.exit.access.log": cls._create_log(),
            "hr.exit.interview": cls.interview,
            "hr.settlement": settlement,
            "hr.settlement.line": settlement.line_ids[0],
            "survey.survey": cls.survey,
            "survey.question": line.question_id,
            "survey.question.answer": cls._question("REASON").suggested_answer_ids[0],
            "survey.user_input": user_input,
            "survey.user_input.line": line,
        }
        for record in (cls.departure, cls.interview, settlement):
            record.message_post(body=CANARY, attachments=[(CANARY, b"Kanarie")])

    @classmethod
    def _create_log(cls):
        return cls.env["hr.exit.access.log"].create(
            {
                "interview_id": cls.interview.id,
                "company_id": cls.company.id,
                "user_id": cls.interviewer.id,
                "access_hour": "2026-03-31 09:00:00",
                "how": "form",
            }
        )

    @classmethod
    def _get_models(cls):
        """The names of the models that our addons made and keep in tables."""
        return [
            name
            for name, model in sorted(cls.registry.items())
            if model._original_module in OURS and not model._abstract
        ]

    @classmethod
    def _make(cls, name):
        """A record of a model: a shipped one, or one about the leaver."""
        model = cls.env[name]
        if not model._auto:
            cls.env.flush_all()
            return model.search([("interview_id", "=", cls.interview.id)])[0]
        linked = [link for link in LINKS if cls._is_link(model._fields.get(link))]
        shipped = model.with_context(active_test=False).search([], limit=1)
        if shipped and not {*linked} - {"company_id"}:
            return shipped
        values = {field: cls._get_linked(model._fields[field]) for field in linked}
        given = model.default_get(list(model._fields))
        for field in model._fields.values():
            is_asked = field.required and field.store and not field.compute
            if is_asked and field.name not in values and not given.get(field.name):
                values[field.name] = cls._get_value(field)
        # Some refuse whoever makes one by hand; here one is needed all the same.
        return models.BaseModel.create(model, values)

    @classmethod
    def _is_link(cls, field):
        is_kept = field and field.store and not field.compute and not field.related
        return bool(is_kept and field.comodel_name)

    @classmethod
    def _get_linked(cls, field):
        people = {"employee_id": cls.employee, "manager_id": cls.manager}
        if field.name in people:
            return people[field.name].id
        if field.name == "company_id":
            return cls.company.id
        return cls._get_known(field.comodel_name).id

    @classmethod
    def _get_known(cls, name):
        if name not in cls.records and name in cls._get_models():
            cls.records[name] = cls._make(name)
        return cls.records.get(name) or cls.env[name].search([], limit=1)

    @classmethod
    def _get_value(cls, field):
        """Something of the right type for a required field."""
        if field.type == "many2one":
            return cls._get_known(field.comodel_name).id
        if field.type == "many2many":
            return [Command.set(cls.employee.ids)]
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        if field.type == "date":
            return "2026-03-31"
        if field.type == "datetime":
            return "2026-03-31 09:00:00"
        return CANARY if field.type in ("char", "text", "html") else 1

    def _call(self, user, model, method, *args, **kwargs):
        """As a client calls it over the network; nothing of it stays.

        :return: the answer
        """
        env = self.env(user=user, context={"lang": "en_US"})
        savepoint = env.cr.savepoint(flush=False)
        try:
            self.env.invalidate_all(flush=False)
            answer = call_kw(env[model], method, list(args), kwargs)
            env.flush_all()
            return answer
        finally:
            env.transaction.clear()
            savepoint.close(rollback=True)

    def _may(self, user, model, method, *args, **kwargs):
        """The answer of a call, None when it was refused."""
        try:
            return self._call(user, model, method, *args, **kwargs)
        except UserError:
            return None
