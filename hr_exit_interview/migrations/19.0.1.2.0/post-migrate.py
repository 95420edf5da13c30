def migrate(cr, version):
    """Drop what models that are gone leave behind: Odoo keeps their tables."""
    cr.execute("DROP TABLE IF EXISTS hr_exit_settings, hr_exit_visit_limit")
