from odoo import Command, api, models
from odoo.exceptions import AccessError

ADMIN = "hr_exit_interview.group_exit_admin"
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
        for vals in vals_list:
            self._check_admin(vals)
        # sudo: res.company - an exit administrator need not manage companies
        settings = super(HrExitSettings, self.sudo()).create(
            [self._drop_unchanged(vals) for vals in vals_list]
        )
        return settings.sudo(False)

    def write(self, vals):
        self.check_access("write")
        self._check_admin(vals)
        # sudo: see create
        return super(HrExitSettings, self.sudo()).write(vals)

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
    def _check_admin(self, vals):
        """Refuse who has not the role, and what is no setting.

        :raises AccessError: says which
        """
        if self.env.su:
            return
        if not self.env.user.has_group(ADMIN):
            raise AccessError(self.env._("Only exit administrators change settings."))
        if vals.get("company_id", self.env.company.id) not in self.env.companies.ids:
            raise AccessError(
                self.env._("Switch to the company whose settings you want to change.")
            )
        self._check_commands(vals)

    @api.model
    def _check_commands(self, vals):
        """Users are chosen here: written as superuser, none is made or changed.

        :raises AccessError: for anything else
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            is_list = field and field.type in ("one2many", "many2many")
            if is_list and any(command[0] not in CHOOSING for command in value or ()):
                raise AccessError(
                    self.env._("People are only chosen here. Add them in Users first.")
                )

    @api.model
    def _drop_unchanged(self, vals):
        """Leave out what is as it was, as Odoo's settings do: the form sends all."""
        company_id = vals.get("company_id", self.env.company.id)
        current = self.sudo().new({"company_id": company_id})
        return {
            name: value
            for name, value in vals.items()
            if name not in self._fields or not current._is_setting(name, value)
        }

    def _is_setting(self, name, value):
        """Whether the setting is ``value`` already."""
        field = self._fields[name]
        if not field.related:
            return False
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
