"""One failure does not stop the rest."""

import unittest
from contextlib import nullcontext
from types import SimpleNamespace

from psycopg2 import OperationalError

from odoo.exceptions import UserError

from odoo.addons.hr_exit_interview.lib.isolate import for_each_part, name_error


class Records(list):
    """Stands in for records: slices keep the environment."""

    env = SimpleNamespace(cr=SimpleNamespace(savepoint=nullcontext))

    def __getitem__(self, key):
        return Records(super().__getitem__(key))


class TestIsolate(unittest.TestCase):
    def _run(self, broken, count=8):
        done, failed = [], []

        def do(records):
            if broken & set(records):
                raise ValueError(records)
            done.extend(records)

        for_each_part(
            Records(range(count)), do, lambda record, _error: failed.extend(record)
        )
        return done, failed

    def test_all_at_once(self):
        calls = []
        for_each_part(Records(range(8)), calls.append, None)
        self.assertEqual(calls, [list(range(8))])

    def test_only_what_is_broken_fails(self):
        """Two of eight: the other six are done, once each."""
        done, failed = self._run({2, 7})
        self.assertEqual(sorted(done), [0, 1, 3, 4, 5, 6])
        self.assertEqual(failed, [2, 7])

    def test_all_broken(self):
        self.assertEqual(self._run({0, 1, 2}, 3), ([], [0, 1, 2]))

    def test_nothing_to_do(self):
        self.assertEqual(self._run({0}, 0), ([], []))

    def test_the_database_is_nobodys_fault(self):
        """Odoo begins the whole transaction again."""

        def do(records):
            raise OperationalError

        with self.assertRaises(OperationalError):
            for_each_part(Records([1, 2]), do, self.fail)

    def test_users_read_sentences_and_no_internals(self):
        self.assertEqual(name_error(UserError("Fill in the day.")), "Fill in the day.")
        self.assertEqual(name_error(KeyError("wage of Joost")), "KeyError")
