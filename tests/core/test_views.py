from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged

from ..common import ADDON


@tagged("post_install", "-at_install")
class TestViews(TransactionCase):
    def test_an_addon_does_not_extend_its_own_views(self):
        """Each of our views is written once, where it is looked for."""
        for addon in (ADDON, f"{ADDON}_survey"):
            views = self.env["ir.ui.view"].search(
                [("model_data_id.module", "=", addon)]
            )
            extended = views.inherit_id & views
            self.assertFalse(extended.mapped("xml_id"))

    def test_an_update_removes_the_extensions_and_keeps_what_extends_them(self):
        """A customer's field stays, on the form that the extension was for."""
        form = self.env.ref(f"{ADDON}.hr_departure_view_form")
        hold = self._extend(form, "hold_until")
        erasure = self._extend(hold, "hold_reason")
        customers = self._extend(erasure, "birthday")
        for name, view in (("hold", hold), ("erasure", erasure)):
            self.env["ir.model.data"].create(
                {
                    "module": ADDON,
                    "name": f"hr_departure_view_form_{name}",
                    "model": "ir.ui.view",
                    "res_id": view.id,
                }
            )
        self._update()
        self.assertFalse((hold | erasure).exists())
        self.assertFalse(self.env.ref(f"{ADDON}.hr_departure_view_form_hold", False))
        self.assertEqual(customers.inherit_id, form)
        self.assertIn("birthday", form._get_combined_arch().xpath("//header//@name"))

    def test_an_update_tells_mails_where_they_are_reset_from(self):
        mail = self.env.ref(f"{ADDON}.mail_template_offer")
        subject = mail.subject
        mail.write(
            {
                "subject": "Changed",
                "template_fs": f"{ADDON}/data/mail_template_offer.xml",
            }
        )
        self._update()
        mail.reset_template()
        self.assertEqual(mail.subject, subject)

    def _extend(self, view, field):
        return self.env["ir.ui.view"].create(
            {
                "name": f"hr.departure.{field}",
                "model": "hr.departure",
                "inherit_id": view.id,
                "arch": f'<header position="inside"><field name="{field}"/></header>',
            }
        )

    def _update(self):
        """Run what an update from the version before runs first."""
        self.env.flush_all()
        script = load_script(f"{ADDON}/migrations/19.0.1.2.0/pre-migrate.py", "pre")
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
