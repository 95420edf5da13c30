def migrate(cr, version):
    """Drop what a model that is gone leaves behind: Odoo keeps its table."""
    cr.execute("DROP TABLE IF EXISTS hr_exit_visit_limit")
