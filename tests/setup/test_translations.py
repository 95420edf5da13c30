"""setup/i18n: the files follow the code, and no translation is lost."""

import sys

import polib
import pytest

from .conftest import REPO

sys.path.insert(0, str(REPO / "setup/lib"))

import i18n  # in setup/lib, not a package


def exported(*terms):
    pot = polib.POFile()
    pot.extend(polib.POEntry(msgid=term) for term in terms)
    return pot


@pytest.fixture
def addon(tmp_path):
    """An addon with the terms Departure and Old, both translated."""
    folder = tmp_path / "our_addon"
    folder.mkdir()
    i18n.refresh(folder, exported("Departure", "Old"), "")
    path = folder / "i18n/nl.po"
    po = polib.pofile(str(path))
    for entry in po:
        entry.msgstr = f"nl {entry.msgid}"
    po.save()
    return folder


def test_files_in_step_have_no_fault(addon):
    assert list(i18n.faults(addon, exported("Departure", "Old"))) == []


def test_a_refresh_keeps_translations_and_drops_terms_that_are_gone(addon):
    missing = i18n.refresh(addon, exported("Departure", "New"), "")
    po = polib.pofile(str(addon / "i18n/nl.po"))
    assert i18n.translations(po) == {"Departure": "nl Departure"}
    assert missing == ["nl.po, no translation: 'New'"]
    assert list(i18n.faults(addon, exported("Departure", "New"))) == [
        "nl.po, no translation: 'New'"
    ]


def test_a_refresh_twice_changes_nothing(addon):
    files = sorted((addon / "i18n").iterdir())
    i18n.refresh(addon, exported("Departure", "New"), "")
    before = [path.read_bytes() for path in files]
    i18n.refresh(addon, exported("Departure", "New"), "")
    assert [path.read_bytes() for path in files] == before


def test_terms_of_odoo_come_with_its_translation(addon, tmp_path):
    mail = tmp_path / "odoo/mail/i18n"
    mail.mkdir(parents=True)
    po = polib.POFile()
    po.append(polib.POEntry(msgid="Followers", msgstr="Volgers"))
    po.save(str(mail / "nl.po"))
    i18n.refresh(addon, exported("Followers"), str(tmp_path / "odoo"))
    assert i18n.translations(i18n.read(addon / "i18n/nl.po")) == {
        "Followers": "Volgers"
    }


def test_each_difference_is_named(addon):
    assert list(i18n.faults(addon, exported("Departure", "New"))) == [
        "our_addon.pot lacks: 'New'",
        "our_addon.pot has too much: 'Old'",
        "nl.po lacks: 'New'",
        "nl.po has too much: 'Old'",
    ]


def test_an_addon_without_files_is_named(tmp_path):
    assert list(i18n.faults(tmp_path, exported("Departure"))) == [
        f"there is no i18n/{tmp_path.name}.pot",
        "there is no i18n/nl.po",
    ]
