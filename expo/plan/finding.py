"""Looking for exhibitors and stands in every language and script at once, best matches first.

Held in memory per version of the plan, so that a letter typed costs no query. Texts are compared without
case, accents and the marks that readers leave out; codes also without their dashes.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

EXACT, START, WORD, INSIDE, OTHER = range(5)
"""How well something fits: a code as typed, a name's start, a word's start, within, another quality."""
LONGEST = 100
_DASHES = re.compile(r"[\s\-–—‐‑_./·]+")
_SAME = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ہ", "ه": "ہ", "ё": "е", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An exhibitor in one zone of one hall, with its stands there."""

    code: str
    name: dict[str, str]
    country: str
    sector: str
    hall: str
    zone: str
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, and qualities that must all hold ('' for any)."""

    words: str = ""
    zone: str = ""
    country: str = ""
    sector: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.words or self.zone or self.country or self.sector)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Text as it is compared."""
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFKD", whole.replace("й", "\ue000"))
    bare = "".join(
        letter for letter in plain if not unicodedata.combining(letter) and letter not in "\u0640\u200c\u200d"
    )
    return " ".join(bare.replace("\ue000", "й").translate(_SAME).split())


def squeezed(code: str) -> str:
    """A code without dashes, blanks and case."""
    return _DASHES.sub("", folded(code))


class Finder:
    """All that can be found. `stands` are (code, hall, zone) of every stand, taken or not."""

    def __init__(self, entries: Sequence[Entry], stands: Iterable[tuple[str, str, str]]):
        self.entries = entries
        self._texts = [
            (
                tuple({folded(name) for name in entry.name.values() if name}),
                squeezed(entry.code),
                tuple(map(squeezed, entry.stands)),
                folded(entry.sector),
            )
            for entry in entries
        ]
        self._stands = {squeezed(stand[0]): stand for stand in stands}

    @property
    def size(self) -> int:
        """Bytes it takes in memory, about."""
        return 800 * len(self.entries) + 300 * len(self._stands) + 1

    def find(self, wanted: Wanted) -> list[Entry]:
        """Those that fit, the best first, then by name."""
        words = folded(wanted.words[:LONGEST])
        code = squeezed(words)
        found = []
        for entry, texts in zip(self.entries, self._texts, strict=True):
            if (
                wanted.zone not in ("", entry.zone)
                or wanted.country not in ("", entry.country)
                or wanted.sector not in ("", entry.sector)
            ):
                continue
            rank = _rank(words, code, *texts) if words else OTHER
            if rank is not None:
                found.append((rank, min(texts[0], default=""), entry.code, entry.hall, entry))
        return [row[-1] for row in sorted(found, key=lambda row: row[:4])]

    def stand(self, code: str) -> tuple[str, str, str] | None:
        """The stand of that code, however its dashes and letters are typed: (code, hall, zone)."""
        return self._stands.get(squeezed(code[:LONGEST])) if code else None

    def stands_like(self, words: str, most: int) -> list[tuple[str, str, str]]:
        """Stands whose code begins so, by code: also those that nobody has."""
        start = squeezed(words[:LONGEST])
        if not start:
            return []
        fitting = sorted(stand for key, stand in self._stands.items() if key.startswith(start))
        return fitting[:most]


def choices(people: Iterable[object], quality: str) -> list[tuple[str, int]]:
    """The values of 'country' or 'sector' with how many exhibitors have them, most first."""
    counts = Counter(map(attrgetter(quality), people))
    counts.pop("", None)
    return sorted(counts.items(), key=lambda it: (-it[1], it[0]))


def _rank(
    words: str, code: str, names: Iterable[str], own: str, stands: Iterable[str], sector: str
) -> int | None:
    """How well an entry fits; None if it does not."""
    if code and (code == own or code in stands):
        return EXACT
    best = None
    for name in names:
        if name.startswith(words):
            return START
        if words in name:
            rank = WORD if f" {words}" in name else INSIDE
            best = rank if best is None else min(best, rank)
        elif " " in words and all(word in name for word in words.split()):
            best = INSIDE if best is None else best
    if best is not None:
        return best
    if code and (own.startswith(code) or any(stand.startswith(code) for stand in stands)):
        return WORD
    return OTHER if sector and words in sector else None
