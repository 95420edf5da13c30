"""Small groups go into the unit above, until every block is large enough."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import add
from typing import NamedTuple

from .tree import ROOT, Node, Tree

# How often one block that is enough is looked for before small ones are taken in turn.
SEARCHES = 3


class Block(NamedTuple):
    """People counted together: ``members`` within the unit ``owner``."""

    owner: Node
    members: frozenset
    counts: tuple


def roll_up(
    tree: Tree, pools: Mapping[Node, tuple], is_safe: Callable[[tuple], bool]
) -> list[Block]:
    """Return disjoint blocks that are all safe and together hold everybody.

    Bottom up, each unit joins its own people with what is too small below it. What is
    still too small takes in the smallest blocks below that unit, then goes to the unit
    above. When not even the whole company is safe nothing is returned.

    :param pools: {node: (number of people, other counts ...)} of the people directly in
        a node, those below it not included
    :param is_safe: says whether such counts may be known
    """
    blocks, left = defaultdict(list), defaultdict(list)
    for node in tree.bottom_up:
        below, small = blocks.pop(node, []), left.pop(node, [])
        if node in pools and any(pools[node]):
            small.append(Block(node, frozenset([node]), pools[node]))
        if small:
            below, small = _close(node, below, _join(small), is_safe)
        if node is not ROOT:
            parent = tree.path(node)[1]
            blocks[parent] += below
            left[parent] += small
    return below


def _close(node, below, rest, is_safe):
    """Return (blocks within the node, [what is too small for it])."""
    searches = SEARCHES
    if not is_safe(rest.counts):
        below.sort(key=lambda block: block.counts[0], reverse=True)
    while not is_safe(rest.counts):
        if not below:
            return [], [rest]
        at = _find_helping(below, rest, is_safe) if searches else -1
        searches = max(0, searches - 1)
        rest = _join([rest, below.pop(at)])
    return [*below, rest if rest.owner == node else rest._replace(owner=node)], []


def _find_helping(below, rest, is_safe):
    """Return the place of the smallest block that is enough, else of the smallest."""
    for at in range(len(below) - 1, -1, -1):
        if is_safe(_add(below[at].counts, rest.counts)):
            return at
    return -1


def _join(blocks):
    """Join several blocks into one."""
    if len(blocks) == 1:
        return blocks[0]
    counts = blocks[0].counts
    for block in blocks[1:]:
        counts = _add(counts, block.counts)
    members = frozenset().union(*(block.members for block in blocks))
    return Block(blocks[0].owner, members, counts)


def _add(one, other):
    return tuple(map(add, one, other))
