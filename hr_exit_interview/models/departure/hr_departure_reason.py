from odoo import fields, models

DEPARTURE_TYPES = [
    ("voluntary", "Voluntary resignation"),
    ("performance", "Dismissal for performance"),
    ("conduct", "Dismissal for conduct"),
    ("redundancy", "Redundancy"),
    ("fixed_term", "End of fixed-term contract"),
    ("mutual", "Mutual agreement"),
    ("retirement", "Retirement"),
    ("incapacity", "Long-term incapacity"),
    ("death", "Death"),
    ("other", "Other"),
]
INITIATIVES = [
    ("employee", "Employee"),
    ("employer", "Employer"),
    ("both", "Both"),
    ("none", "Nobody"),
]


def get_departure_types(records):
    """Return every way of leaving, those that other modules add to reasons included.

    :return: [(code, label in the reader's language)]
    """
    return _get_choices(records, "departure_type")


def get_initiatives(records):
    """Return who may end the employment, like ``get_departure_types``."""
    return _get_choices(records, "initiative")


def _get_choices(records, name):
    field = records.env["hr.departure.reason"]._fields[name]
    return field._description_selection(records.env)


class HrDepartureReason(models.Model):
    _inherit = "hr.departure.reason"

    departure_type = fields.Selection(
        DEPARTURE_TYPES,
        help="What kind of departure this reason registers. Empty where the reason "
        "covers several kinds: then it is asked on each departure.",
    )
    initiative = fields.Selection(
        INITIATIVES,
        help="Who ends the employment. Decides on notice, transition payment and "
        "which questions are asked.",
    )
    is_interview_offered = fields.Boolean(
        string="Offer an Exit Interview",
        default=True,
        help="An interview is offered, never required.",
    )
    active = fields.Boolean(default=True)
