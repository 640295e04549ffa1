"""All that is kept of somebody, as data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from expo.editions.models import Edition
from expo.personal import Holding, holdings
from expo.registration.models import Person


def everything(session: Session, edition: Edition, person: Person) -> list[tuple[Holding, list[dict]]]:
    """What each room keeps of somebody: rows of plain values, also where there are none."""
    values = {"person": person.id, "edition": edition.id, "code": person.code, "email": person.email}
    found = []
    for holding in holdings():
        if holding.query:
            needed = {key: value for key, value in values.items() if f":{key}" in holding.query}
            rows = session.execute(text(holding.query), needed).mappings()
            found.append((holding, [dict(row) for row in rows]))
    return found


def as_data(edition: Edition, person: Person, found: list[tuple[Holding, list[dict]]]) -> dict[str, Any]:
    """The same as JSON holds it."""
    return {
        "edition": edition.code,
        "number": person.code,
        **{holding.key: [_plain(row) for row in rows] for holding, rows in found},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
