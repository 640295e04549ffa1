"""How alike two people are: by their names in any script, e-mail and organisation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio, token_sort_ratio

from expo.registration.alike.keys import mailbox
from expo.registration.alike.letters import alphabet_of, script_of, skeleton
from expo.registration.alike.names import name_likeness

_LEGAL = """ltd limited llc inc co company corp corporation gmbh ag sa srl bv plc pvt private jsc ojsc cjsc
llp ooo oao zao ao pao too tov mchj you xian gong si ji tuan gu fen the of and group holding"""
LEGAL = frozenset(_LEGAL.split())
"""What organisations have in common, and what is often left out."""
SAME_NAME, NEAR_NAME, SOME_NAME = 90, 80, 60
SAME_ORGANISATION, OTHER_ORGANISATION = 85, 82


class Grade(StrEnum):
    """`same`: name and something else agree; `maybe`: somebody should look; `other`: two people."""

    SAME = "same"
    MAYBE = "maybe"
    OTHER = "other"


@dataclass(frozen=True)
class Known:
    """What is compared of somebody; `name` is a language map."""

    name: Mapping[str, str] = field(hash=False)
    email: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Likeness:
    """`name` 0–100; `email`, `organisation`: whether they agree, None where that cannot be told."""

    grade: Grade
    name: int
    email: bool | None
    organisation: bool | None


def compare(one: Known, other: Known) -> Likeness:
    """How alike two people are."""
    email = _same_mailbox(one.email, other.email)
    organisation = same_organisation(one.organisation, other.organisation)
    if organisation is False and not email:  # no name could make up for it
        return Likeness(Grade.OTHER, 0, email, organisation)
    name = round(name_likeness(one.name, other.name))
    return Likeness(_grade(name, email, organisation), name, email, organisation)


def _grade(name: int, email: bool | None, organisation: bool | None) -> Grade:
    if name >= SAME_NAME and (email or (organisation and email is None)):
        return Grade.SAME
    if email and name >= SOME_NAME:
        return Grade.MAYBE
    if organisation and name >= NEAR_NAME:
        return Grade.MAYBE
    # Without anything that agrees a name alone must do, and nothing may speak against it.
    if name >= SAME_NAME and organisation is None and email is None:
        return Grade.MAYBE
    return Grade.OTHER


def _same_mailbox(one: str, other: str) -> bool | None:
    ours, theirs = mailbox(one), mailbox(other)
    return ours == theirs if ours and theirs else None


def same_organisation(one: str, other: str) -> bool | None:
    """Whether two organisations are one; None where a name is missing or may be a translation."""
    ours, theirs = _firm(one), _firm(other)
    if not ours or not theirs:
        return None
    if ours == theirs:
        return True
    bones = [" ".join(map(skeleton, words)) for words in (ours, theirs)]
    score = 100 if _is_shortened(ours, theirs) else token_sort_ratio(" ".join(ours), " ".join(theirs))
    if min(map(len, bones)) > 3 and alphabet_of(one) != alphabet_of(other):
        score = max(score, ratio(*bones))
    if score >= SAME_ORGANISATION:
        return True
    return False if score < OTHER_ORGANISATION and alphabet_of(one) == alphabet_of(other) else None


def _is_shortened(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other without some words, two at least being left."""
    return min(len(one), len(other)) > 1 and (set(one) <= set(other) or set(one) >= set(other))


@lru_cache(maxsize=16_384)
def _firm(name: str) -> tuple[str, ...]:
    latin = anyascii(name)
    if script_of(name) == "han":
        latin = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", latin)
    return tuple(word for word in re.findall(r"[a-z0-9]+", latin.lower()) if word not in LEGAL)
