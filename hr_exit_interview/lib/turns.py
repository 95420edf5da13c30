from odoo.tools import SQL


def take_turns(records):
    """Let two transactions that are about the same records wait for each other.

    An update, not only a lock: who waited goes by what the database was before, so
    PostgreSQL refuses it and Odoo begins it again (a request at once, a job with its
    next run). Then it sees what the first one did.

    :param records: of one model, stored ones
    """
    if records:
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id IN %s",
                SQL.identifier(records._table),
                tuple(records.ids),
            )
        )
