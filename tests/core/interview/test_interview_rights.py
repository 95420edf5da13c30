from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...offer_common import OfferCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestInterviewRights(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.action_confirm()
        cls.interview = cls.departure._offer_interviews()
        cls.interview.write({"interviewer_id": cls.interviewer.id, "state": "accepted"})

    def test_interviewer_notes_what_was_said(self):
        """Reasons, summary, note and points of the own interview."""
        reason = self.env["hr.exit.reason"].search(
            [("parent_id", "!=", False)], limit=1
        )
        own = self.interview.with_user(self.interviewer)
        own.write(
            {
                "summary": "It was fine.",
                "internal_note": "Note",
                "main_reason_id": reason.id,
                "reason_ids": [Command.link(reason.id)],
                "location": "Room 3",
                "point_ids": [Command.create({"question": "Why?", "answer": "So."})],
            }
        )
        own.action_mark_held()
        own.action_close()
        self.assertEqual(self.interview.state, "closed")

    def test_interviewers_do_not_group_by_what_hr_sees(self):
        """Reasons as HR sees them are no groups either, nor by way of the points."""
        self.env["hr.exit.interview.point"].create(
            {"interview_id": self.interview.id, "kind": "leaver", "answer": "Te druk."}
        )
        own = self.interview.with_user(self.interviewer)
        points = self.env["hr.exit.interview.point"].with_user(self.interviewer)
        for records, group in (
            (own, "assessed_reason_ids"),
            (own, "assessed_reason_id"),
            (points, "interview_id.assessed_reason_ids"),
        ):
            with self.subTest(group=group), self.assertRaises(AccessError):
                records.formatted_read_group([], [group], ["__count"])
        interviews = self.interview.with_user(self.officer)
        self.assertTrue(interviews.formatted_read_group([], ["assessed_reason_ids"]))

    def test_interviewer_writes_nothing_else(self):
        """Not who, whose, how it is counted, HR's assessment, the leaver's consent."""
        own = self.interview.with_user(self.interviewer)
        other = self._departure(self.report)
        for values in (
            {"interviewer_id": self.officer.id},
            {"candidate_ids": [Command.clear()]},
            {"outside_interviewer_id": self.officer.partner_id.id},
            {"departure_id": other.id},
            {"department_id": False},
            {"manager_id": False},
            {"departure_type": "conduct"},
            {"tenure_band": "10y"},
            {"quarter": "2020-Q1"},
            {"second_opt_in": True},
            {"contact_email": "evil@example.org"},
            {"assessed_reason_id": False},
            {"answered_datetime": False},
            {"offered_datetime": False},
            {"start_datetime": "2026-04-01 10:00:00"},
            {"event_id": False},
            {"interviewer_token": "x"},
            {"template_id": False},
            {"state": "declined"},
            {"state": "cancelled"},
            {"state": "scheduled"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                own.write(values)

    def test_interviewer_of_another_interview(self):
        """Somebody else's interview is not there, candidates included."""
        self.interview.interviewer_id = self.officer
        interviews = self.env["hr.exit.interview"].with_user(self.interviewer)
        self.assertFalse(interviews.search([]))
        with self.assertRaises(AccessError):
            interviews.browse(self.interview.id).write({"summary": "x"})

    def test_officer_steps_are_not_for_interviewers(self):
        """Calling off and planning again: HR does that."""
        own = self.interview.with_user(self.interviewer)
        for method in ("action_cancel", "action_plan_again"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(own, method)()
        self.assertEqual(self.interview.state, "accepted")

    def test_declining_has_no_effect_anywhere(self):
        """Same settlement, departure, certificate, and lists of payroll and manager."""
        settlement = self.departure.settlement_ids
        html = "hr_exit_interview.report_certificate"

        def picture():
            self.env.invalidate_all()
            reports = self.env["ir.actions.report"].with_user(self.payroll)
            skipped = {"write_date", "__last_update", "interview_ids"}
            departure = self.departure.read(
                [
                    name
                    for name, field in self.departure._fields.items()
                    if field.store
                    and name not in skipped
                    and name not in ("exit_token", "exit_token_selector")
                ]
            )
            return (
                departure,
                settlement.read(["state", "amount_total", "line_ids", "activity_ids"]),
                settlement.line_ids.read(["amount", "state", "label", "inputs"]),
                reports._render_qweb_html(html, settlement.ids)[0],
                self.env["hr.settlement"].with_user(self.payroll).search([]).ids,
                self.env["hr.departure"].with_user(self.manager_user).search([]).ids,
                self.env["hr.departure"]
                .with_user(self.manager_user)
                .search_count([("interview_ids", "!=", False)]),
                self.departure.with_user(self.manager_user).read(
                    ["interview_count", "interview_state", "can_offer_interview"]
                ),
            )

        before = picture()
        self.interview._record_answer("declined")
        self.assertEqual(self.interview.state, "declined")
        self.assertEqual(picture(), before)
        self.assertFalse(self.interview.activity_ids)

    def test_declining_asks_no_reason(self):
        """There is no field for why, and nothing more is sent."""
        count = len(self._leaver_mails("joost"))
        self.interview._record_answer("declined")
        names = self.env["hr.exit.interview"]._fields
        self.assertFalse(
            [name for name in names if "declin" in name or "refus" in name]
        )
        with freeze_time("2026-04-10 10:00:00"):
            self.env["hr.exit.interview"]._cron_follow_up()
        self.assertEqual(len(self._leaver_mails("joost")), count)
