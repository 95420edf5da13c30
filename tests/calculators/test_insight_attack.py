"""Nothing that is published lets anybody work out what is not.

Every unit, way of leaving, time in service, reason and score of random organisations is
bounded from all cells of a release together. More of them: EXIT_ATTACK_RUNS=3000.
"""

import os
from unittest import TestCase

from odoo.addons.hr_exit_interview.lib.insight import PEOPLE, ROOT

from .insight_attack import COMPANY, MINIMUM, SCALE, Attack, Organisation

RUNS = int(os.environ.get("EXIT_ATTACK_RUNS", "40"))


def organisation(parents, counts, types=("voluntary",)):
    """One with these numbers of answers, half of them yes, for two reasons."""
    answers = {}
    for (unit, departure_type), n in counts.items():
        answers[unit, departure_type] = {
            ("pay", 0): n - n // 2,
            ("boss", 1): n // 2,
        }
    return Organisation(parents, list(types), answers)


class TestInsightAttack(TestCase):
    def assert_safe(self, organisation, message=""):
        cells = organisation.publish()
        if not cells:
            return cells
        attack = Attack(organisation, cells)
        self.assertTrue(attack.is_consistent(), message)
        self.assertEqual(attack.leaks(), [], message)
        return cells

    def test_random_organisations(self):
        """No unit, type, reason or score can be bounded below the minimum."""
        shown = 0
        for seed in range(RUNS):
            cells = self.assert_safe(Organisation.drawn(seed), f"seed {seed}")
            shown += sum(cell.dimension != COMPANY for cell in cells)
        # Saying nothing would be safe too.
        self.assertGreater(shown, 8 * RUNS)

    def test_two_releases_together(self):
        """A unit's figures of two quarters, late answers in the second, and their sum.

        Everybody is in one release only, so the bounds on a sum are the sums of bounds.
        """
        for seed in range(0, RUNS, 4):
            drawn = [
                Organisation.drawn(seed),
                Organisation.drawn(seed, people_from=10_000 + seed),
            ]
            quarters = [Attack(one, cells) for one in drawn if (cells := one.publish())]
            self.assert_sums_safe(quarters, f"seed {seed}")

    def assert_sums_safe(self, quarters, message):
        names = set.intersection(
            *({name for name, *_ in q.targets()} for q in quarters)
        )
        rows = [{name: rest for name, *rest in q.targets()} for q in quarters]
        for name in names:
            parts = [(q, *row[name]) for q, row in zip(quarters, rows, strict=True)]
            truth = sum(row @ quarter.truth for quarter, row, _is_safe in parts)
            if truth >= MINIMUM or parts[0][2]:
                continue
            highest = sum(quarter.highest(row) for quarter, row, _is_safe in parts)
            self.assertGreaterEqual(highest, MINIMUM - 1e-6, (message, name))

    def test_attack_finds_what_is_careless(self):
        """Showing every unit, or all large ones, is found out."""
        careless = organisation(
            {"A": None, "B": None}, {("A", "voluntary"): 3, ("B", "voluntary"): 12}
        )
        cells = careless.publish()
        company = next(c for c in cells if c.item == PEOPLE and c.dimension == COMPANY)
        leak = company._replace(
            dimension="unit", node="B", n=12, total=12, members=frozenset("B")
        )
        found = dict(Attack(careless, [company, leak]).leaks())
        self.assertAlmostEqual(found["unit", "A"], 3)

    def test_attack_finds_what_a_mean_tells(self):
        """Five people with a mean of five gave a five each."""
        careless = Organisation(
            dict.fromkeys("AB"),
            ["voluntary"],
            {
                ("A", "voluntary"): {("pay", 5): 3, ("boss", 5): 2},
                ("B", "voluntary"): {("pay", 3): 6, ("boss", 2): 6},
            },
            scores=SCALE,
        )
        cells = self.assert_safe(careless)
        company = next(c for c in cells if c.item == "score" and c.dimension == COMPANY)
        leak = company._replace(
            dimension="unit", node="A", n=5, total=25, members=frozenset("A")
        )
        found = dict(Attack(careless, [company, leak]).leaks())
        self.assertAlmostEqual(found["unit", "A", "not", 5], 0)

    def test_units_smaller_than_the_minimum_together_with_a_larger_one(self):
        """14 of which C has 6: A and B, 4 each, stay unknown but for their sum."""
        example = organisation(
            dict.fromkeys("ABC"),
            {(unit, "voluntary"): n for unit, n in zip("ABC", (4, 4, 6), strict=True)},
        )
        people = {
            (cell.node, cell.is_rest): cell.n
            for cell in self.assert_safe(example)
            if cell.item == PEOPLE and cell.dimension == "unit"
        }
        self.assertEqual(people, {("C", False): 6, (ROOT, True): 8})

    def test_table_that_rows_and_columns_do_not_protect(self):
        """Units by way of leaving, every 2 and 3 hidden, must not yield the 2."""
        table = [(3, 3, 7, 7), (3, 3, 2, 7), (7, 7, 3, 3), (7, 7, 3, 3)]
        types = ("voluntary", "dismissal", "end", "retirement")
        counts = {
            (unit, departure_type): n
            for unit, row in enumerate(table)
            for departure_type, n in zip(types, row, strict=True)
        }
        self.assert_safe(organisation(dict.fromkeys(range(4)), counts, types))

    def test_everybody_giving_the_same_reason(self):
        """Five of five would tell what each of them said."""
        one_reason = Organisation(
            {"A": None, "B": None},
            ["voluntary"],
            {
                ("A", "voluntary"): {("boss", 1): 5},
                ("B", "voluntary"): {("pay", 0): 6, ("pay", 1): 5, ("boss", 0): 5},
            },
        )
        cells = self.assert_safe(one_reason)
        shown = {c.node for c in cells if c.item == "reason" and c.dimension == "unit"}
        self.assertNotIn("A", shown)

    def test_nobody_answering_is_not_told(self):
        """A unit whose only leaver declined is not shown as having no answers."""
        declined = organisation(dict.fromkeys("AB"), {("B", "voluntary"): 12})
        declined.silent = {("A", "voluntary"): 1}
        cells = self.assert_safe(declined)
        self.assertFalse([cell for cell in cells if cell.dimension == "unit"])
