"""The rows that some work leaves behind, and how long it takes to COPY them back."""

import io
from graphlib import TopologicalSorter

from odoo.tools import SQL


class Rows:
    """Rows that were inserted while ``work`` ran, of tables with an id."""

    def __init__(self, env, work):
        self.env = env
        before = self._get_inserted()
        self.maximum = {}
        for table in self._get_tables():
            self.maximum[table] = self._get_last_id(table)
        work()
        env.flush_all()
        inserted = {
            table
            for table, count in self._get_inserted().items()
            if count > before.get(table, 0) and table in self.maximum
        }
        self.data = {table: self._read(table) for table in self._sort(inserted)}

    def _get_inserted(self):
        self.env.cr.execute(
            "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins > 0"
        )
        return dict(self.env.cr.fetchall())

    def _get_tables(self):
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'id'"
            " AND table_schema = current_schema AND column_default LIKE 'nextval%'"
        )
        return [table for (table,) in self.env.cr.fetchall()]

    def _get_last_id(self, table):
        self.env.cr.execute(
            SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(table))
        )
        return self.env.cr.fetchone()[0]

    def _sort(self, tables):
        """Tables after those that they refer to."""
        self.env.cr.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text"
            " FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid"
        )
        graph = {table: set() for table in sorted(tables)}
        for table, referred in self.env.cr.fetchall():
            if table in tables and referred in tables:
                graph[table].add(referred)
        return TopologicalSorter(graph).static_order()

    def _read(self, table):
        query = SQL(
            "COPY (SELECT * FROM %s WHERE id > %s) TO STDOUT",
            SQL.identifier(table),
            self.maximum[table],
        )
        data = io.BytesIO()
        cursor = self.env.cr._obj
        cursor.copy_expert(cursor.mogrify(query.code, query.params), data)
        return data.getvalue()

    def copy(self):
        """Insert the same rows again, with every index and foreign key checked."""
        cursor = self.env.cr._obj
        for table, data in self.data.items():
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(data))
