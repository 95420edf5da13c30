"""Groups within groups: units, reasons; ways of leaving are a tree of one level."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

# The whole company: the root of every tree.
ROOT = None
Node = Hashable


class Tree:
    """Nodes with their parents, the company being above everything.

    :param parents: {node: parent}; a parent that is not a node itself is the company
    """

    def __init__(self, parents: Mapping[Node, Node]):
        self._parents = {
            node: parent if parent in parents else ROOT
            for node, parent in parents.items()
        }
        self._paths = {}

    @classmethod
    def flat(cls, values: Iterable[Node]):
        """Return a tree in which every value stands directly under the company."""
        return cls(dict.fromkeys(values, ROOT))

    @cached_property
    def _children(self):
        children = defaultdict(list)
        for node, parent in self._parents.items():
            children[parent].append(node)
        return children

    @cached_property
    def bottom_up(self) -> list[Node]:
        """Return every node after the nodes below it; the company last."""
        order, waiting = [], [ROOT]
        while waiting:
            node = waiting.pop()
            order.append(node)
            waiting.extend(self._children[node])
        return order[::-1]

    def children(self, node: Node) -> list[Node]:
        """Return the nodes directly below."""
        return self._children[node]

    def path(self, node: Node) -> tuple[Node, ...]:
        """Return the node and all above it, the company last."""
        if node not in self._paths:
            above = () if node is ROOT else self.path(self._parents.get(node, ROOT))
            self._paths[node] = (node, *above)
        return self._paths[node]
