from odoo import models

from . import hr_exit_import_name  # noqa: F401 - inherited here


class HrJob(models.Model):
    _name = "hr.job"
    _inherit = ["hr.job", "hr.exit.import.name"]
