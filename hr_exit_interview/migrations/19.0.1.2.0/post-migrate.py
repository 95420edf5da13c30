from odoo import SUPERUSER_ID, api
from odoo.tools import sql

ADDON = "hr_exit_interview"
# Notes that told whoever configures what to do; readers of the list see them now.
NOTES = {
    "settlement_scheme_nl_notice_gap": (
        "Whether holiday allowance counts is disputed: change the percentage where it"
        " does not. The terms of notice are those of BW 7:672.",
        "Whether holiday allowance counts is disputed. The terms of notice are those of"
        " BW 7:672. A judge may reduce the amount. To be claimed in court within two"
        " months after the end.",
    ),
    "settlement_scheme_generic_notice_gap": (
        "One month for both sides until you fill in the terms of your country or"
        " contracts.",
        "The term of notice is that of the law or the contract.",
    ),
    **dict.fromkeys(
        ("settlement_scheme_nl_expense_open", "settlement_scheme_generic_expense_open"),
        (
            "until they are approved: hand in and decide before the last day.",
            "until they are approved.",
        ),
    ),
    "settlement_scheme_nl_death_benefit": (
        "The relatives receive the wage from the day after death through one month"
        " after it.",
        "The relatives receive the wage from the day after death through one month"
        " after it. Whether holiday allowance counts is disputed.",
    ),
}
# Asks something of the leaver; the Generic scheme has some of them.
NOT_AFTER_DEATH = (
    "goods_computer",
    "goods_phone",
    "goods_access",
    "goods_documents",
    "goods_accounts",
    "clause",
    "leave_statement",
    "certificate",
    "pension_info",
    "expenses_info",
)


def migrate(cr, version):
    """Drop what models that are gone leave behind, and correct what we shipped."""
    if sql.table_exists(cr, "hr_exit_signal_look"):
        _move_looks(cr)
    # Odoo keeps the tables of models that are gone.
    cr.execute(
        "DROP TABLE IF EXISTS hr_exit_visit_limit, hr_exit_signal_look,"
        " hr_exit_settings"
    )
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    _correct_floor(env)
    _correct_generic_notice(env)
    _correct_allowances(env)
    _correct_examples(env)
    _reword_notes(env)
    _count_work_for_leave(cr)
    _set_payment_month(cr)
    for name in NOT_AFTER_DEATH:
        for scheme in ("nl", "generic"):
            rule = _get_shipped(env, f"settlement_scheme_{scheme}_{name}")
            if rule:
                rule.is_skipped_after_death = True


def _move_looks(cr):
    """Log who opened signals where openings of interviews are logged: by the hour."""
    cr.execute(
        """
        INSERT INTO hr_exit_access_log
            (signal_id, company_id, user_id, access_hour, how,
             create_uid, create_date, write_uid, write_date)
        SELECT look.signal_id, signal.company_id, look.user_id,
               date_trunc('hour', look.create_date), 'form',
               look.create_uid, look.create_date, look.write_uid, look.write_date
          FROM hr_exit_signal_look look
          JOIN hr_exit_signal signal ON signal.id = look.signal_id
            ON CONFLICT DO NOTHING
        """
    )


def _get_shipped(env, name):
    """Return a record that we shipped, empty when it was deleted."""
    return env.ref(f"{ADDON}.{name}", raise_if_not_found=False) or env["base"]


def _correct_floor(env):
    """BW 7:677 lid 4 has no floor of three months."""
    for name in ("notice_gap_rate", "notice_gap_employee_rate"):
        rate = _get_shipped(env, f"settlement_scheme_nl_{name}")
        if rate and rate.floor_months == 3:
            rate.floor_months = 0


def _correct_generic_notice(env):
    """Take back the month of notice that nobody entered, where it is still ours."""
    rate = _get_shipped(env, "settlement_scheme_generic_notice_gap_rate")
    tier = _get_shipped(env, "settlement_scheme_generic_notice_gap_rate_tier_1")
    if not rate or rate.tier_ids != tier or rate.employee_notice_months != 1:
        return
    if (tier.from_years, tier.to_years, tier.units_numerator) == (0, 0, 1):
        tier.unlink()
        rate.write({"employee_notice_months": 0, "is_notice_to_month_end": False})


def _correct_allowances(env):
    """An allowance for which all boxes were cleared is no wage but a cost."""
    env["hr.pay.component"].with_context(active_test=False).search(
        [
            ("counts_for_holiday", "=", False),
            ("counts_for_leave", "=", False),
            ("counts_for_transition", "=", False),
            ("counts_for_notice", "=", True),
        ]
    ).counts_for_notice = False


def _correct_examples(env):
    """A leave day in AE and SA is a thirtieth of the month; the award in SA (85)."""
    scheme = "settlement_scheme_example"
    for name in ("ae_leave_rate", "sa_leave_rate"):
        rate = _get_shipped(env, f"{scheme}_{name}")
        if rate and not rate.basis and not rate.divisor:
            rate.write({"basis": "days", "divisor": 30})
    for name in ("sa_service_award", "sa_service_award_resignation"):
        rule = _get_shipped(env, f"{scheme}_{name}")
        if rule:
            rule.is_wide_wage = True
    tier = _get_shipped(env, f"{scheme}_sa_service_award_resignation_rate_tier_2")
    if tier and tier.to_years == 5:
        tier.is_end_included = True


def _reword_notes(env):
    for name, (old, new) in NOTES.items():
        rule = _get_shipped(env, name)
        if rule and rule.note and old in rule.note and new not in rule.note:
            rule.note = rule.note.replace(old, new)


def _count_work_for_leave(cr):
    """Overtime and commission count for leave unless somebody says why not.

    They were proposed as not counting (CJEU C-539/12 Lock, ECLI:NL:GHDHA:2021:1746).
    """
    cr.execute(
        """
        UPDATE hr_pay_component
           SET counts_for_leave = TRUE
         WHERE component_type IN ('overtime', 'commission')
           AND counts_for_leave IS NOT TRUE
        """
    )


def _set_payment_month(cr):
    """Holiday allowance built up from June on is paid with the wage of June."""
    cr.execute(
        """
        UPDATE hr_settlement_rate AS rate
           SET payment_month = 6
          FROM hr_settlement_rule AS rule
         WHERE rule.id = rate.rule_id
           AND rule.source = 'holiday_allowance'
           AND rate.window_start_month = 6
           AND COALESCE(rate.payment_month, 0) = 0
        """
    )
