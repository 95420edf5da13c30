def post_init_hook(env):
    """Fit in with what is there: leave types of Odoo and people who left before."""
    _settle_compensatory_days_in_full(env)
    env["hr.departure"]._create_historical()


def _settle_compensatory_days_in_full(env):
    """Odoo's own type for time earned by overtime; a company may have deleted it."""
    leave_type = env.ref(
        "hr_holidays.leave_type_compensatory_days", raise_if_not_found=False
    )
    if leave_type:
        leave_type.settlement_kind = "time_for_time"
