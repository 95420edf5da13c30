"""Working out what is open when people leave."""

from harness import Figure
from leavers import Office
from settlement_sql import STATEMENTS


class SettlementLines(Figure):
    name = "settlement_lines"
    what = "Working out all lines of a settlement, every source installed"
    floor = "one hand-written SQL statement per source, which reads the same rows"
    goal = "at most 1 ms a departure and 4 x the floor, at 10,000"
    sizes = (100, 1_000, 10_000)
    few_many = (8, 80)  # the same kinds of people

    def prepare(self, size):
        office = Office(self.env)
        self.departures = office.let_go(size)
        self.scheme = self.departures.company_id._get_settlement_scheme()

    def ours(self):
        return self.scheme._collect_lines(self.departures)

    def bare(self):
        for statement in STATEMENTS.values():
            self.env.cr.execute(statement, {"ids": self.departures.ids})
            self.env.cr.fetchall()

    def is_reached(self, result):
        return result["median_s"] / result["size"] <= 0.001 and result["ratio"] <= 4
