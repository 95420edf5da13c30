"""Writes what was measured last into the table of docs/performance.md."""

import json
import os
import pathlib

DOCUMENT = pathlib.Path(__file__).parents[3] / "docs" / "performance.md"
BEGIN, END = "<!-- table -->\n", "<!-- end -->"
HEAD = (
    "| figure | size | median (range) | processor | queries | slowest | memory"
    " | floor | ratio (95 %) | goal |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|",
)
MARKS = {True: "✓", False: "✗", None: ""}


def keep(result):
    """Add a result to those that the table is made of."""
    with open(os.environ["EXIT_BENCH_RESULTS"], "a") as results:
        results.write(json.dumps(result) + "\n")


def write_table(names):
    """Put the last result of each figure and size into the document."""
    last = {}
    with open(os.environ["EXIT_BENCH_RESULTS"]) as results:
        for line in results:
            result = json.loads(line)
            last[result["figure"], result["size"]] = result
    rows = [
        row(result)
        for _key, result in sorted(
            last.items(), key=lambda item: (names.index(item[0][0]), item[0][1])
        )
    ]
    text = DOCUMENT.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    table = "\n".join((*HEAD, *rows))
    DOCUMENT.write_text(f"{before}{BEGIN}{table}\n{END}{after}")


def row(result):
    floor = result.get("floor")
    interval = result.get("ratio_interval")
    cells = (
        f"`{result['figure']}`",
        f"{result['size']:,}",
        f"{span(result)}",
        seconds(result.get("cpu_s")),
        result["queries"] or "",
        f"{result['slowest_query_ms']:.0f} ms"
        if result.get("slowest_query_ms")
        else "",
        f"{result['peak_mb']:.0f} MB" if result.get("peak_mb") else "",
        seconds(floor["median_s"]) if floor else "",
        f"{result['ratio']:.2f} ({interval[0]:.2f}–{interval[1]:.2f})" if floor else "",
        f"{MARKS[result['reached']]} {extra(result)}".strip(),
    )
    return f"| {' | '.join(map(str, cells))} |"


def extra(result):
    """Return what only the leaver's page has."""
    if "p95_ms" not in result:
        return ""
    return (
        f"95 %: {result['p95_ms']:.0f} ms in the server; {result['lost']} lost,"
        f" {result['failed']} failed of {result['requests']:,}"
    )


def span(result):
    return (
        f"{seconds(result['median_s'])} ({seconds(result['min_s'])}–"
        f"{seconds(result['max_s'])})"
    )


def seconds(number):
    if not number:
        return ""
    if number < 1:
        return f"{1000 * number:.3g} ms"
    return f"{number:.3g} s"
