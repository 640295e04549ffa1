"""Priority points that an application earns by itself, after the edition's published rule."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

CENT = Decimal("0.01")
LARGEST = Decimal(1_000_000)


def earned(rule: Mapping[str, Any], years: int, area_m2: int) -> list[dict[str, Any]]:
    """Points for earlier years and for area: [{"source": "years", "points": 6}, …], none that are nothing."""
    found = {"years": worth(rule, "years") * years, "area": worth(rule, "area") * area_m2}
    return [
        {"source": source, "points": plain(points)}
        for source, points in found.items()
        if points.quantize(CENT)
    ]


def worth(rule: Mapping[str, Any], source: str) -> Decimal:
    """What one unit of a source counts; nothing when the rule is silent or not a number."""
    try:
        value = Decimal(str(rule.get(source, 0)))
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and abs(value) <= LARGEST else Decimal(0)


def total(origin: Sequence[Mapping[str, Any]]) -> Decimal:
    """The sum of all sources, in hundredths."""
    return sum((Decimal(str(each["points"])) for each in origin), Decimal(0)).quantize(CENT)


def replaced(origin: Sequence[Mapping[str, Any]], source: str, points: Decimal) -> list[dict[str, Any]]:
    """The origin with one source set; zero takes it away."""
    others = [dict(each) for each in origin if each["source"] != source]
    return [*others, {"source": source, "points": plain(points)}] if points else others


def plain(points: Decimal) -> int | float:
    """A number as JSON holds it: 6, not 6.0."""
    points = points.quantize(CENT)
    return int(points) if points == points.to_integral_value() else float(points)
