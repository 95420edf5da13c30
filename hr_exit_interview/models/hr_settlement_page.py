from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

STATEMENT = "report.hr_exit_interview.report_settlement"
SHOWN_STATES = ("checked", "discussed", "confirmed")
# What became of a line that does not apply interests nobody, unless it was asked.
HIDDEN_STATES = ("not_applicable",)


class HrDeparture(models.Model):
    _inherit = "hr.departure"

    def _prepare_page_values(self):
        shown = self._get_page_settlements()
        return {
            **super()._prepare_page_values(),
            "settlements": [settlement._prepare_page() for settlement in shown],
        }

    def _get_page_settlements(self):
        """The lists that payroll shows to the leaver."""
        return self.settlement_ids.filtered(
            lambda s: s.released_date and s.state in SHOWN_STATES
        ).sorted("id")

    def _ask_page_question(self, line_id, text):
        """Send payroll a question about a line that the leaver can see.

        :raises UserError: the line is not, or no longer, on the page
        """
        lines = self._get_page_settlements().line_ids
        line = lines.filtered(lambda line: line.id == line_id)
        if not line:
            raise UserError(
                self.env._(
                    "This line is no longer on the page: payroll is working on the "
                    "list. Ask again when it is back, or ask HR."
                )
            )
        line._ask_question(text)


class HrSettlement(models.Model):
    """What the leaver's page shows of a settlement; called as superuser."""

    _inherit = "hr.settlement"

    def _prepare_page(self):
        """Return the list as the leaver reads it, without remarks of others.

        :return: dict for the template ``hr_exit_interview.exit_page_settlement``
        """
        statement = self.env[STATEMENT]
        lines = self._get_page_lines()
        money = lines.filtered(statement._is_money)
        owed = money.filtered(statement._is_owed_by_leaver)
        by_kind = (lines - money).grouped("kind")
        labels = self.env["hr.settlement.line"]._fields["kind"]
        sections = [
            (self.env._("You receive"), money - owed),
            (self.env._("You pay"), owed),
            *(
                (label, by_kind[kind])
                for kind, label in labels._description_selection(self.env)
                if kind in by_kind
            ),
        ]
        return {
            "title": self._get_page_title(),
            "status": self._get_page_status(),
            "sections": [
                {"title": title, "lines": [line._prepare_page() for line in section]}
                for title, section in sections
                if section
            ],
            "totals": self._prepare_page_totals(),
        }

    def _get_page_status(self):
        """Return how firm the list is and when it is paid, in a sentence."""
        deadline = format_date(self.env, self.deadline, date_format="long")
        if self.state != "confirmed":
            return self.env._(
                "Checked by payroll and not final yet: ask or object where something "
                "is not right. It is paid by %(day)s at the latest.",
                day=deadline,
            )
        return self.env._(
            "This list is final. It is paid by %(day)s at the latest. You can still "
            "ask about it; what comes up later is added as a list of its own.",
            day=deadline,
        )

    def _get_page_lines(self):
        return self.line_ids.filtered(
            lambda line: line.state not in HIDDEN_STATES or line.leaver_question
        )

    def _get_page_title(self):
        if self.supplement_of_id:
            return self.env._("Added later")
        return self.env._("Final settlement")

    def _prepare_page_totals(self):
        """Return [(sentence, amount)]: which way the money goes is in words."""
        total = self.amount_total
        totals = [(self._get_direction(total), abs(total))]
        if self.amount_only_if_agreed:
            totals.append(
                (
                    self.env._("Only if you agree, not in the total: you pay"),
                    abs(self.amount_only_if_agreed),
                )
            )
        statement = self.env[STATEMENT]
        totals = [(label, statement._money(self, amount)) for label, amount in totals]
        unknown = statement._count_unknown(self)
        if unknown:
            label = self.env._("Amounts that are not known yet, not in the total")
            totals.append((label, unknown))
        return totals

    def _get_direction(self, total):
        if total < 0:
            return self.env._("Together, gross: you pay")
        return self.env._("Together, gross: you receive")

    def _prepare_copy(self):
        """Return what was asked about the settlement; the list has its own paper."""
        env = self.env
        items = []
        for line in self.line_ids.filtered("leaver_question"):
            items.append(
                (env._("You asked about %s", line.title), line.leaver_question)
            )
            items.append((env._("Answer"), line.leaver_answer))
        return self.departure_id._make_section(
            env._("Questions about the settlement"), items
        )


class HrSettlementLine(models.Model):
    _inherit = "hr.settlement.line"

    def _prepare_page(self):
        """Return one line in words, with what was asked about it."""
        statement = self.env[STATEMENT]
        is_money = statement._is_money(self)
        return {
            **statement._prepare_other_line(self),
            "id": self.id,
            "is_money": is_money,
            "amount": is_money
            and self.has_amount
            and statement._money(self, abs(self.amount)),
            "missing": self.missing_text,
            "question": self.leaver_question or "",
            "question_day": format_date(self.env, self.leaver_question_date),
            "answer": self.leaver_answer or "",
            "answer_day": format_date(self.env, self.leaver_answer_date),
        }
