"""Spreadsheets of one party's needs or products: the columns of the edition's folder, without the owner."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from expo.languages import pick
from expo.spreadsheets import Cell, Row
from expo.words import Sentence, say
from matchmaking.catalogue.hs import kind_key
from matchmaking.catalogue.terms import Offer
from matchmaking.catalogue.terms import flaws as flaws_of_offer
from matchmaking.folder.column import Table
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Record, parse_table
from matchmaking.folder.problems import Problems
from matchmaking.profiles.terms import Wish, flaws


def _own(name: str, without: str, *, optional: str = "") -> Table:
    table = TABLES[name]
    columns = tuple(
        replace(one, required=False) if one.name == optional else one
        for one in table.columns
        if one.name != without
    )
    return replace(table, columns=columns, code="")


NEEDS = _own("needs", "buyer")
PRODUCTS = _own("products", "exhibitor", optional="code")
FILE = say("The file")


def read_needs(rows: Iterator[Row], currency: str) -> tuple[list[Wish], Problems]:
    """The needs of a sheet and what is wrong with it, row by row."""
    problems = Problems()
    found = []
    for record in parse_table(NEEDS, "", rows, currency, problems):
        if wish := _wish(record):
            found.append(wish)
            _add(problems, record, flaws(wish))
    return found, problems


def _wish(record: Record) -> Wish | None:
    if any(value is None for value in record.values.values()):
        return None  # its cell is told of already
    values = record.values | {name: tuple(record[name]) for name in ("certificates", "countries")}
    return Wish(**values)


def read_products(rows: Iterator[Row], currency: str) -> tuple[list[tuple[str, Offer]], Problems]:
    """(code or "", product) of a sheet, and what is wrong with it. A kind listed twice in it is wrong."""
    problems = Problems()
    found: list[tuple[str, Offer]] = []
    kinds: dict[str, int] = {}
    codes: dict[str, int] = {}
    for record in parse_table(PRODUCTS, "", rows, currency, problems):
        if any(value is None for value in record.values.values()):
            continue
        values = dict(record.values)
        code = values.pop("code")
        offer = Offer(**values | {"certificates": tuple(values["certificates"])})
        wrong = flaws_of_offer(offer)
        if not wrong:
            key = kind_key(offer.hs, offer.origin, pick(offer.name, "en"))
            wrong = _twice(kinds, key, record.row) + (_twice(codes, code, record.row) if code else [])
        _add(problems, record, wrong)
        found.append((code, offer))
    return found, problems


def _twice(seen: dict[str, int], key: str, row: int) -> list[Sentence]:
    first = seen.setdefault(key, row)
    return [] if first == row else [say("This product is in row %(row)s already.", row=first)]


def _add(problems: Problems, record: Record, wrong: Sequence[Sentence]) -> None:
    for sentence in wrong:
        problems.add("", record.row, "", "", sentence)


def template(table: Table) -> list[list[Cell]]:
    """The heads of an empty sheet."""
    return [list(table.heads())]


def explained(table: Table) -> list[tuple[str, bool, Sentence, Any]]:
    """(heads, required, what it holds, how it is written) of every column."""
    return [(", ".join(one.heads), one.required, one.help, one.kind.help) for one in table.columns]
