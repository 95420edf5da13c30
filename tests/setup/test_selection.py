"""setup/test: which paths run on which database."""

import pathlib

import pytest

from .conftest import REPO


def selected(bash, kind, *arguments, kinds="none min full"):
    words = " ".join(f"'{argument}'" for argument in arguments)
    done = bash(
        f'cd "$REPO"; kinds=({kinds}); sort_arguments {words}; '
        f'paths_for {kind}; echo "options:${{options[*]}}"'
    )
    *paths, options = done.stdout.splitlines()
    return (
        [path.removeprefix(f"{REPO}/tests/") for path in paths],
        options.removeprefix("options:"),
    )


def test_everything_runs_where_it_belongs(bash):
    on_min, _options = selected(bash, "min")
    on_full, _options = selected(bash, "full")
    assert "setup" in on_min
    assert "setup" not in on_full
    assert not {"present", "browser"} & set(on_min)
    assert not {"absent", "setup"} & set(on_full)
    on_none, _options = selected(bash, "none")
    assert on_none == ["calculators"]


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("tests/calculators/test_x.py", "none"),
        ("tests/setup", "min"),
        ("tests/absent", "min"),
        ("tests/present/deep/test_x.py", "full"),
        ("tests/browser", "full"),
        ("tests/core/test_x.py", "min full"),
        ("tests/test_x.py", "min full"),
    ],
)
def test_the_folder_names_the_database(bash, path, kinds):
    assert bash(f'databases_of "$REPO/{path}"').stdout.strip() == kinds


def test_options_go_to_each_run(bash):
    path = "tests/setup/test_selection.py::test_options_go_to_each_run"
    assert selected(bash, "min", path, "-k", "some words", "-x") == (
        [path.removeprefix("tests/")],
        "-k some words -x",
    )
    assert selected(bash, "full", path, "-x") == ([], "-x")


def test_the_value_of_an_option_is_no_path(bash):
    paths, options = selected(bash, "min", "-k", "setup", "-x")
    assert options == "-k setup -x"
    assert "setup" in paths and "core" in paths


@pytest.mark.parametrize(
    "arguments",
    [
        ("--db", "full", "tests/setup", "-k", "words"),
        ("-k", "words", "tests/setup", "--db", "full"),
        ("-k", "words", "--db=full", "tests/setup"),
    ],
)
def test_a_database_is_forced_by_an_option_in_any_place(bash, arguments):
    assert selected(bash, "full", *arguments) == (["setup"], "-k words")
    done = bash(f"sort_arguments {' '.join(arguments)}; echo ${{kinds[*]}}")
    assert done.stdout == "full\n"


@pytest.mark.parametrize("arguments", ["--db", "--db=", "--db mini", "-q --db=none x"])
def test_a_wrong_database_is_refused(bash, arguments):
    done = bash(f"sort_arguments {arguments}", check=1)
    assert "--db wants min or full" in done.stderr


@pytest.mark.parametrize(
    ("path", "needs"),
    [
        ("tests", "browser pdf"),
        ("tests/browser", "browser"),
        ("tests/survey", "browser"),
        ("tests/survey/test_page.py", ""),
        ("tests/survey/test_browser.py::TestBrowser", "browser"),
        ("tests/absent", "pdf"),
        ("tests/setup tests/calculators", ""),
    ],
)
def test_a_path_says_what_else_is_needed(bash, path, needs):
    done = bash(
        f'cd "$REPO"; sort_arguments {path}; needs=();'
        "if want_browser; then needs+=(browser); fi;"
        "if want_pdf; then needs+=(pdf); fi;"
        'echo "${needs[*]}"',
        check=0,
    )
    assert done.stdout.strip() == needs


def test_who_starts_a_browser_or_makes_a_pdf_says_so_in_its_path():
    for test in (REPO / "tests").rglob("test_*.py"):
        if test == pathlib.Path(__file__):
            continue
        text, path = test.read_text(), str(test.relative_to(REPO / "tests"))
        assert "browser" in path or "BrowserCase" not in text, path
        assert "pdf" in path or "self._pdf(" not in text, path
