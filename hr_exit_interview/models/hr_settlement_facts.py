"""What the rules of a list have in common, found out once for all of them."""


class Facts:
    """Kept in the context while a list is worked out, forgotten with it.

    :param departures: all that are settled together, as superuser
    """

    def __init__(self, departures):
        self.departures = departures
        self._found = {}

    def get(self, key, find):
        """Return what ``find()`` returned the first time for ``key``."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]


def find_once(env, key, find):
    """Return ``find()``, asked once per list.

    :param tuple key: a name, and all that the answer depends on
    """
    facts = env.context.get("settlement_facts")
    return facts.get(key, find) if facts else find()
