"""An edition as the files of a folder, in the one canonical form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from expo.spreadsheets import Cell, csv_bytes, xlsx_bytes
from matchmaking.folder import settings
from matchmaking.folder.columns import ORDER_OF_LANGUAGES, TABLES, Table
from matchmaking.folder.parse import WORKBOOK, Parsed

FORMS = ("csv", "xlsx")


def files_of(parsed: Parsed, form: str = "csv") -> dict[str, bytes]:
    """The files (name → content): edition.toml and one CSV a table, or one workbook with a sheet a table."""
    files = {settings.FILE: settings.write(parsed.settings).encode()}
    values = parsed.values()
    if form == "xlsx":
        files[WORKBOOK] = xlsx_bytes({name: rows_of(TABLES[name], values[name]) for name in TABLES})
    else:
        files |= {f"{name}.csv": csv_bytes(rows_of(TABLES[name], values[name])) for name in TABLES}
    return files


def rows_of(table: Table, records: Iterable[Mapping[str, Any]]) -> Iterator[list[Cell]]:
    """The head row, then the records as cells."""
    yield list(table.heads())
    for record in records:
        row: list[Cell] = []
        for column in table.columns:
            value = record[column.key]
            if column.texts:
                row += [value.get(code, "") for code in ORDER_OF_LANGUAGES]
            else:
                row.append(column.kind.write(value))
        yield row
