"""Where Odoo comes from, and what is said when it cannot be had."""

import re

import pytest

from .conftest import REPO

MADISON = "odoo-19 | {} | archive sid/main all Packages"


def locked(key):
    lock = (REPO / "setup/odoo.lock").read_text()
    return re.search(rf"^{key}=(.+)$", lock, re.MULTILINE)[1]


def choose(bash, *versions, check=0):
    lines = "\n".join(MADISON.format(version) for version in versions)
    return bash(f"apt-cache() {{ echo '{lines}'; }}; choose_odoo_version", check=check)


def test_the_lock_names_one_file():
    assert locked("version").startswith("19.0")
    assert re.fullmatch("[0-9a-f]{64}", locked("sha256"))


def test_the_locked_version_is_taken_while_it_is_there(bash):
    done = choose(bash, "19.0.9+dfsg-1", locked("version"))
    assert done.stdout.strip() == locked("version")
    assert "WARNING" not in done.stderr


def test_when_it_is_gone_the_newest_19_is_taken_with_a_warning(bash):
    done = choose(bash, "20.0.0+dfsg-1", "19.0.9+dfsg-1", "19.0.8+dfsg-1")
    assert done.stdout.strip() == "19.0.9+dfsg-1"
    assert "WARNING" in done.stderr


@pytest.mark.parametrize("versions", [(), ("20.0.0+dfsg-1",)])
def test_when_19_is_gone_the_way_out_is_named(bash, versions):
    done = choose(bash, *versions, check=1)
    assert "ODOO_PATH" in done.stderr


def test_another_file_under_the_locked_version_is_refused(bash):
    done = bash(
        'cd "$VAR"; echo other >odoo-19_x_all.deb; '
        'check_odoo_package "$(locked version)"',
        check=1,
    )
    assert "expects " + locked("sha256") in done.stderr


def test_the_checksum_of_another_version_is_noted(bash, tmp_path):
    bash(
        'cd "$VAR"; echo other >odoo-19_x_all.deb; check_odoo_package 19.0.9 2>&1',
        check=0,
    )
    assert (tmp_path / "var/log/odoo.checksums").read_text().startswith("19.0.9 ")


def archive(bash, *targets, check=0):
    lines = "\n".join(targets)
    return bash(f"apt-get() {{ echo '{lines}'; }}; debian_archive", check=check)


def test_the_archive_is_the_one_of_the_release(bash):
    codename = bash(". /etc/os-release; echo $VERSION_CODENAME", check=0).stdout.strip()
    done = archive(
        bash,
        f"mirror/security/ {codename}-security main",
        f"mirror/extra/ {codename} contrib",
        f"mirror/debian/ {codename} main",
    )
    assert done.stdout.strip() == "mirror/debian/"


def test_without_a_debian_archive_the_way_out_is_named(bash):
    assert "ODOO_PATH" in archive(bash, "mirror/ubuntu/ jammy main", check=1).stderr


def test_a_failed_download_leaves_no_odoo(bash, tmp_path):
    done = bash(
        'own_apt() { mkdir "$1"; touch half.deb; return 1; }; '
        "free_mb() { echo 9999; }; get_odoo",
        check=1,
        ODOO_PATH="",
    )
    assert "could not be fetched" in done.stderr
    assert not list((tmp_path / "var").glob("odoo*"))
    assert not list((tmp_path / "var").glob("downloads*"))


def test_odoo_path_must_hold_odoo(bash, tmp_path):
    done = bash("find_odoo", check=1, ODOO_PATH=str(tmp_path))
    assert "no Odoo there" in done.stderr


def test_odoo_path_must_hold_odoo_19(bash, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text(
        "version_info = (18, 0, 0, FINAL, 0, '')\n"
    )
    done = bash("find_odoo", check=1, ODOO_PATH=str(tmp_path))
    assert "not Odoo 19" in done.stderr


def test_a_checkout_of_odoo_has_two_addons_folders(bash, tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text(
        "version_info = (19, 0, 0, FINAL, 0, '')\n"
    )
    (tmp_path / "addons/web").mkdir(parents=True)
    (tmp_path / "addons/web/__manifest__.py").touch()
    done = bash("find_odoo; echo $ODOO_ADDONS", check=0, ODOO_PATH=str(tmp_path))
    assert done.stdout.strip() == f"{tmp_path}/odoo/addons,{tmp_path}/addons"


def test_missing_packages_are_named_when_nothing_may_be_installed(bash):
    done = bash(
        "as_root() { return 1; }; "
        "need_debian bash=bash no-such-tool=some-package,other",
        check=1,
    )
    assert "apt-get install some-package other" in done.stderr


def test_requirements_are_pinned():
    for path in (REPO / "setup").glob("requirements*.txt"):
        for line in path.read_text().splitlines():
            assert not line or line.startswith("#") or "==" in line, (path.name, line)


def test_the_node_packages_name_no_registry():
    assert "resolved" not in (REPO / "setup/lint.d/package-lock.json").read_text()
