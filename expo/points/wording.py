"""The rule in words, and what one more of something would bring."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from expo.exhibitors.application import SOURCES
from expo.points.counting import Fact, count, filled, total
from expo.points.rule import Kind, Measure, Rule
from expo.words import Sentence, say

__all__ = ["BASES", "SOURCES", "explained", "more_of"]
BASES: dict[str, Sentence] = {
    "books": say("From these books"),
    "record": say("Written down by the organiser"),
    "imported": say("Came with the edition"),
    "cap": say("What is beyond the most"),
}


def explained(rule: Rule, currency: str) -> list[tuple[Sentence, Sentence]]:
    """Each source that counts, with what it counts for; nothing that is worth nothing."""
    found: list[tuple[Sentence, Sentence]] = []
    _measured(
        found, SOURCES["years"], rule.years, say("%(points)s for each year", points=_figure(rule.years.rate))
    )
    _measured(
        found, SOURCES["area"], rule.area, say("%(points)s for each m²", points=_figure(rule.area.rate))
    )
    _measured(
        found,
        SOURCES["spend"],
        rule.spend,
        say(
            "%(points)s for each 1,000 %(currency)s paid", points=_figure(rule.spend.rate), currency=currency
        ),
    )
    _measured(found, SOURCES["sponsorship"], rule.sponsorship, _each(rule.sponsorship.rate))
    _kinds(found, SOURCES["sponsorship"], rule.tiers)
    _measured(found, SOURCES["violations"], rule.violation, _each(rule.violation.rate))
    _kinds(found, SOURCES["violations"], rule.violations)
    _kinds(found, SOURCES["own"], rule.own)
    return found


def _figure(number: Decimal) -> float:
    """As a value of a sentence, which the reader's language writes."""
    return int(number) if number == int(number) else float(number)


def _each(rate: Decimal) -> Sentence:
    return say("%(points)s for each", points=_figure(rate))


def _measured(found: list, name: Sentence, measure: Measure, sentence: Sentence) -> None:
    if measure.rate:
        found.append((name, _capped(sentence, measure.cap)))


def _kinds(found: list, name: Sentence, kinds: Iterable[Kind]) -> None:
    for kind in kinds:
        title = say("%(source)s: %(kind)s", source=name, kind=kind.name)
        found.append((title, _capped(_each(kind.rate), kind.cap)))


def _capped(sentence: Sentence, cap: Decimal | None) -> Sentence:
    return sentence if cap is None else say("%(what)s, %(most)s at most", what=sentence, most=_figure(cap))


def more_of(rule: Rule, origin: Iterable[Mapping[str, Any]]) -> list[tuple[Sentence, Decimal]]:
    """What one more year, 9 m², 10,000 spent or a sponsorship would add, caps counted in; only what adds."""
    lines = [line for line in filled(origin, rule) if line["basis"] != "cap" and line["figure"]]
    facts = [
        Fact(line["source"], Decimal(line["figure"]), line["kind"], basis=line["basis"]) for line in lines
    ]
    now = total(count(rule, facts))
    chances = [
        (say("One more year here"), Fact("years", Decimal(1))),
        (say("9 m² more"), Fact("area", Decimal(9))),
        (say("10,000 more spent"), Fact("spend", Decimal(10_000))),
        *(
            (say("Sponsorship: %(tier)s", tier=tier.name), Fact("sponsorship", Decimal(1), tier.key))
            for tier in rule.tiers
        ),
    ]
    found = [(what, total(count(rule, [*facts, fact])) - now) for what, fact in chances]
    return [(what, points) for what, points in found if points > 0]
