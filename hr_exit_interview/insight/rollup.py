"""Small groups go into the unit above, until every block is large enough."""

from collections.abc import Callable, Mapping
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
    blocks, left = {}, {}
    for node in tree.bottom_up:
        below = [block for child in tree.children(node) for block in blocks.pop(child)]
        rest = _join(
            Block(node, frozenset([node]), pools[node]) if node in pools else None,
            *(left.pop(child) for child in tree.children(node)),
        )
        blocks[node], left[node] = _close(node, below, rest, is_safe)
    return blocks[ROOT]


def _close(node, below, rest, is_safe):
    """Return (blocks within the node, what is too small for it)."""
    below.sort(key=lambda block: block.counts[0], reverse=True)
    searches = SEARCHES
    while rest and not is_safe(rest.counts):
        if not below:
            return [], rest
        at = _find_helping(below, rest, is_safe) if searches else -1
        searches = max(0, searches - 1)
        rest = _join(rest, below.pop(at))
    return [*below, *([rest._replace(owner=node)] if rest else [])], None


def _find_helping(below, rest, is_safe):
    """Return the place of the smallest block that is enough, else of the smallest."""
    for at in range(len(below) - 1, -1, -1):
        if is_safe(_add(below[at].counts, rest.counts)):
            return at
    return -1


def _join(*blocks):
    """One block of several; None when nobody is in them."""
    blocks = [block for block in blocks if block and any(block.counts)]
    if not blocks:
        return None
    counts = blocks[0].counts
    for block in blocks[1:]:
        counts = _add(counts, block.counts)
    members = frozenset().union(*(block.members for block in blocks))
    return Block(blocks[0].owner, members, counts)


def _add(one, other):
    return tuple(map(sum, zip(one, other, strict=True)))
