from odoo import Command, api, models
from odoo.exceptions import AccessError

from ...lib.groups import ADMIN

CHOOSING = (Command.LINK, Command.UNLINK, Command.CLEAR, Command.SET)


class HrExitSettings(models.TransientModel):
    """Our settings for exit administrators, who need not administer all of Odoo.

    The same block as in Odoo's settings, with the same words. Nothing can be written by
    it but the settings of ``hr.exit.config``.
    """

    _name = "hr.exit.settings"
    _inherit = "hr.exit.config"
    _description = "Exit Interview Settings"

    @api.model_create_multi
    def create(self, vals_list):
        # Without the settings, which would be written with the rights of the user, and
        # so would be what a context or a default of that user says.
        windows = super().create(
            [{"company_id": self._get_company_id(vals)} for vals in vals_list]
        )
        for window, vals in zip(windows, vals_list, strict=True):
            window._apply(vals)
        return windows

    def write(self, vals):
        self.check_access("write")
        for window in self:
            window._apply({"company_id": window.company_id.id, **vals})
        # Nothing of it is kept in the window itself.
        return super().write({})

    def execute(self):
        """Apply, for the Save button: saving did, now everybody reads it anew."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.client", "tag": "reload"}

    def cancel(self):
        """Begin anew, for the Discard button."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_exit_settings_action"
        )

    @api.depends("company_id")
    def _compute_display_name(self):
        for settings in self:
            settings.display_name = settings.company_id.name

    @api.model
    def _get_company_id(self, vals):
        return vals.get("company_id", self.env.company.id)

    def _apply(self, vals):
        """Write the settings in ``vals`` that are not so already.

        :raises AccessError: for who has not the role, and for what is no setting
        """
        if not self.env.su and not self.env.user.has_group(ADMIN):
            raise AccessError(self.env._("Only exit administrators change settings."))
        company = self.company_id
        is_same = company.id == self._get_company_id(vals)
        if not is_same or company not in self.env.companies:
            raise AccessError(
                self.env._("Switch to the company whose settings you want to change.")
            )
        self._check_commands(vals)
        # sudo: res.company - an exit administrator need not manage companies
        company.sudo().write(
            {
                name: value
                for name, value in vals.items()
                if self._is_setting(name) and not self._is_as_it_was(name, value)
            }
        )

    @api.model
    def _check_commands(self, vals):
        """Users are chosen here: written as superuser, none is made or changed.

        :raises AccessError: for anything else
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            is_list = field and field.type in ("one2many", "many2many")
            if is_list and value and not self._is_choice(value):
                raise AccessError(
                    self.env._("People are only chosen here. Add them in Users first.")
                )

    @api.model
    def _is_choice(self, value):
        return isinstance(value, list | tuple) and all(
            isinstance(command, list | tuple) and command and command[0] in CHOOSING
            for command in value
        )

    @api.model
    def _is_setting(self, name):
        """Whether it is a setting of the company, which has the same name there."""
        field = self._fields.get(name)
        return bool(field and field.related == f"company_id.{name}")

    def _is_as_it_was(self, name, value):
        """Whether the setting is ``value`` already: the form sends all of them."""
        field = self._fields[name]
        new = field.convert_to_record(field.convert_to_cache(value, self), self)
        return new == self[name]

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Put our block of Odoo's settings into the form, with what others added."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            # sudo: res.config.settings - what it looks like, not what is in it
            odoo_settings = self.env["res.config.settings"].sudo()
            settings, _view = odoo_settings._get_view(view_type="form", **options)
            arch.extend(settings.xpath("//app[@name='hr_exit_interview']"))
        return arch, view
