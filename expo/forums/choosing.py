"""Choosing talks: by day, forum, room, language, kind, time of day and words in any script, all together."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from expo.forums.programme import Item, Part
from expo.words import Sentence, say

PARTS_OF_DAY: Mapping[str, tuple[int, int, Sentence]] = {
    "morning": (5, 12, say("Morning, until 12:00")),
    "afternoon": (12, 17, say("Afternoon, 12:00–17:00")),
    "evening": (17, 29, say("Evening, from 17:00")),
}
"""First hour, hour of the end (29 is five in the morning) and name; a talk belongs where it begins."""
FIELDS = ("day", "forum", "room", "language", "kind", "time")
MOST_WORDS, LONGEST_SEARCH = 6, 100
ONE_LETTER = str.maketrans("يىكهةۃ", "ییکہہہ")
"""What an Arabic keyboard types for Urdu's yeh, kaf and heh."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; '' asks for all. `language`: spoken or interpreted; `time`: a part of the day."""

    day: str = ""
    forum: str = ""
    room: str = ""
    language: str = ""
    kind: str = ""
    time: str = ""
    words: str = ""

    @property
    def is_everything(self) -> bool:
        return self == Wanted()

    @property
    def asked(self) -> dict[str, str]:
        """What an address says to ask for the same."""
        given = {**{field: getattr(self, field) for field in FIELDS}, "q": self.words}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Chosen:
    """The talks that fit, and for each field how many each of its choices would show ('' for all of them)."""

    items: tuple[Item, ...]
    counts: Mapping[str, Mapping[str, int]]


def choose(items: Sequence[Item], wanted: Wanted) -> Chosen:
    """The talks that fit everything wanted. One pass, however many fields."""
    words = _folded(wanted.words[:LONGEST_SEARCH]).split()[:MOST_WORDS]
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    fitting = []
    for item in items:
        if words and not _holds(item, words):
            continue
        values = values_of(item)
        missed = [f for f in FIELDS if getattr(wanted, f) and getattr(wanted, f) not in values[f]]
        if not missed:
            fitting.append(item)
        if len(missed) < 2:
            for field in missed or FIELDS:
                counts[field].update(("", *values[field]))
    return Chosen(tuple(fitting), counts)


def fits(item: Item, wanted: Wanted) -> bool:
    """Whether a talk is what is wanted."""
    return bool(choose((item,), wanted).items)


def values_of(item: Item) -> dict[str, tuple[str, ...]]:
    """Under which choices of each field a talk is found."""
    return {
        "day": (item.day.isoformat(),),
        "forum": (item.track.code,),
        "room": (item.room.code,),
        "language": tuple(dict.fromkeys((item.language, *item.interpretation))),
        "kind": (item.kind,),
        "time": (part_of_day(item.start.hour),),
    }


def part_of_day(hour: int) -> str:
    """'morning', 'afternoon' or 'evening'; the night belongs to the evening before."""
    late = hour + 24 if hour < 5 else hour
    return next(name for name, (first, end, _) in PARTS_OF_DAY.items() if first <= late < end)


def languages_of(items: Iterable[Item]) -> list[str]:
    """The languages one can hear, the most frequent first."""
    heard = Counter(code for item in items for code in dict.fromkeys((item.language, *item.interpretation)))
    return [code for code, _ in sorted(heard.items(), key=lambda pair: (-pair[1], pair[0]))]


def _holds(item: Item, words: Sequence[str]) -> bool:
    maps = (item.title, item.track.name, item.room.name, *(part.name for part in item.speakers))
    texts = [text for one in maps for text in one.values()]
    texts += [item.code, item.room.code, *(part.organisation for part in item.speakers)]
    texts += [item.subtitle, *item.named]
    text = _folded(" ".join(texts))
    return all(word in text for word in words)


def _folded(text: str) -> str:
    """Letters without accents, widths and cases: 'Énergie' is found by 'energie', 'ＡＢＣ' by 'abc'."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(ONE_LETTER)


def person_fits(person: Part, words: str) -> bool:
    """Whether somebody's names, title and organisation hold all the words."""
    text = _folded(" ".join([*person.name.values(), *person.title.values(), person.organisation]))
    return all(word in text for word in _folded(words).split()[:MOST_WORDS])
