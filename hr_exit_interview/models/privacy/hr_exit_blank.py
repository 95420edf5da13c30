from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Traces of a record in other models: (model, field of its model, field of its id).
TRACES = (
    ("mail.activity", "res_model", "res_id"),
    ("mail.message", "model", "res_id"),
    ("mail.followers", "res_model", "res_id"),
    ("ir.attachment", "res_model", "res_id"),
    ("calendar.event", "res_model", "res_id"),
)
AUTOMATIC = {"id", "create_uid", "write_uid", "write_date"}


class HrExitBlank(models.AbstractModel):
    """Taking a person out of records, without the side effects of writing.

    Writing would track the old values, send mail, work settlements out again and check
    what is no longer there. So columns are emptied in the database. What is kept is
    named, everything else goes: a field that an addon adds is not forgotten.
    """

    _name = "hr.exit.blank"
    _description = "Removal of Personal Data"

    @api.model
    def _blank(self, records, kept, replaced):
        """Empty all stored fields of ``records`` but those in ``kept``.

        Three queries for any number of records, and one per many2many field.

        :param set kept: names of fields that stay as they are
        :param dict replaced: {name: SQL expression} of fields that get another value,
            such as those that must not be empty
        """
        if not records:
            return
        self.env.flush_all()
        kept = kept | AUTOMATIC
        columns = {
            name: replaced.get(name, SQL("NULL"))
            for name, field in records._fields.items()
            if field.store and field.column_type and name not in kept
        }
        self._update(records, columns)
        for field in records._fields.values():
            if field.type == "many2many" and field.store and field.name not in kept:
                self._clear_relation(records, field)
        self.env.invalidate_all(flush=False)

    @api.model
    def _update(self, records, columns):
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(records._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                records._ids,
            )
        )

    @api.model
    def _clear_relation(self, records, field):
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN %s",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                records._ids,
            )
        )

    @api.model
    def _delete_traces(self, records):
        """Delete messages with their tracked values, activities, files and events."""
        for model, model_field, id_field in TRACES:
            self._search_traces(
                model,
                Domain(model_field, "=", records._name)
                & Domain(id_field, "in", records.ids),
            ).unlink()

    @api.model
    def _search_traces(self, model, domain):
        """Find in another app what belongs to our records, archived and hidden too."""
        # sudo: what is about a person goes, whoever made it
        quiet = self.env[model].sudo()
        return quiet.with_context(
            active_test=False,
            skip_res_field_check=True,
            no_mail_to_attendees=True,
            dont_notify=True,
        ).search(domain)

    @api.model
    def _sql_quarter_end(self, name):
        """The last day of the quarter of a date column, as SQL."""
        return SQL(
            "(date_trunc('quarter', %s) + interval '3 months - 1 day')::date",
            SQL.identifier(name),
        )

    @api.model
    def _sql_quarter_start(self, name):
        """The first moment of the quarter of a moment, as SQL."""
        return SQL("date_trunc('quarter', %s)", SQL.identifier(name))

    @api.model
    def _sql_unit(self, units):
        """The unit that takes the place of ``department_id``, as SQL.

        :param dict units: {id of a unit: id of the one that takes its place, or None}
        """
        changed = {unit: other for unit, other in units.items() if unit != other}
        if not changed:
            return SQL("department_id")
        pairs = SQL(" ").join(
            SQL("WHEN %s THEN %s::int", unit, other) for unit, other in changed.items()
        )
        return SQL("CASE department_id %s ELSE department_id END", pairs)
