"""Who is on stage: guests, chairs, speakers and interpreters, with the days they can come."""

from dataclasses import dataclass, field
from random import Random

from matchmaking.demo.firms import slug
from matchmaking.demo.texts import Row, Texts, columns, filled
from matchmaking.demo.vocabulary.countries import COUNTRIES, MEMBERS
from matchmaking.demo.vocabulary.forums import (
    BIOGRAPHIES,
    FORUMS,
    GUEST,
    HOST,
    INSTITUTES,
    INTERPRETER,
    OPENING,
    POSITIONS,
)
from matchmaking.demo.vocabulary.people import person_name

Window = tuple[str, str]
FIRST, SECOND = "2023-06-15", "2023-06-16"
WINDOWS: dict[str, tuple[Window, ...]] = {
    "always": (),
    "first day": ((f"{FIRST} 09:00", f"{FIRST} 18:00"),),
    "second day": ((f"{SECOND} 09:00", f"{SECOND} 18:00"),),
    "afternoons": ((f"{FIRST} 13:30", f"{FIRST} 18:00"), (f"{SECOND} 13:30", f"{SECOND} 18:00")),
}
INTERPRETERS = {"zh": 10, "ru": 10, "en": 12, "ur": 6}
CHAIRS, SPEAKERS, GUESTS = 2, 16, 8
# Minutes on stage that each kind of presence may be asked for, at most: well under half of the time there.
MOST_MINUTES = {"always": 330, "first day": 120, "second day": 160, "afternoons": 200}


@dataclass
class Presence:
    """Somebody on stage while talks are handed out; `minutes` counts what they have taken on."""

    code: str
    forum: str
    part: str
    name: Texts
    title: Texts
    topic: Texts
    country: str
    languages: tuple[str, ...]
    window: str = "always"
    minutes: int = 0
    organisation: str = field(default="")

    def takes(self, minutes: int) -> bool:
        """Whether so many more minutes stay within what may be asked."""
        return self.minutes + minutes <= MOST_MINUTES[self.window]

    def biography(self) -> Texts:
        """A line on what speakers and chairs work on; guests and interpreters go without."""
        if self.part in ("guest", "interpreter"):
            return {}
        return filled(BIOGRAPHIES, position=self.title, topic=self.topic)

    def row(self) -> Row:
        return {
            "code": self.code,
            **columns("name", self.name),
            **columns("title", self.title),
            **columns("biography", self.biography()),
            "organisation": self.organisation,
            "country": self.country,
            "email": f"{slug(self.name['en'])}-{self.code.lower()}@stage.example",
            "languages": ";".join(self.languages),
        }


def presences(draw: Random) -> list[Presence]:
    """Everybody, in the order of their codes."""
    found: list[Presence] = []
    for code in MEMBERS:
        found.append(_person(draw, found, "OPEN", "guest", code, GUEST, OPENING))
    for forum in FORUMS:
        for part, number in (("chair", CHAIRS), ("speaker", SPEAKERS)):
            for _ in range(number):
                country = draw.choices(list(COUNTRIES), [c.exhibitors for c in COUNTRIES.values()])[0]
                title = HOST if part == "chair" else draw.choice(POSITIONS)
                found.append(
                    _person(draw, found, forum.code, part, country, title, draw.choice(forum.topics))
                )
                if part == "speaker" and draw.random() < 0.3:
                    found[-1].window = draw.choice(("first day", "second day", "afternoons"))
    homes = {"zh": "CN", "ru": "RU", "en": "IN", "ur": "PK"}
    for language, number in INTERPRETERS.items():
        for _ in range(number):
            found.append(_person(draw, found, language, "interpreter", homes[language], INTERPRETER, OPENING))
    return found


def _person(
    draw: Random, found: list[Presence], forum: str, part: str, country: str, title: Texts, topic: Texts
) -> Presence:
    home = COUNTRIES[country]
    languages = tuple(dict.fromkeys((home.language, "en")))
    presence = Presence(
        f"SP{len(found) + 1:03d}",
        forum,
        part,
        person_name(draw, home.style),
        title,
        topic,
        country,
        languages,
    )
    if part == "interpreter":  # into their own, out of what is spoken on stage
        presence.languages = tuple(dict.fromkeys((forum, "zh", "en", "ru", "ur")))
    presence.organisation = "" if part == "interpreter" else draw.choice(INSTITUTES)
    return presence


def stage_windows(people: list[Presence]) -> list[Row]:
    """Availability rows of those who cannot always come."""
    return [
        {"kind": "speaker", "code": person.code, "from": start, "until": end}
        for person in people
        for start, end in WINDOWS[person.window]
    ]
