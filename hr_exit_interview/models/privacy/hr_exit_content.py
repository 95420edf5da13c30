import re

from odoo import api, models
from odoo.tools import SQL

# Set while a mail template is filled in: its expressions read field by field.
RENDERING = "exit_content_rendering"


class HrExitContent(models.AbstractModel):
    """What was said is in these records: whoever reads it has opened the interview.

    A model that inherits it says where the words are (``_get_content_fields``) and
    whose they are (``_interview_path``). Every way in which a client gets values out of
    Odoo is then noted, a fixed number of queries for any number of records.
    """

    _name = "hr.exit.content"
    _description = "Words of an Interview"

    # From a record to its interview; "" for interviews themselves.
    _interview_path = "interview_id"

    @api.model
    def _get_content_fields(self):
        """Return the names of the fields that hold what was said."""
        raise NotImplementedError

    @api.model
    def _get_exported_content_fields(self):
        """Return the names of the fields that are content when they go into a file."""
        return self._get_content_fields()

    def _note_opening(self, how):
        """Note that the user reads what was said in these records.

        :param str how: a key of ``HOWS`` of the access log
        :raises AccessError: for who may not read them
        """
        if self.env.su or not self.ids:
            return
        # Before anything is read as superuser: Odoo hands out what the cache holds.
        self.browse(self.ids).check_access("read")
        interviews = self
        if self._interview_path:
            # sudo: only whose words they are, for who may read the words
            owned = self.sudo().with_context(prefetch_fields=False)
            interviews = owned.mapped(self._interview_path)
        self.env["hr.exit.access.log"]._note(interviews, how)

    # The way of read, search_read, onchange and the web client: see Odoo's read.
    def _read_format(self, fnames, load="_classic_read"):
        if self._get_content_fields() & set(fnames):
            self._note_opening("form")
        return super()._read_format(fnames, load)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Search as Odoo does; where the name is what was said, that is reading it."""
        found = super().name_search(name, domain, operator, limit)
        if "display_name" in self._get_content_fields():
            self.browse(record_id for record_id, _name in found)._note_opening("form")
        return found

    # The way of expressions in a mail template, of whatever model it is.
    def _fetch_field(self, field):
        reading = self
        if self.env.context.get(RENDERING):
            # No more than what is asked for: a state must not bring the words along.
            reading = self.with_context(prefetch_fields=False)
        return super(HrExitContent, reading)._fetch_field(field)

    def _fetch_query(self, query, fields):
        fetched = super()._fetch_query(query, fields)
        names = {field.name for field in fields}
        if self.env.context.get(RENDERING) and self._get_content_fields() & names:
            fetched._note_rendering()
        return fetched

    def _note_rendering(self):
        """Note a template's reader, not superuser, which an expression may become."""
        # sudo: only which of them are of an interview; other surveys are not noted
        said = self.sudo().filtered(self._interview_path or "id")
        said.sudo(False)._note_opening("template")

    @api.model
    def _forget_content(self):
        """Have what was said read anew, so that it is noted who does."""
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name]
            if not model._abstract:
                model.invalidate_model(model._get_content_fields())

    def copy_data(self, default=None):
        """Give the values for a copy as Odoo does; what was said is among them."""
        self._note_opening("form")
        return super().copy_data(default)

    def _export_rows(self, fields, *args, **kwargs):
        if self._get_exported_content_fields() & {path[0] for path in fields}:
            self._note_opening("export")
        return super()._export_rows(fields, *args, **kwargs)

    # The way of read_group, formatted_read_group, web_read_group and grouping sets.
    def _read_group_groupby(self, alias, groupby_spec, query):
        self._note_grouping(alias, groupby_spec, query)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._note_grouping(self._table, aggregate_spec, query)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _note_grouping(self, alias, spec, query):
        """Note all that a query groups by words, or shows the first or last words of.

        :param str alias: of this model's table in ``query``
        """
        field = re.split("[.:]", spec)[0]
        if self.env.su or field not in self._get_content_fields():
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %s FROM %s WHERE %s",
                SQL.identifier(alias, "id"),
                query.from_clause,
                query.where_clause or SQL("TRUE"),
            )
        )
        self.browse(row[0] for row in rows if row[0])._note_opening("group")
