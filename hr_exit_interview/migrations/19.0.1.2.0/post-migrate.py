def migrate(cr, version):
    """Drop what models that are gone leave behind, and correct what we shipped."""
    # Odoo keeps the tables of models that are gone.
    cr.execute("DROP TABLE IF EXISTS hr_exit_settings, hr_exit_visit_limit")
    _correct_notice(cr)


def _correct_notice(cr):
    """Bring notice in line with the law where nobody chose otherwise."""
    # BW 7:677 lid 4 has no floor of three months.
    cr.execute(
        """
        UPDATE hr_settlement_rate rate SET floor_months = 0
          FROM ir_model_data data
         WHERE data.module = 'hr_exit_interview'
           AND data.model = 'hr.settlement.rate'
           AND data.name IN (
               'settlement_scheme_nl_notice_gap_rate',
               'settlement_scheme_nl_notice_gap_employee_rate'
           )
           AND data.res_id = rate.id
           AND rate.floor_months = 3
        """
    )
    # An allowance for which all boxes were cleared is no wage but a cost.
    cr.execute(
        """
        UPDATE hr_pay_component SET counts_for_notice = FALSE
         WHERE NOT counts_for_holiday
           AND NOT counts_for_leave
           AND NOT counts_for_transition
        """
    )
