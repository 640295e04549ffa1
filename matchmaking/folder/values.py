"""Single values as text: how each is read, why it may be refused, and how it is written."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale

from expo.countries import COUNTRIES
from expo.languages import LANGUAGES
from expo.money import is_currency
from expo.spreadsheets import plain_number
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.catalogue.hs import valid_hs

LARGEST_INTEGER = 2_147_483_647
LARGEST_PRICE = Decimal(10) ** 12
FIRST_YEAR, LAST_YEAR = 1900, 2199
SIDES = {"N": 1, "E": 2, "S": 4, "W": 8}
SPOKEN = frozenset(LANGUAGES) | frozenset(code for code in Locale("en").languages if len(code) in (2, 3))
NONCHARACTERS = "\ufffe\uffff"  # no XML may hold them
SHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


class BadCell(Exception):
    """A cell that cannot be; carries the reason."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


def text_of(longest: int) -> Callable[[str], str]:
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
            (unicodedata.category(c) in ("Cc", "Cs") or c in NONCHARACTERS) and c not in "\n\r\t"
            for c in text
        ):
            raise BadCell(_t("The text holds a control character."))
        return text

    return read


short = text_of(40)


def read_code(text: str) -> str:
    """A code of up to 40 characters without ; and :, which part codes from one another elsewhere."""
    if ";" in text or ":" in text or "\n" in text:
        raise BadCell(_t("A code cannot hold ; or : or a line break."))
    return short(text)


def read_talk_code(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Z]{6}", text):
        raise BadCell(_t("A talk's code has six capital letters or digits, like T00042."))
    return text


def integer(least: int, most: int = LARGEST_INTEGER) -> Callable[[str], int]:
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
    number = _within(Decimal(text), least, most)
    if number != round(number, places):
        raise BadCell(_t("The number has more than %(places)s decimals.", places=places))
    return number


def decimal(places: int, least: int = 0, most: Decimal = Decimal(10) ** 12) -> Callable[[str], Decimal]:
    return lambda text: read_decimal(text, places, Decimal(least), most)


def write_price(amount: Decimal) -> Decimal:
    return amount or Decimal(0)  # 12.50 keeps its digits, 0.00 is 0


def plain(number: Decimal) -> Decimal:
    return Decimal(plain_number(number))


def read_metres(text: str) -> int:
    """Metres with at most two decimals, as whole centimetres."""
    return int(read_decimal(text, 2, Decimal(0), Decimal(100_000)) * 100)


def write_metres(cm: int) -> Decimal:
    """Centimetres as metres."""
    return plain(Decimal(cm) / 100)


def _in_our_time(found: Any) -> Any:
    """Within years that clocks of every zone can be reckoned for; others are slips of the hand."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCell(_t("The year is from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
    return found


def read_date(text: str) -> date:
    """A date as 2023-06-15."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return _in_our_time(date.fromisoformat(text))
    except ValueError:
        pass
    raise BadCell(_t("This is not a date; write it like 2023-06-15."))


def read_datetime(text: str) -> datetime:
    """Local wall-clock time as 2023-06-15 09:00, without an offset."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?", text):
            return _in_our_time(datetime.fromisoformat(text))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return _in_our_time(datetime.fromisoformat(text + " 00:00"))
    except ValueError:
        pass
    raise BadCell(_t("This is not a date with a time; write it like 2023-06-15 09:00."))


def write_datetime(value: datetime | None) -> str:
    """The form `read_datetime` reads, midnight and all."""
    return value.isoformat(" ", "seconds" if value.second else "minutes") if value else ""


def read_yes_no(text: str) -> bool:
    word = text.casefold()
    if word in ("yes", "true", "1"):
        return True
    if word in ("no", "false", "0"):
        return False
    raise BadCell(_t("Write yes or no."))


def read_country(text: str) -> str:
    code = text.upper()
    if code not in COUNTRIES:
        raise BadCell(_t("This country is not known; write its two letters (ISO 3166), like KZ."))
    return code


def read_currency(text: str) -> str:
    code = text.upper()
    if not is_currency(code):
        raise BadCell(_t("This currency is not known; write its three letters (ISO 4217), like CNY."))
    return code


def read_language(text: str) -> str:
    code = text.lower()
    if code not in SPOKEN:
        raise BadCell(_t("This language is not known; write its code (ISO 639), like ru."))
    return code


@lru_cache(maxsize=20_000)
def _is_hs(code: str) -> bool:
    return valid_hs(code)


def hs(digits: tuple[int, ...]) -> Callable[[str], str]:
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


def read_email(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+", text) or len(text) > 254:
        raise BadCell(_t("This is not an e-mail address."))
    return text


def read_website(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#\"<>]+[^\s\"<>]*", text, re.IGNORECASE) or len(text) > 500:
        raise BadCell(_t("A web address begins with https:// or http:// and has no spaces."))
    return text


def read_open_sides(text: str) -> int:
    letters = text.upper()
    if set(letters) - set(SIDES) or len(set(letters)) < len(letters):
        raise BadCell(_t("Open sides are letters among N, E, S and W, each once."))
    return sum(SIDES[letter] for letter in letters)
