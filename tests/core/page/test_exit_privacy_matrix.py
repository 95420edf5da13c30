import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...offer_common import OfferCommon
from ...settlement_common import SettlementCommon

ADDONS = "odoo.addons.hr_exit_interview"  # and those that extend it
# Whose records may tell something of a conversation, and by which text.
PLACES = (
    "hr.exit.interview",
    "hr.exit.interview.point",
    "calendar.event",
    "mail.message",
    "mail.activity",
    "ir.attachment",
    "mail.mail",
)
SECRET = "Geheime woorden"
# What would give away that there is a conversation, with whom and about what.
TRACES = (SECRET, "Joost", "exit interview", "hr.exit.interview", "interviewer")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestExitPrivacyMatrix(OfferCommon, SettlementCommon):
    """Manager, payroll and colleague try everything; none of it tells them a thing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.action_confirm()
        cls.interview = cls.departure._offer_interviews().with_env(cls.env)
        cls.interview._record_answer("accepted")
        slot = cls.interview._get_free_slots()[0]
        cls.interview._book_slot(slot["start"], slot["interviewer"])
        cls.point = cls.env["hr.exit.interview.point"].create(
            {
                "interview_id": cls.interview.id,
                "kind": "leaver",
                "is_by_leaver": True,
                "question": SECRET,
                "answer": SECRET,
            }
        )
        cls.interview.write({"summary": SECRET, "internal_note": SECRET})
        cls.interview.message_post(body=SECRET, attachments=[(SECRET, b"secret")])
        cls.interview.activity_schedule(
            "mail.mail_activity_data_todo", summary=SECRET, user_id=cls.officer.id
        )
        settlement = cls._settlement(cls.departure)
        settlement.with_user(cls.payroll).action_check()
        cls.line = settlement.line_ids[0]
        cls.readers = {
            "direct manager": cls.manager_user,
            "payroll": cls.payroll,
            "colleague": cls.plain,
        }
        export = cls.env.ref("base.group_allow_export")
        cls.env["res.users"].union(*cls.readers.values()).group_ids = [
            Command.link(export.id)
        ]
        cls.env.flush_all()

    # === Every method ===

    def _get_public_methods(self, model):
        """The names of what can be called from outside and is written in our addons."""
        names = {
            name
            for cls in type(self.env[model]).mro()
            if cls.__module__.startswith(ADDONS)
            for name, method in vars(cls).items()
            if inspect.isfunction(method) and not name.startswith("_")
        }
        return sorted(
            name
            for name in names
            if not getattr(getattr(self.env[model], name), "_api_private", False)
        )

    def _get_arguments(self, record, name):
        """Arguments with which a method would do or tell something."""
        special = {
            "create": ([{"interview_id": self.interview.id, "kind": "leaver"}],),
            "write": ({"sequence": 1},),
            "get_talk_changes": (-1,),
            "save_talk": (
                {"points": [{"uid": "x", "kind": "interviewer", "answer": "Hi"}]},
            ),
            "save_settlement_line": (self.line.id, "agreed"),
            "export_data": (["display_name"],),
            "formatted_read_grouping_sets": ([], [["create_uid"]], ["__count"]),
            "read_group": ([], ["__count"], ["create_uid"]),
            "read_progress_bar": (
                [],
                "create_uid",
                {"field": "company_id", "colors": {}},
            ),
        }
        if record._name == "hr.exit.interview":
            special["create"] = ([{"departure_id": self.departure.id}],)
            special["write"] = ({"summary": "Mine"},)
        if name in special:
            return special[name]
        parameters = inspect.signature(getattr(record, name)).parameters.values()
        return tuple(
            False
            for parameter in parameters
            if parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        )

    def _picture(self):
        """What a stranger must not have changed."""
        self.env.invalidate_all()
        return (
            self.interview.read(["state", "summary", "interviewer_id", "event_id"]),
            self.interview.departure_id.interview_ids.ids,
            self.point.read(["answer", "question", "theme_id"]),
            self.interview.point_ids.ids,
            self.line.state,
            self.env["mail.mail"].search_count([]),
        )

    def test_public_methods(self):
        """Refused, or without anything in the answer, and nothing is changed."""
        before = self._picture()
        for record in (self.interview, self.point):
            names = self._get_public_methods(record._name)
            self.assertGreater(len(names), 0)
            for name in names:
                arguments = self._get_arguments(record, name)
                for who, user in self.readers.items():
                    with self.subTest(model=record._name, method=name, who=who):
                        self.assertEqual(self._call(record, user, name, arguments), "")
                        self.assertEqual(self._picture(), before)

    def _call(self, record, user, name, arguments):
        """What the answer, or the refusal, tells of the leaver or of what was said."""
        try:
            with self.env.cr.savepoint():
                self.env.invalidate_all()  # as a new request: nothing is known yet
                answer = getattr(record.with_user(user), name)(*arguments)
                self.env.flush_all()
        except UserError as error:
            answer = error
        return ", ".join(word for word in ("Joost", SECRET) if word in str(answer))

    # === Every way to search ===

    def _get_searches(self, records, domain):
        """Each way that a client has of looking for records, as (name, call)."""
        field = "display_name"
        spec = {field: {}}
        return {
            "search": lambda: records.search(domain).ids,
            "search_count": lambda: records.search_count(domain),
            "search_read": lambda: records.search_read(domain, [field]),
            "web_search_read": lambda: records.web_search_read(domain, spec)["records"],
            "name_search": lambda: records.name_search("", domain, limit=None),
            "formatted_read_group": lambda: self._count_groups(records, domain),
            "web_read_group": lambda: records.web_read_group(
                domain, ["create_uid"], ["__count"]
            )["groups"],
            "export_data": lambda: records.search(domain).export_data([field])["datas"],
        }

    def _count_groups(self, records, domain):
        groups = records.formatted_read_group(domain, ["create_uid"], ["__count"])
        return sum(group["__count"] for group in groups)

    def _get_domains(self, model):
        """What a curious colleague would look for."""
        if model.startswith("hr.exit.interview"):
            return [[]]
        if model == "calendar.event":
            names = ("name", "description", "location", "partner_ids.name")
            return [[(name, "ilike", word)] for name in names for word in TRACES] + [
                [("res_model", "ilike", "exit")],
                [("res_model", "ilike", "departure")],
            ]
        model_field = {"mail.message": "model", "mail.mail": "model"}.get(
            model, "res_model"
        )
        texts = {
            "mail.message": ("body", "subject"),
            "mail.mail": ("body_html", "subject", "email_to"),
            "mail.activity": ("summary", "note"),
            "ir.attachment": ("name", "index_content"),
        }[model]
        return [[(model_field, "=", "hr.exit.interview")]] + [
            [(name, "ilike", SECRET)] for name in texts
        ]

    def test_searches(self):
        """No hit in interviews, points, calendar, messages, activities or files."""
        for model in PLACES:
            for who, user in self.readers.items():
                records = self.env[model].with_user(user)
                for domain in self._get_domains(model):
                    for name, call in self._get_searches(records, domain).items():
                        with self.subTest(model, who=who, domain=domain, by=name):
                            self.assertFalse(self._try(call))

    def test_searches_find_it_for_who_may(self):
        """The same searches by an HR exit officer: what is tried above does find."""
        for model in PLACES[:2]:
            records = self.env[model].with_user(self.officer)
            for name, call in self._get_searches(records, []).items():
                if name != "export_data":  # needs a right of its own
                    with self.subTest(model, by=name):
                        self.assertTrue(self._try(call))
        for model in ("mail.message", "mail.activity", "ir.attachment"):
            for domain in self._get_domains(model)[:1]:
                with self.subTest(model):
                    records = self.env[model].with_user(self.officer)
                    self.assertTrue(records.search(domain))

    def _try(self, call):
        """The answer; none when the whole model is closed to the reader."""
        try:
            with self.env.cr.savepoint():
                return call()
        except AccessError:
            return None

    def test_records_by_id(self):
        """Who guesses an id reads, exports and copies nothing."""
        for record in (self.interview, self.point):
            for who, user in self.readers.items():
                for name, arguments in {
                    "read": (["display_name"],),
                    "web_read": ({"display_name": {}},),
                    "export_data": (["display_name"],),
                    "copy": (),
                    "unlink": (),
                    "web_save": ({}, {"display_name": {}}),
                    "get_metadata": (),
                }.items():
                    with (
                        self.subTest(record._name, who=who, by=name),
                        self.assertRaises(AccessError),
                    ):
                        getattr(record.with_user(user), name)(*arguments)

    def test_calendar_tells_no_more_than_busy(self):
        """The appointment is there as "Busy" and names nobody but who holds it."""
        event = self.interview.event_id
        self.assertTrue(event)
        for word in TRACES:
            for name in ("name", "description", "location", "res_model"):
                self.assertNotIn(word, str(event[name] or ""))
        self.assertEqual(event.partner_ids, self.interview.interviewer_id.partner_id)
        for who, user in self.readers.items():
            with self.subTest(who=who):
                seen = event.with_user(user)
                seen.invalidate_recordset()
                self.assertNotIn("onversation", seen.display_name)
                self.assertFalse(seen.description)
                self.assertFalse(seen.res_id)
