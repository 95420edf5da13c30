"""What others may import of the arithmetic."""

import pytest

from odoo.addons.hr_exit_interview.lib import settlement


@pytest.mark.parametrize("name", settlement.__all__)
def test_what_is_exported_is_there(name):
    assert hasattr(settlement, name)
