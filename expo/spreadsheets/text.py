"""Values as text and text that no spreadsheet runs."""

import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

_MARKS = frozenset("'=@+-\t\r")
_HARMLESS_SIGNED = re.compile(r"[+-][\d\s().,/-]*")


def as_text(value: object) -> str:
    """A value as this house writes it: 3.0 → 3, dates as 2023-06-15, clock times as 09:30, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return plain_number(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return (
            value.strftime("%Y-%m-%d") if value.time() == time(0) else _without_seconds(value.isoformat(" "))
        )
    if isinstance(value, timedelta):
        value = (datetime(1, 1, 1, tzinfo=UTC) + value).time()
    return _without_seconds(value.isoformat()) if isinstance(value, time) else str(value)


def plain_number(value: Decimal) -> str:
    """A number without exponent or needless zeros: 1E+3 → 1000, 2.50 → 2.5."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _without_seconds(text: str) -> str:
    return re.sub(r"(\d\d:\d\d):00(\.0+)?$", r"\1", text)


def _runs(text: str) -> bool:
    """Whether a spreadsheet might run this text as a formula (OWASP: CSV injection); +86 532 is harmless."""
    if text[:1] not in _MARKS:
        return False
    bare = text.lstrip("'")
    return bare[:1] in ("=", "@", "\t", "\r") or (
        bare[:1] in ("+", "-") and not _HARMLESS_SIGNED.fullmatch(bare)
    )


def escaped(text: str) -> str:
    """Text with an apostrophe before anything a spreadsheet might run; `unescaped` takes it off again."""
    return "'" + text if _runs(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text[:1] == "'" and _runs(text) else text
