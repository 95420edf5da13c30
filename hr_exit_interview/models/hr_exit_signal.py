from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import formatLang

from ..insight import wilson_interval

# Reading it again within this time is the same look.
SAME_LOOK = timedelta(minutes=30)


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
    look_ids = fields.One2many(
        "hr.exit.signal.look", "signal_id", string="Opened By", readonly=True
    )
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

    def _get_group_name(self):
        """The manager, unit or job that the signal is about, or the company."""
        self.ensure_one()
        group = self.manager_id or self.department_id or self.job_id
        return (group or self.company_id).display_name

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
        self._move("looking", ("new", "closed"), user_id=self.env.uid)

    def action_act(self):
        """Something is going to be done about it."""
        self._move("action", ("looking",))

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
        self._move("closed", ("looking", "action"))

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

    def _move(self, state, before, **vals):
        self.check_access("write")
        if any(signal.state not in before for signal in self):
            raise UserError(
                self.env._("A signal is looked into, then acted upon, then closed.")
            )
        # sudo: hr.exit.signal - states change by the steps alone
        self.sudo().write({"state": state, **vals})

    def _read_format(self, fnames, load="_classic_read"):
        # Reading a name in a list or a link is not opening the signal.
        if not set(fnames) <= {"id", "display_name"}:
            self._log_look()
        return super()._read_format(fnames, load)

    def export_data(self, fields_to_export):
        """Export as Odoo does; that is a way of opening signals too."""
        self._log_look()
        return super().export_data(fields_to_export)

    def _log_look(self):
        """Note who opened these signals, once per look."""
        if self.env.su or not self.ids:
            return
        # sudo: hr.exit.signal.look - written by reading, changed by nobody
        looks = self.env["hr.exit.signal.look"].sudo()
        recent = looks.search(
            [
                ("signal_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("create_date", ">", fields.Datetime.now() - SAME_LOOK),
            ]
        )
        looks.create(
            [
                {"signal_id": signal.id, "user_id": self.env.uid}
                for signal in self - recent.signal_id.with_env(self.env)
            ]
        )
