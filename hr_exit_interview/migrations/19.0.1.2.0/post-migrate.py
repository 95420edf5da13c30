def migrate(cr, version):
    _drop_tables(cr)
    _set_payment_month(cr)


def _drop_tables(cr):
    """Drop what models that are gone leave behind: Odoo keeps their tables."""
    cr.execute("DROP TABLE IF EXISTS hr_exit_settings, hr_exit_visit_limit")


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
