def migrate(cr, version):
    """Drop what models that are gone leave behind: Odoo keeps their tables."""
    cr.execute("DROP TABLE IF EXISTS hr_exit_settings, hr_exit_visit_limit")
    _count_work_for_leave(cr)


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
