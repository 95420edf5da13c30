from odoo import fields, models

from ...lib.settlement import Tier, exact, to_decimal
from . import hr_settlement_cached  # noqa: F401 - inherited here


class HrSettlementRateTier(models.Model):
    _name = "hr.settlement.rate.tier"
    _inherit = ["hr.settlement.cached"]
    _description = "Units per Year of Service"
    _order = "rate_id, from_years, from_age, id"

    rate_id = fields.Many2one(
        "hr.settlement.rate", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="rate_id.company_id", store=True)
    from_years = fields.Float(help="Years of service from which this tier counts.")
    to_years = fields.Float(help="Up to these years of service. 0: without end.")
    is_end_included = fields.Boolean(
        string="Up to and Including",
        help="Service of exactly so many years still has the factor of this tier.",
    )
    from_age = fields.Integer(help="0: any age.")
    to_age = fields.Integer(help="Below this age. 0: any age.")
    units_numerator = fields.Float(string="Units", required=True, digits=(16, 6))
    units_denominator = fields.Float(
        string="Divided by",
        default=1,
        required=True,
        digits=(16, 6),
        help="1 divided by 3 is a third of a month's wage per year, exactly.",
    )
    factor = fields.Float(
        default=1, digits=(16, 6), help="Part of the units that is really due."
    )

    _units_denominator_positive = models.Constraint(
        "CHECK(units_denominator > 0)", "Units are divided by a number above zero."
    )

    def _to_tier(self):
        """Return the plain numbers of the tier for the calculators."""
        self.ensure_one()
        return Tier(
            units=exact(self.units_numerator) / exact(self.units_denominator),
            from_years=to_decimal(self.from_years),
            to_years=to_decimal(self.to_years) if self.to_years else None,
            from_age=self.from_age or None,
            to_age=self.to_age or None,
            factor=to_decimal(self.factor),
            is_end_included=self.is_end_included,
        )
