"""The files of an edition folder as typed records, with every bad cell reported."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from expo.languages import tidy
from expo.money import exponent
from expo.spreadsheets import Row, Unreadable, is_zip, read_csv, read_sheets, read_xlsx
from expo.words import say as _t
from matchmaking.folder import settings_file
from matchmaking.folder.columns import TABLES, Column, Table
from matchmaking.folder.problems import Problems
from matchmaking.folder.settings import FILE, Settings
from matchmaking.folder.values import SHEET_ERRORS, BadCell

WORKBOOK = "edition.xlsx"
EXPLANATIONS = "columns"
ATTACHMENT = "attachment-"
TABLES_AND_SETTINGS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".toml")
PRICES = {"products": ("price",), "needs": ("min_price", "max_price"), "deals": ("total",),
          "till_sales": ("price",)}  # fmt: skip
Progress = Callable[[str, int], None]


@dataclass
class Record:
    """A row: its number as a person counts it and its values by `Column.key`; a cell that was bad is None."""

    row: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass
class Parsed:
    """A whole edition as it stands in a folder. `unread` names the tables that could not be read,
    `attachments` are the files of deals that lie beside the tables."""

    settings: Settings = field(default_factory=Settings)
    tables: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in TABLES})
    files: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    attachments: dict[str, bytes] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows each table has that is not private."""
        return {name: len(records) for name, records in self.tables.items() if not TABLES[name].private}

    def values(self) -> dict[str, list[dict[str, Any]]]:
        """The records without their row numbers, for comparing two editions."""
        return {name: [record.values for record in records] for name, records in self.tables.items()}


def parse(
    files: Mapping[str, bytes], problems: Problems, max_rows: int, progress: Progress | None = None
) -> Parsed:
    """Read all files of a folder (name → content). What is wrong is added to `problems`."""
    parsed = Parsed(attachments={name: data for name, data in files.items() if is_attachment(name)})
    given = {
        name: data
        for name, data in files.items()
        if not beside_the_point(name) and name not in parsed.attachments
    }
    toml = given.pop(FILE, None)
    settings = settings_file.read(toml, problems) if toml is not None else None
    if toml is None:
        problems.add(FILE, 0, "", "", _t("This file is missing; it holds the settings of the edition."))
    parsed.settings = settings or Settings()
    if settings is None:
        parsed.unread.add(FILE)
    for name, sources in _sources(given, problems, parsed, max_rows).items():
        if len(sources) > 1:
            problems.add(sources[1][0], 0, "", "", _t("The table %(table)s is there twice.", table=name))
        file, rows = sources[0]
        parsed.files[name] = file
        _read_table(TABLES[name], file, rows, parsed, problems)
        if progress:
            progress(name, len(parsed.tables[name]))
    for column in ("apart", "partners"):
        _name_once(parsed.tables["exhibitors"], column)
    return parsed


def _name_once(exhibitors: list[Record], column: str) -> None:
    """What is mutual is kept with the earlier of the two, in the order of the file, once for each pair."""
    places = {record["code"]: place for place, record in enumerate(exhibitors)}
    wanted: list[set[str]] = [set() for _ in exhibitors]
    for place, record in enumerate(exhibitors):
        for named in record[column] or ():
            other = places.get(named, place)
            wanted[min(place, other)].add(named if other >= place else record["code"])
    for record, codes in zip(exhibitors, wanted, strict=True):
        if record[column] is not None:
            record.values[column] = sorted(codes, key=lambda code: (places.get(code, len(places)), str(code)))


def is_attachment(name: str) -> bool:
    """Whether a file is one of a deal, to be named in a table, and no table itself."""
    return name.startswith(ATTACHMENT)


def beside_the_point(name: str) -> bool:
    """Whatever is neither table nor settings nor of a deal does no harm in a folder: notes, lock files."""
    if is_attachment(name):
        return False
    return name.startswith((".", "~$")) or not name.lower().endswith(TABLES_AND_SETTINGS)


def _sources(
    files: Mapping[str, bytes], problems: Problems, parsed: Parsed, max_rows: int
) -> dict[str, list[tuple[str, Iterator[Row]]]]:
    """For each table the files (or sheets of the one workbook) that hold it."""
    found: dict[str, list[tuple[str, Iterator[Row]]]] = {}
    for name in sorted(files):
        stem, _, ending = name.lower().rpartition(".")
        if name.lower() == WORKBOOK:
            for table, source in _sheets(files[name], problems, parsed, max_rows):
                found.setdefault(table, []).append(source)
        elif stem in TABLES and ending in ("csv", "xlsx"):
            read = read_xlsx if is_zip(files[name]) else read_csv
            found.setdefault(stem, []).append((name, read(files[name], max_rows)))
        else:
            known = [f"{table}.csv" for table in TABLES] + [FILE, WORKBOOK]
            problems.add(name, 0, "", "", _unknown(name, known, "file"))
    return {name: found[name] for name in TABLES if name in found}


def _sheets(
    data: bytes, problems: Problems, parsed: Parsed, max_rows: int
) -> Iterator[tuple[str, tuple[str, Iterator[Row]]]]:
    try:
        sheets = read_sheets(data, max_rows)
    except Unreadable as fault:
        problems.add(WORKBOOK, 0, "", "", fault.sentence)
        parsed.unread.update(TABLES)
        return
    for name, rows in sheets.items():
        if name in TABLES:
            yield name, (f"{WORKBOOK} [{name}]", rows)
        elif name != EXPLANATIONS:
            problems.add(f"{WORKBOOK} [{name}]", 0, "", "", _unknown(name, list(TABLES), "sheet"))


def _unknown(name: str, known: list[str], what: str):
    near = difflib.get_close_matches(name.lower(), known, n=1)
    if near:
        return {
            "file": _t("This file is not part of an edition folder; is %(near)s meant?", near=near[0]),
            "sheet": _t("This sheet is not part of an edition; is %(near)s meant?", near=near[0]),
            "column": _t("There is no such column here; is %(near)s meant?", near=near[0]),
        }[what]
    return {
        "file": _t("This file is not part of an edition folder."),
        "sheet": _t("This sheet is not part of an edition."),
        "column": _t("There is no such column here."),
    }[what]


def parse_table(
    table: Table, file: str, rows: Iterator[Row], currency: str, problems: Problems
) -> list[Record]:
    """The records of one table that is sent by itself; an empty currency is `currency`."""
    parsed = Parsed(tables={table.name: []})
    parsed.settings.currency = currency
    _read_table(table, file, rows, parsed, problems)
    return parsed.tables[table.name]


def _read_table(table: Table, file: str, rows: Iterator[Row], parsed: Parsed, problems: Problems) -> None:
    """Read one table. A file that fails as a whole is marked unread, so that no other is blamed for it."""
    records = parsed.tables[table.name]
    try:
        first, heads = next(rows, (1, []))
        places = _places(table, file, first, heads, problems)
        if places is None:
            parsed.unread.add(table.name)
            return
        readers = [_reader(column, places) for column in table.columns]
        for row, cells in rows:
            if len(cells) > len(heads) and any(cell.strip() for cell in cells[len(heads) :]):
                problems.add(
                    file, row, "", cells[len(heads)], _t("The row has more cells than there are columns.")
                )
            record = Record(row, {})
            for column, read in zip(table.columns, readers, strict=True):
                record.values[column.key] = read(file, row, cells, problems)
            _finish_price(table.name, file, record, parsed.settings, problems)
            records.append(record)
    except Unreadable as fault:
        problems.add(file, fault.row or 0, "", "", fault.sentence)
        parsed.unread.add(table.name)
        records.clear()


def _places(table: Table, file: str, row: int, heads: list[str], problems: Problems) -> dict[str, int] | None:
    """Where each head stands; None if a required column is missing."""
    known, places = list(table.heads()), {}
    for place, head in enumerate(head.strip().lower() for head in heads):
        if head in places:
            problems.add(file, row, head, head, _t("This column is there twice."))
        elif head in known:
            places[head] = place
        elif head:
            problems.add(file, row, head, head, _unknown(head, known, "column"))
    missing = [c for c in table.columns if c.required and not any(head in places for head in c.heads)]
    for column in missing:
        problems.add(file, row, column.heads[0], "", _t("This column is missing."))
    return None if missing else places


Reader = Callable[[str, int, list[str], Problems], Any]


def _reader(column: Column, places: Mapping[str, int]) -> Reader:
    return _texts_reader(column, places) if column.texts else _cell_reader(column, places)


def _cell_reader(column: Column, places: Mapping[str, int]) -> Reader:
    place, kind, name, required = places.get(column.name), column.kind, column.name, column.required
    default = column.default

    def read(file: str, row: int, cells: list[str], problems: Problems) -> Any:
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        if not text:
            if required:
                problems.add(file, row, name, "", _t("The cell is empty."))
                return None
            return kind.read(default) if default else kind.empty()
        try:
            if text[0] == "#" and text in SHEET_ERRORS:
                raise BadCell(_t("The cell holds an error of the spreadsheet."))
            return kind.read(text)
        except BadCell as bad:
            problems.add(file, row, name, text, bad.sentence)
            return None

    return read


def _texts_reader(column: Column, places: Mapping[str, int]) -> Reader:
    found = [(head[-2:], head, places[head]) for head in column.heads if head in places]
    read_text, required, first = column.kind.read, column.required, column.heads[0]

    def read(file: str, row: int, cells: list[str], problems: Problems) -> Any:
        texts: dict[str, str | None] = {}
        for language, head, place in found:
            text = cells[place].strip() if place < len(cells) else ""
            if not text:
                continue
            try:
                if text[0] == "#" and text in SHEET_ERRORS:
                    raise BadCell(_t("The cell holds an error of the spreadsheet."))
                texts[language] = read_text(text)
            except BadCell as bad:
                problems.add(file, row, head, text, bad.sentence)
                texts[language] = "?"
        if required and not texts:
            problems.add(file, row, first, "", _t("The cell is empty in every language."))
            return None
        return tidy(texts)

    return read


def _finish_price(table: str, file: str, record: Record, settings: Settings, problems: Problems) -> None:
    """An empty currency is the edition's; a price gets exactly the digits of its currency."""
    for column in PRICES.get(table, ()):
        if record.values["currency"] == "":
            record.values["currency"] = settings.currency
        price, currency = record[column], record["currency"]
        if price is None or not currency:
            continue
        digits = exponent(currency)
        if price != round(price, digits):
            reason = _t("%(currency)s has %(digits)s decimals.", currency=currency, digits=digits)
            problems.add(file, record.row, column, price, reason)
        record.values[column] = price.quantize(Decimal(1).scaleb(-digits))
