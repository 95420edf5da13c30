"""Do something for many records so that one failure does not stop the rest."""

from psycopg2 import OperationalError

from odoo.exceptions import UserError


def for_each_part(records, do, on_failure):
    """Call ``do`` for all records at once and, where that fails, for each half.

    Every attempt is kept or undone as a whole, so that in the end all is done but for
    the records that cannot be.

    :param do: method (records)
    :param on_failure: method (record, error) for one that fails on its own
    :raises OperationalError: the database is in the way, not a record: do it all again
    """
    if not records:
        return
    try:
        with records.env.cr.savepoint():
            do(records)
    except OperationalError:
        raise
    except Exception as error:
        if len(records) == 1:
            on_failure(records, error)
            return
        half = len(records) // 2
        for_each_part(records[:half], do, on_failure)
        for_each_part(records[half:], do, on_failure)


def name_error(error):
    """Return what a user may read of an error: its sentence, or only its kind."""
    return str(error) if isinstance(error, UserError) else type(error).__name__
