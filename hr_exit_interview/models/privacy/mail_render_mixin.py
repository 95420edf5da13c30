from odoo import api, models

from .hr_exit_content import RENDERING


class MailRenderMixin(models.AbstractModel):
    """A mail template over an interview is one more way to read what was said."""

    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, template_src, model, res_ids, *args, **kwargs):
        """Render as Odoo does; what was said and stands in it is noted.

        For whoever starts it, also where the template reads as superuser. What the
        system renders nobody reads.

        :raises AccessError: the words of an interview that the user may not read
        """
        rendering = self
        if not self.env.su:
            self.env["hr.exit.content"]._forget_content()
            rendering = self.with_context(**{RENDERING: True})
        return super(MailRenderMixin, rendering)._render_template(
            template_src, model, res_ids, *args, **kwargs
        )
