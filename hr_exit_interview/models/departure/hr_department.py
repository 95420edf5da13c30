from odoo import models

from . import hr_exit_import_name  # noqa: F401 - inherited here


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "hr.exit.import.name"]
