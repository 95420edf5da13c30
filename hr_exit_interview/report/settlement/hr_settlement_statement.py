from odoo import api, models
from odoo.tools import format_amount, format_date

from ...models.settlement.hr_settlement_line import SIGNED_KINDS
from . import hr_settlement_paper  # noqa: F401 - inherited here

ANSWER_STATES = ("agreed", "disputed", "question", "not_applicable")


class HrSettlementStatement(models.AbstractModel):
    """The settlement on paper, line by line, in the leaver's language."""

    _name = "report.hr_exit_interview.report_settlement"
    _inherit = "hr.settlement.paper"
    _description = "Final Settlement (Print)"

    @api.model
    def _get_title(self, env):
        return env._("Final settlement")

    @api.model
    def _prepare_paper(self, settlement):
        return {
            **super()._prepare_paper(settlement),
            "money_sections": self._prepare_money_sections(settlement),
            "totals": self._prepare_totals(settlement),
            "other_sections": self._prepare_other_sections(settlement),
            "unknown_count": self._count_unknown(settlement),
            "supplement_text": self._get_supplement_text(settlement),
            "deadline": self._day(settlement, settlement.deadline),
            "leaver_signs_as": self._get_leaver_signature(settlement),
        }

    @api.model
    def _prepare_facts(self, settlement):
        env = settlement.env
        facts = super()._prepare_facts(settlement)
        # sudo: hr.department - its name, for whoever may print
        department = settlement.department_id.sudo().name
        if department:
            facts.append((env._("Department"), department))
        if settlement.wage:
            facts.append(
                (env._("Monthly wage"), self._money(settlement, settlement.wage))
            )
        return facts

    @api.model
    def _get_supplement_text(self, settlement):
        """Return what a supplement refers to, nothing for a first settlement."""
        first = settlement.supplement_of_id
        return first and settlement.env._(
            "Supplement to settlement no. %(reference)s of %(day)s: it adds to that"
            " settlement and does not replace it.",
            reference=self._get_reference(first),
            day=self._day(settlement, first.confirmed_date),
        )

    @api.model
    def _get_leaver_signature(self, settlement):
        """Somebody who died does not sign."""
        if settlement.departure_type == "death":
            return settlement.env._("The relatives")
        return settlement.employee_name

    # === Amounts ===

    @api.model
    def _prepare_money_sections(self, settlement):
        """Return the lines of either direction, as they count in the totals."""
        env = settlement.env
        lines = settlement.line_ids.filtered(self._is_money)
        owed = lines.filtered(self._is_owed_by_leaver)
        sections = [
            (env._("The company owes"), lines - owed),
            (env._("The leaver owes"), owed),
        ]
        return [
            {
                "title": title,
                "lines": [self._prepare_money_line(line) for line in section],
            }
            for title, section in sections
            if section
        ]

    @api.model
    def _is_money(self, line):
        """Tell whether a line belongs to the amounts, as a lost thing may."""
        counts = line.is_counted or line.is_only_if_agreed
        return line.kind in SIGNED_KINDS or counts

    @api.model
    def _is_owed_by_leaver(self, line):
        """The amount decides; without one (or with zero) the kind of the line does."""
        if line.has_amount and line.amount:
            return line.amount < 0
        return line.kind == "deduction"

    @api.model
    def _prepare_money_line(self, line):
        return {
            **self._prepare_line(line),
            "amount": line.has_amount and self._money(line, line.amount),
            "is_counted": line.is_counted,
        }

    @api.model
    def _prepare_totals(self, settlement):
        """Return [(label, amount, is the grand total)], what is not counted last."""
        env = settlement.env
        totals = [
            (env._("The company owes"), settlement.amount_earning, False),
            (env._("The leaver owes"), settlement.amount_deduction, False),
            (env._("Total, gross"), settlement.amount_total, True),
        ]
        if settlement.amount_only_if_agreed:
            label = env._("Only if agreed, not in the total")
            totals.append((label, settlement.amount_only_if_agreed, False))
        return [
            (label, self._money(settlement, amount), is_grand)
            for label, amount, is_grand in totals
        ]

    @api.model
    def _count_unknown(self, settlement):
        return len(
            settlement.line_ids.filtered(
                lambda line: (
                    line.kind in SIGNED_KINDS
                    and not line.has_amount
                    and line.state != "not_applicable"
                )
            )
        )

    @api.model
    def _money(self, record, amount):
        return format_amount(record.env, amount, record.currency_id)

    # === Everything else ===

    @api.model
    def _prepare_other_sections(self, settlement):
        """Return what has no place in a sum: things, agreements, papers."""
        env = settlement.env
        sections = [
            ("handover", env._("To hand back")),
            ("clause", env._("Agreements")),
            ("paper", env._("Papers")),
            ("information", env._("Good to know")),
        ]
        by_kind = settlement.line_ids.grouped("kind")
        return [
            {
                "kind": kind,
                "title": title,
                "lines": [self._prepare_other_line(line) for line in by_kind[kind]],
            }
            for kind, title in sections
            if kind in by_kind
        ]

    @api.model
    def _prepare_other_line(self, line):
        return {
            **self._prepare_line(line),
            "due_date": self._day(line, line.due_date),
            "received": self._get_received(line),
        }

    @api.model
    def _get_received(self, line):
        """Return when a thing came back and in what condition."""
        condition = line._fields["handover_condition"]
        labels = dict(condition._description_selection(line.env))
        parts = (
            line.handover_date and format_date(line.env, line.handover_date),
            labels.get(line.handover_condition),
        )
        return [part for part in parts if part]

    @api.model
    def _prepare_line(self, line):
        """Return a line in words; remarks noted in a conversation stay out."""
        return {
            "title": line.title,
            "sentences": [*line._get_sentences(), *self._get_agreed_sentences(line)],
            "legal_ref": line.legal_ref,
            "marks": self._get_marks(line),
            "is_muted": line.is_reference or line.state == "not_applicable",
        }

    @api.model
    def _get_agreed_sentences(self, line):
        if not line.is_amended:
            return []
        env = line.env
        sentences = [
            env._("Agreed: %(amount)s", amount=self._money(line, line.amount_agreed))
        ]
        if line.is_amount_known:
            proposed = self._money(line, line.amount_proposed)
            sentences[0] = env._(
                "Agreed: %(amount)s instead of %(proposed)s",
                amount=self._money(line, line.amount_agreed),
                proposed=proposed,
            )
        return sentences + [line.agreed_reason] * bool(line.agreed_reason)

    @api.model
    def _get_marks(self, line):
        """Return in a few words what makes the line special."""
        env = line.env
        marks = []
        if line.is_reference:
            marks.append(env._("For reference, not in the total"))
        if line.is_only_if_agreed:
            marks.append(env._("Only if agreed, not in the total"))
        if line.state in ANSWER_STATES:
            labels = dict(line._fields["state"]._description_selection(line.env))
            marks.append(labels[line.state])
        return marks
