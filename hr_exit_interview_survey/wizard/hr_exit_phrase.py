from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..phrases import count_phrases


class HrExitPhrase(models.TransientModel):
    """Help for reading: which words and phrases leavers share, by theme."""

    _name = "hr.exit.phrase"
    _description = "Words and Phrases of Leavers"

    theme_id = fields.Many2one("hr.exit.theme", help="Empty: every theme.")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    department_id = fields.Many2one("hr.department", help="Units below it count too.")
    minimum = fields.Integer(
        compute="_compute_minimum",
        string="Used by at Least",
        help="People. A phrase of fewer is not shown: it may be somebody's own.",
    )
    line_ids = fields.One2many(
        "hr.exit.phrase.line", "wizard_id", compute="_compute_line_ids", store=True
    )

    def _compute_minimum(self):
        self.minimum = self.env["hr.exit.answer.report"]._get_minimum()

    @api.depends("theme_id", "date_from", "date_to", "department_id")
    def _compute_line_ids(self):
        answers = self.env["hr.exit.answer.report"]
        for wizard in self:
            rows = answers.search_fetch(
                wizard._get_domain(), ["departure_id", "text", "said"]
            )
            phrases = count_phrases(wizard._get_texts(rows), wizard.minimum)
            wizard.line_ids = [Command.clear()] + [
                Command.create({"name": phrase, "people": people})
                for phrase, people in phrases
            ]

    def _get_domain(self):
        """Return the domain of answers read: texts of a theme, period, department."""
        domain = Domain("text", "!=", False) | Domain("said", "!=", False)
        if self.theme_id:
            domain &= Domain("theme_id", "=", self.theme_id.id)
        if self.date_from:
            domain &= Domain("end_date", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("end_date", "<=", self.date_to)
        if self.department_id:
            domain &= Domain("department_id", "child_of", self.department_id.id)
        return domain

    @api.model
    def _get_texts(self, rows):
        """[(person, text)], what was said beside what was filled in.

        Somebody who left twice is one person.
        """
        # sudo: hr.departure - who is the same person, not who it is
        people = {
            departure: departure.sudo().employee_id or departure
            for departure in rows.departure_id
        }
        return [
            (people[row.departure_id], text)
            for row in rows
            for text in {row.text, row.said}
        ]
