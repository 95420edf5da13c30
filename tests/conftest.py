"""Let pytest find Odoo and its databases.

`setup/test` sets everything itself. For pytest started in another way, by an editor
say, the environment that the last setup command wrote down is used. It must be there
before pytest-odoo reads Odoo's options, so at import time.
"""

import os
import pathlib

STATE = pathlib.Path(
    os.environ.get("EXIT_VAR", pathlib.Path(__file__).parents[1] / ".var")
)


def set_environment_defaults():
    """Take over what is not set yet."""
    try:
        lines = (STATE / "run" / "environment").read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        name, _equals, value = line.partition("=")
        os.environ.setdefault(name, value)


set_environment_defaults()


def pytest_configure(config):
    """Without pytest-odoo, so without a database, have Odoo find our addons itself."""
    if not config.pluginmanager.hasplugin("odoo"):
        import odoo.tools

        odoo.tools.config.parse_config([])
