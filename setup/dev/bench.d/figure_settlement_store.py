"""Storing settlements that were worked out."""

from unittest.mock import patch

from harness import Figure
from leavers import Office

from odoo import models


class SettlementStore(Figure):
    name = "settlement_store"
    what = "Storing settlements with the lines that were worked out before"
    floor = "the ORM's own create of the same values, without what our models add"
    goal = "at most 1.2 x the floor, at 10,000"
    sizes = (100, 1_000, 10_000)
    rows_a_query = 1

    def prepare(self, size):
        self.departures = Office(self.env).let_go(size).sudo()
        self.scheme = self.departures.company_id._get_settlement_scheme()
        self.lines = self.scheme._collect_lines(self.departures)

    def ours(self):
        known = patch.object(
            type(self.scheme), "_collect_lines", lambda *_args: self.lines
        )
        with known:
            self.env["hr.settlement"]._create_for_departures(self.departures)

    def bare(self):
        settlements = self.env["hr.settlement"].with_env(self.departures.env)
        create = models.BaseModel.create
        created = create(
            settlements,
            [
                settlements._prepare_from_departure(departure, self.scheme)
                for departure in self.departures
            ],
        )
        create(
            settlements.line_ids,
            [
                {**values, "settlement_id": settlement.id, "is_manual": False}
                for settlement, departure in zip(created, self.departures, strict=True)
                for values in self.lines[departure]
            ],
        )

    def is_reached(self, result):
        return result["ratio"] <= 1.2
