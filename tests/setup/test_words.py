"""The translations: complete, true to the source, nothing left in English."""

import collections
import fnmatch
import re
import sys

import polib
import pytest

from .conftest import REPO

sys.path.insert(0, str(REPO / "setup/lib"))

import i18n  # in setup/lib, not a package

ADDONS = ("hr_exit_interview", "hr_exit_interview_survey")
LANGUAGES = (i18n.LANGUAGE, *i18n.LEAVER_LANGUAGES)
# What has to be in a translation as it is in the source: values that are put in, tags,
# what a tag shows, and where a link goes.
KEPT = re.compile(
    r"%\(\w+\)s|%%|%s|\{\{.*?\}\}|</?[a-z]+|t-out=\"[^\"]*\"|href=\"[^\"]*\""
)


def terms(addon, name):
    return polib.pofile(str(REPO / addon / "i18n" / name))


def kept(text):
    return collections.Counter(KEPT.findall(text))


@pytest.fixture(params=ADDONS)
def addon(request):
    return request.param


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def po(addon, language):
    return terms(addon, f"{language}.po")


def test_every_term_is_translated(po):
    assert [entry.msgid for entry in po if entry.fuzzy or not entry.msgstr] == []


def test_values_tags_and_links_are_those_of_the_source(po):
    assert [
        (entry.msgid, entry.msgstr)
        for entry in po
        if kept(entry.msgid) != kept(entry.msgstr)
    ] == []


def test_no_word_sticks_to_a_value(po):
    """Odoo takes the space off the ends of a term, so none may be needed there."""
    assert [
        entry.msgstr
        for entry in po
        if entry.msgstr != entry.msgstr.strip()
        and entry.msgid == entry.msgid.strip()
        and any("ir.ui.view" in place for place, _line in entry.occurrences)
    ] == []


def test_nothing_is_left_in_english(language):
    """What reads the same is on a list that somebody reviewed, and nothing else."""
    same = {
        " ".join(entry.msgid.split())
        for addon in ADDONS
        for entry in terms(addon, f"{language}.po")
        if entry.msgid == entry.msgstr
        and re.search("[a-z]{2}", KEPT.sub("", entry.msgid))
    }
    path = REPO / f"tests/setup/same_words/{language}.txt"
    assert sorted(same) == path.read_text().splitlines()


def test_dutch_has_every_term(addon):
    pot = {entry.msgid for entry in terms(addon, f"{addon}.pot")}
    assert {entry.msgid for entry in terms(addon, "nl.po")} == pot


@pytest.mark.parametrize("language", i18n.LEAVER_LANGUAGES)
def test_other_languages_have_what_a_leaver_meets(addon, language):
    wanted = i18n.leaver_terms(terms(addon, f"{addon}.pot"))
    found = {entry.msgid: entry.occurrences for entry in terms(addon, f"{language}.po")}
    assert found == {entry.msgid: entry.occurrences for entry in wanted}


def test_every_place_of_leaver_words_exists():
    """A file that was renamed takes its line in the list along."""
    places = {
        place
        for addon in ADDONS
        for entry in terms(addon, f"{addon}.pot")
        for place, _line in entry.occurrences
    }
    unused = [
        pattern
        for pattern in i18n.leaver_patterns()
        if not fnmatch.filter(places, pattern)
    ]
    assert unused == []


def test_a_new_page_of_the_leaver_is_on_the_list():
    """What is named like the leaver's page belongs to it, or is said not to."""
    named = re.compile(
        r"code:.*/controllers/(?!exit_interviewer|exit_insight)"
        r"|code:.*/models/(?!hr_departure_page_link)\w*_page\w*\.py"
        r"|model_terms:ir\.ui\.view,arch_db:\w+\.exit_(?!interviewer)"
    )
    forgotten = {
        place
        for addon in ADDONS
        for entry in terms(addon, f"{addon}.pot")
        for place, _line in entry.occurrences
        if named.match(place)
        and not any(fnmatch.fnmatchcase(place, p) for p in i18n.leaver_patterns())
    }
    assert forgotten == set()


def test_formal_languages_never_say_you_informally(addon):
    """German says Sie and French vous, on every page and in every mail."""
    informal = {
        "de": re.compile(r"\b(du|dich|dir|dein|deine|deinem|deinen|deiner)\b", re.I),
        "fr": re.compile(r"\b(tu|te|toi|ton|ta|tes)\b", re.I),
    }
    for language, words in informal.items():
        found = [
            entry.msgstr
            for entry in terms(addon, f"{language}.po")
            if words.search(re.sub(r"\w+ du \w+|Code du travail", "", entry.msgstr))
        ]
        assert found == [], language


def test_dutch_never_says_u():
    """Dutch says je to the leaver and leaves HR without a form of address."""
    found = [
        entry.msgstr
        for addon in ADDONS
        for entry in terms(addon, "nl.po")
        if re.search(r"\b(u|uw)\b", entry.msgstr, re.I)
    ]
    assert found == []
