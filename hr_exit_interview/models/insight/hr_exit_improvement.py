from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.coarse import get_quarter
from ...lib.groups import SIGNAL_READER


class HrExitImprovement(models.Model):
    """What is done about a signal or a reason, and whether it helped.

    The measure is a published figure, before and a year on, so that it gives nobody
    away.
    """

    _name = "hr.exit.improvement"
    _description = "Improvement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "deadline_date, id desc"
    _check_company_auto = True

    name = fields.Char(string="What", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    signal_id = fields.Many2one(
        "hr.exit.signal",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        groups=SIGNAL_READER,
    )
    reason_id = fields.Many2one("hr.exit.reason", string="About Reason")
    department_id = fields.Many2one(
        "hr.department", string="Unit", check_company=True, help="Empty: the company."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    deadline_date = fields.Date(string="Due", tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
        default="open",
        required=True,
        tracking=True,
        group_expand=True,
    )
    done_date = fields.Date(string="Done On", readonly=True)
    measure = fields.Selection(
        [
            ("reason", "Share naming the reason"),
            ("turnover", "Turnover"),
            ("enps", "eNPS"),
        ],
        default="reason",
        required=True,
        help="The published figure that should change.",
    )
    quarter_before = fields.Char(compute="_compute_measure")
    figure_before = fields.Float(compute="_compute_measure", digits=(16, 1))
    quarter_after = fields.Char(compute="_compute_measure")
    figure_after = fields.Float(compute="_compute_measure", digits=(16, 1))
    public_text = fields.Text(
        string="What We Did With It",
        translate=True,
        help="For staff and for leavers on their page. Name nobody.",
    )
    is_public = fields.Boolean(string="Show to Staff and Leavers", tracking=True)

    @api.depends("measure", "reason_id", "department_id", "company_id", "done_date")
    def _compute_measure(self):
        for improvement in self:
            start = improvement.create_date or fields.Datetime.now()
            before = improvement._find_figure(start.date(), newest=True)
            day = improvement.done_date and fields.Date.add(
                improvement.done_date, years=1
            )
            after = (
                improvement._find_figure(day, newest=False) if day else before.browse()
            )
            improvement.quarter_before = before.quarter
            improvement.figure_before = before.figure
            improvement.quarter_after = after.quarter
            improvement.figure_after = after.figure

    def _find_figure(self, day, newest):
        """Return the published figure next to a day, as far as the reader may see it.

        :param newest: the last one before the day, else the first one from it on
        :return: a ``hr.exit.insight`` record or an empty one
        """
        self.ensure_one()
        quarter = get_quarter(day)
        figures = self.env["hr.exit.insight"]
        if not figures.has_access("read"):
            return figures
        domain = [
            ("company_id", "=", self.company_id.id),
            ("item", "=", self.measure),
            ("quarter", "<" if newest else ">=", quarter),
            ("is_rest", "=", False),
            ("is_answer_rest", "=", False),
        ]
        if self.measure == "reason":
            domain.append(("reason_id", "=", self.reason_id.id))
        if self.department_id:
            domain.append(("department_id", "=", self.department_id.id))
        else:
            domain.append(("dimension", "=", "company"))
        order = "quarter desc" if newest else "quarter"
        return figures.search(domain, order=order, limit=1)

    @api.constrains("is_public", "public_text")
    def _check_public_text(self):
        for improvement in self:
            if improvement.is_public and not improvement.public_text:
                raise UserError(
                    self.env._(
                        "%(improvement)s: write what was done before showing it.",
                        improvement=improvement.name,
                    )
                )

    def write(self, vals):
        if vals.get("state") == "done" and "done_date" not in vals:
            vals = {**vals, "done_date": fields.Date.context_today(self)}
        return super().write(vals)

    def action_done(self):
        """It was done: the figure a year on tells whether it helped."""
        self.write({"state": "done"})

    def action_drop(self):
        """It will not be done."""
        self.write({"state": "dropped"})

    def action_reopen(self):
        """Take it up again."""
        self.write({"state": "open", "done_date": False})

    @api.model
    def _get_public_texts(self, company):
        """Return what was done with what leavers said, for staff and for leavers.

        :return: [(what, text)], newest first
        """
        # sudo: hr.exit.improvement - what is marked as public may be read by anybody
        improvements = self.sudo().search_fetch(
            [("company_id", "=", company.id), ("is_public", "=", True)],
            ["name", "public_text"],
            order="id desc",
        )
        return [(one.name, one.public_text) for one in improvements]
