"""An attacker with linear programming and everything that was published."""

import random
from itertools import product

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array

from odoo.addons.hr_exit_interview.lib.insight import (
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
# Yes or no, and the five points of a theme.
YES_NO, SCALE = (0, 1), (1, 2, 3, 4, 5)
TENURES = ("new", "old")
# A status of linprog.
UNBOUNDED = 3


class Organisation:
    """Units in a tree, ways of leaving, times in service, and answers: a reason and a
    score.

    :param answers: {(unit, type): {(reason, score): n}}, or (unit, type, tenure)
    :param silent: {(unit, type): how many did not answer}
    :param tenures: times in service; with one everybody is in it
    """

    def __init__(
        self, parents, types, answers, silent=None, tenures=TENURES[:1], scores=YES_NO
    ):
        self.trees = {
            "unit": Tree(parents),
            "type": Tree.flat(types),
            "tenure": Tree.flat(tenures),
        }
        self.answers, self.silent = (
            {
                (*place[:2], *(place[2:] or tenures[:1])): n
                for place, n in counts.items()
            }
            for counts in (answers, silent or {})
        )
        self.places = list(product([*parents, ROOT], types, tenures))
        self.scores = scores
        self.kinds = list(product(REASON_LEAVES, scores))

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
        tenures = TENURES[: 1 + (seed % 3 == 0)]
        scores = SCALE if seed % 4 == 1 else YES_NO
        draw = draw if people_from is None else random.Random(people_from)
        weights = [draw.random() for _reason in REASON_LEAVES]
        answers, silent = {}, {}
        for place in product([*parents, ROOT], types, tenures):
            chosen = draw.choices(
                list(product(REASON_LEAVES, scores)),
                [w * draw.random() for w in weights for _score in scores],
                k=draw.choice([0, 1, 2, 3, 4, 6, 9, draw.randint(5, 40)]),
            )
            answers[place] = {kind: chosen.count(kind) for kind in set(chosen)}
            silent[place] = draw.choice([0, 0, 1, 3])
        return cls(parents, types, answers, silent, tenures, scores)

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
            Score(
                "score",
                SafeScore(MINIMUM, self.scores[0], self.scores[-1]),
                scores,
            ),
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
            return score
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
            # What is really large cannot be bounded below the minimum. Of a point on
            # a scale nobody may know that somebody did not, or everybody did, give it.
            least = 1 if name[-1] in SCALE and len(name) > 2 else MINIMUM
            if row @ self.truth >= least:
                continue
            highest = self.highest(row)
            if highest < least - 1e-6 and not (is_zero_safe and highest < 1e-6):
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
                points = SCALE if self.organisation.scores == SCALE else ["yes"]
                for answer in [*REASONS.bottom_up[:-1], *points]:
                    chosen = group * self._row_of_answer(answer)
                    is_reason = answer in REASON_LEAVES
                    yield (dimension, node, answer), chosen, is_reason
                    yield (dimension, node, "not", answer), group - chosen, False

    def _row_of_answer(self, answer):
        return self.row_of(
            lambda _place, kind: (
                kind[1] == 1
                if answer == "yes"
                else kind[1] == answer or answer in REASONS.path(kind[0])
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
