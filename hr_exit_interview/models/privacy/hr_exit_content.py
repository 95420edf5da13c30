import re
from itertools import chain

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


def follow_path(model, names):
    """Yield each model with content that a path of fields comes to.

    :param model: where the path begins
    :param list names: the names of its fields
    :return: iterator of the way to the model (tuple of names), the model, and the name
        of the field that the path goes on with
    """
    for step, name in enumerate(names):
        if isinstance(model, model.pool["hr.exit.content"]):
            yield tuple(names[:step]), model, name
        field = model._fields.get(name)
        if field is None or not field.relational:
            return
        model = model.env[field.comodel_name]


class HrExitContent(models.AbstractModel):
    """What was said is in these records: whoever reads it has opened the interview.

    A model that inherits it says where the words are (``_get_content_fields``) and
    whose they are (``_logged_path``). The public methods by which a client reads values
    are then logged: ``read`` (``web_read``, ``web_search_read``, ``web_save``,
    ``onchange`` and records inside other records end there), ``search_read``,
    ``name_search``, ``copy_data``, and ``export_data`` of any model. Grouping and
    sorting by words is refused. A constant number of queries for any number of records.
    """

    _name = "hr.exit.content"
    _description = "Words of an Interview"

    # From a record to what the log is about; "" where it is the record itself.
    _logged_path = "interview_id"

    @api.model
    def _get_content_fields(self):
        """Return the names of the fields that hold what was said."""
        raise NotImplementedError

    @api.model
    def _get_exported_content_fields(self):
        """Return the names of the fields that are content when they go into a file."""
        return self._get_content_fields()

    @api.model
    def _get_ungroupable_fields(self):
        """Return the names of the fields that nobody groups or sorts by."""
        return self._get_content_fields()

    def _log_content(self, how):
        """Log that the user reads these records, after Odoo let the user read them.

        :param str how: a key of ``HOWS`` of the access log
        """
        if self.env.su or not self.ids:
            return
        opened = self.browse(self.ids)
        if self._logged_path:
            # sudo: only whose words they are, for those who read the words
            opened = opened.sudo().mapped(self._logged_path)
        self.env["hr.exit.access.log"]._log_reading(opened, how)

    def _log_fields(self, names):
        """Log that the user reads fields of these records, if content is among them.

        :param names: names of fields; all of them when empty
        """
        if not names or self._get_content_fields() & set(names):
            self._log_content("form")

    def read(self, fields=None, load="_classic_read"):
        """Read as Odoo does, and log it."""
        rows = super().read(fields, load)
        self.browse(row["id"] for row in rows)._log_fields(fields)
        return rows

    @api.model
    def search_read(self, domain=None, fields=None, *args, **kwargs):
        """Search and read as Odoo does, and log it."""
        rows = super().search_read(domain, fields, *args, **kwargs)
        self.browse(row["id"] for row in rows)._log_fields(fields)
        return rows

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Search as Odoo does; where the name is what was said, that is reading it."""
        found = super().name_search(name, domain, operator, limit)
        self.browse(record_id for record_id, _name in found)._log_fields(
            ["display_name"]
        )
        return found

    def copy_data(self, default=None):
        """Return the values for a copy as Odoo does; what was said is among them."""
        values_list = super().copy_data(default)
        self._log_content("form")
        return values_list

    @api.model
    @api.private
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Search as Odoo does, but not sorted by what was said."""
        self._check_groupable(domain, order=order)
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def formatted_read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Group as Odoo does, but not by what was said."""
        limits = chain(*(item[:1] for item in having if not isinstance(item, str)))
        self._check_groupable(domain, [*groupby, *aggregates, *limits], order)
        return super().formatted_read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )

    @api.model
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *, order=None
    ):
        """Group as Odoo's pivot does, but not by what was said."""
        self._check_groupable(domain, [*chain(*grouping_sets), *aggregates], order)
        return super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, order=order
        )

    @api.model
    def read_progress_bar(self, domain, group_by, progress_bar):
        """Group as Odoo's kanban does, but not by what was said."""
        self._check_groupable(domain, [group_by, progress_bar["field"]])
        return super().read_progress_bar(domain, group_by, progress_bar)

    @api.model
    def read_group(
        self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True
    ):
        """Group as Odoo's old interface does, but not by what was said."""
        groups = [groupby] if isinstance(groupby, str) else groupby
        self._check_groupable(domain, [*groups, *fields], orderby)
        return super().read_group(domain, fields, groupby, offset, limit, orderby, lazy)

    @api.model
    def _check_groupable(self, domain, terms=(), order=None):
        """Refuse to group or sort by what was said.

        :param domain: the records that are grouped or sorted
        :param list terms: fields, paths of fields, or aggregates of fields
        :raises UserError: names the field
        """
        if self.env.su:
            return
        for path in re.findall(r"[\w.]+", " ".join([*terms, order or ""])):
            for _way, model, name in follow_path(self, path.split(".")):
                if name in model._get_ungroupable_fields() and self._is_said(domain):
                    raise UserError(
                        self.env._(
                            "“%(field)s” is confidential: nothing is grouped or sorted "
                            "by it. Filter by it, or open the records one by one.",
                            field=model._fields[name]._description_string(self.env),
                        )
                    )

    @api.model
    def _is_said(self, domain):
        """Tell whether content is among the records: other surveys have lines too."""
        return not self._logged_path or self.search_count(
            Domain(domain) & Domain(self._logged_path, "!=", False), limit=1
        )
