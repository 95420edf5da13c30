"""Templates are built once and whole; copies never outlive their command."""

import os
import sys

import pytest

import odoo

# Stand-ins for the slow parts: what is tested is when they are called.
STUBS = """
base_key() { echo "${BASE:-base}"; }
addons_key() { echo "${ADDONS:-addons}"; }
people_key() { echo "${PEOPLE:-people}"; }
odoo_script() { true; }
install_modules() { echo "install $1"; return "${INSTALL_STATUS:-0}"; }
"""


@pytest.fixture
def kind(bash):
    """A kind of database of this test alone."""
    name = f"t{os.getpid()}"
    yield name
    bash(
        f"for n in base tpl test; do drop_database exit_${{n}}_{name}; "
        f"drop_database exit_${{n}}_{name}_new; done",
        check=0,
    )


def need_template(bash, kind, check=0, **env):
    done = bash(f"{STUBS}\nneed_template {kind}", check=check, **env)
    return [line.split("-")[0] for line in done.stdout.splitlines()]


def test_templates_are_built_once(bash, kind):
    assert need_template(bash, kind) == ["install base", "install tpl"]
    assert need_template(bash, kind) == []


def test_changed_addons_are_installed_on_the_same_base(bash, kind):
    need_template(bash, kind)
    assert need_template(bash, kind, ADDONS="changed") == ["install tpl"]


def test_another_odoo_means_another_base(bash, kind):
    need_template(bash, kind)
    assert need_template(bash, kind, BASE="other") == ["install base", "install tpl"]


def test_the_people_of_tests_are_made_again_when_they_change(bash, kind):
    def made(**env):
        script = f'{STUBS}\nquietly() {{ echo "$1"; }}\nneed_test_template {kind}'
        done = bash(f'{script}; echo "$TEMPLATE"', check=0, **env)
        *steps, template = done.stdout.splitlines()
        assert template == f"exit_test_{kind}"
        return [step.split("-")[0] for step in steps]

    assert made() == ["install base", "prepare", "install tpl", "people"]
    assert made() == []
    assert made(PEOPLE="changed") == ["people"]
    assert made(PEOPLE="changed", ADDONS="changed") == ["install tpl", "people"]
    assert need_template(bash, kind, ADDONS="changed") == []


def test_a_failed_build_leaves_no_template(bash, kind):
    need_template(bash, kind, INSTALL_STATUS="1", check=1)
    assert not bash(f"database_exists exit_base_{kind} && echo there").stdout
    assert need_template(bash, kind) == ["install base", "install tpl"]


def test_lost_files_mean_a_new_build(bash, kind):
    need_template(bash, kind)
    bash(f'rm -r "$VAR/data/filestore/exit_tpl_{kind}"', check=0)
    assert need_template(bash, kind) == ["install tpl"]


def test_a_copy_has_the_files_and_goes_with_its_command(bash, kind, tmp_path):
    need_template(bash, kind)
    (tmp_path / f"var/data/filestore/exit_tpl_{kind}/file").write_text("data")
    done = bash(
        f"TEMPLATE=exit_tpl_{kind}; take_copy x; "
        'echo "$COPY"; cat "$VAR/data/filestore/$COPY/file"; exit 7',
        check=7,
    )
    copy, data = done.stdout.splitlines()
    assert data == "data"
    assert not bash(f"database_exists {copy} && echo there").stdout
    assert not (tmp_path / "var/data/filestore" / copy).exists()


def test_copies_of_killed_commands_are_dropped_and_others_kept(bash):
    done = bash(
        "run=exit_run_$(var_hash);"
        "createdb ${run}_999999999_min; createdb ${run}_$$_min;"
        "drop_stale_copies;"
        "database_exists ${run}_999999999_min && echo stale;"
        "database_exists ${run}_$$_min && echo live;"
        "drop_copies"
    )
    assert done.stdout == "live\n"


@pytest.mark.parametrize(
    "odoo_stub",
    [
        "echo '1 ERROR x odoo.modules: the reason'",
        "echo 'the reason'; return 255",
    ],
)
def test_a_failed_installation_shows_the_reason(bash, odoo_stub):
    """Odoo ends with status 0 after some errors."""
    done = bash(f"odoo() {{ {odoo_stub}; }}; install_modules x db module", check=1)
    assert "the reason" in done.stderr
    assert "could not install: module" in done.stderr


def test_warnings_while_installing_are_shown(bash):
    done = bash(
        "odoo() { echo '1 WARNING db odoo.fields: unknown parameter'; }; "
        "install_modules x db module",
        check=0,
    )
    assert "unknown parameter" in done.stderr


def test_a_server_of_the_user_that_does_not_answer_is_named(bash):
    done = bash("need_postgres", check=1, PGHOST="/nowhere", EXIT_OWN_CLUSTER="")
    assert "PGHOST=/nowhere is set" in done.stderr


def test_odoo_refuses_the_user_postgres(bash):
    done = bash("need_postgres", check=1, PGUSER="postgres", EXIT_OWN_CLUSTER="")
    assert "PGUSER=postgres" in done.stderr


def test_a_script_that_raises_fails(bash, tmp_path):
    """Its name is in the traceback, and the environment of the shell at hand."""
    script = tmp_path / "script.py"
    script.write_text("print(env.cr.dbname)\nraise ValueError('the reason')\n")
    database = odoo.tools.config["db_name"]
    database = database if isinstance(database, str) else database[0]
    done = bash(f"VENV={sys.prefix}; odoo_script {database} {script}", check=1)
    assert database in done.stdout
    assert f'"{script}", line 2' in done.stderr
    assert "the reason" in done.stderr
