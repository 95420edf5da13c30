from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.text_merge import added, merge

TEXTS = st.lists(
    st.sampled_from(["rust", "werk", "te", "veel", "baas", "niets", "\n", "."]),
    max_size=12,
).map(" ".join)


class TestTextMerge(TestCase):
    """Two people type in one field and no word is lost."""

    def test_only_one_changed(self):
        self.assertEqual(
            merge("Te druk.", "Te druk.", "Veel te druk."), "Veel te druk."
        )
        self.assertEqual(
            merge("Te druk.", "Veel te druk.", "Te druk."), "Veel te druk."
        )

    def test_both_typed_on(self):
        """Whoever goes on with the sentence comes first, the other on a new line."""
        self.assertEqual(
            merge("Te druk.", "Te druk.\nGeen pauze.", "Te druk. Al een jaar."),
            "Te druk. Al een jaar.\nGeen pauze.",
        )
        self.assertEqual(merge("", "De baas.", "Het loon."), "De baas.\nHet loon.")

    def test_changes_at_different_places(self):
        self.assertEqual(
            merge(
                "Het werk was leuk en de baas was aardig.",
                "Het werk was erg leuk en de baas was aardig.",
                "Het werk was leuk en de baas was soms aardig.",
            ),
            "Het werk was erg leuk en de baas was soms aardig.",
        )

    def test_both_changed_the_same_word(self):
        self.assertEqual(
            merge("Het was leuk daar.", "Het was saai daar.", "Het was fijn daar."),
            "Het was saai / fijn daar.",
        )

    def test_sent_twice(self):
        """What arrives again, with somebody's words added since, changes nothing."""
        self.assertEqual(
            merge("", "De baas. Het loon.", "De baas."), "De baas. Het loon."
        )
        self.assertEqual(merge("De", "De baas. En", "De baas."), "De baas. En")

    def test_taken_out_by_one(self):
        """What one of them took out stays out, what the other added stays in."""
        self.assertEqual(
            merge(
                "Leuk. Niet waar. Klaar.", "Leuk. Klaar.", "Leuk. Niet waar. Klaar. Ja."
            ),
            "Leuk. Klaar. Ja.",
        )

    def test_added_words_alone(self):
        self.assertEqual(added("Ziek geweest.", "Ziek geweest. Te druk."), "Te druk.")
        self.assertEqual(added("Ziek.", "Ziek."), "")

    @given(TEXTS, TEXTS, TEXTS)
    def test_no_word_is_lost(self, base, theirs, mine):
        """Every word that one of them added is in the result."""
        words = set(merge(base, theirs, mine).replace("/", " ").split())
        new = (set(theirs.split()) | set(mine.split())) - set(base.split())
        self.assertLessEqual(new, words)

    @given(TEXTS, TEXTS, TEXTS)
    def test_typing_on_is_saved_once(self, base, theirs, mine):
        """A save that is repeated adds nothing a second time."""
        theirs, mine = f"{base} {theirs}", f"{base} {mine}"
        once = merge(base, theirs, mine)
        self.assertEqual(merge(base, once, mine).split(), once.split())
