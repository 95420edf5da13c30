from odoo.tools import sql


def migrate(cr, version):
    """Move looks to the access log, and drop tables of models that are gone.

    Odoo keeps those.
    """
    if sql.table_exists(cr, "hr_exit_signal_look"):
        _move_looks(cr)
    cr.execute(
        "DROP TABLE IF EXISTS hr_exit_visit_limit, hr_exit_signal_look,"
        " hr_exit_settings"
    )


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
