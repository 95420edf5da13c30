from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from . import hr_settlement_paper  # noqa: F401 - inherited here

# What the leaver has to know too.
LEAVE_NOTES = ("earlier_leave_open", "told_too_late")


class HrSettlementLeaveStatement(models.AbstractModel):
    """The statement of remaining leave of BW 7:641(2), by kind and year.

    It shows the leave as the settlement froze it, not today's balance.
    """

    _name = "report.hr_exit_interview.report_leave_statement"
    _inherit = "hr.settlement.paper"
    _description = "Statement of Remaining Leave (Print)"

    @api.model
    def _get_title(self, env):
        return env._("Statement of remaining leave")

    @api.model
    def _prepare_paper(self, settlement):
        line = self._get_leave_line(settlement)
        inputs = line.inputs or {}
        buckets = inputs.get("buckets", [])
        overdrawn = float(inputs.get("overdrawn_hours") or 0)
        over = sum(float(row["hours"]) for row in inputs.get("over_maximum") or ())
        total = sum(map(self._get_left, buckets)) - overdrawn - over
        return {
            **super()._prepare_paper(settlement),
            "buckets": [self._prepare_bucket(settlement, one) for one in buckets],
            "overdrawn": overdrawn and self._hours(settlement, -overdrawn),
            "total": self._hours(settlement, total),
            "outlook": self._prepare_outlook(settlement, inputs.get("outlook")),
            "is_registered": bool(line),
            "remarks": self._get_remarks(settlement, line),
            "legal_ref": self._get_legal_ref(settlement),
        }

    @api.model
    def _get_legal_ref(self, settlement):
        """Return the law that asks for the statement, from the scheme's own rule."""
        lines = settlement.line_ids.filtered(lambda ln: ln.code == "leave_statement")
        # sudo: hr.settlement.rule - text of the law, for whoever may print
        return lines.rule_id.sudo()[:1].legal_ref

    @api.model
    def _get_leave_line(self, settlement):
        """Return the line that says what the leave was made of, empty without one."""
        lines = settlement.line_ids.filtered(lambda line: line.source == "leave")
        return lines.filtered("inputs")[:1]

    @api.model
    def _get_remarks(self, settlement, line):
        """Return what is not known about the leave, and what is not part of it."""
        words = settlement.env["hr.settlement.words"]
        texts = words._get_note_texts()
        inputs = line.inputs or {}
        remarks = [texts[key] for key in line.notes or () if key in LEAVE_NOTES]
        remarks += words._explain_leave_found(line, inputs)
        return remarks + words._explain_less_leave({**inputs, "overdrawn_hours": 0})

    @api.model
    def _prepare_bucket(self, settlement, bucket):
        env = settlement.env
        lapsed = float(bucket["left"]) if bucket["is_lapsed"] else 0.0
        return {
            "kind": env["hr.settlement.words"]._get_leave_kind(bucket["kind"]),
            "year": str(bucket["year"]),
            "hours": self._hours(settlement, bucket["hours"]),
            "taken": self._hours(settlement, bucket["taken"]),
            "lapsed": self._hours(settlement, lapsed),
            "lapsed_after": lapsed and format_date(env, bucket["usable_until"]),
            "left": self._hours(settlement, self._get_left(bucket)),
        }

    @api.model
    def _prepare_outlook(self, settlement, outlook):
        """Return [(label, hours)] that lead from the hours of a day to the last day's.

        Empty for a list that was made when the last day had come.
        """
        if not outlook:
            return []
        env = settlement.env
        day = self._day(settlement, fields.Date.to_date(outlook["day"]))
        planned, lapsing = float(outlook["planned"]), float(outlook["lapsing"])
        rows = [
            (env._("Remaining on %(day)s", day=day), outlook["hours"]),
            (env._("Still to be built up until the last day"), outlook["accrued"]),
            (env._("Approved time off until the last day"), planned and -planned),
        ]
        if lapsing:
            rows.append((env._("Lapses before the last day"), -lapsing))
        rows.append((env._("Remaining on the last day"), outlook["left"]))
        return [(label, self._hours(settlement, hours)) for label, hours in rows]

    @api.model
    def _get_left(self, bucket):
        return 0.0 if bucket["is_lapsed"] else float(bucket["left"])

    @api.model
    def _hours(self, settlement, hours):
        return formatLang(settlement.env, float(hours), digits=2)
