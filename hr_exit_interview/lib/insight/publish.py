"""What a release says: every cell of it, computed from counts, safe together.

Why nothing else can be derived from the cells of an item, alone or together:

* Everybody is in one release, and each dimension (unit, way of leaving, service) splits
  the same people. Only one dimension is split at a time, so any split along one goes
  with any split along another.
* Along a dimension people are in blocks (``roll_up``), each large enough and not
  unanimous. Every figure is a sum of whole blocks. Two people within a block can swap
  their units and nothing published changes.
* A choice (the stated reason) is split by dimension into the same choices for all
  blocks, "other" included, and each count is zero or large. Two people with the same
  such choice can swap their units and nothing published changes.

That several items together give nothing away either is not proven but attacked, with
linear programming, by the tests.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .rollup import roll_up
from .safety import DEFAULT_MINIMUM, Safe, SafeChoice, SafeScore
from .tree import ROOT, Node, Tree

COMPANY = "company"
# The code of the cells that say how many people are counted.
PEOPLE = "people"


class Cell(NamedTuple):
    """One published figure.

    ``n`` people of ``node``, or of what of it is not shown apart (``is_rest``), and
    ``total``: the sum of their scores, or how many chose ``value`` (what of it is not
    shown apart: ``is_value_rest``). For audits: the nodes and answers that count.
    """

    item: str
    dimension: str
    node: Node
    is_rest: bool
    value: Node
    is_value_rest: bool
    n: int
    total: float
    members: frozenset
    answers: frozenset


@dataclass
class Score:
    """An item answered with a number; ``pools`` is {dimension: {node: (n, total)}}."""

    code: str
    safe: SafeScore
    pools: Mapping[str, Mapping[Node, tuple]]


@dataclass
class Choice:
    """An item of which one answer is chosen, the answers being a tree.

    ``pools`` is {dimension: {node: {answer: n}}}.
    """

    code: str
    tree: Tree
    pools: Mapping[str, Mapping[Node, Mapping[Node, int]]]


class _Shown(NamedTuple):
    """The counts of a node that may be known, summed over the blocks within it."""

    counts: tuple
    members: frozenset


class _Leaf(NamedTuple):
    """A block of people as a node below the unit that owns it."""

    owner: Node
    number: int


def publish(
    trees: Mapping[str, Tree],
    people: Mapping[str, Mapping[Node, tuple[int, int]]],
    items: list[Score | Choice],
    minimum: int = DEFAULT_MINIMUM,
) -> list[Cell]:
    """Return every cell that may be known about these people.

    :param trees: {dimension: tree of its nodes}
    :param people: {dimension: {node: (n, asked)}}: how many answered, and how many
        could have. A node where nobody answered is small too: it tells who did not.
    :param items: what they answered
    :param minimum: the size of the smallest group
    :return: cells, none at all when the company as a whole is too small
    """
    cells = []
    for dimension, tree in trees.items():
        cells += _Partition(dimension, tree, people[dimension], minimum).cells(items)
    return _company_cells(people, items, minimum) + cells


class _Partition:
    """The people along one dimension, in blocks that all items have in common."""

    def __init__(self, dimension, tree, people, minimum):
        self.dimension = dimension
        self.minimum = minimum
        self.blocks = roll_up(tree, people, Safe(minimum))
        self._leaves = [
            _Leaf(block.owner, number) for number, block in enumerate(self.blocks)
        ]
        self._leaf_of = {
            member: leaf
            for leaf, block in zip(self._leaves, self.blocks, strict=True)
            for member in block.members
        }
        self._units = tree
        parents = {node: tree.path(node)[1] for node in tree.bottom_up[:-1]}
        self._tree = Tree(parents | {leaf: leaf.owner for leaf in self._leaves})

    def cells(self, items):
        # One block is the company again, and would tell how everybody left.
        if len(self.blocks) < 2:
            return []
        pools = dict(
            zip(self._leaves, (block.counts[:1] for block in self.blocks), strict=True)
        )
        cells = list(self._cells_of(PEOPLE, pools, Safe(self.minimum)))
        for item in items:
            is_score = isinstance(item, Score)
            cells += self._score_cells(item) if is_score else self._choice_cells(item)
        return cells

    def _score_cells(self, item):
        pools = {}
        for node, counts in item.pools[self.dimension].items():
            leaf = self._leaf_of[node]
            pools[leaf] = tuple(
                map(sum, zip(pools.get(leaf, (0, 0)), counts, strict=True))
            )
        return self._cells_of(item.code, pools, item.safe)

    def _choice_cells(self, item):
        """Return the cells that show most: few answers of many groups or vice versa."""
        table = self._table(item)
        best, columns = [], []
        candidates = _shown_answers(item, self.dimension, self.minimum)
        for last in range(1, len(candidates) + 1):
            chosen = candidates[:last]
            blocks = roll_up(
                self._tree, _columns(table, chosen), SafeChoice(self.minimum)
            )
            if len(blocks) < 2:
                # More columns only ask for larger blocks.
                break
            if len(blocks) * last > len(best) * len(columns):
                best, columns = blocks, chosen
        others = frozenset().union(*table.values()) - frozenset(columns)
        values = [(column, False, frozenset([column])) for column in columns]
        return self._block_cells(item.code, best, [*values, (ROOT, True, others)])

    def _table(self, item):
        """{leaf: {answer directly under the top: n}}"""
        table = defaultdict(lambda: defaultdict(int))
        for node, answers in item.pools[self.dimension].items():
            for answer, n in answers.items():
                table[self._leaf_of[node]][item.tree.path(answer)[-2]] += n
        return table

    def _cells_of(self, code, pools, is_safe):
        blocks = roll_up(self._tree, pools, is_safe)
        return self._block_cells(code, blocks, [(ROOT, False, frozenset())])

    def _block_cells(self, code, blocks, values):
        for node, is_rest, shown in _shown_nodes(self._tree, blocks):
            members = self._members(shown.members)
            n, *totals = shown.counts
            for value, total in zip(values, totals or [n], strict=True):
                answer, is_other, answers = value
                yield Cell(
                    code,
                    self.dimension,
                    node,
                    is_rest,
                    answer,
                    is_other,
                    n,
                    total,
                    members,
                    answers,
                )

    def _members(self, leaves):
        return frozenset().union(*(self.blocks[leaf.number].members for leaf in leaves))


def _columns(table, chosen):
    """{leaf: (n, first chosen answer, second ..., all others)}"""
    pools = {}
    for leaf, answers in table.items():
        n = sum(answers.values())
        counts = [answers.get(answer, 0) for answer in chosen]
        pools[leaf] = (n, *counts, n - sum(counts))
    return pools


def _shown_nodes(tree, blocks):
    """Yield (node, is_rest, what is shown) of the company's parts.

    A node is shown when every block that holds some of it is within it; its rest when
    other blocks within it are shown apart.
    """
    nodes, rests, broken = defaultdict(list), defaultdict(list), set()
    for block in blocks:
        at = block.owner.owner if isinstance(block.owner, _Leaf) else block.owner
        for member in block.members:
            path = tree.path(member)
            broken.update(path[: path.index(at)])
        rests[at].append(block)
        for node in tree.path(at):
            nodes[node].append(block)
    for node, within in nodes.items():
        if node is not ROOT and node not in broken:
            yield node, False, _sum(within)
    for node, within in rests.items():
        if node in broken or len(within) < len(nodes[node]):
            yield node, True, _sum(within)


def _sum(blocks):
    if len(blocks) == 1:
        return _Shown(blocks[0].counts, blocks[0].members)
    counts = zip(*(block.counts for block in blocks), strict=True)
    members = frozenset().union(*(block.members for block in blocks))
    return _Shown(tuple(map(sum, counts)), members)


def _company_cells(people, items, minimum):
    """Return the figures of the whole company, the same along every dimension."""
    dimension = next(iter(people))
    total = [sum(counts) for counts in zip(*people[dimension].values(), strict=True)]
    if not total or total[0] < minimum:
        return []
    cells = [_company_cell(PEOPLE, total[0], total[0])]
    for item in items:
        if isinstance(item, Score):
            cells += _company_score(item, dimension)
        else:
            cells += _company_choices(item, dimension, minimum)
    return cells


def _company_cell(code, n, total, value=ROOT, is_rest=False, answers=frozenset()):
    where = COMPANY, ROOT, False
    return Cell(code, *where, value, is_rest, n, total, frozenset(), answers)


def _company_score(item, dimension):
    pools = item.pools[dimension].values()
    counts = tuple(map(sum, zip(*pools, strict=True)))
    if counts and item.safe(counts):
        yield _company_cell(item.code, *counts)


def _company_choices(item, dimension, minimum):
    blocks, n = _answer_blocks(item, dimension, minimum)
    for node, is_rest, shown in _shown_nodes(item.tree, blocks):
        yield _company_cell(item.code, n, shown.counts[0], node, is_rest, shown.members)


def _answer_blocks(item, dimension, minimum):
    """(blocks of answers, how many answered); no blocks when all say the same."""
    answers = defaultdict(int)
    for pool in item.pools[dimension].values():
        for answer, n in pool.items():
            answers[answer] += n
    n = sum(answers.values())
    tops = {item.tree.path(answer)[-2] for answer, count in answers.items() if count}
    if len(tops) < 2:
        return [], n
    pools = {answer: (count,) for answer, count in answers.items()}
    return roll_up(item.tree, pools, Safe(minimum)), n


def _shown_answers(item, dimension, minimum):
    """Return the answers that the company's figures show, most frequent first."""
    blocks, _n = _answer_blocks(item, dimension, minimum)
    shown = {
        node: counts.counts[0]
        for node, is_rest, counts in _shown_nodes(item.tree, blocks)
        if not is_rest and len(item.tree.path(node)) == 2
    }
    return sorted(shown, key=lambda node: (-shown[node], str(node)))
