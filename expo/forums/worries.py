"""What an organiser would be sorry to find out later, in words: not forbidden, but surely not meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from expo.words import Sentence, say

SPEAKING = frozenset({"keynote", "talk", "panel", "workshop"})
"""Kinds of talks that nobody comes to if nobody speaks."""


@dataclass(frozen=True)
class WorriedRoom:
    """A room as far as worries go."""

    code: str
    capacity: int
    layouts: Mapping[str, int]
    equipment: frozenset[str]
    booths: int

    def seats(self, layout: str) -> int:
        """Seats in a layout; 0 where the room does not take it."""
        return self.layouts.get(layout, 0) if layout and self.layouts else self.capacity


@dataclass(frozen=True)
class WorriedPerson:
    """Somebody on stage as far as worries go."""

    code: str
    email: str
    languages: frozenset[str]


@dataclass(frozen=True)
class WorriedTalk:
    """A talk as far as worries go; parts are (person, role)."""

    code: str
    kind: str
    state: str
    titled: bool
    language: str
    interpretation: tuple[str, ...]
    equipment: frozenset[str]
    layout: str
    seats: int
    parts: tuple[tuple[str, str], ...]
    on_programme_day: bool = True


@dataclass(frozen=True)
class Worry:
    """A sentence about a talk or a person (by code)."""

    about: str
    code: str
    kind: str
    sentence: Sentence


def worries(
    talks: Sequence[WorriedTalk], people: Iterable[WorriedPerson], rooms: Sequence[WorriedRoom]
) -> list[Worry]:
    """Everything worth a look, talks first, in the order they were given."""
    known = {person.code: person for person in people}
    held = [talk for talk in talks if talk.state != "withdrawn"]
    found = [worry for talk in held for worry in _of_talk(talk, known, rooms)]
    busy = {code for talk in held for code, _role in talk.parts}
    for code, person in known.items():
        if code not in busy:
            found.append(Worry("person", code, "idle", say("%(code)s has no part in any talk.", code=code)))
        elif not person.email:
            found.append(
                Worry("person", code, "no_email", say("%(code)s has no e-mail address: nobody can be asked.",
                                                      code=code))
            )  # fmt: skip
    return found


def _of_talk(
    talk: WorriedTalk, known: Mapping[str, WorriedPerson], rooms: Sequence[WorriedRoom]
) -> Iterator[Worry]:
    def worry(kind: str, sentence: Sentence) -> Worry:
        return Worry(
            "talk", talk.code, kind, Sentence(sentence.message, {"code": talk.code, **sentence.values})
        )

    if not talk.titled:
        yield worry("untitled", say("%(code)s has no title in any language."))
    roles = [role for _code, role in talk.parts]
    if talk.kind in SPEAKING and "speaker" not in roles and "chair" not in roles:
        yield worry("nobody", say("%(code)s has nobody who speaks."))
    if talk.kind == "panel" and "chair" not in roles:
        yield worry("no_chair", say("%(code)s is a panel without a chair."))
    if not talk.on_programme_day:
        yield worry("day", say("%(code)s is bound to a day without programme hours."))
    yield from _of_rooms(talk, rooms, worry)
    yield from _of_languages(talk, known, worry)


def _of_rooms(talk: WorriedTalk, rooms: Sequence[WorriedRoom], worry) -> Iterator[Worry]:
    if not rooms:
        return
    most = max(room.seats(talk.layout) for room in rooms)
    if talk.layout and not most:
        yield worry("layout", say("%(code)s: no room takes the layout “%(layout)s”.", layout=talk.layout))
    elif talk.seats > most:
        yield worry(
            "seats",
            say(
                "%(code)s needs %(seats)s seats; the largest room that fits has %(most)s.",
                seats=talk.seats,
                most=most,
            ),
        )
    there = frozenset().union(*(room.equipment for room in rooms))
    if missing := sorted(talk.equipment - there):
        yield worry("equipment", say("%(code)s needs %(what)s, which no room has.", what=missing))
    booths = len(set(talk.interpretation) - {talk.language})
    if booths > max(room.booths for room in rooms):
        yield worry(
            "booths",
            say(
                "%(code)s is interpreted into %(count)s languages; no room has as many booths.", count=booths
            ),
        )


def _of_languages(talk: WorriedTalk, known: Mapping[str, WorriedPerson], worry) -> Iterator[Worry]:
    wanted = set(talk.interpretation) - {talk.language}
    interpreters = [known[code] for code, role in talk.parts if role == "interpreter" and code in known]
    covered = set().union(*(person.languages for person in interpreters))
    if wanted and (left := sorted(wanted - covered)):
        yield worry("interpreters", say("%(code)s: nobody interprets into %(languages)s.", languages=left))
    for person in interpreters:
        if talk.language not in person.languages:
            yield worry(
                "interpreter",
                say(
                    "%(code)s: interpreter %(person)s does not speak %(language)s.",
                    person=person.code,
                    language=talk.language,
                ),
            )
    for code, role in talk.parts:
        person = known.get(code)
        if role == "speaker" and person and person.languages and talk.language not in person.languages:
            yield worry(
                "speaker_language",
                say(
                    "%(code)s: %(person)s is not said to speak %(language)s.",
                    person=code,
                    language=talk.language,
                ),
            )
