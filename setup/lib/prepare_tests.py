"""Run in an Odoo shell on a new database for tests: the people that they work with."""

from unittest.mock import patch

from freezegun import freeze_time
from passlib.context import CryptContext

from odoo.modules import module

from odoo.addons.base.models.res_users import ResUsersPatchedInTest

from tests.people import find_people


def cheap_passwords(_self):
    """Hash as Odoo's own tests do; the many rounds of a real password take seconds."""
    return CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)


with (
    freeze_time("2026-01-01"),
    patch.object(ResUsersPatchedInTest, "_crypt_context", cheap_passwords),
    # Else a new company installs the accounting of its country.
    patch.object(module, "current_test", True),
):
    find_people(env)
    if "survey.survey" in env:
        # Tests of browsers are on "full": what they load is not built for each again.
        env["ir.qweb"]._pregenerate_assets_bundles()
    env.cr.commit()
