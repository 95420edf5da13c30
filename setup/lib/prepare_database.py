"""Run in an Odoo shell on a new demo or test database, never on a real one."""

from odoo.tools.misc import file_path

SELFIE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def drop_missing_asset():
    """Debian's Odoo lacks a file that mail's manifest names: an error on every page."""
    try:
        file_path(SELFIE)
    except FileNotFoundError:
        env["ir.asset"].create(
            {
                "name": "Left out of Debian's package",
                "bundle": "web.assets_backend",
                "directive": "remove",
                "path": SELFIE,
            }
        )


def stay_at_home():
    """Odoo reports to its maker once a week; nothing here leaves the machine."""
    job = env.ref("mail.ir_cron_module_update_notification", raise_if_not_found=False)
    if job:
        job.active = False


drop_missing_asset()
stay_at_home()
env.cr.commit()
