"""What every maker of a folder's records needs: rows of the database by kind, their codes, local time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import Record

Values = dict[str, Any]


class RecordMakers:
    """Makes the records of one edition from its rows (kind → rows in the order in which they came).

    `addresses` leads from accounts to their addresses: those of whoever wrote something that is a record.
    """

    def __init__(
        self,
        rows: Mapping[str, Sequence[Any]],
        organisations: Mapping[int, Any],
        zone: ZoneInfo,
        addresses: Mapping[int, str],
    ):
        self.rows, self.organisations, self.zone, self.addresses = rows, organisations, zone, addresses
        self._shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def table(self, name: str) -> list[Record]:
        """The records of a table, numbered as in a file with its head in row 1."""
        keys = [column.key for column in TABLES[name].columns]
        make: Callable[[], Iterable[Values]] = getattr(self, f"_{name}", lambda: self._all(name))
        return [Record(row, {key: values[key] for key in keys}) for row, values in enumerate(make(), start=2)]

    def _plain(self, table: str, row: Any) -> Values:
        """The values of a row that the table has under the same name."""
        names = self._shared.get((table, row._fields))
        if names is None:
            keys = (column.key for column in TABLES[table].columns)
            names = self._shared[table, row._fields] = [key for key in keys if key in row._fields]
        return {name: getattr(row, name) for name in names}

    def _all(self, table: str) -> Iterator[Values]:
        return (self._plain(table, row) for row in self.rows[table])

    def _codes(self, table: str) -> dict[int | None, str]:
        return {None: "", **{row.id: row.code for row in self.rows[table]}}

    def _with_organisation(self, table: str, row: Any) -> Values:
        return self._plain(table, self.organisations[row.organisation_id]) | self._plain(table, row)

    def _grouped(self, kind: str, key: str, order: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in sorted(self.rows[kind], key=lambda row: (getattr(row, key), getattr(row, order))):
            found[getattr(row, key)].append(row)
        return found

    def _local(self, instant: datetime | None) -> datetime | None:
        return instant and instant.astimezone(self.zone).replace(tzinfo=None)
