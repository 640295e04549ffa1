"""Why two parties meet, and why others do not, as sentences that a person can check."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expo.words import Sentence, say

Named = Callable[[str], str]


@dataclass(frozen=True)
class Why:
    """What speaks for a meeting, and what is left to settle at the table."""

    reasons: tuple[Sentence, ...]
    to_settle: tuple[Sentence, ...]


def why(kept: Sequence[Sequence[Any]], country: Named = str, language: Named = str) -> Why:
    """Kept reasons (code, how well, of how much, figures) as sentences; `country` and `language` name a code.

    What nobody asked for says nothing and is left out.
    """
    found = [(code, _named(figures, country, language)) for code, _fit, _of, figures in kept]
    return Why(
        tuple(_filled(FOR[code], figures) for code, figures in found if code in FOR),
        tuple(_filled(TO_SETTLE[code], figures) for code, figures in found if code in TO_SETTLE),
    )


def _filled(sentence: Sentence, figures: Mapping[str, list[str]]) -> Sentence:
    return Sentence(sentence.message, dict(figures)) if "%(" in sentence.message else sentence


def _named(figures: Mapping[str, Any], country: Named, language: Named) -> dict[str, list[str]]:
    names = {"country": country, "languages": language}
    return {key: _several(value, names.get(key, str)) for key, value in figures.items()}


def _several(value: Any, named: Named) -> list[str]:
    return [named(str(one)) for one in (value if isinstance(value, list | tuple) else [value])]


FOR: dict[str, Sentence] = {
    "hs_6": say("offers exactly what is wanted (HS %(offered)s)"),
    "hs_4": say("offers HS %(offered)s, in the heading wanted (%(wanted)s)"),
    "hs_2": say("offers HS %(offered)s, in the chapter wanted (%(wanted)s)"),
    "price_within": say("the price is within the limit"),
    "quantity_covered": say("can deliver the quantity wanted"),
    "certificates_all": say("has all certificates asked for: %(have)s"),
    "certificates_some": say("has some certificates asked for: %(have)s"),
    "languages_shared": say("you share a language: %(languages)s"),
    "incoterm_same": say("delivers on the terms wanted: %(wanted)s"),
    "origin_wanted": say("comes from a country wanted: %(country)s"),
    "market_wanted": say("wants to sell to %(country)s"),
    "forum_shared": say("people of both follow %(forums)s"),
    "trade_1000": say("one country is strong in these goods, the other lacks them"),
}
"""Reason code (see `matchmaking.recommendations.fit`) → what speaks for the meeting."""

TO_SETTLE: dict[str, Sentence] = {
    "price_above": say("the price is above the limit"),
    "price_in_another_measure": say("the price is in another currency or for another unit"),
    "price_below": say("the price is below what was expected"),
    "quantity_in_part": say("can deliver a part of the quantity"),
    "certificates_some": say("certificates missing: %(missing)s"),
    "certificates_none": say("certificates missing: %(missing)s"),
    "languages_none": say("no common language: bring an interpreter"),
    "incoterm_other": say("delivers on %(offered)s, wanted is %(wanted)s"),
    "origin_other": say("comes from another country: %(country)s"),
}
"""Reason code → what the two have to talk about."""

UNMET: dict[str, Sentence] = {
    "two_fixed_tables": say("Both have a table of their own."),
    "no_table": say("Every table belongs to somebody else."),
    "never_free_together": say("The two are never there at the same time."),
    "never_free_together_am": say("The two are never there on the same morning."),
    "never_free_together_pm": say("The two are never there on the same afternoon."),
    "both_full": say("Both have all the meetings they can take, worth more to them."),
    "buyer_full": say("The buyer has all the meetings it can take, worth more to it."),
    "supplier_full": say("The exhibitor has all the meetings it can take, worth more to it."),
    "tables_full": say("Both are free, but at those times every table is taken."),
    "order_not_possible": say("Only times are left that break the order of two meetings."),
    "no_slot_left": say("Each has time left, but never at the same time."),
    "agreed_time_moved": say("The time the two agreed on could not be kept: they meet at another time."),
    "agreed_time_lost": say("The time the two agreed on could not be kept, and no other was left."),
}
"""Reason code (see `matchmaking.meetings.agenda.explain`) → why a request is not in the agenda."""


def told_as(code: str) -> str:
    """The reason as it is told, sorted and counted: a no as if the two had no time, because it is private."""
    return "no_slot_left" if code == "forbidden" else code


def unmet(counts: Mapping[str, int]) -> list[tuple[str, Sentence, int]]:
    """(code, why, how many requests are not in the agenda for it), the most frequent first."""
    told: Counter[str] = Counter()
    for code, count in counts.items():
        told[told_as(code)] += count
    ordered = sorted(told.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(code, unmet_reason(code), count) for code, count in ordered]


def unmet_reason(code: str) -> Sentence:
    """Why one request is not in the agenda."""
    return UNMET.get(told_as(code), say("For a reason of an unknown kind."))


WOULD_GIVE: dict[str, Sentence] = {
    "two_fixed_tables": say("Take its own table from one of the two."),
    "no_table": say("Put up a table for everybody, or open one."),
    "never_free_together": say("One of the two would have to come at another time."),
    "never_free_together_am": say("One would have to come in the morning, or both agree to the afternoon."),
    "never_free_together_pm": say("One would have to come in the afternoon, or both agree to the morning."),
    "both_full": say("Both would have to take one meeting more, or somebody else to sit in for them."),
    "buyer_full": say("The buyer would have to take one meeting more, or to send another person."),
    "supplier_full": say("The exhibitor would have to take one meeting more, or to send another person."),
    "tables_full": say("One table more at one of the times when both are free."),
    "order_not_possible": say("Give up the order of the two meetings."),
    "no_slot_left": say("One of the two would have to give up another meeting, or send another person."),
    "agreed_time_moved": say(
        "Give up what stands at that time: a locked meeting, an absence, a closed table."
    ),
    "agreed_time_lost": say(
        "Give up what stands at that time: a locked meeting, an absence, a closed table."
    ),
}
"""Reason code → what would have to give for the request to be met."""
