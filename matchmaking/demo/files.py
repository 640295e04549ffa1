"""The folder's files as text: edition.toml and one CSV a table."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

from matchmaking.demo.reference import Reference


def files(reference: Reference) -> dict[str, str]:
    """File name → content, lines ending in a single line feed."""
    found = {"edition.toml": toml(reference.settings)}
    return found | {f"{name}.csv": _csv(rows) for name, rows in reference.tables.items()}


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def toml(values: Mapping[str, object]) -> str:
    """Plain values first, then tables, then arrays of tables."""
    plain = {key: value for key, value in values.items() if not _is_table(value) and not _is_tables(value)}
    parts = ["\n".join(f"{key} = {_value(value)}" for key, value in plain.items())]
    for key, value in values.items():
        if isinstance(value, Mapping):
            parts.append(f"[{key}]\n{_pairs(value)}")
    for key, value in values.items():
        if isinstance(value, list) and _is_tables(value):
            parts += [f"[[{key}]]\n{_pairs(row)}" for row in value]
    return "\n\n".join(parts) + "\n"


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _pairs(table: Mapping[str, object]) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)
