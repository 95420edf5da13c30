"""Which groups are shown, by the worked examples of the publishers of surveys."""

from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.insight import (
    ROOT,
    Choice,
    Safe,
    SafeChoice,
    SafeScore,
    Score,
    Tree,
    publish,
    roll_up,
)


def blocks(parents, **counts):
    """Return {owner: number of people} of the blocks, the company being ""."""
    pools = {node: (n,) for node, n in counts.items()}
    found = roll_up(Tree(parents), pools, Safe(5))
    return {block.owner or "": block.counts[0] for block in found}


class TestInsightRollUp(TestCase):
    def test_small_unit_hides_its_only_sibling(self):
        """9 = A 3 + B 6: B would give A away, so only the parent is shown."""
        self.assertEqual(blocks({"P": None, "A": "P", "B": "P"}, A=3, B=6), {"P": 9})

    def test_people_directly_in_the_parent_hide_the_small_unit(self):
        """13 = A 3 + B 6 + 4 in the unit itself: B is shown, A is with the 4."""
        found = blocks({"P": None, "A": "P", "B": "P"}, A=3, B=6, P=4)
        self.assertEqual(found, {"B": 6, "P": 7})

    def test_complement_counts(self):
        """8 = 5 + 3: the five are enough for themselves but give the three away."""
        self.assertEqual(blocks(dict.fromkeys("AB"), A=5, B=3), {"": 8})

    def test_smallest_that_helps_is_taken_in(self):
        """A 2 needs company: B 5 is enough, D 9 stays apart."""
        found = blocks(dict.fromkeys("ABCD"), A=2, B=5, C=6, D=9)
        self.assertEqual(found, {"": 7, "C": 6, "D": 9})

    def test_too_small_a_branch_goes_further_up(self):
        """P has 4 in all: they join what is small in the company."""
        found = blocks({"P": None, "A": "P", "B": None, "C": None}, A=4, B=3, C=8)
        self.assertEqual(found, {"": 7, "C": 8})

    def test_too_small_a_company_says_nothing(self):
        self.assertEqual(blocks(dict.fromkeys("AB"), A=2, B=2), {})

    def test_safe_scores(self):
        """Five people on a scale of 1 to 5: the mean of all fives tells each answer."""
        safe = SafeScore(5, low=1, high=5)
        self.assertTrue(safe((5, 20)))
        self.assertFalse(safe((5, 21)))
        self.assertFalse(safe((5, 9)))
        self.assertTrue(safe((20, 95)))
        self.assertFalse(safe((4, 12)))

    def test_safe_shares(self):
        """Yes and no must both be given by five, unless none is harmless."""
        self.assertTrue(SafeScore(5)((10, 5)))
        self.assertFalse(SafeScore(5)((9, 5)))
        self.assertFalse(SafeScore(5)((9, 0)))
        self.assertTrue(SafeScore(5, is_low_safe=True)((9, 0)))
        self.assertTrue(SafeScore(5, is_high_safe=True)((9, 9)))

    def test_safe_choices(self):
        """Every choice by nobody or by five, and not all the same."""
        self.assertTrue(SafeChoice(5)((10, 5, 5, 0)))
        self.assertFalse(SafeChoice(5)((10, 6, 4, 0)))
        self.assertFalse(SafeChoice(5)((5, 5, 0)))


class TestInsightPublish(TestCase):
    def publish(self, units, reasons, scores=None):
        items = [Choice("reason", Tree({"pay": None, "work": None}), {"unit": reasons})]
        if scores:
            items.append(Score("mean", SafeScore(5, 1, 5), {"unit": scores}))
        people = {"unit": {unit: (sum(n.values()),) * 2 for unit, n in reasons.items()}}
        return {
            (c.item, c.dimension, c.node, c.is_rest, c.value, c.is_value_rest): (
                c.n,
                c.total,
            )
            for c in publish({"unit": Tree(units)}, people, items)
        }

    def test_small_reason_hides_the_only_other(self):
        """Pay 12, work 3 of 15: telling the 12 would tell the 3."""
        cells = self.publish({"A": None}, {"A": {"pay": 12, "work": 3}})
        self.assertEqual(
            cells, {("people", "company", ROOT, False, ROOT, False): (15, 15)}
        )

    def test_reasons_by_unit(self):
        """A and B have both reasons five times; C has not and is with D."""
        cells = self.publish(
            dict.fromkeys("ABCD"),
            {
                "A": {"pay": 6, "work": 5},
                "B": {"pay": 5, "work": 8},
                "C": {"pay": 4, "work": 6},
                "D": {"pay": 5, "work": 2},
            },
        )
        work = {
            (node, is_rest): figures
            for (item, dimension, node, is_rest, value, _r), figures in cells.items()
            if item == "reason" and dimension == "unit" and value == "work"
        }
        self.assertEqual(
            work, {("A", False): (11, 5), ("B", False): (13, 8), (ROOT, True): (17, 8)}
        )

    def test_means_use_the_same_blocks(self):
        """B's mean of 4.9 tells too much, so it is told with C's."""
        cells = self.publish(
            dict.fromkeys("ABC"),
            {unit: {"pay": 5, "work": 5} for unit in "ABC"},
            {"A": (10, 30), "B": (10, 49), "C": (8, 24)},
        )
        self.assertEqual(cells["mean", "unit", "A", False, ROOT, False], (10, 30))
        self.assertEqual(cells["mean", "unit", ROOT, True, ROOT, False], (18, 73))
        self.assertNotIn(("mean", "unit", "B", False, ROOT, False), cells)
