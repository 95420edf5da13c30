"""Compare the wheels with the addons they are built from.

usage: check_wheels.py FOLDER_OF_WHEELS REPOSITORY
"""

import ast
import pathlib
import sys
import zipfile

# Not part of an installed addon.
LEFT_OUT = {"pyproject.toml"}


def wanted(addon):
    """The files that an installed addon needs."""
    return {
        path.relative_to(addon).as_posix()
        for path in addon.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } - LEFT_OUT


def faults(addon, wheels):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    pattern = f"odoo_addon_{addon.name}-{manifest['version']}-*.whl"
    found = list(wheels.glob(pattern))
    if len(found) != 1:
        yield f"no wheel {pattern}"
        return
    prefix = f"odoo/addons/{addon.name}/"
    with zipfile.ZipFile(found[0]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    held = {name.removeprefix(prefix) for name in names}
    yield from (f"lacks {name}" for name in sorted(wanted(addon) - held))
    yield from (f"has too much: {name}" for name in sorted(held - wanted(addon)))
    yield from (f"holds a test: {name}" for name in sorted(held) if "tests/" in name)
    for name in manifest.get("data", []) + manifest.get("demo", []):
        if name not in held:
            yield f"lacks {name}, which the manifest names"


def main(wheels, repository):
    complaints = 0
    for manifest in sorted(pathlib.Path(repository).glob("*/__manifest__.py")):
        for fault in faults(manifest.parent, pathlib.Path(wheels)):
            complaints += 1
            print(f"{manifest.parent.name}: {fault}")
    if not complaints:
        print(*sorted(path.name for path in pathlib.Path(wheels).iterdir()), sep="\n")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
