"""Keep the translation files of the addons in step with what Odoo exports.

usage: i18n.py [--check] EXPORTED_FOLDER REPOSITORY ODOO_ADDONS
"""

import pathlib
import sys

import polib

LANGUAGE = "nl"
# Terms that Odoo translates itself and that come with its mixins ("Followers", ...).
COMPENDIUM = (
    "base",
    "mail",
    "portal",
    "hr",
    "hr_holidays",
    "calendar",
    "web",
    "survey",
)
HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def read(path):
    """Read a translation file; an absent one counts as empty."""
    return polib.pofile(str(path), wrapwidth=78) if path.exists() else polib.POFile()


def translations(po):
    return {
        entry.msgid: entry.msgstr for entry in po if entry.msgstr and not entry.fuzzy
    }


def compendium(odoo_addons):
    terms = {}
    for folder in odoo_addons.split(","):
        for module in COMPENDIUM:
            po = read(pathlib.Path(folder, module, "i18n", f"{LANGUAGE}.po"))
            for msgid, msgstr in translations(po).items():
                terms.setdefault(msgid, msgstr)
    return terms


def merged(pot, known):
    """The terms of `pot` with what is known of them, in Odoo's order."""
    po = polib.POFile(wrapwidth=78)
    po.metadata = HEADER if known is not None else {**HEADER, "Language": ""}
    for entry in pot:
        entry.msgstr = (known or {}).get(entry.msgid, "")
        po.append(entry)
    return po


def refresh(addon, pot, odoo_addons):
    folder = addon / "i18n"
    folder.mkdir(exist_ok=True)
    merged(pot, None).save(str(folder / f"{addon.name}.pot"))
    path = folder / f"{LANGUAGE}.po"
    known = compendium(odoo_addons) | translations(read(path))
    po = merged(pot, known)
    po.save(str(path))
    missing = [entry.msgid for entry in po if not entry.msgstr]
    print(f"{addon.name}: {len(po)} terms, {len(missing)} to translate in {path.name}")
    return [f"no translation: {msgid!r}" for msgid in missing]


def faults(addon, pot):
    """Compare both files with the exported terms."""
    exported = {entry.msgid for entry in pot}
    for name in (f"{addon.name}.pot", f"{LANGUAGE}.po"):
        if not (addon / "i18n" / name).exists():
            yield f"there is no i18n/{name}"
            continue
        written = {entry.msgid for entry in read(addon / "i18n" / name)}
        yield from (f"{name} lacks: {term!r}" for term in sorted(exported - written))
        yield from (f"{name} has too much: {t!r}" for t in sorted(written - exported))
    for entry in read(addon / "i18n" / f"{LANGUAGE}.po"):
        if entry.fuzzy or not entry.msgstr:
            yield f"{LANGUAGE}.po, no translation: {entry.msgid!r}"


def main(arguments):
    check = arguments[0] == "--check"
    exported, repository, odoo_addons = arguments[check:]
    complaints = []
    for path in sorted(pathlib.Path(exported).glob("*.pot")):
        pot, addon = read(path), pathlib.Path(repository, path.stem)
        found = faults(addon, pot) if check else refresh(addon, pot, odoo_addons)
        complaints += [f"{addon.name}: {fault}" for fault in found]
    print("\n".join(complaints))
    return bool(check and complaints)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
