"""Rows of the database as records of a folder: the inverse of the import, table by table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from expo.money import to_major
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Record


def records(table: str, values: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Records numbered as in a file, the head being row 1."""
    keys = [column.key for column in TABLES[table].columns]
    return [Record(row, {key: item[key] for key in keys}) for row, item in enumerate(values, start=2)]


def plain(table: str, row: Any) -> dict[str, Any]:
    """The values that the row has under the names of the columns."""
    return {
        column.key: getattr(row, column.key) for column in TABLES[table].columns if hasattr(row, column.key)
    }


def of_organisation(table: str, row: Any, organisation: Any) -> dict[str, Any]:
    """A row together with what its organisation knows of itself."""
    return plain(table, organisation) | plain(table, row)


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """An instant as wall-clock time at the venue."""
    return instant and instant.astimezone(zone).replace(tzinfo=None)


def price(minor: int, currency: str):
    """Minor units as the amount that people write."""
    return to_major(minor, currency)


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list]:
    """Second parts by first part, in order."""
    found: dict[Any, list] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
