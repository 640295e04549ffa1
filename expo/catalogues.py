"""Message catalogues: collect what the code says, compile what translators wrote, refuse what is missing.

`python -m expo.catalogues update` after new strings, `… check` in `make check`, `… compile` at set-up.
"""

import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from expo.languages import LANGUAGES
from expo.settings import ROOT

FOLDER = ROOT / "expo" / "translations"
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "say": None,
    "say_many": (1, 2),
    "_t": None,
}
PLACE = re.compile(r"%\(\w+\)[sd]")


def po_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def collected() -> Catalog:
    """Every marked string of code and templates, with where it stands."""
    catalogue = Catalog(charset="utf-8", project="Caravanserai", copyright_holder="", fuzzy=False)
    for wing in ("expo", "matchmaking", "templates"):
        found = extract_from_dir(
            ROOT / wing,
            method_map=[("**.py", "python"), ("**.html", "jinja2")],
            keywords=KEYWORDS,
            options_map={"**.html": {"trimmed": "true", "silent": "false"}},
        )
        for file, _line, message, comments, context in found:
            catalogue.add(message, None, [(f"{wing}/{file}", None)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    """A language's catalogue; an empty one if there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Caravanserai", fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def _sign(catalogue: Catalog, language: str) -> None:
    """A header that says whose it is, without times that would change with every update."""
    catalogue.header_comment = f"# {LANGUAGES[language]}: what Caravanserai says."
    catalogue.last_translator = catalogue.language_team = "Caravanserai"
    catalogue.msgid_bugs_address = "the project's issues"
    catalogue.creation_date = catalogue.revision_date = datetime(2023, 6, 15, tzinfo=UTC)


def update() -> None:
    """Bring every catalogue up to the code: new strings come in empty, unused ones go."""
    source = collected()
    for language in TRANSLATED:
        catalogue = read(language)
        catalogue.update(source, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        _sign(catalogue, language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        out = BytesIO()
        write_po(out, catalogue, omit_header=False, sort_output=True, width=110, ignore_obsolete=True)
        path.write_bytes(out.getvalue())


def _forms(text) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def problems() -> list[str]:
    """What a reader would miss: untranslated strings, lost or invented places, catalogues behind the code."""
    source = {_forms(message.id): message for message in collected() if message.id}
    found = []
    for language in TRANSLATED:
        there = {_forms(message.id): message for message in read(language) if message.id}
        for key in source:
            message = there.get(key)
            if message is None or message.fuzzy or not all(_forms(message.string)):
                found.append(f"{language}: not translated: {key[0]!r}")
            else:
                places = set(PLACE.findall(key[-1]))
                wrong = [form for form in _forms(message.string) if not set(PLACE.findall(form)) <= places]
                lost = len(key) == 1 and set(PLACE.findall(message.string)) != places
                if wrong or lost:
                    found.append(f"{language}: places differ: {key[0]!r}")
        found += [f"{language}: no longer used: {key[0]!r}" for key in there.keys() - source.keys()]
    return found


def compile_all() -> int:
    """Write the .mo files that are older than their catalogue; how many."""
    written = 0
    for language in TRANSLATED:
        source = po_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            out = BytesIO()
            write_mo(out, read(language))
            target.write_bytes(out.getvalue())
            written += 1
    return written


def main(words: list[str]) -> int:
    """`update`, `check` or `compile`."""
    match words:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = problems()
            print(*found[:40], sep="\n")
            print(f"{len(found)} problems in the catalogues of {', '.join(TRANSLATED)}")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
