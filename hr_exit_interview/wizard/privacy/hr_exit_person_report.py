from collections import Counter

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...lib.coarse import get_quarter
from ...models.insight.hr_exit_insight_source import ANSWERED_STATES

MANAGER_THEME = "manager"


class HrExitPersonReport(models.TransientModel):
    """What concerns a person who is no leaver: a manager, an interviewer (GDPR 15).

    Sources are protected (GDPR 15(4)): no names, days rounded to quarters, nothing of
    what fewer people said than figures are published about. HR decides per item.
    """

    _name = "hr.exit.person.report"
    _description = "What Concerns This Person"

    employee_id = fields.Many2one(
        "hr.employee", required=True, context={"active_test": False}
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    line_ids = fields.One2many("hr.exit.person.report.line", "report_id")
    minimum = fields.Integer(related="company_id.exit_insight_minimum")

    @api.depends("employee_id")
    def _compute_company_id(self):
        for report in self:
            report.company_id = report.employee_id.company_id or self.env.company

    @api.depends("employee_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "What concerns %(person)s", person=report.employee_id.display_name
            )

    # === Actions ===

    def action_look_up(self):
        """Find what is stored, as far as the user may see it; nothing is chosen twice.

        :raises AccessError: somebody looks up what others said about them
        """
        self.ensure_one()
        self._check_not_oneself()
        items = [item for item in self._collect_items() if item]
        # sudo: hr.exit.person.report.line - lines are made here, never typed
        self.sudo().line_ids = [
            Command.clear(),
            *(Command.create({"sequence": i, **item}) for i, item in enumerate(items)),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_print(self):
        """Print what was chosen.

        :raises UserError: nothing was chosen
        """
        self.ensure_one()
        self._check_not_oneself()
        if not self.line_ids.filtered("is_included"):
            raise UserError(self.env._("Choose at least one item to hand out."))
        return self.env.ref("hr_exit_interview.action_report_person").report_action(
            self
        )

    def _check_not_oneself(self):
        if self.employee_id.user_id == self.env.user:
            raise AccessError(
                self.env._(
                    "This is about yourself: ask another HR exit officer to look it up."
                )
            )

    # === What is stored ===

    def _collect_items(self):
        """What is stored in which this person is named; extend it to add more.

        :return: list of values of ``hr.exit.person.report.line``
        """
        return [
            self._count_departures(),
            self._count_former_reports(),
            self._count_interviews(),
            *self._list_reasons(),
            *self._list_quotes(),
            self._count_as_interviewer(),
            self._count_decisions(),
            self._count_settlements(),
            self._count_openings(),
        ]

    def _find(self, model, *conditions):
        return self.env[model].search(
            Domain("company_id", "=", self.company_id.id) & Domain.AND(conditions)
        )

    def _get_users(self):
        # sudo: hr.employee - the user of the person, not what HR may see of it
        return self.employee_id.sudo().user_id

    def _count_departures(self):
        departures = self._find(
            "hr.departure", [("manager_id", "=", self.employee_id.id)]
        )
        return self._prepare_count(
            self.env._("Manager at notice"),
            departures,
            self.env._("Departures in which the person is kept as the manager"),
            "departure_date",
        )

    def _count_former_reports(self):
        departures = self._find(
            "hr.departure", [("subordinate_ids", "in", self.employee_id.ids)]
        )
        return self._prepare_count(
            self.env._("Reported to a leaver"),
            departures,
            self.env._("Departures in which the person is kept as reporting to"),
            "departure_date",
        )

    def _get_interviews(self):
        return self._find(
            "hr.exit.interview", [("manager_id", "=", self.employee_id.id)]
        )

    def _count_interviews(self):
        return self._prepare_count(
            self.env._("Interviews of people the person managed"),
            self._get_interviews(),
            self.env._("Interviews in which the person is kept as the manager"),
            "quarter",
        )

    def _list_reasons(self):
        """Stated reasons, each only where it is a group beside another group."""
        answered = self._get_interviews().filtered(
            lambda i: i.state in ANSWERED_STATES and i.main_reason_id
        )
        counts = Counter(answered.mapped(lambda i: i.main_reason_id.display_name))
        total = len(answered)
        title = self.env._("Main stated reasons")
        shown = [
            self._prepare_item(
                title,
                self.env._(
                    "%(reason)s: %(count)s of %(total)s",
                    reason=reason,
                    count=count,
                    total=total,
                ),
                total,
            )
            for reason, count in sorted(counts.items())
            if min(count, total - count) >= self.minimum
        ]
        if total and len(shown) < len(counts):
            shown.append(self._prepare_protected(title, total))
        return shown

    def _list_quotes(self):
        """Texts about the manager, where enough people gave one; chosen one by one."""
        interviews = self._get_interviews()
        about = Domain("theme_id.code", "=", MANAGER_THEME) | Domain(
            "reason_id.is_about_manager", "=", True
        )
        points = self.env["hr.exit.interview.point"].search(
            Domain("interview_id", "in", interviews.ids)
            & Domain("answer", "!=", False)
            & about
        )
        sources = points.interview_id
        title = self.env._("What was said about the direct manager")
        if not points:
            return []
        if len(sources) < self.minimum:
            return [self._prepare_protected(title, len(sources))]
        self.env["hr.exit.access.log"]._log_reading(sources, "export")
        # By text, so that the order tells nothing about when it was said.
        return [
            {
                **self._prepare_item(title, point.answer, len(sources)),
                "is_quote": True,
                "is_included": False,
            }
            for point in points.sorted("answer")
        ]

    def _count_as_interviewer(self):
        interviews = self._find(
            "hr.exit.interview", [("interviewer_id", "in", self._get_users().ids)]
        )
        return self._prepare_count(
            self.env._("Interviewer"),
            interviews,
            self.env._("Interviews that the person held or was to hold"),
            "quarter",
        )

    def _count_decisions(self):
        departures = self._find(
            "hr.departure", [("decision_user_ids", "in", self._get_users().ids)]
        )
        return self._prepare_count(
            self.env._("Decision"),
            departures,
            self.env._("Departures with the person as taking part in the decision"),
            "departure_date",
        )

    def _count_settlements(self):
        users = self._get_users().ids
        settlements = self._find(
            "hr.settlement",
            Domain("checked_user_id", "in", users)
            | Domain("confirmed_user_id", "in", users),
        )
        return self._prepare_count(
            self.env._("Settlements"),
            settlements,
            self.env._("Settlements that the person checked or confirmed"),
            "last_day",
        )

    def _count_openings(self):
        # sudo: hr.exit.access.log - about the person who asks, no name in it
        logs = self.sudo()._find(
            "hr.exit.access.log", [("user_id", "in", self._get_users().ids)]
        )
        return self._prepare_count(
            self.env._("Access log"),
            logs,
            self.env._("Times that the person opened an interview or a signal"),
            "access_hour",
        )

    # === Items ===

    def _prepare_count(self, title, records, text, name):
        """An item with how many, per quarter; None where there are none."""
        if not records:
            return None
        quarters = Counter(self._get_quarter(record[name]) for record in records)
        detail = ", ".join(f"{key}: {quarters[key]}" for key in sorted(quarters))
        return self._prepare_item(title, f"{text}: {len(records)} ({detail})", 0)

    def _get_quarter(self, day):
        """Return the quarter of a day; an interview says its own."""
        return day if isinstance(day, str) else get_quarter(day) or "?"

    def _prepare_item(self, title, text, sources):
        return {
            "title": title,
            "text": text,
            "source_count": sources,
            "is_included": True,
        }

    def _prepare_protected(self, title, sources):
        """An item that says that there is more, without telling from whom."""
        return {
            **self._prepare_item(
                title,
                self.env._(
                    "More is stored. It is not handed out, because it would show what "
                    "one person said (GDPR 15(4))."
                ),
                sources,
            ),
            "is_protected": True,
        }


class HrExitPersonReportLine(models.TransientModel):
    _name = "hr.exit.person.report.line"
    _description = "Item That Concerns a Person"
    _order = "sequence, id"
    _rec_name = "title"

    report_id = fields.Many2one(
        "hr.exit.person.report", required=True, readonly=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    title = fields.Char(string="What", readonly=True)
    text = fields.Text(
        string="Content", help="Change it where it would tell from whom it is."
    )
    source_count = fields.Integer(
        string="From How Many", readonly=True, help="For HR; not on the paper."
    )
    is_quote = fields.Boolean(string="Literal", readonly=True)
    is_protected = fields.Boolean(string="Protected", readonly=True)
    is_included = fields.Boolean(string="Hand Out")
