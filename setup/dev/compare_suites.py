"""Compare the results of setup/dev/suites: with our addons and without.

compare_suites.py --differences MODULE FOLDER RESULTS   the ids of tests to run again
compare_suites.py --table MODULE... RESULTS             a table; fails on a difference
"""

import pathlib
import sys
from xml.etree import ElementTree

SIDES = ("without", "with")


def read(path):
    """Return {(class with its module, test): passed, skipped or failed}."""
    if not path.exists():
        return {}
    results = {}
    for case in ElementTree.parse(path).iter("testcase"):
        kinds = {child.tag for child in case}
        state = "passed"
        if kinds & {"failure", "error"}:
            state = "failed"
        elif "skipped" in kinds:
            state = "skipped"
        results[case.get("classname"), case.get("name")] = state
    return results


def failing(results):
    return {test for test, state in results.items() if state == "failed"}


def read_module(results, module, again=""):
    return [read(results / side / f"{module}{again}.xml") for side in SIDES]


def compare(results, module):
    """Return what failed without, with, and with alone, counted after the second run.

    A test that failed on one side only and then on neither or on both is no difference.
    """
    without, with_ours = map(failing, read_module(results, module))
    if without == with_ours:
        return without, with_ours
    again = map(failing, read_module(results, module, "-again"))
    return tuple(
        (first & without & with_ours) | second
        for first, second in zip((without, with_ours), again, strict=True)
    )


def say_differences(module, folder, results):
    """Print pytest's ids of what failed on one side only."""
    without, with_ours = map(failing, read_module(results, module))
    for classname, name in sorted(without ^ with_ours):
        *_package, file, class_name = classname.split(".")
        print(f"{folder}/{file}.py::{class_name}::{name}")


def say_table(*modules, results):
    same_everywhere = True
    differing = []
    failed = []
    print("| module | tests | skipped | fail without | fail with | the same |")
    print("|---|---:|---:|---:|---:|---|")
    for module in modules:
        ran_without, ran_with = read_module(results, module)
        if not ran_with:
            print(f"| `{module}` | none in its package | | | | |")
            continue
        without, with_ours = compare(results, module)
        same = without == with_ours and set(ran_without) == set(ran_with)
        same_everywhere &= same
        skipped = list(ran_with.values()).count("skipped")
        print(
            f"| `{module}` | {len(ran_with)} | {skipped} | {len(without)} | "
            f"{len(with_ours)} | {'yes' if same else '**no**'} |"
        )
        failed += [(module, *test) for test in sorted(without & with_ours)]
        differing += [(module, *test) for test in sorted(without ^ with_ours)]
    say_tests("Fail on both sides:", failed)
    say_tests("Fail on one side only:", differing)
    return same_everywhere


def say_tests(title, tests):
    if tests:
        print(f"\n{title}\n")
    for names in tests:
        print(f"* `{'.'.join(names)}`")


def main():
    action, *words, results = sys.argv[1:]
    results = pathlib.Path(results)
    if action == "--differences":
        say_differences(*words, results)
    else:
        sys.exit(not say_table(*words, results=results))


if __name__ == "__main__":
    main()
