"""setup/test: which paths run on which database."""

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


def test_a_database_can_be_forced(bash):
    assert selected(bash, "full", "tests/setup", kinds="full")[0] == ["setup"]
