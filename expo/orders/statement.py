"""A bank's statement as CSV: its lines, whatever the bank calls its columns, each with a key of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from expo.money import to_minor
from expo.words import Sentence, say

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("date", "booking date", "value date", "transaction date", "buchungstag", "日期", "交易日期",
             "дата", "дата операции", "تاریخ"),
    "amount": ("amount", "credit", "credit amount", "betrag", "金额", "交易金额", "сумма", "кредит", "رقم"),
    "currency": ("currency", "währung", "币种", "валюта", "کرنسی"),
    "text": ("reference", "purpose", "description", "remittance information", "details", "verwendungszweck",
             "附言", "摘要", "назначение платежа", "назначение", "حوالہ"),
    "payer": ("payer", "name", "debtor", "counterparty", "auftraggeber", "付款人", "对方户名", "плательщик",
              "контрагент", "ادا کنندہ"),
    "id": ("id", "transaction id", "end to end id", "bank reference", "流水号", "交易流水号",
           "номер документа", "شناخت"),
}  # fmt: skip
NEEDED = ("date", "amount", "text")
LONGEST = 500
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%y")


@dataclass(frozen=True)
class Line:
    """A line of a statement. amount_minor is negative for money that went out; `key` knows it again."""

    row: int
    on: date
    amount_minor: int
    currency: str
    text: str
    payer: str
    key: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, in words."""

    row: int
    sentence: Sentence


def read(rows: Iterable[tuple[int, Sequence[str]]], currency: str) -> tuple[list[Line], list[Fault]]:
    """The lines of a statement and what could not be read. `currency` is meant where no column names one.

    The key is the bank's own number where there is one, otherwise what the line says; of lines that say the
    same on one statement the first, second … are told apart, so that two equal payments stay two.
    """
    found = iter(rows)
    head = next(found, None)
    if head is None:
        return [], [Fault(1, say("The file is empty."))]
    places = _places(head[1])
    if lacking := [name for name in NEEDED if name not in places]:
        return [], [Fault(head[0], say("Columns are missing: %(names)s.", names=lacking))]
    lines, faults, seen = [], [], Counter()
    for row, cells in found:
        cell = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        values = {name: " ".join(text.split())[:LONGEST] for name, text in cell.items()}
        line = _line(row, values, currency, seen)
        (lines if isinstance(line, Line) else faults).append(line)
    return lines, faults


def _places(heads: Sequence[str]) -> dict[str, int]:
    """Column → where it stands; of several that fit the first name of the list wins."""
    known = [head.strip().casefold() for head in heads]
    places = {}
    for column, names in COLUMNS.items():
        for name in names:
            if name in known:
                places[column] = known.index(name)
                break
    return places


def _line(row: int, values: dict[str, str], currency: str, seen: Counter) -> Line | Fault:
    on = read_date(values["date"])
    if on is None:
        return Fault(row, say("“%(text)s” is no date.", text=values["date"]))
    named = values.get("currency", "").upper() or currency
    amount = read_amount(values["amount"])
    try:
        minor = to_minor(amount, named) if amount is not None and len(named) == 3 else None
    except (ValueError, InvalidOperation):
        minor = None
    if minor is None or abs(minor) >= 10**15:
        return Fault(row, say("“%(text)s” is no amount.", text=values["amount"]))
    said = (on.isoformat(), str(minor), named, values["text"], values.get("payer", ""))
    plain = ("id", values["id"], str(minor)) if values.get("id") else said
    digest = sha256("\x1f".join(plain).encode()).hexdigest()[:40]
    seen[digest] += 1
    key = digest if values.get("id") else f"{digest}-{seen[digest]}"
    return Line(row, on, minor, named, values["text"], values.get("payer", ""), key)


def read_date(text: str) -> date | None:
    """A day as banks write it: 2026-03-01, 01.03.2026, 20260301, 01/03/2026 (day first)."""
    for form in _DATES:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None


def read_amount(text: str) -> Decimal | None:
    """An amount as banks write it: 1,234.56 or 1.234,56 or 1 234,56; a minus before or after, or brackets.

    A single mark with three digits behind it parts thousands.
    """
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    negative = bare.startswith(("-", "−", "(")) or bare.endswith("-")
    bare = bare.strip("-−+()")
    if not re.fullmatch(r"\d[\d.,]*", bare) or len(bare) > 20:
        return None
    marks = [mark for mark in ".," if mark in bare]
    if len(marks) == 2:
        decimal = max(marks, key=bare.rindex)
        bare = bare.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif marks:
        whole, _mark, part = bare.rpartition(marks[0])
        groups = bare.count(marks[0]) > 1 or (len(part) == 3 and len(whole) <= 3 and whole != "0")
        bare = bare.replace(marks[0], "" if groups else ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    return -value if negative else value
