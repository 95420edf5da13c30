from odoo import Command
from odoo.tests import freeze_time, tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureScreen(ExitInterviewCommon):
    """What the web client gets while somebody types."""

    def test_the_name_stays_while_the_last_day_is_typed(self):
        """A display name that follows leaves the date field of the client blank."""
        departure = self._departure(self.employee, departure_date="2026-04-30")
        values = {
            "departure_date": "2026-05-31",
            "action_date": "2026-05-01",
            "display_name": departure.display_name,
        }
        changed = departure.onchange(
            values,
            ["departure_date"],
            {"display_name": {}, "departure_date": {}, "action_date": {}},
        )["value"]
        self.assertEqual(str(changed.get("action_date")), "2026-06-01")
        self.assertNotIn("display_name", changed)

    def test_the_name_has_the_last_day_once_saved(self):
        """Registered departures are told apart by their last day."""
        departure = self._departure(self.employee, departure_date="2026-04-30")
        self.assertEqual(departure.display_name, "Joost Visser, 04/30/2026")
        departure.departure_date = "2026-05-31"
        self.assertEqual(departure.display_name, "Joost Visser, 05/31/2026")

    def test_the_button_opens_the_interview_or_all_of_them(self):
        departure = self._departure(self.employee)
        interviews = self.env["hr.exit.interview"]
        for views in ([(False, "form")], None):
            interviews |= interviews.create({"departure_id": departure.id})
            action = departure.action_open_interviews()
            if views:
                self.assertEqual(action["views"], views)
                self.assertEqual(action["res_id"], interviews.id)
            else:
                self.assertFalse(action.get("res_id"))
                found = interviews.search(action["domain"])
                self.assertEqual(found, interviews)

    def test_the_list_takes_as_many_queries_for_many(self):
        """The state of the interview and of the settlement are on the list."""
        departures = self.env["hr.departure"].create(
            [
                {
                    "employee_name": f"Leaver {number}",
                    "departure_date": "2026-04-30",
                    "interview_ids": [Command.create({})],
                }
                for number in range(22)
            ]
        )

        def read(some):
            some.with_user(self.officer).web_read(
                {"display_name": {}, "interview_state": {}, "settlement_state": {}}
            )

        read(departures)
        self.assertSameQueryCount(read, departures[:2], departures[2:])
