"""The price list as a table: floor, percentages and services, a row each; in with every fault named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from expo.languages import LANGUAGES
from expo.money import exponent
from expo.orders.permits import KINDS
from expo.orders.pricing import in_minor
from expo.orders.stages import CATEGORIES
from expo.words import Sentence, say

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
HEADS = (
    "category", "code", "zone", *NAMES, "unit", "price", "tax_percent", "step", "most", "deadline",
    "late_percent", "stock", "permit", "offered",
)  # fmt: skip
FLOOR = ("shell_m2", "raw_m2", "power_kw", "tax_percent")
PERCENTS = ("corner", "peninsula", "island", "early", "late", "newcomer", "pavilion")
DAYS = {"early": "early_until", "late": "late_from"}
PLAIN = ("category", "code", "unit", "step", "most", "deadline", "late_percent", "stock", "permit")
LARGEST = Decimal(10) ** 9
YES, NO = ("yes", "true", "1", "", "да", "是", "ہاں"), ("no", "false", "0", "нет", "否", "نہیں")


@dataclass
class PriceFile:
    """What a file says. basic: for `Edition.prices`; own: columns of the price list; services by code."""

    basic: dict[str, str] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    zones: dict[str, dict[str, str]] = field(default_factory=dict)
    services: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row."""

    row: int
    column: str
    sentence: Sentence


class _Bad(Exception):
    def __init__(self, column: str, sentence: Sentence):
        super().__init__(column)
        self.column, self.sentence = column, sentence


def table(
    basic: Mapping[str, str], own: Mapping[str, Any], zones: Mapping[str, Mapping[str, str]],
    services: Iterable[Mapping[str, Any]], currency: str,
) -> list[list[Any]]:  # fmt: skip
    """The price list as rows, heads first."""

    def row(**given: Any) -> list[Any]:
        return [given.get(head, "") for head in HEADS]

    rows: list[list[Any]] = [list(HEADS)]
    rows += [row(category="floor", code=code, price=_dec(basic.get(code))) for code in FLOOR]
    for zone, given in sorted(zones.items()):
        rows += [
            row(category="floor", code=code, zone=zone, price=_dec(value)) for code, value in given.items()
        ]
    for code in PERCENTS:
        value = _dec(basic.get(f"{code}_percent")) if code in ("corner", "island") else own[f"{code}_percent"]
        rows.append(row(category="percent", code=code, price=value, deadline=own.get(DAYS.get(code, ""), "")))
    for one in services:
        texts = {f"name_{language}": one["name"].get(language, "") for language in LANGUAGES}
        plain = {key: one[key] for key in PLAIN}  # fmt: skip
        price = Decimal(one["price_minor"]).scaleb(-exponent(currency))
        rows.append(
            row(
                **texts,
                **plain,
                price=price,
                tax_percent=Decimal(one["tax_bp"]) / 100,
                offered=one["is_offered"],
            )
        )
    return rows


def _dec(text: Any) -> Any:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return ""


def parse(
    rows: Iterable[tuple[int, Sequence[str]]], zones: Iterable[str], currency: str
) -> tuple[PriceFile, list[Fault]]:
    """A price list from rows with their numbers, and everything that is wrong with them."""
    found, faults, known = PriceFile(), [], set(zones)
    given = iter(rows)
    head = next(given, None)
    if head is None:
        return found, [Fault(1, "", say("The file is empty."))]
    names = [cell.strip().casefold() for cell in head[1]]
    if lacking := [name for name in ("category", "code", "price") if name not in names]:
        return found, [Fault(head[0], "", say("Columns are missing: %(names)s.", names=lacking))]
    if unknown := [name for name in names if name and name not in HEADS]:
        return found, [Fault(head[0], "", say("Nobody knows these columns: %(names)s.", names=unknown))]
    for number, cells in given:
        values = {name: cells[at].strip() if at < len(cells) else "" for at, name in enumerate(names) if name}
        try:
            _take(found, values, known, currency)
        except _Bad as bad:
            faults.append(Fault(number, bad.column, bad.sentence))
    early, late = found.own.get("early_until"), found.own.get("late_from")
    if early and late and early >= late:
        faults.append(Fault(head[0], "deadline", say("Early prices have to end before late ones begin.")))
    return found, faults


def _take(found: PriceFile, values: Mapping[str, str], zones: set[str], currency: str) -> None:
    category, code = values["category"].casefold(), values["code"]
    if category == "floor":
        _floor(found, values, zones)
    elif category == "percent":
        if code not in PERCENTS:
            raise _Bad("code", say("This is one of: %(names)s.", names=list(PERCENTS)))
        percent = _number(values, "price", 1000 if code in ("corner", "peninsula", "island") else 100)
        if code in ("corner", "island"):
            found.basic[f"{code}_percent"] = f"{percent or 0:f}"
        else:
            found.own[f"{code}_percent"] = (
                percent if percent is not None or code == "peninsula" else Decimal(0)
            )
        if code in DAYS:
            found.own[DAYS[code]] = _day(values)
    elif category in CATEGORIES:
        if not code or len(code) > 30:
            raise _Bad("code", say("A service needs a code of up to 30 letters."))
        if code in found.services:
            raise _Bad("code", say("This code is in the file twice."))
        found.services[code] = _service(values, category, currency)
    else:
        raise _Bad("category", say("This is one of: %(names)s.", names=["floor", "percent", *CATEGORIES]))


def _floor(found: PriceFile, values: Mapping[str, str], zones: set[str]) -> None:
    code, zone = values["code"], values.get("zone", "")
    if code not in FLOOR:
        raise _Bad("code", say("This is one of: %(names)s.", names=list(FLOOR)))
    price = _number(values, "price", 100 if code == "tax_percent" else LARGEST)
    if not zone:
        found.basic[code] = f"{price or 0:f}"
        return
    if zone not in zones or code not in ("shell_m2", "raw_m2"):
        raise _Bad("zone", say("Only the floor of a zone that exists has a price of its own."))
    if price is not None:
        found.zones.setdefault(zone, {})[code] = f"{price:f}"


def _service(values: Mapping[str, str], category: str, currency: str) -> dict[str, Any]:
    name = {code: values[f"name_{code}"] for code in LANGUAGES if values.get(f"name_{code}")}
    if not name or any(len(text) > 200 for text in name.values()):
        raise _Bad("name_en", say("Name it in one language at least, in up to 200 letters."))
    permit, offered = values.get("permit", ""), values.get("offered", "").casefold()
    if permit and permit not in KINDS:
        raise _Bad("permit", say("This is one of: %(names)s.", names=list(KINDS)))
    if offered not in YES + NO:
        raise _Bad("offered", say("This is yes or no."))
    price = _number(values, "price", LARGEST)
    if price is None:
        raise _Bad("price", say("A price is missing."))
    step, most = _number(values, "step", 10**6), _number(values, "most", 10**6)
    if step == 0 or most == 0:
        raise _Bad("step", say("Steps and largest quantities are above zero."))
    return {
        "code": values["code"], "category": category, "name": name,
        "unit": values.get("unit", "")[:20] or "pcs",
        "price_minor": in_minor(price, currency),
        "tax_bp": int((_number(values, "tax_percent", 100) or Decimal(0)) * 100),
        "step": step or Decimal(1), "most": most, "deadline": _day(values),
        "late_percent": _number(values, "late_percent", 300), "stock": _number(values, "stock", 10**9),
        "permit": permit, "is_offered": offered in YES,
    }  # fmt: skip


def _number(values: Mapping[str, str], column: str, most: int | Decimal) -> Decimal | None:
    text = values.get(column, "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _Bad(column, say("“%(text)s” is no number.", text=text[:40])) from None
    if not value.is_finite() or not 0 <= value <= most:
        raise _Bad(column, say("This lies between 0 and %(most)s.", most=f"{most:f}"))
    return value.quantize(Decimal("0.001")) if column in ("step", "most", "stock") else value


def _day(values: Mapping[str, str]) -> date | None:
    text = values.get("deadline", "")
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Bad("deadline", say("“%(text)s” is no date. Write 2026-03-31.", text=text[:40])) from None
