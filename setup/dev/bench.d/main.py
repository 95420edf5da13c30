"""Measure figures on a database that is thrown away; called by ``setup/dev/bench``.

Prints one JSON line per figure and size. With ``--quick`` only query counts are
compared: as many for many records as for few.
"""

import argparse
import contextlib
import importlib
import json
import os
import pathlib
import sys

import table

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

FEWEST_RUNS = 5  # a median of fewer says little
HERE = pathlib.Path(__file__).parent


def load_figures():
    """Return {name: figure class}, in the order of the files and classes."""
    figures = {}
    for path in sorted(HERE.glob("figure_*.py")):
        module = importlib.import_module(path.stem)
        for value in vars(module).values():
            is_own = isinstance(value, type) and value.__module__ == path.stem
            if is_own and getattr(value, "name", ""):
                figures[value.name] = value
    return figures


def parse_arguments(figures):
    parser = argparse.ArgumentParser(prog="setup/dev/bench", description=__doc__)
    parser.add_argument("--list", action="store_true", help="name the figures")
    parser.add_argument("--quick", action="store_true", help="compare query counts")
    parser.add_argument(
        "--table", action="store_true", help="write docs/performance.md"
    )
    parser.add_argument("--only", action="append", metavar="NAME", choices=figures)
    parser.add_argument("--sizes", metavar="N,N", help="other sizes than usual")
    parser.add_argument("--runs", type=int, help="at least five for the table")
    arguments = parser.parse_args()
    if arguments.sizes:
        arguments.sizes = [int(size) for size in arguments.sizes.split(",")]
    return arguments


def say(result):
    print(json.dumps(result), flush=True)


def new_environment(database):
    """Return an environment as the superuser of the database's first company."""
    cursor = Registry(database).cursor()
    env = api.Environment(cursor, SUPERUSER_ID, {"lang": "en_US"})
    return env(context={**env.context, "allowed_company_ids": env.company.ids})


@contextlib.contextmanager
def environment(database):
    """Open an environment; what is not committed in it is undone."""
    env = new_environment(database)
    try:
        yield env
    finally:
        env.cr.rollback()
        env.cr.close()


def measure_size(figure_class, database, arguments, size):
    figure = figure_class()
    figure.runs = arguments.runs or figure.runs
    if figure.is_apart:
        figure.template = os.environ["EXIT_BENCH_TEMPLATE"]
        figure.open = environment
        return figure, figure.measure(size)
    with environment(database) as figure.env:
        return figure, figure.measure(size)


def measure(figure_class, database, arguments):
    """Print a line per size; each size begins with the empty database."""
    for size in arguments.sizes or figure_class.sizes:
        figure, result = measure_size(figure_class, database, arguments, size)
        reached = figure.is_reached(result)
        result = {
            "figure": figure.name,
            "what": figure.what,
            **result,
            "floor_is": figure.floor,
            "goal": figure.goal,
            "reached": reached,
        }
        say(result)
        if figure.runs >= FEWEST_RUNS:
            table.keep(result)


def compare_counts(figure_class, database):
    """Print the counts for few and for many; return whether they are the same."""
    counts = {}
    for size in figure_class.few_many:
        with environment(database) as env:
            counts[size] = figure_class(env).count(size)
    few, many = figure_class.few_many
    allowed = counts[few] + figure_class.slack
    if figure_class.rows_a_query:
        allowed += (many - few) // figure_class.rows_a_query
    is_same = counts[many] <= allowed
    say(
        {
            "figure": figure_class.name,
            "queries": {str(size): count for size, count in counts.items()},
            "allowed": allowed,
            "reached": is_same,
        }
    )
    return is_same


def main():
    figures = load_figures()
    arguments = parse_arguments(figures)
    if arguments.list:
        for figure in figures.values():
            print(f"{figure.name:<22} {figure.what}. Goal: {figure.goal}.")
        return True
    if arguments.table:
        table.write_table(list(figures))
        return True
    database = os.environ["EXIT_BENCH_DATABASE"]
    config.parse_config(["-d", database, "--log-level", "error"], setup_logging=True)
    chosen = arguments.only or list(figures)
    if not arguments.quick:
        for name in chosen:
            measure(figures[name], database, arguments)
        return True
    outcomes = [
        compare_counts(figures[name], database)
        for name in chosen
        if not figures[name].is_apart
    ]
    return all(outcomes)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
