from odoo import api, models

# What the leaver can say about a line; whether it applies is up to payroll.
LINE_STATES = ("to_discuss", "discussed", "agreed", "disputed", "question")
SHOWN_STATES = ("checked", "discussed", "confirmed")
OPEN_STATES = ("checked", "discussed")


class HrExitInterview(models.Model):
    """The practical side of the conversation, kept apart from the story.

    An interviewer has no rights on settlements: these methods show the list of the
    leaver whom they talk with, and note the leaver's answer to a line, nothing else.
    """

    _inherit = "hr.exit.interview"

    @api.readonly
    def get_talk_settlement(self):
        """The settlement to talk through, as it is now.

        :return: dict with ``state`` (none, not_ready, open, confirmed) and ``groups``
        """
        self.ensure_one()
        self.check_access("read")
        return self._get_talk_settlement()

    def save_settlement_line(self, line_id, state, question=""):
        """Note what the leaver says about one line; sending it again changes nothing.

        :param int line_id: a line of the leaver's settlement
        :param str state: to_discuss, discussed, agreed, disputed or question
        :param str question: for payroll, in the leaver's words
        :return: dict of the line
        :raises UserError: the line is not one of this leaver, or the settlement is not
            being discussed
        """
        self.ensure_one()
        self._check_talk_open()
        line = self._get_talk_lines().filtered(lambda line: line.id == line_id)
        line._check_talk_step(state)
        line._save_talk_step(state, (question or "").strip())
        return line._prepare_talk()

    def _get_talk_settlement(self):
        settlements = self._get_talk_settlements()
        shown = settlements.filtered(lambda s: s.state in SHOWN_STATES)
        if not shown:
            return {"state": "not_ready" if settlements else "none", "groups": []}
        is_open = any(settlement.state in OPEN_STATES for settlement in shown)
        return {
            "state": "open" if is_open else "confirmed",
            "groups": self._group_talk_lines(self._get_talk_lines()),
        }

    def _get_talk_settlements(self):
        # sudo: hr.settlement - who holds the talk reads out the list of this leaver;
        # the right to this interview was checked before
        settlements = self.departure_id.sudo().settlement_ids
        return settlements.filtered(lambda s: s.state != "cancelled").sorted("id")

    def _get_talk_lines(self):
        """The lines to talk through of lists that payroll has checked, in sudo."""
        settlements = self._get_talk_settlements()
        shown = settlements.filtered(lambda s: s.state in SHOWN_STATES)
        return shown.line_ids.filtered("is_to_discuss")

    @api.model
    def _group_talk_lines(self, lines):
        """The lines by kind, in the order of the settlement's form."""
        labels = lines._fields["kind"]._description_selection(self.env)
        by_kind = lines.grouped("kind")
        return [
            {
                "kind": kind,
                "label": label,
                "lines": [line._prepare_talk() for line in by_kind[kind]],
            }
            for kind, label in labels
            if kind in by_kind
        ]
