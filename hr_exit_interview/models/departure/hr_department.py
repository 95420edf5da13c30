from odoo import api, models

from ...lib.insight import Tree
from . import hr_exit_import_name  # noqa: F401 - inherited here


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "hr.exit.import.name"]

    @api.model
    def _get_exit_tree(self, domain=()):
        """Return the tree of units that leavers are counted in, archived ones too.

        One query. Nodes are ids; the company is above everything.
        """
        # sudo: hr.department - the whole tree, whoever asks
        units = self.sudo().with_context(active_test=False)
        rows = units.search_fetch([*domain], ["parent_id"])
        return Tree({unit.id: unit.parent_id.id or None for unit in rows})
