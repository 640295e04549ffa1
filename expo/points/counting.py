"""Facts counted by a rule: every point with its origin, adding up to the hundredth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from expo.points.rule import LARGEST, SPEND_UNIT, Measure, Rule, plain

CENT = Decimal("0.01")
MOST_TOTAL = Decimal("99999999.99")
SOURCES = ("years", "area", "spend", "sponsorship", "violations", "own", "given")


@dataclass(frozen=True)
class Fact:
    """Something that counts. `figure`: years, m², units of the edition's currency, or how many.

    basis: "books" (from this house's own rows), "record" (written down by an organiser) or "imported" (points
    that came with the edition before facts were kept).
    """

    source: str
    figure: Decimal
    kind: str = ""
    when: str = ""
    note: str = ""
    basis: str = "books"


def count(rule: Rule, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """The origin of every point, as kept with the exhibitor; a cap is a line of its own that takes away.

    A line has source, kind, name, figure, rate, points, when, note, basis and the rule's version; figure and
    rate are decimals as text.
    """
    by_source: dict[str, list[Fact]] = {source: [] for source in SOURCES}
    for fact in facts:
        by_source[fact.source if fact.source in by_source else "given"].append(fact)
    found: list[dict[str, Any]] = []
    for source, given in by_source.items():
        lines = [line for fact in given if (line := _line(rule, source, fact))]
        found += lines + _caps(rule, source, lines)
    return found


def _line(rule: Rule, source: str, fact: Fact) -> dict[str, Any] | None:
    kind = rule.kind(source, fact.kind)
    rate = kind.rate if kind else _rate(rule, source)
    units = fact.figure / SPEND_UNIT if source == "spend" else fact.figure
    points = _rounded(rate * units)
    if not points and source not in ("years", "spend", "sponsorship", "violations", "own"):
        return None
    return {
        "source": source,
        "kind": fact.kind,
        "name": kind.name if kind else fact.kind,
        "figure": plain(fact.figure),
        "rate": plain(rate),
        "points": _json(points),
        "when": fact.when,
        "note": fact.note,
        "basis": fact.basis,
        "version": rule.version,
    }


def _rate(rule: Rule, source: str) -> Decimal:
    """What a unit counts where no tier, kind or criterion says; points given as such count as they are."""
    if source == "given":
        return Decimal(1)
    return _measure(rule, source).rate


def _measure(rule: Rule, source: str) -> Measure:
    return {
        "years": rule.years,
        "area": rule.area,
        "spend": rule.spend,
        "sponsorship": rule.sponsorship,
        "violations": rule.violation,
    }.get(source, Measure())


def _caps(rule: Rule, source: str, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What goes beyond the most that a source, or one criterion of the organiser's own, may give."""
    caps = [(kind.key, kind.name, kind.cap) for kind in rule.own] if source == "own" else []
    caps = caps or [("", "", _measure(rule, source).cap)]
    found = []
    for key, name, cap in caps:
        gained = sum(
            (Decimal(str(line["points"])) for line in lines if key in ("", line["kind"])), Decimal(0)
        )
        if cap is None or abs(gained) <= abs(cap):
            continue
        limit = abs(cap) if gained > 0 else -abs(cap)
        found.append(
            {"source": source, "kind": "cap", "name": name, "figure": plain(gained), "rate": plain(limit),
             "points": _json(limit - gained), "when": "", "note": "", "basis": "cap", "version": rule.version}
        )  # fmt: skip
    return found


def carried(origin: Iterable[Mapping[str, Any]], rule: Rule, house_years: int) -> list[Fact]:
    """The facts behind points that came without any: imported ones, by the rule that they were given under.

    Twelve points for years, at three a year, stand for four years; those this house counts itself are taken
    off. Area is counted from the application. What the rule had no rate for stays as it was given.
    """
    found = []
    for line in origin:
        source, basis = str(line.get("source", "")), line.get("basis")
        if basis not in (None, "imported") or source == "area":
            continue
        figure, kept = (_carried_figure(line, source, rule), source) if basis is None else (
            Decimal(str(line["figure"])), source)  # fmt: skip
        if figure is None:
            figure, kept = Decimal(str(line.get("points", 0))), "given"
        if kept == "years" and basis is None:
            figure = max(figure - house_years, Decimal(0))
        if figure:
            note = str(line.get("note", "") or (source if kept == "given" else ""))
            found.append(Fact(kept, figure, str(line.get("kind", "")), "", note, "imported"))
    return found


def filled(origin: Iterable[Mapping[str, Any]], rule: Rule) -> list[dict[str, Any]]:
    """The origin as it is shown: points that came without figures with those they stood for."""
    found = []
    for line in origin:
        shown = {
            "kind": "",
            "name": "",
            "figure": "",
            "rate": "",
            "when": "",
            "note": "",
            "basis": "imported",
        }
        shown |= line
        if "basis" not in line and (figure := _carried_figure(line, str(line["source"]), rule)) is not None:
            shown |= {"figure": plain(figure), "rate": plain(_rate(rule, str(line["source"])))}
        found.append(shown)
    return found


def _carried_figure(line: Mapping[str, Any], source: str, rule: Rule) -> Decimal | None:
    rate = _rate(rule, source) if source in SOURCES else Decimal(0)
    if not rate or source == "given":
        return None
    unit = SPEND_UNIT if source == "spend" else Decimal(1)
    return (Decimal(str(line.get("points", 0))) / rate * unit).quantize(CENT, ROUND_HALF_EVEN)


def total(origin: Iterable[Mapping[str, Any]]) -> Decimal:
    """The sum of all lines, in hundredths."""
    points = sum((Decimal(str(line["points"])) for line in origin), Decimal(0))
    return min(max(points, -MOST_TOTAL), MOST_TOTAL).quantize(CENT)


def remembers(rule: Rule, happened: date, starts_on: date, *, here: bool) -> bool:
    """Whether a violation still counts: one of this edition always, others for the years the rule says."""
    if here:
        return True
    first = starts_on.replace(year=max(starts_on.year - rule.remembered_years, 1), day=min(starts_on.day, 28))
    return bool(rule.remembered_years) and happened >= first


def _rounded(points: Decimal) -> Decimal:
    return min(max(points, -LARGEST), LARGEST).quantize(CENT, ROUND_HALF_EVEN)


def _json(points: Decimal) -> int | float:
    """A number as JSON holds it: 6, not 6.0."""
    return int(points) if points == points.to_integral_value() else float(points)
