"""An edition as the files of a folder, in the one canonical form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from expo.errors import Refused
from expo.spreadsheets import Cell, csv_bytes, xlsx_bytes
from expo.words import say as _t
from matchmaking.folder import settings
from matchmaking.folder.columns import ORDER_OF_LANGUAGES, TABLES, Table
from matchmaking.folder.parse import WORKBOOK, Parsed

FORMS = ("csv", "xlsx")
LONGEST_CELL = 32_767


def files_of(parsed: Parsed, form: str = "csv", *, private: bool = False) -> dict[str, bytes]:
    """The files (name → content): edition.toml and one CSV a table, or one workbook with a sheet a table.

    Files of deals lie beside them, if they were read. Private tables are left out, head and all, unless they
    are asked for.
    """
    files = {settings.FILE: settings.write(parsed.settings).encode()}
    values = parsed.values()
    tables = [table for table in TABLES.values() if private or not table.private]
    if form == "xlsx":
        _fits(values)
        files[WORKBOOK] = xlsx_bytes({table.name: rows_of(table, values[table.name]) for table in tables})
    else:
        files |= {f"{table.name}.csv": csv_bytes(rows_of(table, values[table.name])) for table in tables}
    return files | parsed.attachments


def _fits(values: Mapping[str, list[dict[str, Any]]]) -> None:
    """Refused where the content of an event is longer than a cell may be: it would be cut off."""
    write = next(one.kind.write for one in TABLES["deal_history"].columns if one.name == "content")
    if any(len(write(record["content"])) > LONGEST_CELL for record in values["deal_history"]):
        raise Refused(_t("An event of the ledger is too long for a workbook. Take the CSV files instead."))


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
