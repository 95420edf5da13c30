import warnings
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...interview_common import InterviewCommon

FORM = {"state": {}, "summary": {}, "point_ids": {"fields": {"answer": {}}}}


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 10:20:00")
class TestAccessLog(InterviewCommon):
    """Who opened an interview is logged, in whatever way they did."""

    def test_opening_the_form_is_logged_once_an_hour(self):
        """Ten minutes later nothing is added; the next hour again."""
        self.talk.web_read(FORM)
        self.talk.web_read(FORM)
        with freeze_time("2026-04-20 10:59:59"):
            self.talk.web_read(FORM)
        with freeze_time("2026-04-20 11:00:00"):
            self.talk.web_read(FORM)
        self.assertEqual(
            self._read_log(),
            [
                (self.interviewer, "2026-04-20 10:00:00", "form"),
                (self.interviewer, "2026-04-20 11:00:00", "form"),
            ],
        )

    def test_a_list_of_interviews_is_not_opening_them(self):
        """Names, dates and states are not what was said."""
        self.talk.web_search_read(
            [("id", "=", self.interview.id)],
            {"state": {}, "held_date": {}, "main_reason_id": {}},
        )
        self.assertFalse(self._read_log())

    def test_every_way_of_reading_is_logged(self):
        """read, search_read, points by themselves, conversation and export."""
        point = self._point(answer="Te druk.")
        users = [
            self._user(f"hr{i}", "hr_exit_interview.group_exit_officer")
            for i in range(6)
        ]
        for user in users:
            user.group_ids += self.env.ref("base.group_allow_export")
        record = [self.interview.with_user(user) for user in users]
        record[0].read(["internal_note"])
        record[1].search_read([("id", "=", self.interview.id)], ["summary"])
        point.with_user(users[2]).read(["answer"])
        record[3].get_talk()
        record[4].export_data(["id", "main_reason_id/name"])
        point.with_user(users[5]).export_data(["answer"])
        expected = ["form", "form", "form", "conversation", "export", "export"]
        self.assertEqual(
            [(user, how) for user, _hour, how in self._read_log()],
            list(zip(users, expected, strict=True)),
        )

    def _read_oddly(self, user):
        """The ways to get words out of Odoo that no screen of ours uses, by name."""
        interview = self.interview.with_user(user)
        departure = self.departure.with_user(user)
        point = self._point(question="Mijn fiets", answer="Te druk.").with_user(user)
        mine = [("id", "=", interview.id)]
        points = [("id", "=", point.id)]
        web = {"fields": {"summary": {}}}
        return {
            "by another model": lambda: departure.web_read({"interview_ids": web}),
            "search": lambda: interview.web_search_read(mine, {"mail_summary": {}}),
            "opening": lambda: interview.onchange({}, [], {"summary": {}}),
            "another's": lambda: departure.onchange(
                {"interview_ids": [[4, interview.id, {}]]}, [], {"interview_ids": web}
            ),
            "saving": lambda: interview.web_save({}, {"summary": {}}),
            "unfolded": lambda: interview.web_read_group(
                mine,
                ["state"],
                auto_unfold=True,
                unfold_read_specification={"summary": {}},
            ),
            "points": lambda: point.search_read(points),
            "name": lambda: point.name_search("fiets"),
            "web name": lambda: point.web_name_search("fiets", {"display_name": {}}),
            "label": lambda: point.read(["display_name"]),
            "copy": interview.copy_data,
            "export": lambda: departure.export_data(["interview_ids/point_ids/answer"]),
            "exported name": lambda: departure.export_data(["interview_ids/point_ids"]),
            "employee": lambda: self.employee.with_user(user).export_data(
                ["name", "departure_ids/interview_ids/summary"]
            ),
        }

    def test_odd_ways_of_reading_are_logged(self):
        """Its name, another model, a copy, an export over relations: each by itself."""
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        self.interview.write({"summary": "Te druk.", "internal_note": "Nagaan."})
        log = self.env["hr.exit.access.log"]
        domain = [("interview_id", "=", self.interview.id)]
        hows = dict.fromkeys(("export", "exported name", "employee"), "export")
        for way, read in self._read_oddly(self.officer).items():
            with self.subTest(way=way):
                log.search(domain).unlink()
                read()
                self.env.flush_all()
                found = log.search(domain)
                self.assertEqual(found.user_id, self.officer)
                self.assertEqual(set(found.mapped("how")), {hows.get(way, "form")})

    def _group_by_words(self, user):
        """The ways to group or sort by words, by name."""
        interview = self.interview.with_user(user)
        point = self._point(question="Mijn fiets", answer="Te druk.").with_user(user)
        mine = [("id", "=", interview.id)]
        points = [("id", "=", point.id)]
        self._point(parent_id=point.id)
        bar = {"field": "state", "colors": {"scheduled": "success"}}
        most = "summary:max"
        return {
            "group": lambda: interview.formatted_read_group(mine, ["summary"]),
            "old": lambda: interview.read_group(mine, ["state"], ["summary"]),
            "old most": lambda: interview.read_group(
                mine, ["most:max(summary)"], ["state"]
            ),
            "old order": lambda: interview.read_group(
                mine, [], ["state"], orderby=most
            ),
            "panel": lambda: point.search_panel_select_range("parent_id"),
            "most": lambda: interview.formatted_read_group(mine, [], [most]),
            "all": lambda: interview.formatted_read_group(
                mine, [], ["internal_note:array_agg"]
            ),
            "having": lambda: interview.formatted_read_group(
                mine, ["state"], having=[(most, "=", "Te druk.")]
            ),
            "order": lambda: interview.formatted_read_group(
                mine, ["state"], order=f"{most} desc"
            ),
            "list": lambda: interview.web_read_group(mine, ["internal_note"]),
            "second": lambda: interview.web_read_group(
                mine, ["state", "summary"], auto_unfold=True
            ),
            "sets": lambda: interview.formatted_read_grouping_sets(
                mine, [["summary"], []]
            ),
            "sums": lambda: interview.formatted_read_grouping_sets(mine, [[]], [most]),
            "bar": lambda: interview.read_progress_bar(mine, "summary", bar),
            "path": lambda: point.formatted_read_group(
                points, ["interview_id.summary"]
            ),
            "answer": lambda: point.formatted_read_group(points, ["answer"]),
            "sorted": lambda: interview.search(mine, order="state, summary desc"),
            "sorted list": lambda: interview.web_search_read(
                mine, {"state": {}}, order="internal_note"
            ),
            "sorted answers": lambda: point.search_read(
                points, ["kind"], order="answer asc"
            ),
            "sorted lines": lambda: interview.web_read(
                {"point_ids": {"fields": {"kind": {}}, "order": "answer"}}
            ),
        }

    def test_nobody_groups_or_sorts_by_words(self):
        """Refused in words, whatever the way; nothing is read, so nothing is logged."""
        self.interview.write({"summary": "Te druk.", "internal_note": "Nagaan."})
        for way, group in self._group_by_words(self.officer).items():
            with (
                self.subTest(way=way),
                self.assertRaises(UserError) as caught,
                warnings.catch_warnings(),
            ):
                warnings.simplefilter("ignore", DeprecationWarning)
                group()
            self.assertIn("is confidential", str(caught.exception), way)
        self.assertFalse(self._read_log())

    def test_logging_hands_nothing_to_who_may_not_read(self):
        """What is looked up to log it does not stay where Odoo reads it from."""
        point = self._point(answer="Te druk.")
        for record in (self.interview, point):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                record.with_user(self.plain).copy_data()
        self.assertFalse(self._read_log())

    def test_counting_and_grouping_by_codes_is_not_opening(self):
        """A pivot of states and reasons shows nobody's words."""
        self.talk.formatted_read_group([], ["state", "main_reason_id"], ["__count"])
        points = self.env["hr.exit.interview.point"].with_user(self.interviewer)
        points.formatted_read_group([], ["interview_id", "kind"], ["__count"])
        self.assertFalse(self._read_log())

    def test_searching_is_logged_for_what_is_found_only(self):
        """Not for interviews that the filter or the rules leave out."""
        others = self._interview(self.departure, state="closed", summary="Anders.")
        others |= self._interview(self.departure, interviewer_id=self.officer.id)
        self.interview.summary = "Te druk."
        interviews = self.env["hr.exit.interview"].with_user(self.interviewer)
        interviews.search_read([("state", "=", "scheduled")], ["summary"])
        self.env.flush_all()
        found = self.env["hr.exit.access.log"].search([])
        self.assertEqual(found.interview_id, self.interview)

    def test_a_record_that_is_gone_is_nobodys(self):
        """Odoo leaves it out; the others are logged."""
        point, gone = self._point(answer="Te druk."), self._point(answer="Weg.")
        both = (point | gone).with_user(self.officer)
        gone.unlink()
        self.assertEqual([row["answer"] for row in both.read(["answer"])], ["Te druk."])
        self.assertEqual([how for _user, _hour, how in self._read_log()], ["form"])

    def test_as_many_queries_for_many(self):
        """Reading, searching and exporting fifty-two interviews and two."""
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        interviews = self.env["hr.exit.interview"].union(
            *(
                self._interview(self.departure, state="closed", summary="Te druk.")
                for _i in range(54)
            )
        )
        for interview in interviews:
            self._point(interview, answer="Te druk.")
        interviews = interviews.with_user(self.officer)

        def search(records):
            domain = [("interview_id", "in", records.ids)]
            records.point_ids.search_read(domain, ["answer"])

        def export(records):
            records.export_data(["summary", "point_ids/answer"])

        def read(records):
            records.point_ids.read(["answer"])

        for method in (search, export, read):
            self.assertSameQueryCount(method, interviews[:2], interviews[2:])

    def test_who_may_not_read_is_refused_and_not_logged(self):
        """The manager of the leaver gets nothing, so opened nothing."""
        interview = self.interview.with_user(self.manager_user)
        with self.assertRaises(AccessError):
            interview.web_read(FORM)
        self.assertFalse(interview.search_read([("id", "=", interview.id)]))
        self.assertFalse(self._read_log())

    def test_system_and_leaver_are_not_logged(self):
        """What is read without a user, or for the page of the leaver."""
        self.interview.sudo().read(["summary"])
        self.assertFalse(self._read_log())

    def test_jobs_are_not_logged(self):
        """Offers, reminders, publishing and purging read for nobody."""
        self.interview.summary = "Te druk."
        with patch.object(self.registry["ir.cron"], "_commit_progress"):
            self.env["hr.departure"]._cron_offer()
            self.env["hr.exit.interview"]._cron_follow_up()
            self.env["hr.exit.insight.release"]._cron_publish()
            self.env["hr.exit.retention"]._cron_purge()
        self.interview.sudo().formatted_read_group([], ["summary"])
        self.assertFalse(self._read_log())

    def test_link_is_logged_with_whose_it_is(self):
        """An outside interviewer has no user; once an hour too."""
        coach = self.env["res.partner"].create({"name": "Kim Coach"})
        self.interview.write(
            {"interviewer_id": False, "outside_interviewer_id": coach.id}
        )
        page = self.interview.sudo()
        page._prepare_outside_page()
        page._prepare_outside_page()
        with freeze_time("2026-04-20 11:00:00"):
            page._prepare_outside_page()
        self.env.flush_all()
        found = self.env["hr.exit.access.log"].search([], order="id")
        self.assertEqual(
            [(log.partner_id, log.user_id.id, log.how) for log in found],
            [(coach, False, "link"), (coach, False, "link")],
        )
        subject = self.env["hr.exit.retention.access_log"]
        self.assertEqual(subject._get_person(found[0]), "Kim Coach")

    def test_somebody_opened_it(self):
        """A user or an interviewer from outside: never nobody, never both."""
        log = {
            "interview_id": self.interview.id,
            "company_id": self.company.id,
            "access_hour": "2026-04-20 10:00:00",
            "how": "form",
        }
        both = {"user_id": self.officer.id, "partner_id": self.officer.partner_id.id}
        for who in ({}, both):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                self.env["hr.exit.access.log"].create({**log, **who}).flush_recordset()

    def test_one_query_for_many(self):
        """Fifty opened at once are logged with one query."""
        interviews = self.env["hr.exit.interview"].union(
            *(self._interview(self.departure, state="closed") for _i in range(52))
        )
        log = self.env["hr.exit.access.log"].with_user(self.officer)._log_reading
        few, many = interviews[:2], interviews[2:]
        self.assertEqual(self._count_queries(log, few, "form"), 1)
        self.assertEqual(self._count_queries(log, many, "form"), 1)

    def test_log_is_for_exit_administrators_and_written_by_nobody(self):
        """Per role and operation."""
        for name in ("officer", "interviewer", "payroll", "hr_manager", "plain"):
            logs = self.env["hr.exit.access.log"].with_user(getattr(self, name))
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(role=name, operation=operation):
                    self.assertFalse(logs.has_access(operation))
        logs = self.env["hr.exit.access.log"].with_user(self.admin)
        self.assertTrue(logs.has_access("read"))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(logs.has_access(operation))

    def test_log_of_the_own_interview_and_of_ones_leavers_is_hidden(self):
        """It names the leaver, so the rules of the interview hold."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        logs = self.env["hr.exit.access.log"].with_user(self.admin)
        domain = [("interview_id", "=", self.interview.id)]
        self.assertTrue(logs.search(domain))
        self.employee.user_id = self.admin
        self.assertFalse(logs.search(domain))
        self.employee.user_id = False
        self.env.user.employee_ids.user_id = False
        self.manager.user_id = self.admin
        self.assertFalse(logs.search(domain))

    def test_log_is_of_the_company(self):
        """Elsewhere nobody sees who read what here."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        other = self._other_company_officer()
        other.group_ids += self.env.ref("hr_exit_interview.group_exit_admin")
        logs = self.env["hr.exit.access.log"].with_user(other)
        self.assertFalse(logs.with_context(allowed_company_ids=[]).search([]))

    def test_log_goes_after_its_own_period(self):
        """24 months after the opening, with one line per reader in the preview."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        subject = self.env["hr.exit.retention.access_log"]
        with freeze_time("2028-04-20"):
            domain = subject._get_purge_domain(self.company, fields.Date.today())
            self.assertFalse(self.env["hr.exit.access.log"].search(domain))
        with freeze_time("2028-04-21"):
            [line] = subject._preview(self.company, fields.Date.today())
            self.assertEqual(line["person"], self.interviewer.name)
            self.assertEqual(str(line["due_date"]), "2028-04-21")
            domain = subject._get_purge_domain(self.company, fields.Date.today())
            self.assertTrue(self.env["hr.exit.access.log"].search(domain))
