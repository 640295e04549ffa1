"""Events and tracks as columns of our tables want them."""

from collections.abc import Iterable, Mapping
from typing import Any

from expo.forums.feeds.parts import HUES
from expo.forums.incoming.cleaning import slug_of
from expo.forums.incoming.values import Event, Plan, Taken
from expo.languages import LANGUAGES

KINDS = {
    "keynote": ("keynote",),
    "ceremony": ("ceremony", "opening", "closing", "eröffnung", "abschluss"),
    "panel": ("panel", "podium", "discussion", "diskussion"),
    "workshop": ("workshop", "hands-on", "tutorial"),
}
MAIN = ("main", "keynote", "plenary", "opening", "ceremony")


def texts_of(text: str, language: str) -> dict[str, str]:
    """A text as a language map: under its language where the house speaks it, under English otherwise."""
    short = language.lower()[:2]
    return {short if short in LANGUAGES else "en": text} if text else {}


def kind_of(event: Event) -> str:
    """The kind of talk that its type comes closest to."""
    told = event.more.get("type", "").casefold()
    return next((kind for kind, words in KINDS.items() if any(word in told for word in words)), "talk")


def origin_of(one: Taken) -> dict[str, Any]:
    """What the feeds say again that has no column: numbers, texts, links, people the talk only names."""
    event = one.event
    more = {key: value for key, value in event.more.items() if value}
    more |= {"id": event.id} if event.id else {}
    more |= {} if event.track else {"track": ""}
    more |= {} if event.language else {"language": ""}
    numbers = {person.code: person.id for person in one.people if person.id}
    named = [
        {"code": person.code, "name": person.name} | ({"id": person.id} if person.id else {})
        for person in one.named
    ]
    return more | ({"people": numbers} if numbers else {}) | ({"with": named} if named else {})


def track_rows(plan: Plan, known: Mapping[str, Any], codes: set[str], has_main: bool) -> list[dict[str, Any]]:
    """Forums for the tracks that are not known yet; one is the main event if none is so far.

    Events without a track are of a forum called like the whole.
    """
    names = list(dict.fromkeys(track or plan.schedule.title for track in plan.schedule.tracks))
    fresh = [name for name in names if name not in known]
    given = unique_codes(fresh, "FORUM", codes)
    main = next((name for word in MAIN for name in fresh if word in name.casefold()), next(iter(fresh), ""))
    return [
        {
            "code": given[name],
            "name": {"en": name},
            "hue": _hue(plan.schedule.colours.get(name, ""), number),
            "is_main": not has_main and name == main,
        }
        for number, name in enumerate(fresh)
    ]


def _hue(colour: str, number: int) -> int:
    return HUES.index(colour) + 1 if colour in HUES else number % len(HUES) + 1


def unique_codes(names: Iterable[str], otherwise: str, taken: set[str], exact: int = 0) -> dict[str, str]:
    """A code for each name, none of them taken; `exact` letters where a length is asked for."""
    taken, found = set(taken), {}
    for name in names:
        plain = slug_of(name, exact or 16) or otherwise
        code, number = plain, 2
        while code in taken or (exact and len(code) != exact):
            code = (
                f"{plain}{number:0{max(1, exact - len(plain))}d}" if not exact else _numbered(number, exact)
            )
            number += 1
        taken.add(code)
        found[name] = code
    return found


def _numbered(number: int, length: int) -> str:
    return f"Z{number:0{length - 1}d}"
