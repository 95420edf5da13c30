"""An attacker with linear programming and everything that was published."""

import random
from itertools import product

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array

from odoo.addons.hr_exit_interview.insight import (
    COMPANY,
    PEOPLE,
    ROOT,
    Choice,
    SafeScore,
    Score,
    Tree,
    publish,
)

MINIMUM = 5
REASONS = Tree(
    {"pay": None, "work": None, "boss": None, "hours": "work", "dull": "work"}
)
REASON_LEAVES = ["pay", "boss", "hours", "dull", "work"]
SCORES = [0, 1]
# A status of linprog.
UNBOUNDED = 3


class Organisation:
    """Units in a tree, ways of leaving, and answers: a reason and a yes or no.

    :param answers: {(unit, type): {(reason, score): n}}
    :param asked: {(unit, type): how many did not answer}
    """

    def __init__(self, parents, types, answers, silent=None):
        self.trees = {"unit": Tree(parents), "type": Tree.flat(types)}
        self.units = [*parents, ROOT]
        self.answers = answers
        self.silent = silent or {}
        self.places = list(product(self.units, types))
        self.kinds = list(product(REASON_LEAVES, SCORES))

    @classmethod
    def drawn(cls, seed, people_from=None):
        """Return a random organisation, the same for the same seeds.

        :param people_from: another seed for who leaves and what they say
        """
        draw = random.Random(seed)
        parents = {}
        for number in range(draw.randint(2, 6)):
            parents[number] = draw.choice([None, None, *parents])
        types = ["voluntary", "dismissal", "end"][: draw.randint(2, 3)]
        draw = draw if people_from is None else random.Random(people_from)
        weights = [draw.random() for _reason in REASON_LEAVES]
        answers, silent = {}, {}
        for place in product([*parents, ROOT], types):
            chosen = draw.choices(
                list(product(REASON_LEAVES, SCORES)),
                [w * s for w in weights for s in (draw.random(), draw.random())],
                k=draw.choice([0, 1, 2, 3, 4, 6, 9, draw.randint(5, 40)]),
            )
            answers[place] = {kind: chosen.count(kind) for kind in set(chosen)}
            silent[place] = draw.choice([0, 0, 1, 3])
        return cls(parents, types, answers, silent)

    def publish(self):
        """Return what a release says about it."""
        people, reasons, scores = {}, {}, {}
        for at, dimension in enumerate(self.trees):
            people[dimension], reasons[dimension], scores[dimension] = {}, {}, {}
            for place in self.places:
                answers = self.answers.get(place, {})
                node, n = place[at], sum(answers.values())
                asked = n + self.silent.get(place, 0)
                if not asked:
                    continue
                before = people[dimension].get(node, (0, 0))
                people[dimension][node] = before[0] + n, before[1] + asked
                if not n:
                    continue
                pool = reasons[dimension].setdefault(node, {})
                for (reason, score), count in answers.items():
                    pool[reason] = pool.get(reason, 0) + count
                    before = scores[dimension].get(node, (0, 0))
                    scores[dimension][node] = (
                        before[0] + count,
                        before[1] + count * score,
                    )
        items = [
            Choice("reason", REASONS, reasons),
            Score("score", SafeScore(MINIMUM), scores),
        ]
        return publish(self.trees, people, items, MINIMUM)


class Attack:
    """Bounds on sums of people, given the cells of an organisation.

    ``leaks()`` names what can be bounded below the minimum. An answer that nobody gave
    may be known to be absent.
    """

    def __init__(self, organisation, cells):
        self.organisation = organisation
        self.variables = list(product(organisation.places, organisation.kinds))
        self.truth = numpy.array(
            [
                organisation.answers.get(place, {}).get(kind, 0)
                for place, kind in self.variables
            ]
        )
        rows, self.values = [], []
        for cell in cells:
            rows += [self._row(cell, is_total=False), self._row(cell, is_total=True)]
            self.values += [cell.n, cell.total]
        self.equations = csr_array(numpy.array(rows))

    def _row(self, cell, is_total):
        return self.row_of(
            lambda place, kind: (
                self._is_counted(cell, place)
                and (not is_total or self._is_scored(cell, kind))
            )
        )

    def _is_counted(self, cell, place):
        if cell.dimension == COMPANY:
            return True
        at = list(self.organisation.trees).index(cell.dimension)
        return place[at] in cell.members

    def _is_scored(self, cell, kind):
        reason, score = kind
        if cell.item == PEOPLE:
            return True
        if cell.item == "score":
            return score == 1
        answer = reason if cell.dimension == COMPANY else REASONS.path(reason)[-2]
        return answer in cell.answers

    def row_of(self, is_in):
        """Return the sum over the variables for which ``is_in(place, kind)``."""
        return numpy.array([float(is_in(*variable)) for variable in self.variables])

    def is_consistent(self):
        """Whether what was published is true."""
        return numpy.allclose(self.equations @ self.truth, self.values)

    def highest(self, row):
        """Return the largest value that a sum of variables can have."""
        result = linprog(-row, A_eq=self.equations, b_eq=self.values)
        if result.status == UNBOUNDED:
            return numpy.inf
        if result.status:
            raise ArithmeticError(result.message)
        return -result.fun

    def leaks(self):
        """Return [(what, its highest value)] of what is bounded below the minimum."""
        found = []
        for name, row, is_zero_safe in self.targets():
            # What is really large cannot be bounded below the minimum.
            if row @ self.truth >= MINIMUM:
                continue
            highest = self.highest(row)
            if highest < MINIMUM - 1e-6 and not (is_zero_safe and highest < 1e-6):
                found.append((name, highest))
        return found

    def targets(self):
        """Yield (name, row, whether zero may be known) of every node and answer."""
        for at, (dimension, tree) in enumerate(self.organisation.trees.items()):
            for node in tree.bottom_up:
                within = self._places_within(at, tree, node)
                if not any(map(self._is_asked, within)):
                    continue
                group = self.row_of(self._is_one_of(within))
                yield (dimension, node), group, False
                for answer in [*REASONS.bottom_up[:-1], "yes"]:
                    chosen = group * self._row_of_answer(answer)
                    yield (dimension, node, answer), chosen, answer != "yes"
                    yield (dimension, node, "not", answer), group - chosen, False

    def _row_of_answer(self, answer):
        return self.row_of(
            lambda _place, kind: (
                kind[1] == 1 if answer == "yes" else answer in REASONS.path(kind[0])
            )
        )

    def _places_within(self, at, tree, node):
        places = self.organisation.places
        return {place for place in places if node in tree.path(place[at])}

    def _is_one_of(self, places):
        return lambda place, _kind: place in places

    def _is_asked(self, place):
        organisation = self.organisation
        return organisation.silent.get(place) or organisation.answers.get(place)
