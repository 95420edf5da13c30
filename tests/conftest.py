"""Let pytest find Odoo and its databases.

`setup/test` sets everything itself. For pytest started in another way, by an editor
say, the environment that the last setup command wrote down is used. It must be there
before pytest-odoo reads Odoo's options, so at import time.
"""

import os
import pathlib

import freezegun

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
# What hypothesis remembers of failures would otherwise be a folder in the clone.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(STATE / "run" / "hypothesis"))
# A frozen day is for what is tested: the clock by which pytest measures it goes on.
freezegun.configure(extend_ignore_list=["_pytest"])


def pytest_configure(config):
    """Make up for what Odoo only does for tests inside addons."""
    import odoo.tests.common
    import odoo.tools

    # Tags are what HttpCase and others add to; tests in addons get these.
    odoo.tests.common.BaseCase.test_tags = {"standard", "at_install"}
    odoo.tests.common.BaseCase.test_module = "tests"
    if not config.pluginmanager.hasplugin("odoo"):
        # No database: nothing else has Odoo look for our addons.
        odoo.tools.config.parse_config([])
