from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.coarse import TENURE_BANDS
from ..departure.hr_departure_reason import get_departure_types

ITEMS = [
    ("people", "Interviews counted"),
    ("participation", "Participation"),
    ("reason", "Main stated reason"),
    ("theme", "Theme"),
    ("enps", "Recommending us (eNPS)"),
    ("type", "Way of leaving"),
    ("regretted", "Regretted losses"),
    ("turnover", "Turnover"),
    ("early", "Left within a year"),
    ("survival", "Still in service"),
]


class HrExitInsight(models.Model):
    """One published figure of a release: never changed, never about few people.

    What is not here may not be known. A unit without a figure had too few answers, or
    showing it would give away another one: there is no telling which, nor whether
    there were any answers at all.
    """

    _name = "hr.exit.insight"
    _description = "Published Figure"
    _order = "quarter desc, item, theme_id, id"
    _rec_name = "label"
    # When a figure was made is on its release.
    _log_access = False

    release_id = fields.Many2one(
        "hr.exit.insight.release",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    quarter = fields.Char(readonly=True, required=True)
    item = fields.Selection(ITEMS, readonly=True, required=True, string="Subject")
    theme_id = fields.Many2one("hr.exit.theme", readonly=True, ondelete="restrict")
    dimension = fields.Selection(
        [
            ("company", "Company"),
            ("unit", "Unit"),
            ("type", "Way of leaving"),
            ("tenure", "Time in service"),
        ],
        string="Split By",
        readonly=True,
        required=True,
    )
    department_id = fields.Many2one(
        "hr.department", string="Unit", readonly=True, ondelete="set null"
    )
    departure_type = fields.Selection(
        get_departure_types, string="Way of Leaving", readonly=True
    )
    tenure_band = fields.Selection(
        [(code, label) for code, label, _months in TENURE_BANDS],
        string="Time in Service",
        readonly=True,
    )
    is_rest = fields.Boolean(
        string="Others Together",
        readonly=True,
        help="What of this unit, or of the company, is not shown apart.",
    )
    reason_id = fields.Many2one(
        "hr.exit.reason", string="Stated Reason", readonly=True, ondelete="restrict"
    )
    answer_type = fields.Selection(
        get_departure_types, string="Way of Leaving Counted", readonly=True
    )
    is_answer_rest = fields.Boolean(string="Other Answers Together", readonly=True)
    months = fields.Integer(string="Months in Service", readonly=True, aggregator=False)
    # Figures of several places and subjects together would count people twice.
    n = fields.Integer(string="People", readonly=True, aggregator=False)
    total = fields.Float(
        string="Of Them",
        readonly=True,
        aggregator=False,
        help="How many of the people gave this answer, or the sum of their scores.",
    )
    figure = fields.Float(
        readonly=True,
        aggregator=False,
        digits=(16, 1),
        help="A percentage, a mean of 1 to 5, or the eNPS.",
    )
    label = fields.Char(compute="_compute_label", string="About")
    answer_label = fields.Char(compute="_compute_label", string="Answer")

    _release_idx = models.Index("(company_id, quarter, item, dimension)")

    @api.depends_context("lang")
    @api.depends("dimension", "is_rest", "reason_id", "answer_type", "theme_id")
    def _compute_label(self):
        names = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("departure_type", "tenure_band", "answer_type")
        }
        for cell in self:
            cell.label = cell._get_label(names)
            cell.answer_label = cell._get_answer_label(names)

    def _get_label(self, names):
        """Return whom the figure is about, in the reader's language."""
        self.ensure_one()
        if self.dimension == "unit" and self.is_rest and self.department_id:
            return self.env._("Other units of %s", self.department_id.display_name)
        if self.is_rest:
            return self.env._("All others")
        if self.dimension == "unit":
            return self.department_id.display_name
        if self.dimension == "type":
            return names["departure_type"].get(self.departure_type)
        if self.dimension == "tenure":
            return names["tenure_band"].get(self.tenure_band)
        return self.env._("Company")

    def _get_answer_label(self, names):
        """Return which answer is counted, in the reader's language."""
        self.ensure_one()
        if self.item == "reason" and self.is_answer_rest and self.reason_id:
            return self.env._("Other reasons under %s", self.reason_id.display_name)
        if self.is_answer_rest:
            return self.env._("Other answers together")
        if self.item == "theme":
            return self.theme_id.display_name
        return self.reason_id.display_name or names["answer_type"].get(self.answer_type)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_frozen()
        return super().create(vals_list)

    def write(self, vals):
        self._check_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_frozen()

    @api.model
    def _check_frozen(self):
        """Refuse to change figures: only the refresh writes them, once, by SQL."""
        raise UserError(
            self.env._(
                "Published figures are frozen. Answers that come in later are counted "
                "in the next release."
            )
        )
