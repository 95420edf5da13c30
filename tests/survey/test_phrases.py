"""Plain Python: which words and phrases people share."""

import pytest

from odoo.addons.hr_exit_interview_survey.phrases import count_phrases


def shared(minimum, *texts):
    """Each text is of another person."""
    return dict(count_phrases(enumerate(texts), minimum))


def test_a_phrase_of_too_few_people_is_not_there():
    """Four of five said it: it may give away who did not."""
    texts = ["Te hoge werkdruk"] * 4 + ["Prima"]
    assert shared(5, *texts) == {}
    assert shared(4, *texts) == {"hoge werkdruk": 4, "hoge": 4, "werkdruk": 4}


def test_who_repeats_something_counts_once():
    rows = [("an", "koffie, koffie"), ("an", "Koffie!"), ("bo", "koffie")]
    assert count_phrases(rows, 2) == [("koffie", 2)]
    assert count_phrases(rows, 3) == []


def test_words_that_say_nothing_are_left_out():
    """In both languages, at the ends of a phrase; inside it they may stand."""
    assert shared(1, "The lack of time") == {
        "lack": 1,
        "time": 1,
        "lack of time": 1,
    }
    assert shared(1, "De sfeer in het team is weg") == {
        "sfeer": 1,
        "team": 1,
        "weg": 1,
        "team is weg": 1,
    }


def test_sentences_do_not_run_together():
    assert "werkdruk koffie" not in shared(1, "Werkdruk. Koffie")
    assert "werkdruk koffie" in shared(1, "Werkdruk koffie")


def test_case_accents_and_apostrophes():
    assert shared(2, "Collega’s", "collega's") == {"collega's": 2}
    assert shared(2, "PRIVÉ", "privé") == {"privé": 2}


def test_most_used_and_longest_first():
    rows = list(enumerate(["hoge werkdruk", "hoge werkdruk", "werkdruk"]))
    assert [phrase for phrase, _n in count_phrases(rows, 1)] == [
        "werkdruk",
        "hoge werkdruk",
        "hoge",
    ]


def test_empty_texts_are_nothing():
    assert shared(1, "", None, "123 ?!") == {}


def test_a_minimum_of_nobody_is_refused():
    with pytest.raises(ValueError, match="one user at least"):
        count_phrases([], 0)
