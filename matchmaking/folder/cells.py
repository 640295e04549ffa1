"""What a cell may hold: how each kind is read from text, and written so that it reads back the same."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale

from expo.languages import LANGUAGES
from expo.money import is_currency
from expo.spreadsheets import Cell, plain_number
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.catalogue.hs import valid_hs

LARGEST_INTEGER = 2_147_483_647
LARGEST_PRICE = Decimal(10) ** 12
INCOTERMS = (
    "EXW",
    "FCA",
    "CPT",
    "CIP",
    "DAP",
    "DPU",
    "DDP",
    "FAS",
    "FOB",
    "CFR",
    "CIF",
    "DAT",
)  # 2020; DAT: 2010
SIDES = {"N": 1, "E": 2, "S": 4, "W": 8}
COUNTRIES = frozenset(code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)) - {
    "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ",
}  # fmt: skip
SPOKEN = frozenset(LANGUAGES) | frozenset(code for code in Locale("en").languages if len(code) in (2, 3))
SHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


class BadCell(Exception):
    """A cell that cannot be; carries the reason."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Kind:
    """A kind of cell: `read` takes stripped, non-empty text; `empty` makes the value of an empty cell."""

    name: str
    help: Sentence
    read: Callable[[str], Any]
    write: Callable[[Any], Cell]
    empty: Callable[[], Any] = str


def _identity(value: Any) -> Any:
    return value


def _nothing() -> None:
    return None


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise BadCell(
                _t(
                    "The text has %(length)s characters; %(most)s are allowed.",
                    length=len(text),
                    most=longest,
                )
            )
        if not text.isprintable() and any(
            unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in text
        ):
            raise BadCell(_t("The text holds a control character."))
        return text

    return read


_short = _text(40)


def read_code(text: str) -> str:
    """A code of up to 40 characters without ; and :, which part codes from one another elsewhere."""
    if ";" in text or ":" in text or "\n" in text:
        raise BadCell(_t("A code cannot hold ; or : or a line break."))
    return _short(text)


def _talk_code(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Z]{6}", text):
        raise BadCell(_t("A talk's code has six capital letters or digits, like T00042."))
    return text


def _integer(least: int, most: int = LARGEST_INTEGER) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d+", text) or len(text) > 20:
            raise BadCell(_t("This is not a whole number."))
        return _within(int(text), least, most)

    return read


def _within(number: Any, least: Any, most: Any) -> Any:
    if number < least and least == 0:
        raise BadCell(_t("The number is negative."))
    if number < least:
        raise BadCell(_t("The number is less than %(least)s.", least=least))
    if number > most:
        raise BadCell(_t("The number is more than %(most)s.", most=most))
    return number


def read_decimal(text: str, places: int, least: Decimal, most: Decimal) -> Decimal:
    """A decimal number with a point, at most `places` digits after it."""
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text) or len(text) > 40:
        hint = re.fullmatch(r"[+-]?[\d.]*,\d+", text)
        raise BadCell(
            _t("This is not a number; write a point before decimals and nothing between thousands.")
            if hint
            else _t("This is not a number.")
        )
    number = Decimal(text)
    if number != round(number, places):
        raise BadCell(_t("The number has more than %(places)s decimals.", places=places))
    return _within(number, least, most)


def _decimal(places: int, least: int = 0, most: Decimal = Decimal(10) ** 12) -> Callable[[str], Decimal]:
    return lambda text: read_decimal(text, places, Decimal(least), most)


def _plain(number: Decimal) -> Decimal:
    return Decimal(plain_number(number))


def read_metres(text: str) -> int:
    """Metres with at most two decimals, as whole centimetres."""
    return int(read_decimal(text, 2, Decimal(0), Decimal(100_000)) * 100)


def write_metres(cm: int) -> Decimal:
    """Centimetres as metres."""
    return _plain(Decimal(cm) / 100)


def read_date(text: str) -> date:
    """A date as 2023-06-15."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadCell(_t("This is not a date; write it like 2023-06-15."))


def read_datetime(text: str) -> datetime:
    """Local wall-clock time as 2023-06-15 09:00, without an offset."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?", text):
            return datetime.fromisoformat(text)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.fromisoformat(text + " 00:00")
    except ValueError:
        pass
    raise BadCell(_t("This is not a date with a time; write it like 2023-06-15 09:00."))


def write_datetime(value: datetime | None) -> str:
    """The form `read_datetime` reads, midnight and all."""
    return value.isoformat(" ", "seconds" if value.second else "minutes") if value else ""


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word in ("yes", "true", "1"):
        return True
    if word in ("no", "false", "0"):
        return False
    raise BadCell(_t("Write yes or no."))


def _country(text: str) -> str:
    code = text.upper()
    if code not in COUNTRIES:
        raise BadCell(_t("This country is not known; write its two letters (ISO 3166), like KZ."))
    return code


def _currency(text: str) -> str:
    code = text.upper()
    if not is_currency(code):
        raise BadCell(_t("This currency is not known; write its three letters (ISO 4217), like CNY."))
    return code


def _language(text: str) -> str:
    code = text.lower()
    if code not in SPOKEN:
        raise BadCell(_t("This language is not known; write its code (ISO 639), like ru."))
    return code


@lru_cache(maxsize=20_000)
def _is_hs(code: str) -> bool:
    return valid_hs(code)


def _hs(digits: tuple[int, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        code = text.replace(".", "").replace(" ", "")
        if len(code) in digits and _is_hs(code):
            return code
        if len(code) + 1 in digits and _is_hs("0" + code):
            raise BadCell(_t("This HS code is not known; was a leading zero lost?"))
        if len(code) not in digits and code.isdigit():
            raise BadCell(_t("An HS code has %(digits)s digits here.", digits=" / ".join(map(str, digits))))
        raise BadCell(_t("This HS code is not known."))

    return read


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+", text) or len(text) > 254:
        raise BadCell(_t("This is not an e-mail address."))
    return text


def _website(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#\"<>]+[^\s\"<>]*", text, re.IGNORECASE) or len(text) > 500:
        raise BadCell(_t("A web address begins with https:// or http:// and has no spaces."))
    return text


def _open_sides(text: str) -> int:
    letters = text.upper()
    if set(letters) - set(SIDES) or len(set(letters)) < len(letters):
        raise BadCell(_t("Open sides are letters among N, E, S and W, each once."))
    return sum(SIDES[letter] for letter in letters)


def one_of(words: tuple[str, ...]) -> Kind:
    """A kind that takes one word of a list."""

    def read(text: str) -> str:
        if text.casefold() not in allowed:
            raise BadCell(_t("Write one of: %(words)s.", words=", ".join(words)))
        return allowed[text.casefold()]

    allowed = {word.casefold(): word for word in words}
    return Kind("enum", _t("one of: %(words)s", words=", ".join(words)), read, _identity)


def list_of(read_item: Callable[[str], Any], help_: Sentence, write_item: Callable[[Any], str] = str) -> Kind:
    """A kind for several values parted by semicolons; a value given twice counts once."""

    def read(text: str) -> list:
        items = [read_item(part.strip()) for part in text.split(";") if part.strip()]
        return items if items and isinstance(items[0], dict) else list(dict.fromkeys(items))

    def write(values: list) -> str:
        return "; ".join(write_item(value) for value in values)

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
    return {"name": _short(name), "x": read_metres(x), "y": read_metres(y)}


def _column(text: str) -> dict[str, int]:
    parts = text.split("/")
    if len(parts) != 4:
        raise BadCell(_t("A column is written x/y/width/depth in metres, like 12/9/0.8/0.8."))
    return dict(zip(("x", "y", "width", "depth"), (read_metres(part.strip()) for part in parts), strict=True))


def _write_entrance(item: dict) -> str:
    return f"{item['name'].replace(';', ',')}@{write_metres(item['x'])}/{write_metres(item['y'])}"


def _write_column(item: dict) -> str:
    return "/".join(str(write_metres(item[key])) for key in ("x", "y", "width", "depth"))


def _points_source(text: str) -> dict[str, Any]:
    source, points = _tail(text, ":", _t("Points are written source:points, like years:12."))
    number = read_decimal(points, 2, Decimal(-(10**6)), Decimal(10**6))
    return {"source": _short(source), "points": int(number) if number == int(number) else float(number)}


def _write_points_source(item: dict) -> str:
    return f"{str(item['source']).replace(';', ',')}:{plain_number(Decimal(str(item['points'])))}"


def _write_word(value: Any) -> str:
    return str(value).replace(";", ",")


WORD = _text(80)
WORD_KIND = Kind("text", _t("a few words"), WORD, _identity)
TEXT = Kind("text", _t("text"), _text(500), _identity)
LONG = Kind("text", _t("text, as long as need be"), _text(20_000), _identity)
CODE = Kind("code", _t("a code of up to 40 characters"), read_code, _identity)
TALK_CODE = Kind("code", _t("six capital letters or digits"), _talk_code, _identity)
INTEGER = Kind("int", _t("a whole number"), _integer(0), _identity, int)
POSITIVE = Kind("int", _t("a whole number from 1"), _integer(1), _identity, int)
HUE = Kind("int", _t("a colour, 1 to 8"), _integer(1, 8), _identity, int)
MINUTES = Kind("int", _t("minutes, 5 to 720"), _integer(5, 720), _identity, int)
METRES = Kind("decimal", _t("metres, up to two decimals"), read_metres, write_metres, int)
QUANTITY = Kind("decimal", _t("a number, up to three decimals"), _decimal(3), _plain, Decimal)
POINTS = Kind(
    "decimal", _t("a number, up to two decimals"), _decimal(2, -(10**6), Decimal(10**7)), _plain, Decimal
)
PRICE = Kind(
    "money", _t("an amount in the row's currency"), _decimal(6, 0, LARGEST_PRICE), _identity, Decimal
)
DATE = Kind("date", _t("a date, like 2023-06-15"), read_date, lambda d: d.isoformat() if d else "", _nothing)
LOCAL = Kind("datetime", _t("local time, like 2023-06-15 09:00"), read_datetime, write_datetime, _nothing)
YES_NO = Kind("yes/no", _t("yes or no"), _yes_no, lambda value: "yes" if value else "no", bool)
COUNTRY = Kind("country", _t("two letters, ISO 3166"), _country, _identity)
CURRENCY = Kind("currency", _t("three letters, ISO 4217"), _currency, _identity)
LANGUAGE = Kind("language", _t("a language code, like ru"), _language, _identity)
HS6 = Kind("hs", _t("an HS code of 6 digits"), _hs((6,)), _identity)
HS = Kind("hs", _t("an HS code of 2, 4 or 6 digits"), _hs((2, 4, 6)), _identity)
EMAIL = Kind("email", _t("an e-mail address"), _email, _identity)
WEBSITE = Kind("website", _t("a web address with https://"), _website, _identity)
OPEN_SIDES = Kind(
    "sides", _t("open sides: letters among NESW"), _open_sides,
    lambda bits: "".join(letter for letter, bit in SIDES.items() if bits & bit), int,
)  # fmt: skip
INCOTERM = one_of(INCOTERMS)
CODES = list_of(read_code, _t("codes, parted by ;"), _write_word)
WORDS = list_of(WORD, _t("words, parted by ;"), _write_word)
COUNTRIES_LIST = list_of(_country, _t("countries (two letters), parted by ;"))
LANGUAGES_LIST = list_of(_language, _t("languages, parted by ;"))
SLOTS = list_of(_integer(1, 10_000), _t("numbers of meeting slots, parted by ;"))
ENTRANCES = list_of(_entrance, _t("name@x/y in metres, parted by ;"), _write_entrance)
COLUMNS = list_of(_column, _t("x/y/width/depth in metres, parted by ;"), _write_column)
POINTS_ORIGIN = list_of(_points_source, _t("source:points, parted by ;"), _write_points_source)
