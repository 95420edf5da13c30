"""setup/questions: what is shipped comes from the bank; mistakes in it are named."""

import re
import sys

import polib
import pytest

from .conftest import REPO

sys.path.insert(0, str(REPO / "setup/lib"))

import i18n  # in setup/lib, not a package
import questions


@pytest.fixture(scope="module")
def bank():
    return questions.read()


def asked(bank, code):
    """The questions of a questionnaire by code, in order."""
    pages = questions.get_pages(bank, code).values()
    return {question["code"]: question for page in pages for question in page}


def test_files_and_dutch_are_those_of_the_bank(bank):
    assert questions.get_changed(bank) == {}
    assert list(questions.get_stale(bank)) == []


def test_a_change_is_a_difference_in_every_file_that_asks_it():
    bank = questions.read()
    bank["questions"]["WHY"] |= {"en": "Why?", "nl": "Waarom?"}
    bank["themes"]["team"]["nl"] = "Ploeg"
    assert {path.name for path in questions.get_changed(bank)} == {
        "hr_exit_question_data.xml",
        "survey_voluntary_data.xml",
        "survey_fixed_term_data.xml",
    }
    assert list(questions.get_stale(bank)) == ["hr_exit_interview/i18n/nl.po: 'Team'"]


def test_a_record_is_laid_out_as_prettier_does():
    long = "A text so long that one line does not hold it, & what is around it"
    values = {"name": {"en": long, "nl": ""}, "code": "x", "active": None}
    assert questions.render([("theme_x", "hr.exit.theme", values)]).endswith(
        """
    <record id="theme_x" model="hr.exit.theme">
        <field
            name="name"
        >A text so long that one line does not hold it, &amp; what is around it</field>
        <field name="code">x</field>
    </record>
</odoo>
"""
    )


def test_a_condition_holds_where_its_question_is_asked(bank):
    """Who decided is asked of those whose contract ended, not of those who resigned."""
    assert asked(bank, "voluntary")["WHY"]["condition"] is None
    ended = asked(bank, "fixed_term")["WHY"]
    assert ended["condition"] == ("FT_WHO", ["leaver", "both"])
    guides = questions.render(questions.get_records(bank)[questions.GUIDES])
    assert guides.count("The leaver decided, or both did.") == 1


def test_where_a_question_is_asked_follows_from_guide_and_pages(bank):
    places = {code: q["asked_in"] for code, q in asked(bank, "performance").items()}
    assert places["DP_EXPECT"] == "survey"
    assert places["BEST"] == "both"
    assert places["DP_CAUSE"] == "survey"  # it says so
    spoken = ["DP_CAUSE_EX", "DP_EARLIER", "CHANGE1", "OTHER", "SHARE"]
    assert [code for code, place in places.items() if place == "conversation"] == spoken
    assert list(places)[-5:] == spoken


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    theme: liked", "    theme: likes", "BEST: unknown theme likes"),
        ("    kind: agree", "    kind: agreed", "S_JOB: unknown kind agreed"),
        ("    at_most: 3", "    at_least: 3", "REASON2: unknown key at_least"),
        ("[yes, perhaps, no]", "[yes, maybe, no]", "unknown text maybe"),
        (
            "[BEHAV, BEHAV_HELP]",
            "[BEHAV, HELP]",
            "HELP is not defined, or asked nowhere",
        ),
        (
            "      end: [ENPS]",
            "      ends: [ENPS]",
            "performance: unknown page ends",
        ),
        (
            "guide: [BEST, WORST,",
            "guide: [BEST, S_JOB,",
            "S_JOB is in the guide but has",
        ),
        ("  work: {", "  liked: {", "liked appears twice"),
        ("    when_said:", "    aim:", "aim appears twice"),
        ("    nl: Loopbaan en ontwikkeling\n", "", "en and nl belong together"),
        ("choices: MANAGER", "choices: BOSS", "unknown reasons BOSS"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, message):
    text = questions.BANK.read_text()
    assert old in text
    path = tmp_path / "questions.yaml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(SystemExit, match=re.escape(message)):
        questions.read(path)


def test_setup_i18n_takes_the_dutch_of_the_bank(tmp_path):
    addon = tmp_path / "hr_exit_interview"
    addon.mkdir()
    pot = polib.POFile()
    pot.append(polib.POEntry(msgid="Why did you decide to leave?"))
    assert i18n.refresh(addon, pot, "") == []
    assert i18n.translations(i18n.read(addon / "i18n/nl.po")) == {
        "Why did you decide to leave?": "Waarom heb je besloten te vertrekken?"
    }


def test_one_english_has_one_dutch_in_an_addon():
    bank = questions.read()
    bank["pages"]["end"] = {"en": "Working here", "nl": "Hier werken"}
    with pytest.raises(SystemExit, match="translates 'Working here' in two ways"):
        questions.dutch(bank, "hr_exit_interview_survey")
