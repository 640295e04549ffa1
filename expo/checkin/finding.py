"""Finding people by what is said at a desk: a name in any script, as somebody hears it, a firm, a number.

Words are kept with a weight that says where they stand: A in a name (in its own letters and in Latin
ones), B the number or address, C the organisation, D how a name sounds. Chinese has no blanks, so a name is
kept from each of its signs on, and the beginning of a word is enough everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import combining, normalize

from anyascii import anyascii

from expo.registration.alike.letters import Form, form_of

MOST_WORDS = 6
MOST_KEPT = 200
LONGEST = 40
SHORTEST_SOUND, SHORTEST_BONES = 3, 2
SOUND, BONES, BARE_BONES = "~", "^", "_"
"""What marks how a word sounds, and its consonants: those of names with vowels, and of names without."""
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_PIECES = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"([a-z]{1,4})-?0*([0-9]{1,10})")


@dataclass(frozen=True)
class Known:
    """What is known of somebody: names by language, organisation, number, address."""

    name: Mapping[str, str]
    organisation: str
    code: str
    email: str = ""


def pieces_of(text: str) -> list[str]:
    """The words of a text without case and accents, in their own letters."""
    plain = normalize("NFKC", text).casefold()
    bare = "".join(letter for letter in normalize("NFD", plain) if not combining(letter))
    return [word[:LONGEST] for word in _PIECES.findall(normalize("NFC", bare))]


def _spread(word: str) -> Iterator[str]:
    """A word, and where signs of Chinese or Japanese follow each other the rest from each of them on."""
    yield word
    for run in _HAN.findall(word):
        yield from (run[place:] for place in range(len(run)))


def _latin(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", anyascii(text).lower())


def _heard(form: Form, *, kept: bool) -> Iterator[str]:
    """How a name sounds. Scripts without vowels meet the others by consonants, and only these."""
    bare = form.script == "abjad"
    for sound, bones in zip(form.sounds, form.skeletons, strict=True):
        if not bare and len(sound) >= SHORTEST_SOUND:
            yield SOUND + sound
        if len(bones) >= SHORTEST_BONES:
            yield (BARE_BONES if bare == kept else BONES) + bones


def lexemes_of(known: Known) -> dict[str, str]:
    """The words of somebody, each with its weight; the greatest where it stands in several places."""
    found: dict[str, str] = {}
    for word, weight in _weighted(known):
        if word and len(found) < MOST_KEPT:
            found[word] = min(found.get(word, weight), weight)
    return found


def _weighted(known: Known) -> Iterator[tuple[str, str]]:
    forms = [form_of(text) for text in known.name.values() if text]
    for text in known.name.values():
        yield from ((one, "A") for word in pieces_of(text) for one in _spread(word))
    for form in forms:
        if form.script == "han":  # the family name, the given one, both; syllables say less
            family, given = form.tokens[:1], form.tokens[1:]
            yield from (("".join(words), "A") for words in (family, given, form.tokens))
            yield from ((word, "C") for word in given)
        elif form.script == "plain":
            yield from ((word, "A") for word in form.tokens)
    code = known.code.casefold()
    yield code, "B"
    if number := _NUMBER.fullmatch(code):
        yield number[1] + number[2], "B"
        yield number[2], "B"
    if known.email:
        yield known.email.casefold()[: 2 * LONGEST], "B"
    for word in pieces_of(known.organisation):
        yield from ((one, "C") for one in _spread(word))
    yield from ((word[:LONGEST], "C") for word in _latin(known.organisation))
    yield from ((word, "D") for form in forms for word in _heard(form, kept=True))


def as_vector(lexemes: Mapping[str, str]) -> str:
    """Lexemes as the text that PostgreSQL reads as a tsvector."""
    return " ".join(f"{_quoted(word)}:1{weight}" for word, weight in lexemes.items())


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


@dataclass(frozen=True)
class Sought:
    """One word of what somebody looks for: how it may begin, and how it may sound."""

    beginnings: tuple[str, ...]
    heard: tuple[str, ...]


def sought(words: str) -> list[Sought]:
    """What to look for. [] where nothing that can be found was typed."""
    found = []
    for word in words.split():
        if "@" in word:
            found.append(Sought((word.casefold()[: 2 * LONGEST],), ()))
            continue
        found += [one for one in map(_one, pieces_of(word)) if one.beginnings]
    return found[:MOST_WORDS]


def _one(word: str) -> Sought:
    form = form_of(word)
    if form.script == "han":
        return Sought((word,), ())
    if any(map(str.isdecimal, word)):
        number = _NUMBER.fullmatch(word)
        return Sought((word, number[1] + number[2] if number else word.lstrip("0") or word), ())
    plain = form.tokens if form.script == "plain" and len(form.tokens) == 1 else ()
    heard = _heard(form, kept=False) if len(word) >= SHORTEST_SOUND else ()
    return Sought(tuple(dict.fromkeys((word, *plain))), tuple(heard))


def as_query(wanted: Iterable[Sought]) -> str:
    """The text that PostgreSQL reads as a tsquery: every word, each in one of its ways."""
    return " & ".join(
        "("
        + " | ".join(
            [f"{_quoted(one)}:*ABC" for one in each.beginnings] + [f"{_quoted(one)}:D" for one in each.heard]
        )
        + ")"
        for each in wanted
    )


EXACT, BEGINNING, BY_SOUND, ELSEWHERE, ELSEWHERE_BEGINNING = 10, 6, 4, 3, 2
WHOLE_NAME, NUMBER = 5, 20


def closeness(wanted: Iterable[Sought], known: Known) -> int:
    """How well somebody fits what was looked for: names before organisations, whole words before beginnings,
    letters before sounds. More is closer."""
    kept = lexemes_of(known)
    total, exact = 0, 0
    for each in wanted:
        best = max((_closeness(each, word, weight) for word, weight in kept.items()), default=0)
        total, exact = total + best, exact + (best == EXACT)
    words = min((len(pieces_of(text)) for text in known.name.values() if text), default=0)
    return total + (WHOLE_NAME if exact and exact >= words else 0)


def _closeness(each: Sought, word: str, weight: str) -> int:
    if weight == "D":
        return BY_SOUND if word in each.heard else 0
    if word in each.beginnings:
        return {"A": EXACT, "B": NUMBER, "C": ELSEWHERE}[weight]
    if any(word.startswith(one) for one in each.beginnings):
        return BEGINNING if weight == "A" else ELSEWHERE_BEGINNING
    return 0
