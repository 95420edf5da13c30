from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ...lib.insight import (
    DEFAULT_MINIMUM,
    FLAG_AT,
    RISE_FLAG_AT,
    Comparison,
    Excess,
    find_flags,
    wilson_interval,
)
from ...lib.turns import take_turns
from .hr_exit_insight_source import ANSWERED_STATES

# {what leavers have in common: column of an interview}
GROUPS = {
    "manager_id": "manager_id",
    "department_id": "department_id",
    "job_id": "job_id",
}


class HrExitSignal(models.Model):
    """Something among leavers that is worth looking into: never a verdict.

    A pattern that chance alone would seldom bring about. It says nothing about the
    cause, leavers are a group that selects itself, and nothing may follow from it
    without looking into it and hearing the manager.
    """

    _name = "hr.exit.signal"
    _description = "Signal"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state_order, q_value, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [
            ("group", "A reason is given more often than elsewhere"),
            ("rise", "A reason is given more often than before"),
            ("leavers", "More people leave than elsewhere"),
        ],
        required=True,
        readonly=True,
    )
    manager_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        context={"active_test": False},
        help="The manager of these leavers when they gave notice.",
    )
    department_id = fields.Many2one("hr.department", string="Unit", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    reason_id = fields.Many2one("hr.exit.reason", readonly=True)
    date_from = fields.Date(string="Leavers From", required=True, readonly=True)
    date_to = fields.Date(string="Leavers Until", required=True, readonly=True)
    n = fields.Integer(string="Leavers", readonly=True, aggregator=False)
    k = fields.Integer(string="Naming It", readonly=True, aggregator=False)
    rest_n = fields.Integer(string="Other Leavers", readonly=True, aggregator=False)
    rest_k = fields.Integer(string="Others Naming It", readonly=True, aggregator=False)
    expected = fields.Float(
        readonly=True,
        aggregator=False,
        help="How many would have left at the rate of the company.",
    )
    p_value = fields.Float(readonly=True, digits=(16, 6), aggregator=False)
    q_value = fields.Float(
        string="Corrected Chance",
        readonly=True,
        digits=(16, 4),
        aggregator=False,
        help="The chance of a false alarm, corrected for how many groups were compared "
        "(Benjamini-Hochberg).",
    )
    is_strong = fields.Boolean(string="Strong", readonly=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("looking", "Looking Into It"),
            ("action", "Action"),
            ("closed", "Closed"),
        ],
        default="new",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
        group_expand=True,
    )
    state_order = fields.Integer(compute="_compute_state_order", store=True)
    user_id = fields.Many2one(
        "res.users", string="Looked Into By", tracking=True, check_company=True
    )
    outcome = fields.Selection(
        [
            ("explained", "Explained otherwise"),
            ("improved", "Something was changed"),
            ("watch", "Nothing found, keep an eye on it"),
            ("unfounded", "Nothing found"),
        ],
        tracking=True,
    )
    outcome_note = fields.Text(
        string="What Was Found", help="Who was heard, what it turned out to be."
    )
    improvement_ids = fields.One2many("hr.exit.improvement", "signal_id")
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("state")
    def _compute_state_order(self):
        states = [code for code, _label in self._fields["state"].selection]
        for signal in self:
            signal.state_order = states.index(signal.state)

    @api.depends("kind", "manager_id", "department_id", "job_id", "reason_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # sudo: hr.employee - who may read a signal may know whom it is about
        for signal, known in zip(self, self.sudo(), strict=True):
            names = known._get_group_name(), known.reason_id.display_name
            signal.display_name = ": ".join(filter(None, names))

    @api.depends("n", "k", "rest_n", "rest_k", "expected", "q_value", "kind")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for signal in self:
            lines = [
                signal._explain_leavers()
                if signal.kind == "leavers"
                else signal._explain_reason(),
                self.env._(
                    "Chance of a false alarm, corrected for the number of groups that "
                    "were compared: %s %%.",
                    formatLang(self.env, 100 * signal.q_value, digits=1),
                ),
                self.env._(
                    "Leavers are a group that selects itself, and this says nothing "
                    "about the cause. Look into it, hear the manager, and do not act "
                    "on this alone."
                ),
            ]
            signal.explanation = "\n".join(lines)

    def write(self, vals):
        if not self.env.su and any(
            self._fields[name].readonly for name in vals.keys() & self._fields.keys()
        ):
            raise AccessError(
                self.env._(
                    "What was found stays as it is. Move a signal on with its buttons, "
                    "and fill in what came out."
                )
            )
        return super().write(vals)

    def action_look(self):
        """Take it up: from now on whoever did this looks into it."""
        self._move_state("looking", ("new", "closed"), user_id=self.env.uid)

    def action_act(self):
        """Something is going to be done about it."""
        self._move_state("action", ("looking",))

    def action_close(self):
        """Done with it.

        :raises UserError: without an outcome and what was found
        """
        for signal in self:
            if not signal.outcome or not signal.outcome_note:
                raise UserError(
                    self.env._(
                        "Fill in the outcome and what was found, then close the signal."
                    )
                )
        self._move_state("closed", ("looking", "action"))

    def action_add_improvement(self):
        """Open a new improvement that comes from this signal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.exit.improvement",
            "views": [(False, "form")],
            "context": {
                "default_signal_id": self.id,
                "default_company_id": self.company_id.id,
                "default_reason_id": self.reason_id.id,
                "default_department_id": self.department_id.id,
            },
        }

    def _get_group_name(self):
        """The manager, unit or job that the signal is about, or the company."""
        self.ensure_one()
        group = self.manager_id or self.department_id or self.job_id
        return (group or self.company_id).display_name

    def _explain_reason(self):
        """Both counts and shares, each with the interval in which the share lies."""
        self.ensure_one()
        return self.env._(
            "%(k)s of %(n)s leavers named it (%(share)s), against %(rest_k)s of "
            "%(rest_n)s others (%(rest_share)s).",
            k=self.k,
            n=self.n,
            share=self._get_share(self.k, self.n),
            rest_k=self.rest_k,
            rest_n=self.rest_n,
            rest_share=self._get_share(self.rest_k, self.rest_n),
        )

    def _explain_leavers(self):
        self.ensure_one()
        return self.env._(
            "%(n)s people left where %(expected)s would have at the company's rate.",
            n=self.n,
            expected=formatLang(self.env, self.expected, digits=1),
        )

    def _get_share(self, k, n):
        """A percentage with its 95 % interval."""
        if not n:
            return "-"
        low, high = wilson_interval(k, n)
        return self.env._(
            "%(share)s %%, between %(low)s and %(high)s",
            share=round(100 * k / n),
            low=round(100 * low),
            high=round(100 * high),
        )

    def _move_state(self, state, before, **vals):
        self.check_access("write")
        if any(signal.state not in before for signal in self):
            raise UserError(
                self.env._("A signal is looked into, then acted upon, then closed.")
            )
        # sudo: hr.exit.signal - states change by the steps alone
        self.sudo().write({"state": state, **vals})

    @api.model
    def _cron_detect(self):
        """Look for signals up to today in every company that may."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search(
            [("exit_signal_consent_date", "!=", False)]
        )
        allowed = companies.filtered(lambda company: company._is_exit_signal_allowed())
        for done, company in enumerate(allowed, start=1):
            self._detect_signals(company, fields.Date.today())
            if not cron._commit_progress(1, remaining=len(allowed) - done):
                break

    @api.model
    def _detect_signals(self, company, date_to, months=None, company_months=None):
        """Look for signals among who left up to ``date_to``.

        :param months: window for managers, units and jobs; default: the company's
        :param company_months: window for the company as a whole
        :return: the signals, new ones and those that were there already
        :raises UserError: when the company may not look for signals
        """
        self._check_allowed(company)
        take_turns(company)
        months = months or company.exit_signal_months
        company_months = company_months or company.exit_signal_company_months
        first = date_to - relativedelta(months=months)
        values = self._find_reasons(self._get_group_cases(company, first, date_to))
        values += self._find_reasons(
            self._get_rise_cases(company, date_to, company_months), RISE_FLAG_AT
        )
        values += self._find_leavers(company, first, date_to)
        return self._store_signals(values)

    @api.model
    def _check_allowed(self, company):
        if not company._is_exit_signal_allowed():
            raise UserError(
                self.env._(
                    "%(company)s: signals are off. Fill in when the works council "
                    "consented, and the policy document, in the settings.",
                    company=company.name,
                )
            )

    @api.model
    def _find_reasons(self, cases, flag_at=FLAG_AT):
        """What stands out of these comparisons: one family, one correction.

        :param cases: {Comparison: values of the signal it would be}
        :param flag_at: the largest corrected chance that is a signal
        """
        return [
            {
                **cases[flag.case],
                "n": flag.case.n,
                "k": flag.case.k,
                "rest_n": flag.case.total - flag.case.n,
                "rest_k": flag.case.total_k - flag.case.k,
                **self._prepare_flag(flag),
            }
            for flag in find_flags(cases, flag_at)
        ]

    @api.model
    def _get_group_cases(self, company, date_from, date_to):
        """Managers, units and jobs by category of reasons, against all others (S1)."""
        leavers = self._get_leavers(company, date_from, date_to)
        period = self._prepare_period(company, date_from, date_to)
        return {
            Comparison((field, group, reason), n, k, len(leavers), total_k): {
                **period,
                "kind": "group",
                field: group,
                "reason_id": reason,
            }
            for field in GROUPS
            for group, reason, n, k, total_k in self._get_cases(leavers, field)
        }

    @api.model
    def _get_cases(self, leavers, field):
        """Yield (group, reason, n, k, K) for every group and every reason asked."""
        reasons = self._get_categories()
        totals = Counter(reason for row in leavers for reason in row["reasons"])
        sizes, counts = Counter(), Counter()
        groups = self._get_groups(leavers, field)
        for row in leavers:
            group = groups.get(row[field])
            if group:
                sizes[group] += 1
                counts.update((group, reason) for reason in row["reasons"])
        for group, n in sizes.items():
            for reason in reasons:
                yield group, reason, n, counts[group, reason], totals[reason]

    @api.model
    def _get_categories(self):
        # sudo: hr.exit.reason - every category, whoever asks
        reasons = self.env["hr.exit.reason"].sudo()
        return reasons.search([("parent_id", "=", False)]).ids

    @api.model
    def _get_groups(self, leavers, field):
        """{value of ``field``: group}; small units go into the unit above."""
        sizes = Counter(row[field] for row in leavers)
        if field != "department_id":
            return {value: value for value in sizes}
        tree = self.env["hr.department"]._get_exit_tree()
        groups = {}
        left = defaultdict(list)
        for unit in tree.bottom_up[:-1]:
            members = [*left.pop(unit, []), unit]
            if sum(sizes[member] for member in members) >= DEFAULT_MINIMUM:
                groups.update(dict.fromkeys(members, unit))
            else:
                left[tree.path(unit)[1]] += members
        return groups

    @api.model
    def _get_rise_cases(self, company, date_to, months):
        """Categories given more often than in twice as many months before (S2)."""
        split = date_to - relativedelta(months=months)
        date_from = date_to - relativedelta(months=3 * months)
        leavers = self._get_leavers(company, date_from, date_to)
        now = [row for row in leavers if row["day"] > split]
        totals = Counter(reason for row in leavers for reason in row["reasons"])
        counts = Counter(reason for row in now for reason in row["reasons"])
        period = self._prepare_period(company, date_from, date_to)
        return {
            Comparison(
                ("rise", None, reason),
                len(now),
                counts[reason],
                len(leavers),
                totals[reason],
            ): {**period, "kind": "rise", "reason_id": reason}
            for reason in self._get_categories()
        }

    @api.model
    def _find_leavers(self, company, date_from, date_to):
        """Units that more people leave than at the company's rate (S3)."""
        self.env["hr.exit.headcount"]._close_past_months(company)
        rows = self.env["hr.exit.headcount"]._read_group(
            [
                ("company_id", "=", company.id),
                ("month", ">", date_from),
                ("month", "<=", date_to),
            ],
            ["department_id"],
            ["headcount:sum", "leavers:sum"],
        )
        months = sum(headcount for _unit, headcount, _leavers in rows)
        rate = months and sum(leavers for *_unit, leavers in rows) / months
        cases = [
            Excess(unit.id, leavers, headcount * rate)
            for unit, headcount, leavers in rows
            if unit
        ]
        return [
            {
                **self._prepare_period(company, date_from, date_to),
                "kind": "leavers",
                "department_id": flag.case.key,
                "n": flag.case.observed,
                "expected": flag.case.expected,
                **self._prepare_flag(flag),
            }
            for flag in find_flags(cases)
        ]

    @api.model
    def _prepare_period(self, company, date_from, date_to):
        return {"company_id": company.id, "date_from": date_from, "date_to": date_to}

    @api.model
    def _prepare_flag(self, flag):
        return {
            "p_value": flag.p_value,
            "q_value": flag.q_value,
            "is_strong": flag.is_strong,
        }

    @api.model
    def _get_leavers(self, company, date_from, date_to):
        """One row per leaver who answered: groups, day and categories of reasons.

        :return: [{manager_id, department_id, job_id, day, reasons}]
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT i.manager_id, i.department_id, i.job_id,
                       coalesce(d.departure_date, i.held_date) AS day,
                       array_agg(DISTINCT coalesce(r.parent_id, r.id)) AS reasons
                  FROM hr_exit_interview i
                  JOIN hr_departure d ON d.id = i.departure_id
                  JOIN LATERAL (
                      SELECT i.main_reason_id AS reason_id
                       UNION SELECT rel.reason_id FROM hr_exit_interview_reason_rel rel
                              WHERE rel.interview_id = i.id
                  ) named ON true
                  JOIN hr_exit_reason r ON r.id = named.reason_id
                 WHERE i.company_id = %s AND i.state IN %s
                   AND i.is_second IS NOT TRUE
                   AND coalesce(d.departure_date, i.held_date) > %s
                   AND coalesce(d.departure_date, i.held_date) <= %s
                   AND %s
                 GROUP BY i.id, d.departure_date
                """,
                company.id,
                ANSWERED_STATES,
                date_from,
                date_to,
                SQL("i.departure_type = 'voluntary'")
                if company.exit_signal_scope == "voluntary"
                else SQL("true"),
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _store_signals(self, values_list):
        """Make signals of what is new, bring open ones up to date, tell the readers."""
        # sudo: hr.exit.signal - found by the job, changed by nobody
        signals = self.sudo()
        found = new = signals.browse()
        for values in values_list:
            signal = signals._find_same(values)
            if not signal:
                signal = signals.create(values)
                new |= signal
            elif signal.state != "closed":
                signal.write(values)
            found |= signal
        new._tell_readers()
        return found.with_env(self.env)

    @api.model
    def _find_same(self, values):
        """An open signal about the same, or one closed that says as much already."""
        same = self.search(
            [
                (name, "=", values.get(name, False))
                for name in ("company_id", "kind", "reason_id", *GROUPS)
            ]
            # A later one is about other leavers: looking back must not overwrite it.
            + [
                ("date_to", ">", values["date_from"]),
                ("date_to", "<=", values["date_to"]),
            ]
        )
        closed = same.filtered(lambda s: s.state == "closed")
        told = closed.filtered(
            lambda s: (
                s.date_to == values["date_to"]
                or (s.k, s.n) >= (values.get("k", 0), values["n"])
            )
        )
        return ((same - closed) or told)[:1]

    def _tell_readers(self):
        """An activity for the people whom the company named, but the one concerned."""
        for signal in self:
            for user in signal.company_id.exit_signal_user_ids:
                if signal.with_user(user).has_access("read"):
                    signal.activity_schedule(
                        "hr_exit_interview.mail_activity_type_signal", user_id=user.id
                    )
