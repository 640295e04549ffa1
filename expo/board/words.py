"""What a place breaks, in words that name talks, rooms and people as people know them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from expo.forums.sentences import broken_in_words
from expo.forums.timetable.checker import Violation
from expo.words import Sentence

FORBIDDEN = frozenset({"room_twice", "person_twice"})
"""Rules that the database keeps, as long as the two talks really overlap."""
QUIET = frozenset({"unplaced", "lock"})
"""What the board shows in another way: the pool, the pin."""


@dataclass(frozen=True)
class Names:
    """Language maps by code."""

    talks: Mapping[str, Any] = field(default_factory=dict)
    rooms: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, Any] = field(default_factory=dict)

    def of(self, code: str) -> Any:
        """The name behind a code of any kind; the code itself where nobody has it any more."""
        return self.talks.get(code) or self.rooms.get(code) or self.people.get(code) or code


def told(violation: Violation, names: Names) -> Sentence:
    """A broken rule as a sentence with names."""
    named: Any = {"talk": names.of(violation.talk), "other": names.of(violation.other)}
    if violation.person:
        named["person"] = names.of(violation.person)
    return broken_in_words(replace(violation, **named))


def overlapping(violation: Violation) -> bool:
    """Whether the database would refuse it, too: a room or a person really in two talks at once."""
    return violation.rule in FORBIDDEN and (violation.gap is None or violation.gap < 0)


def known(violations: Iterable[Violation]) -> set[tuple[str, frozenset[str]]]:
    """What is wrong, regardless of which talk it is told of."""
    return {(one.rule, frozenset((one.talk, one.other))) for one in violations}
