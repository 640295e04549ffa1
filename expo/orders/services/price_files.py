"""The price list out as a table, and a table in: what it would change, then all of it at once."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from sqlmodel import Session

from expo.editions.models import Edition
from expo.orders.price_file import Fault, PriceFile, parse, table
from expo.orders.services.catalogue import save_service, services_of
from expo.orders.services.listing import BASIC, OWN, list_of, save_list
from expo.venue import queries as venue


class Plan(NamedTuple):
    """What a file would do: prices and percentages that change (name, before, after), services by code."""

    prices: list[tuple[str, str, str]]
    fresh: list[str]
    changed: list[str]
    same: list[str]
    left: list[str]


def price_table(session: Session, edition: Edition) -> list[list[Any]]:
    """The edition's price list as rows, heads first."""
    kept = list_of(session, edition)
    own = {name: getattr(kept, name) for name in OWN}
    services = [one.model_dump() for one in services_of(session, edition.id)]
    return table(edition.prices, own, kept.zones, services, edition.currency)


def read_file(
    session: Session, edition: Edition, rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[PriceFile, list[Fault]]:
    """What the rows of a file say, and what is wrong with them."""
    return parse(rows, [zone.code for zone in venue.zones(session, edition)], edition.currency)


def planned(session: Session, edition: Edition, found: PriceFile) -> Plan:
    """What taking the file over would change."""
    kept = list_of(session, edition)
    known = {one.code: one.model_dump() for one in services_of(session, edition.id)}
    fresh = [code for code in found.services if code not in known]
    changed = [
        code for code, given in found.services.items() if code in known and _differs(known[code], given)
    ]
    before = {key: edition.prices.get(key, "") for key in found.basic}
    prices = [
        (key, str(before[key]), value)
        for key, value in found.basic.items()
        if _number(before[key]) != _number(value)
    ]
    prices += [
        (key, _said(getattr(kept, key)), _said(value))
        for key, value in found.own.items()
        if getattr(kept, key) != value
    ]
    zones = {f"{zone} {key}": value for zone, given in found.zones.items() for key, value in given.items()}
    former = {f"{zone} {key}": value for zone, given in kept.zones.items() for key, value in given.items()}
    prices += [
        (key, former.get(key, ""), zones.get(key, ""))
        for key in sorted(zones.keys() | former.keys())
        if _number(former.get(key)) != _number(zones.get(key))
    ]
    same = [code for code in found.services if code in known and code not in changed]
    return Plan(prices, fresh, changed, same, [code for code in known if code not in found.services])


def _number(text: Any) -> Any:
    try:
        return Decimal(str(text or 0))
    except InvalidOperation:
        return text


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _differs(known: dict[str, Any], given: dict[str, Any]) -> bool:
    return any(known[key] != value for key, value in given.items())


def take_file(session: Session, edition: Edition, version: int, found: PriceFile) -> None:
    """Take a file over, all of it or nothing; services that it does not name stay as they are."""
    basic = {key: value for key, value in found.basic.items() if key in BASIC}
    save_list(session, edition, version, basic, {**found.own, "zones": found.zones})
    known = {one.code: one for one in services_of(session, edition.id)}
    for code, given in found.services.items():
        if code not in known or _differs(known[code].model_dump(), given):
            save_service(session, edition, given, known.get(code))
