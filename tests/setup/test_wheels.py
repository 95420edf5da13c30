"""setup/wheel: what is in a wheel is what the addon needs."""

import sys
import zipfile

import pytest

from .conftest import REPO

sys.path.insert(0, str(REPO / "setup/lib"))

import check_wheels  # in setup/lib, not a package

MANIFEST = '{"version": "19.0.1.0.0", "data": ["data/rates.xml"]}'


@pytest.fixture
def addon(tmp_path):
    folder = tmp_path / "our_addon"
    (folder / "data").mkdir(parents=True)
    (folder / "__manifest__.py").write_text(MANIFEST)
    (folder / "data/rates.xml").touch()
    (folder / "pyproject.toml").touch()
    return folder


def faults(addon, *names):
    wheel = addon.parent / "odoo_addon_our_addon-19.0.1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in names:
            archive.writestr(f"odoo/addons/our_addon/{name}", "")
        archive.writestr("odoo_addon_our_addon-19.0.1.0.0.dist-info/METADATA", "")
    return list(check_wheels.faults(addon, addon.parent))


def test_a_complete_wheel_has_no_fault(addon):
    assert faults(addon, "__manifest__.py", "data/rates.xml") == []


def test_a_data_file_left_out_is_named(addon):
    assert faults(addon, "__manifest__.py") == [
        "lacks data/rates.xml",
        "lacks data/rates.xml, which the manifest names",
    ]


def test_tests_do_not_belong_in_a_wheel(addon):
    found = faults(addon, "__manifest__.py", "data/rates.xml", "tests/test_x.py")
    assert "holds a test: tests/test_x.py" in found


def test_a_missing_wheel_is_named(addon):
    assert list(check_wheels.faults(addon, addon.parent)) == [
        "no wheel odoo_addon_our_addon-19.0.1.0.0-*.whl"
    ]
