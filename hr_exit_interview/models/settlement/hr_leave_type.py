from odoo import api, fields, models


class HrLeaveType(models.Model):
    _inherit = "hr.leave.type"

    settlement_kind = fields.Selection(
        [
            ("statutory", "Statutory leave"),
            ("extra", "Leave above the statutory minimum"),
            ("combined", "Statutory and extra together"),
            ("time_for_time", "Time for time: in full"),
            ("none", "Not paid out"),
        ],
        string="In a Final Settlement",
        compute="_compute_settlement_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="What happens to unused leave of this type when somebody leaves. "
        "Statutory leave may lapse after half a year, extra leave after five years; "
        "where both are in one type, nothing is taken to have lapsed. Time for time "
        "was earned by working more and never counts in part.",
    )

    settlement_max_hours = fields.Float(
        string="At Most Paid Out (Hours)",
        help="More hours than these are not paid out when somebody leaves. 0: all. "
        "Counts only where the settlement scheme uses it: the Dutch one pays out "
        "everything.",
    )

    @api.depends("requires_allocation", "unpaid")
    def _compute_settlement_kind(self):
        for leave_type in self:
            paid = leave_type.requires_allocation and not leave_type.unpaid
            leave_type.settlement_kind = "combined" if paid else "none"
