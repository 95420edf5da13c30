from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...interview_common import InterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20")
class TestTalkAccess(InterviewCommon):
    """Who has nothing to do with a conversation gets nothing, whichever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaver_user = cls._user(
            "leaving_admin", "hr_exit_interview.group_exit_admin"
        )
        cls.employee.user_id = cls.leaver_user
        cls.point = cls._point(answer="Secret words")
        cls.interview.write(
            {"summary": "Secret words", "internal_note": "Secret words"}
        )
        cls.line = cls._checked_settlement().line_ids[0]
        cls.strangers = {
            "direct manager": cls.manager_user,
            "leaver as administrator": cls.leaver_user,
            "payroll": cls.payroll,
            "colleague": cls.plain,
            "HR manager": cls.hr_manager,
            "other company": cls._other_company_officer(),
            "other interviewer": cls._user(
                "other_interviewer", "hr_exit_interview.group_exit_interviewer"
            ),
            "insight reader": cls._user(
                "insight", "hr_exit_interview.group_exit_insight_reader"
            ),
        }

        may_export = Command.link(cls.env.ref("base.group_allow_export").id)
        for user in cls.strangers.values():
            user.group_ids = [may_export]

    def _as(self, record, user):
        """The record as the user comes to it, in the companies of the user."""
        return record.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )

    def _get_calls(self):
        """Every method that can be called from outside, with sensible arguments."""
        change = {"points": [{"uid": "x", "kind": "interviewer", "answer": "Hi"}]}
        return {
            "get_talk": (),
            "get_talk_changes": (-1,),
            "save_talk": (change,),
            "close_talk": (),
            "get_talk_settlement": (),
            "save_settlement_line": (self.line.id, "agreed"),
        }

    def test_methods_are_refused(self):
        for who, user in self.strangers.items():
            interview = self._as(self.interview, user)
            for name, arguments in self._get_calls().items():
                with self.subTest(who=who, method=name), self.assertRaises(AccessError):
                    getattr(interview, name)(*arguments)
            with self.subTest(who=who), self.assertRaises(AccessError):
                self._as(self.point, user).action_blank()
        self.assertEqual(self.point.answer, "Secret words")
        self.assertEqual(self.interview.state, "scheduled")
        self.assertEqual(self.line.state, "to_discuss")

    def _find(self, records, text_field):
        """What searching, counting, grouping and exporting tell about the words."""
        domain = [(text_field, "ilike", "secret")]
        groups = records.formatted_read_group(domain, ["create_uid"], ["__count"])
        found = records.search(domain)
        return (
            len(found),
            records.search_count(domain),
            sum(group["__count"] for group in groups),
            len(found.export_data([text_field])["datas"]),
        )

    def test_words_cannot_be_found(self):
        """No search, count, group or export; not by the record itself either."""
        for who, user in self.strangers.items():
            for record, field in ((self.interview, "summary"), (self.point, "answer")):
                record = self._as(record, user)
                with self.subTest(who=who, model=record._name):
                    try:
                        self.assertEqual(
                            self._find(record.browse(), field), (0, 0, 0, 0)
                        )
                    except AccessError:
                        self.assertFalse(record.browse().has_access("read"))
                    for read in (
                        lambda r=record, f=field: r.read([f]),
                        lambda r=record, f=field: r.export_data([f]),
                        lambda r=record: r.web_read({"display_name": {}}),
                    ):
                        with self.assertRaises(AccessError):
                            read()

    def test_who_holds_the_talk_gets_in(self):
        """The interviewer and HR exit officers; the interviewer for 30 days after."""
        for user in (self.interviewer, self.officer, self.admin):
            talk = self.interview.with_user(user)
            self.assertEqual(talk.get_talk()["points"][0]["answer"], "Secret words")
        self.talk.close_talk()
        with freeze_time("2026-04-19"):
            self.assertTrue(self.talk.get_talk()["blocked"])
        with freeze_time("2026-04-20"), self.assertRaises(AccessError):
            self.talk.get_talk()

    def test_reader_of_the_screen_learns_no_more_of_the_departure(self):
        """The screen names the leaver; the departure itself stays closed."""
        self.talk.get_talk()
        with self.assertRaises(AccessError):
            self.departure.with_user(self.interviewer).read(["notice_date"])
