"""Offering interviews: link, activity, candidates, mail in the queue."""

from harness import Figure, undone
from leavers import Office
from rows import Rows

from odoo import Command, fields


class Offers(Figure):
    name = "offers"
    what = "Offering interviews: link, candidates, activities, mail queued"
    floor = "COPY of the rows that this leaves behind"
    goal = "at most 4 ms each and constant queries, at 1,000"
    sizes = (100, 1_000)
    rows_a_query = 10

    def prepare(self, size):
        office = Office(self.env)
        self.env["res.users"].with_context(no_reset_password=True).create(
            [
                {
                    "name": f"Interviewer {at}",
                    "login": f"bench_interviewer_{at}",
                    "company_id": office.company.id,
                    "company_ids": [Command.set(office.company.ids)],
                    "group_ids": [
                        Command.link(
                            self.env.ref("hr_exit_interview.group_exit_interviewer").id
                        )
                    ],
                }
                for at in range(3)
            ]
        )
        self.departures = office.let_go(size)
        self.departures.write(
            {
                "state": "confirmed",
                "confirmed_datetime": fields.Datetime.subtract(
                    fields.Datetime.now(), days=5
                ),
            }
        )
        self.env.flush_all()
        with undone(self.env):
            self.rows = Rows(self.env, self.ours)

    def ours(self):
        offered = self.departures._offer_interviews()
        if len(offered) != len(self.departures):
            raise AssertionError(f"{len(offered)} were offered")

    def bare(self):
        self.rows.copy()

    def is_reached(self, result):
        return result["median_s"] / result["size"] <= 0.004
