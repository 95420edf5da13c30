from odoo import models

from .hr_exit_content import follow_path


class Base(models.AbstractModel):
    """An export of any model may follow its relations to what was said."""

    _inherit = "base"

    def export_data(self, fields_to_export):
        """Export as Odoo does, and log what was said in it."""
        exported = super().export_data(fields_to_export)
        ways = {
            way
            for path in fields_to_export
            # Where a path ends at records, Odoo exports their names.
            for way, model, name in follow_path(
                self, [*path.split("/"), "display_name"]
            )
            if name in model._get_exported_content_fields()
        }
        for way in sorted(ways):
            records = self
            for name in way:
                records = records[name]
            records._log_content("export")
        return exported
