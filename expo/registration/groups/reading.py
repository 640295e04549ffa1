"""Rows of a group's spreadsheet as people to register, and everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from unicodedata import category

from expo.accounts.addresses import tidy_email
from expo.countries import COUNTRIES, countries_by_name
from expo.languages import LANGUAGES, tidy
from expo.registration.alike.letters import alphabet_of, script_of
from expo.registration.groups.columns import BY_HEAD, COLUMNS, folded
from expo.spreadsheets import Row
from expo.words import Sentence, say

LONGEST = {"organisation": 160, "position": 120, "email": 254}
LONGEST_NAME = 120
HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u2028\u2029")
LANGUAGE_WORDS = {folded(name): code for code, name in LANGUAGES.items()} | {
    **{code: code for code in LANGUAGES}, "english": "en", "chinese": "zh", "russian": "ru", "urdu": "ur",
    "英语": "en", "英文": "en", "俄语": "ru", "汉语": "zh", "английский": "en", "китайский": "zh",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong: the row as a person counts it (heads are row 1; 0: the file), the column's head."""

    row: int
    column: str
    sentence: Sentence


@dataclass(frozen=True)
class Entry:
    """A row that can be registered; `sort` names a sort of registration, '' for the usual one."""

    row: int
    name: dict[str, str]
    organisation: str = ""
    position: str = ""
    country: str = ""
    email: str = ""
    language: str = "en"
    sort: str = ""


@dataclass
class Sheet:
    """What a file holds."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class _Wrong(Exception):
    def __init__(self, column: str, sentence: Sentence):
        super().__init__(str(sentence))
        self.column, self.sentence = column, sentence


def read_sheet(rows: Iterable[Row], sorts: Mapping[str, str], language: str = "en") -> Sheet:
    """The people of a file. `sorts`: what sorts of registration are called (folded) → their codes.

    Raises what the reading of spreadsheets raises (`Unreadable`). `language` is used where a row names none.
    """
    sheet = Sheet()
    places: dict[str, int] = {}
    heads: list[str] = []
    countries = _country_words()
    for number, cells in rows:
        if not heads:
            heads = cells
            places = _places(cells, number, sheet)
            if not places:
                return sheet
            continue
        entry = _Reader(number, cells, places, heads, countries, sorts, language)
        sheet.faults += entry.faults
        if entry.made and not entry.faults:
            sheet.entries.append(entry.made)
    if not heads:
        sheet.faults.append(Fault(0, "", say("The file is empty.")))
    elif not sheet.entries and not sheet.faults:
        sheet.faults.append(Fault(0, "", say("There is nobody in the file: only its head.")))
    return sheet


def _places(cells: list[str], number: int, sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(cells):
        key = BY_HEAD.get(folded(head))
        if key is None:
            if head.strip():
                sheet.unknown.append(head.strip()[:60])
        elif key in found:
            sheet.faults.append(Fault(number, head.strip()[:60], say("This column is there twice.")))
        else:
            found[key] = place
    if not any(key.startswith("name_") for key in found) and "family" not in found:
        sheet.faults.append(
            Fault(
                number,
                "",
                say(
                    "There is no column of names. The first row holds heads such as “%(head)s”; take the"
                    " template.",
                    head=COLUMNS[0].heads["en"],
                ),
            )
        )
        return {}
    return found


@cache
def _country_words() -> dict[str, str]:
    words = {code.casefold(): code for code in COUNTRIES}
    for language in LANGUAGES:
        words |= {folded(name): code for code, name in countries_by_name(language)}
    return words


class _Reader:
    """One row: every fault is noted, not only the first."""

    def __init__(
        self,
        number: int,
        cells: list[str],
        places: Mapping[str, int],
        heads: list[str],
        countries: Mapping[str, str],
        sorts: Mapping[str, str],
        language: str,
    ):
        self.faults: list[Fault] = []
        self._number, self._cells, self._places, self._heads = number, cells, places, heads
        self.made: Entry | None = None
        name = self._name()
        values = {key: self._text(key, longest) for key, longest in LONGEST.items() if key != "email"}
        country = self._one_of(
            "country", countries, say("No such country. Write its name or its two letters.")
        )
        spoken = self._one_of("language", LANGUAGE_WORDS, say("Write one of zh, ru, en, ur."))
        sort = self._one_of("sort", sorts, say("There is no such sort of registration."))
        email = self._email()
        if not self.faults:
            self.made = Entry(
                number, name, country=country, email=email, language=spoken or language, sort=sort, **values
            )

    def _cell(self, key: str) -> str:
        place = self._places.get(key)
        text = self._cells[place] if place is not None and place < len(self._cells) else ""
        return " ".join(text.split())

    def _wrong(self, key: str, sentence: Sentence) -> None:
        place = self._places.get(key)
        head = self._heads[place].strip()[:60] if place is not None else ""
        self.faults.append(Fault(self._number, head, sentence))

    def _text(self, key: str, longest: int) -> str:
        text = self._cell(key)
        if len(text) > longest:
            self._wrong(
                key,
                say(
                    "The text has %(length)s characters; %(most)s are allowed.",
                    length=len(text),
                    most=longest,
                ),
            )
        elif any(letter in HIDDEN or category(letter) in ("Cc", "Cs", "Cn", "Co") for letter in text):
            self._wrong(key, say("The text holds characters that nobody can read."))
        elif text.startswith("#") and text.rstrip("!?").isupper() and "/" in text + "/":
            self._wrong(key, say("This is an error of the spreadsheet, not a value."))
        return text

    def _name(self) -> dict[str, str]:
        names = {code: self._text(f"name_{code}", LONGEST_NAME) for code in LANGUAGES}
        family, given = self._text("family", LONGEST_NAME // 2), self._text("given", LONGEST_NAME // 2)
        if family or given:
            whole = f"{given} {family}".strip()
            code = _language_of(whole)
            if code == "zh":
                whole = f"{family}{given}"
            names[code] = names.get(code) or whole
        if names["en"] and _language_of(names["en"]) != "en":  # a column “Name” may hold any script
            code = _language_of(names["en"])
            names = names | {"en": "", code: names[code] or names["en"]}
        found = tidy(names)
        if not found and not self.faults:
            key = next(key for key in ("name_en", "family", *self._places) if key in self._places)
            self._wrong(key, say("The name is missing."))
        elif found and not any(letter.isalpha() for text in found.values() for letter in text):
            self._wrong("name_en", say("A name has letters."))
        return found

    def _email(self) -> str:
        text = self._text("email", LONGEST["email"])
        if not text:
            return ""
        try:
            return tidy_email(text)
        except ValueError:
            self._wrong("email", say("That is not an e-mail address."))
            return ""

    def _one_of(self, key: str, words: Mapping[str, str], sentence: Sentence) -> str:
        text = self._cell(key)
        if not text:
            return ""
        found = words.get(folded(text))
        if found is None:
            self._wrong(key, sentence)
        return found or ""


def _language_of(text: str) -> str:
    """The language of the house whose script a name is written in; Latin and all others count as English."""
    script = script_of(text)
    if script == "han":
        return "zh"
    if script == "abjad":
        return "ur"
    return "ru" if alphabet_of(text) == "CYRILLIC" else "en"
