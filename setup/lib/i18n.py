"""Keep the translation files of the addons in step with what Odoo exports.

Dutch has every term, those of the bank of questions as they stand there; other
languages have what a leaver meets (leaver_terms.txt).

usage: i18n.py [--check] EXPORTED_FOLDER REPOSITORY ODOO_ADDONS
"""

import fnmatch
import pathlib
import sys

import polib
import questions

LANGUAGE = "nl"
LEAVER_LANGUAGES = ("de", "fr")
LEAVER_TERMS = pathlib.Path(__file__).with_name("leaver_terms.txt")
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
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
OTHER_PLURALS = "nplurals=2; plural=(n != 1);"


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


def leaver_patterns():
    """Where the words come from that a leaver meets, as in "#:" lines."""
    lines = LEAVER_TERMS.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def leaver_terms(pot):
    """The terms of `pot` that a leaver meets, and where."""
    patterns = leaver_patterns()
    terms = polib.POFile(wrapwidth=78)
    for entry in pot:
        met = [
            (place, line)
            for place, line in entry.occurrences
            if any(fnmatch.fnmatchcase(place, pattern) for pattern in patterns)
        ]
        if met:
            terms.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    comment=entry.comment,
                    occurrences=met,
                    flags=entry.flags,
                )
            )
    return terms


def files(addon, pot):
    """{path: (language, the terms it holds)}; no file where there is nothing for it."""
    folder = addon / "i18n"
    terms = leaver_terms(pot)
    found = {
        folder / f"{addon.name}.pot": ("", pot),
        folder / f"{LANGUAGE}.po": (LANGUAGE, pot),
    }
    if terms:
        found |= {folder / f"{code}.po": (code, terms) for code in LEAVER_LANGUAGES}
    return found


def merged(terms, language, known):
    """`terms` with what is known of them, in Odoo's order."""
    po = polib.POFile(wrapwidth=78)
    plurals = PLURALS.get(language, OTHER_PLURALS)
    po.metadata = {**HEADER, "Language": language, "Plural-Forms": plurals}
    for entry in terms:
        entry.msgstr = known.get(entry.msgid, "")
        po.append(entry)
    return po


def refresh(addon, pot, odoo_addons):
    (addon / "i18n").mkdir(exist_ok=True)
    complaints = []
    for path, (language, terms) in files(addon, pot).items():
        known = translations(read(path)) if language else {}
        # One word of Odoo's may have another sense here: only Dutch is read as a whole.
        if language == LANGUAGE:
            bank = questions.dutch(questions.read(), addon.name)
            known = compendium(odoo_addons) | known | bank
        po = merged(terms, language, known)
        po.save(str(path))
        missing = [entry.msgid for entry in po if language and not entry.msgstr]
        complaints += [f"{path.name}, no translation: {term!r}" for term in missing]
    print(f"{addon.name}: {len(pot)} terms, {len(complaints)} to translate")
    return complaints


def faults(addon, pot):
    """Compare the files with the exported terms."""
    for path, (language, terms) in files(addon, pot).items():
        if not path.exists():
            yield f"there is no i18n/{path.name}"
            continue
        entries = read(path)
        exported = {entry.msgid for entry in terms}
        written = {entry.msgid for entry in entries}
        yield from (f"{path.name} lacks: {t!r}" for t in sorted(exported - written))
        yield from (
            f"{path.name} has too much: {t!r}" for t in sorted(written - exported)
        )
        for entry in entries:
            if language and (entry.fuzzy or not entry.msgstr):
                yield f"{path.name}, no translation: {entry.msgid!r}"


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
