"""Many people out of a few: some are made by the ORM, the rest copied by SQL.

Whatever the ORM writes for a person is written for the copies too, without this file
knowing the columns.
"""

from odoo.tools import SQL


class Crowd:
    """Rows of several tables that belong together, to be copied together.

    ``copy`` gives every copy its own rows: a column that refers to a row which is
    copied too refers to the copy of that row; all other columns stay as they are.
    """

    def __init__(self, env, *recordsets):
        self.env = env
        self.ids = {}
        self.owners = {}
        for records in recordsets:
            if not records:
                continue
            self.ids[records._table] = sorted(records.ids)
            self.owners[records._table] = records.browse()
        self.strides = {}

    def copy(self, times):
        """Insert ``times`` copies of all rows; return nothing, ``get`` finds them."""
        self.env.flush_all()
        for table, ids in self.ids.items():
            self.env.cr.execute(
                SQL("SELECT max(id) FROM %s", SQL.identifier(table)),
            )
            self.strides[table] = self.env.cr.fetchone()[0] - ids[0] + 1
        # Rows refer to each other in circles (employee and version).
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        for table in self.ids:
            self._copy_table(table, times)
            self._copy_relations(table, times)
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()

    def get(self, model, times):
        """Return the first rows of ``model`` and all copies of them."""
        table = self.env[model]._table
        stride = self.strides[table]
        return self.env[model].browse(
            [
                id_ + copy * stride
                for copy in range(times + 1)
                for id_ in self.ids[table]
            ]
        )

    def _get_references(self, table):
        """Return {column: table} of foreign keys to tables that are copied too."""
        self.env.cr.execute(
            """
            SELECT a.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.conrelid = %s::regclass
            """,
            (table,),
        )
        return {
            column: target
            for column, target in self.env.cr.fetchall()
            if target in self.ids
        }

    def _get_columns(self, table):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' AND table_schema = current_schema",
            (table,),
        )
        return [column for (column,) in self.env.cr.fetchall()]

    def _new_value(self, table, column, references):
        name = SQL.identifier("t", column)
        if column == "id":
            return SQL("%s + copy * %s", name, self.strides[table])
        if target := references.get(column):
            return SQL(
                "CASE WHEN %s = ANY(%s) THEN %s + copy * %s ELSE %s END",
                name,
                self.ids[target],
                name,
                self.strides[target],
                name,
            )
        return name

    def _copy_table(self, table, times):
        references = self._get_references(table)
        columns = self._get_columns(table)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) copy"
                " WHERE t.id = ANY(%s)",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(
                    self._new_value(table, column, references) for column in columns
                ),
                SQL.identifier(table),
                times,
                self.ids[table],
            )
        )
        self.env.cr.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM %s",
                table,
                SQL.identifier(table),
            )
        )

    def _copy_relations(self, table, times):
        """Copy many2many rows of the fields that are kept on this side."""
        for field in self.owners[table]._fields.values():
            if field.type != "many2many" or not field.store or not field.relation:
                continue
            target = self.env[field.comodel_name]._table
            values = [
                SQL(
                    "t.%s + copy * %s",
                    SQL.identifier(field.column1),
                    self.strides[table],
                )
            ]
            other = SQL("t.%s", SQL.identifier(field.column2))
            if target in self.ids:
                other = SQL(
                    "CASE WHEN %s = ANY(%s) THEN %s + copy * %s ELSE %s END",
                    other,
                    self.ids[target],
                    other,
                    self.strides[target],
                    other,
                )
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) SELECT %s, %s FROM %s t,"
                    " generate_series(1, %s) copy WHERE t.%s = ANY(%s)"
                    " ON CONFLICT DO NOTHING",
                    SQL.identifier(field.relation),
                    SQL.identifier(field.column1),
                    SQL.identifier(field.column2),
                    *values,
                    other,
                    SQL.identifier(field.relation),
                    times,
                    SQL.identifier(field.column1),
                    self.ids[table],
                )
            )
