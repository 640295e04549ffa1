"""The kinds of cells: each knows how it is read, how it is written and what to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expo.spreadsheets import Cell, plain_number
from expo.venue import notation
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.catalogue.terms import INCOTERMS
from matchmaking.folder import values
from matchmaking.folder.values import BadCell


@dataclass(frozen=True)
class Kind:
    """A kind of cell: `read` takes stripped, non-empty text; `empty` makes the value of an empty cell."""

    name: str
    help: Sentence
    read: Callable[[str], Any]
    write: Callable[[Any], Cell]
    empty: Callable[[], Any] = str


def as_it_is(value: Any) -> Any:
    """A value that is written as it is."""
    return value


def nothing() -> None:
    """The value of an empty cell that holds nothing."""


def one_of(words: tuple[str, ...]) -> Kind:
    """A kind that takes one word of a list."""

    def read(text: str) -> str:
        if text.casefold() not in allowed:
            raise BadCell(_t("Write one of: %(words)s.", words=words))
        return allowed[text.casefold()]

    allowed = {word.casefold(): word for word in words}
    return Kind("enum", _t("one of: %(words)s", words=words), read, as_it_is)


def list_of(read_item: Callable[[str], Any], help_: Sentence, write_item: Callable[[Any], str] = str) -> Kind:
    """A kind for several values parted by semicolons; a value given twice counts once."""

    def read(text: str) -> list:
        items = [read_item(part.strip()) for part in text.split(";") if part.strip()]
        return items if items and isinstance(items[0], dict) else list(dict.fromkeys(items))

    def write(found: list) -> str:
        return ";".join(write_item(value) for value in found)

    return Kind("list", help_, read, write, list)


def _tail(text: str, mark: str, reason: Sentence) -> tuple[str, str]:
    head, found, tail = text.rpartition(mark)
    if not found or not head.strip() or not tail.strip():
        raise BadCell(reason)
    return head.strip(), tail.strip()


def _entrance(text: str) -> dict[str, Any]:
    reason = _t("An entrance is written name@x/y in metres, like N1@45/0.")
    name, place = _tail(text, "@", reason)
    x, y = _tail(place, "/", reason)
    return {"name": values.short(name), "x": values.read_metres(x), "y": values.read_metres(y)}


def _column(text: str) -> dict[str, int]:
    parts = text.split("/")
    if len(parts) != 4:
        raise BadCell(_t("A column is written x/y/width/depth in metres, like 12/9/0.8/0.8."))
    return dict(
        zip(("x", "y", "width", "depth"), (values.read_metres(part.strip()) for part in parts), strict=True)
    )


def _write_entrance(item: dict) -> str:
    return (
        f"{item['name'].replace(';', ',')}@{values.write_metres(item['x'])}/{values.write_metres(item['y'])}"
    )


def _write_column(item: dict) -> str:
    return "/".join(str(values.write_metres(item[key])) for key in ("x", "y", "width", "depth"))


def _points_source(text: str) -> dict[str, Any]:
    source, points = _tail(text, ":", _t("Points are written source:points, like years:12."))
    number = values.read_decimal(points, 2, Decimal(-(10**6)), Decimal(10**6))
    return {"source": values.short(source), "points": int(number) if number == int(number) else float(number)}


def _write_points_source(item: dict) -> str:
    return f"{str(item['source']).replace(';', ',')}:{plain_number(Decimal(str(item['points'])))}"


def _layouts(text: str) -> dict[str, int]:
    reason = _t("Layouts are written name:seats, like theatre:200;banquet:90.")
    found: dict[str, int] = {}
    for part in text.split(";"):
        if part.strip():
            name, seats = _tail(part, ":", reason)
            found[values.short(name)] = values.integer(1, 100_000)(seats)
    return found


def _write_layouts(found: dict[str, int]) -> str:
    return ";".join(f"{name.replace(';', ',')}:{seats}" for name, seats in sorted(found.items()))


def _write_word(value: Any) -> str:
    return str(value).replace(";", ",")


WORD = values.text_of(80)
WORD_KIND = Kind("text", _t("a few words"), WORD, as_it_is)
TEXT = Kind("text", _t("text"), values.text_of(500), as_it_is)
LONG = Kind("text", _t("text, as long as need be"), values.text_of(20_000), as_it_is)
CODE = Kind("code", _t("a code of up to 40 characters"), values.read_code, as_it_is)
TALK_CODE = Kind("code", _t("six capital letters or digits"), values.read_talk_code, as_it_is)
INTEGER = Kind("int", _t("a whole number"), values.integer(0), as_it_is, int)
INTEGER_OR_NONE = Kind(
    "int",
    _t("a whole number from 1, or nothing"),
    values.integer(1),
    lambda found: "" if found is None else found,
    nothing,
)
SPARE = Kind("int", _t("minutes, 0 to 1440"), values.integer(0, 1440), as_it_is, int)
SETUP = Kind("int", _t("minutes, 0 to 240"), values.integer(0, 240), as_it_is, int)
LAYOUTS = Kind("list", _t("name:seats, parted by ;"), _layouts, _write_layouts, dict)
POSITIVE = Kind("int", _t("a whole number from 1"), values.integer(1), as_it_is, int)
HUE = Kind("int", _t("a colour, 1 to 8"), values.integer(1, 8), as_it_is, int)
MINUTES = Kind("int", _t("minutes, 1 to 1440"), values.integer(1, 1440), as_it_is, int)
METRES = Kind("decimal", _t("metres, up to two decimals"), values.read_metres, values.write_metres, int)
QUANTITY = Kind("decimal", _t("a number, up to three decimals"), values.decimal(3), values.plain, Decimal)
POINTS = Kind(
    "decimal",
    _t("a number, up to two decimals"),
    values.decimal(2, -(10**6), Decimal(10**7)),
    values.plain,
    Decimal,
)
PRICE = Kind(
    "money",
    _t("an amount in the row's currency"),
    values.decimal(6, 0, values.LARGEST_PRICE),
    values.write_price,
    Decimal,
)
DATE = Kind(
    "date", _t("a date, like 2023-06-15"), values.read_date, lambda d: d.isoformat() if d else "", nothing
)
LOCAL = Kind(
    "datetime", _t("local time, like 2023-06-15 09:00"), values.read_datetime, values.write_datetime, nothing
)
YES_NO = Kind("yes/no", _t("yes or no"), values.read_yes_no, lambda value: "yes" if value else "no", bool)
COUNTRY = Kind("country", _t("two letters, ISO 3166"), values.read_country, as_it_is)
CURRENCY = Kind("currency", _t("three letters, ISO 4217"), values.read_currency, as_it_is)
LANGUAGE = Kind("language", _t("a language code, like ru"), values.read_language, as_it_is)
HS6 = Kind("hs", _t("an HS code of 6 digits"), values.hs((6,)), as_it_is)
HS = Kind("hs", _t("an HS code of 2, 4 or 6 digits"), values.hs((2, 4, 6)), as_it_is)
EMAIL = Kind("email", _t("an e-mail address"), values.read_email, as_it_is)
WEBSITE = Kind("website", _t("a web address with https://"), values.read_website, as_it_is)
OPEN_SIDES = Kind(
    "sides", _t("open sides: letters among NESW"), values.read_open_sides,
    lambda bits: "".join(letter for letter, bit in values.SIDES.items() if bits & bit), int,
)  # fmt: skip
INCOTERM = one_of(INCOTERMS)
CODES = list_of(values.read_code, _t("codes, parted by ;"), _write_word)
WORDS = list_of(WORD, _t("words, parted by ;"), _write_word)
COUNTRIES_LIST = list_of(values.read_country, _t("countries (two letters), parted by ;"))
LANGUAGES_LIST = list_of(values.read_language, _t("languages, parted by ;"))
SLOTS = list_of(values.integer(1, 10_000), _t("numbers of meeting slots, parted by ;"))
ENTRANCES = list_of(_entrance, _t("name@x/y in metres, parted by ;"), _write_entrance)
LIMIT = Kind("int", _t("a whole number from 1"), values.integer(1), as_it_is, nothing)


def _noted(kind: str, help_: Sentence) -> Kind:
    """A list in the notation of halls, as organisers type it too."""

    def read(text: str) -> list:
        try:
            return notation.read(kind, text)
        except notation.BadNotation as bad:
            raise BadCell(bad.sentence) from None

    return Kind("list", help_, read, lambda items: notation.write(kind, items).replace("\n", ";"), list)


OUTLINE = _noted("outline", _t("corners x/y in metres, parted by ;"))
WALLS = _noted("walls", _t("x1/y1/x2/y2 in metres, parted by ;"))
AISLES = _noted("aisles", _t("name@x/y/width/depth in metres, parted by ;"))
UTILITIES = _noted("utilities", _t("kind@x/y or kind:name@x/y in metres, parted by ;"))
ZONE_AREAS = _noted("areas", _t("zone@x/y/width/depth in metres, parted by ;"))
COLUMNS = list_of(_column, _t("x/y/width/depth in metres, parted by ;"), _write_column)
POINTS_ORIGIN = list_of(_points_source, _t("source:points, parted by ;"), _write_points_source)
