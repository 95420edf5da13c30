"""README and docs: links lead somewhere, and words of the screen are on a screen."""

import ast
import re

import pytest

from .conftest import REPO

DOCUMENTS = sorted([REPO / "README.md", *(REPO / "docs").rglob("*.md")])
GUIDES = sorted((REPO / "docs" / "guide").glob("*.md"))
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
# Words of Odoo itself, which its own translations hold.
ODOO = {
    "en": {
        *("Add a line", "Language", "My Preferences", "New", "Settings", "Users"),
        *("Dutch / Nederlands", "Update Preferences"),
        "Users & Companies",
    },
    "nl": {
        *("Gebruikers", "Gebruikers & bedrijven", "Instellingen", "Language"),
        *("My Preferences", "Nederlands", "Nieuw"),
        *("Dutch / Nederlands", "Update Preferences"),
    },
}
# Bold for another reason: they are said with emphasis.
EMPHASIS = {
    *("Ahead of time", "At once", "Roles.", "Settings.", "Leave.", "Texts."),
    *(
        "Pay beside the wage.",
        "Vooraf",
        "Meteen",
        "Rollen.",
        "Instellingen.",
        "Verlof.",
        "Teksten.",
    ),
    *("Loon naast het maandloon.", "bold", "vet", "stop interviewing about it"),
    *("vraag er niet over door", "By chat or e-mail", "From outside the company"),
    *("Via chat of e-mail", "Van buiten het bedrijf"),
}


def slug(heading):
    """The anchor that a heading gets."""
    text = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return text.replace(" ", "-")


def name_of(path):
    return path.relative_to(REPO).as_posix()


def without_code(path):
    return re.sub(r"^```.*?^```", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)


def test_readme_names_the_version_and_the_licence_is_that_of_the_addons():
    for manifest in REPO.glob("*/__manifest__.py"):
        version = ast.literal_eval(manifest.read_text())["version"]
        assert f"Version {version} for" in (REPO / "README.md").read_text()
        licence = manifest.with_name("LICENSE").read_text()
        assert licence == (REPO / "LICENSE").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document):
    for target in LINK.findall(without_code(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _sign, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found.exists(), f"{name_of(document)} points to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", found.read_text(), re.MULTILINE)
            assert anchor in map(slug, headings), f"no heading for {target}"


def test_every_picture_is_shown_in_its_own_language():
    """And those of the guides exist in both."""
    pictures = {path.name for path in (REPO / "docs" / "images").glob("*.png")}
    shown = set()
    for document in DOCUMENTS:
        lang = "nl" if document.name.endswith(".nl.md") else "en"
        names = re.findall(r"images/([\w.-]+\.png)", document.read_text())
        assert all(name.endswith(f".{lang}.png") for name in names), document
        shown |= set(names)
    assert shown == pictures


def test_pictures_are_of_a_reasonable_size():
    for path in (REPO / "docs" / "images").glob("*.png"):
        assert path.stat().st_size <= 150_000, path.name


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_each_guide_has_its_dutch_one(guide):
    other = guide.name.replace(".nl.md", ".md")
    if other == guide.name:
        other = guide.name.replace(".md", ".nl.md")
    assert (guide.parent / other).exists()


@pytest.fixture(scope="module")
def words_on_screen():
    """The terms of our addons, in English and Dutch, without tags and white space."""
    words = {"en": set(ODOO["en"]), "nl": set(ODOO["nl"])}
    for path in REPO.glob("*/i18n/nl.po"):
        for entry in path.read_text().split("\n\n"):
            for lang, key in (("en", "msgid"), ("nl", "msgstr")):
                text = term(entry, key)
                words[lang].add(plain(text))
                words[lang] |= {plain(part) for part in re.split(r"<[^>]+>", text)}
    return words


def term(entry, key):
    """What stands behind this key in one entry of a po file."""
    found = re.search(rf'^{key} ((?:".*"\s*)+)', entry, re.MULTILINE)
    return "".join(map(ast.literal_eval, found[1].splitlines())) if found else ""


def plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_guides_use_the_words_of_the_screen(guide, words_on_screen):
    """What is bold in a guide is written like that on a screen."""
    lang = "nl" if guide.name.endswith(".nl.md") else "en"
    unknown = set()
    for bold in re.findall(r"\*\*(.+?)\*\*", without_code(guide), re.DOTALL):
        if plain(bold) in EMPHASIS or plain(bold).startswith('"'):
            continue
        unknown |= {
            word
            for word in map(str.strip, plain(bold).split("›"))
            if word not in words_on_screen[lang]
        }
    assert not unknown, f"{name_of(guide)}, not on any screen: {sorted(unknown)}"
