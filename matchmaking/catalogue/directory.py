"""The exhibitor directory: filtered, counted and put in order in the reader's language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from expo.languages import LanguageMap
from matchmaking.catalogue.ordering import initial, letter_key, sort_key

FILTERS = ("zone", "country", "sector", "letter")


@dataclass(frozen=True)
class Entry:
    """One exhibitor as far as it can be filtered; `zones` are codes of the zones its stands lie in."""

    id: int
    code: str
    name: LanguageMap
    country: str
    sector: str
    zones: tuple[str, ...] = ()
    letter: str = ""

    def fits(self, name: str, value: str) -> bool:
        """Whether a filter lets it through; an empty one lets everybody."""
        return not value or (value in self.zones if name == "zone" else getattr(self, name) == value)

    def values(self, name: str) -> tuple[str, ...]:
        """What it counts under."""
        return self.zones if name == "zone" else (getattr(self, name),)


def in_order(entries: Sequence[Entry], language: str) -> list[Entry]:
    """By name as readers of `language` expect, each under its letter."""
    lettered = [replace(entry, letter=initial(entry.name, language)) for entry in entries]
    return sorted(lettered, key=lambda entry: (sort_key(entry.name, language), entry.code))


def narrowed(entries: Sequence[Entry], chosen: dict[str, str]) -> list[Entry]:
    """Those that fit all filters."""
    return [one for one in entries if all(one.fits(name, chosen.get(name, "")) for name in FILTERS)]


def counts(entries: Sequence[Entry], chosen: dict[str, str]) -> dict[str, dict[str, int]]:
    """How many each choice of a filter would show, the other filters staying as they are; "" is all."""
    found = {}
    for name in FILTERS:
        others = narrowed(entries, chosen | {name: ""})
        tally = Counter(value for entry in others for value in entry.values(name) if value)
        found[name] = {"": len(others), **tally}
    found["letter"] = dict(sorted(found["letter"].items(), key=lambda item: _letter_place(item[0])))
    return found


def _letter_place(letter: str) -> tuple[int, ...]:
    return letter_key(letter) if letter else ()
