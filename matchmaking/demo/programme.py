"""The programme: opening ceremony, six forums and matchmaking sessions, in talks that can all be held."""

from dataclasses import dataclass
from random import Random

from matchmaking.demo.stage import FIRST, SECOND, Presence
from matchmaking.demo.texts import Row, Texts, columns, filled
from matchmaking.demo.vocabulary.forums import (
    ABOUT,
    ABSTRACTS,
    ASPECTS,
    FORUMS,
    MATCHING,
    MATCHING_ABOUT,
    OPENING,
    OPENING_ABOUT,
    SESSION_TITLES,
    SESSIONS,
    TITLES,
    ForumWords,
)

KEYNOTES, PANELS, TALKS = (45, 30, 30), (60, 75, 90), 13
LENGTHS = (15, 20, 20, 25, 30, 30, 40, 45)
LETTERS = "ACDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True)
class Slot:
    """What a forum needs at one place of its programme, before titles and people."""

    kind: str
    minutes: int
    after: tuple[str, ...] = ()
    on_date: str = ""


def forums() -> list[Row]:
    """The rows of the main event and of its supporting events."""
    rows = [_forum("OPEN", OPENING, OPENING_ABOUT, "ceremony", 1)]
    for forum in FORUMS:
        about = filled(ABOUT, one=forum.topics[0], two=forum.topics[1])
        rows.append(_forum(forum.code, forum.name, about, "forum", forum.hue))
    return [*rows, _forum("MATCH", MATCHING, MATCHING_ABOUT, "matchmaking", 8)]


def _forum(code: str, name: Texts, about: Texts, kind: str, hue: int) -> Row:
    main = "yes" if kind == "ceremony" else "no"
    words = {**columns("name", name), **columns("description", about)}
    return {"code": code, **words, "kind": kind, "is_main": main, "hue": hue}


def talks(draw: Random, people: list[Presence]) -> list[Row]:
    """The rows of all talks; the ceremony comes first."""
    rows = [_ceremony(draw, people)]
    for forum in FORUMS:
        rows += _of_forum(draw, forum, people)
    return rows + _sessions(draw, people)


def _ceremony(draw: Random, people: list[Presence]) -> Row:
    cast = [f"{guest.code}:speaker" for guest in people if guest.part == "guest"]
    cast += _interpreted(draw, people, ("en", "ru", "ur"), 90)
    row = _row("OC00QD", "OPEN", OPENING, OPENING_ABOUT, Slot("ceremony", 90), "zh", ("en", "ru", "ur"), cast)
    return row | {
        "equipment": "stage;screen;sound;streaming",
        "alone": "yes",
        "fixed_room": "GRAND",
        "fixed_start": f"{FIRST} 09:00",
        "on_date": FIRST,
    }


def _of_forum(draw: Random, forum: ForumWords, people: list[Presence]) -> list[Row]:
    codes = [
        f"{forum.letters}{number:02d}{draw.choice(LETTERS)}{draw.choice(LETTERS)}" for number in range(1, 20)
    ]
    combinations = [(topic, aspect) for topic in forum.topics for aspect in ASPECTS]
    rows = []
    for code, slot, (topic, aspect) in zip(
        codes, _slots(draw, codes), draw.sample(combinations, 19), strict=True
    ):
        language, others = _languages(draw, slot.kind)
        cast = _cast(draw, forum.code, people, slot) + _interpreted(draw, people, others, slot.minutes)
        title = filled(TITLES, topic=topic, aspect=aspect)
        abstract = filled(ABSTRACTS[slot.kind], topic=topic, aspect=aspect)
        rows.append(_row(code, forum.code, title, abstract, slot, language, others, cast))
    return rows


def _slots(draw: Random, codes: list[str]) -> list[Slot]:
    """First the opening keynote on day one, last the closing panel on day two; panels follow the opening."""
    opening = (codes[0],)
    slots = [Slot("keynote", KEYNOTES[0], on_date=FIRST)]
    slots += [Slot("keynote", minutes) for minutes in KEYNOTES[1:]]
    slots += [Slot("panel", minutes, opening) for minutes in PANELS[:-1]]
    slots += [
        Slot("talk", draw.choice(LENGTHS), opening if draw.random() < 0.2 else ()) for _ in range(TALKS)
    ]
    return [*slots, Slot("panel", PANELS[-1], (codes[3], codes[4]), SECOND)]


def _languages(draw: Random, kind: str) -> tuple[str, tuple[str, ...]]:
    language = draw.choices(("en", "zh", "ru", "ur"), (9, 7, 4, 1))[0]
    others = [other for other in ("zh", "ru", "en") if other != language]
    if kind == "talk":
        return language, tuple(draw.sample(others, draw.choice((0, 1, 1))))
    extra = ("ur",) if language != "ur" and draw.random() < 0.2 else ()
    return language, (*others[:2], *extra)


def _cast(draw: Random, forum: str, people: list[Presence], slot: Slot) -> list[str]:
    """A chair for keynotes and panels, and speakers who can all come on a common day."""
    here = [person for person in people if person.forum == forum]
    cast = []
    if slot.kind != "talk":
        chair = min((person for person in here if person.part == "chair"), key=lambda person: person.minutes)
        chair.minutes += slot.minutes
        cast.append(f"{chair.code}:chair")
    wanted = {"keynote": 1, "panel": 4, "talk": draw.choice((1, 1, 2))}[slot.kind]
    windows = _together(draw, slot, wanted)
    able = [p for p in here if p.part == "speaker" and p.window in windows and p.takes(slot.minutes)]
    draw.shuffle(able)
    for person in sorted(able, key=lambda person: person.minutes)[:wanted]:
        person.minutes += slot.minutes
        cast.append(f"{person.code}:speaker")
    return cast


def _together(draw: Random, slot: Slot, wanted: int) -> tuple[str, ...]:
    """Kinds of presence that can be on stage together: at most one restriction besides 'always'."""
    dated = {FIRST: ("first day",), SECOND: ("second day", "afternoons")}
    restricted = dated.get(slot.on_date, ("first day", "second day", "afternoons"))
    if slot.after and not slot.on_date:
        restricted = ("second day", "afternoons")
    return ("always", draw.choice(restricted)) if wanted > 1 else ("always", *restricted)


def _interpreted(draw: Random, people: list[Presence], others: tuple[str, ...], minutes: int) -> list[str]:
    """For each language the interpreter with the least to do."""
    cast = []
    for language in others:
        able = [p for p in people if p.part == "interpreter" and p.forum == language]
        person = min(able, key=lambda one: (one.minutes, draw.random()))
        person.minutes += minutes
        cast.append(f"{person.code}:interpreter")
    return cast


def _sessions(draw: Random, people: list[Presence]) -> list[Row]:
    """Matchmaking sessions, each hosted by a chair of a forum."""
    chairs = [person for person in people if person.part == "chair"]
    rows = []
    for number, topic in enumerate(SESSIONS, 1):
        chair = min(chairs, key=lambda person: person.minutes)
        chair.minutes += 75
        cast = [f"{chair.code}:chair", *_interpreted(draw, people, ("zh", "ru"), 75)]
        code = f"MM{number:02d}{draw.choice(LETTERS)}{draw.choice(LETTERS)}"
        slot = Slot("matchmaking", 75)
        title = filled(SESSION_TITLES, topic=topic)
        row = _row(code, "MATCH", title, MATCHING_ABOUT, slot, "en", ("zh", "ru"), cast)
        rows.append(row | {"equipment": "tables;screen"})
    return rows


def _row(
    code: str,
    forum: str,
    title: Texts,
    abstract: Texts,
    slot: Slot,
    language: str,
    others: tuple[str, ...],
    cast: list[str],
) -> Row:
    return {
        "code": code,
        "forum": forum,
        **columns("title", title),
        **columns("abstract", abstract),
        "kind": slot.kind,
        "minutes": slot.minutes,
        "language": language,
        "interpretation": ";".join(others),
        "equipment": "screen;streaming" if slot.kind == "keynote" else "screen",
        "after": ";".join(slot.after),
        "alone": "no",
        "fixed_room": "",
        "fixed_start": "",
        "on_date": slot.on_date,
        "speakers": ";".join(cast),
    }
