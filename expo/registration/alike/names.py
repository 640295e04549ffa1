"""How alike two names are, word by word."""

from collections.abc import Mapping
from itertools import combinations

from rapidfuzz.fuzz import ratio

from expo.registration.alike.letters import Form, form_of

EQUAL, SAME_SIGNS, SAME_SOUND, SAME_BONES, PART = 100.0, 99.0, 96.0, 93.0, 91.0
SHORT = 88.0
DOUBTFUL = 85.0
"""Homophones in Chinese, another ending or another first letter: mostly two people."""


def name_likeness(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """0–100. Where both are written in signs of Chinese, those decide: many people are called Li Ming."""
    ours = [form for form in map(form_of, one.values()) if form.tokens]
    theirs = [form for form in map(form_of, other.values()) if form.tokens]
    pairs = [(a, b) for a in ours for b in theirs]
    both_han = [(a, b) for a, b in pairs if a.script == b.script == "han"]
    return max((_of_forms(a, b) for a, b in both_han or pairs), default=0.0)


def _of_forms(a: Form, b: Form) -> float:
    if a.exact == b.exact:
        return EQUAL
    if a.script == b.script == "han":
        return DOUBTFUL if a.tokens == b.tokens else min(DOUBTFUL, ratio(a.exact, b.exact))
    if a.script != b.script and "abjad" in (a.script, b.script) and _is_thin(a, b):
        return min(SHORT, max(_run_together(a, b), _aligned(a, b) if len(a.tokens) == len(b.tokens) else 0.0))
    if len(a.tokens) == len(b.tokens):
        return max(_aligned(a, b), _run_together(a, b))
    fewer, more = (a, b) if len(a.tokens) < len(b.tokens) else (b, a)
    return max(_run_together(a, b), _part(fewer, more))


def _is_thin(a: Form, b: Form) -> bool:
    """Whether so few consonants are left that they say little: those of Li Ming are in many names."""
    return min(sum(map(len, a.skeletons)), sum(map(len, b.skeletons))) < 4


def _run_together(a: Form, b: Form) -> float:
    """The same letters in the same order, wherever the names are parted and whichever comes first."""
    if "abjad" in (a.script, b.script):
        return 95.0 if _turned(_bare(a.skeletons), _bare(b.skeletons)) else 0.0
    if _turned(a.tokens, b.tokens):
        return SAME_SIGNS
    return SAME_SOUND if a.alphabet != b.alphabet and _turned(a.sounds, b.sounds) else 0.0


def _turned(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    whole = "".join(a)
    return any(whole == "".join(b[place:] + b[:place]) for place in range(len(b)))


def _bare(skeletons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:1] + word[1:].replace("v", "") for word in skeletons)


def _aligned(a: Form, b: Form) -> float:
    """The least alike of the words, each beside the one it goes with best."""
    left, worst = list(range(len(b.tokens))), EQUAL
    for place in range(len(a.tokens)):
        score, best = max((_of_words(a, place, b, other), -other) for other in left)
        worst = min(worst, score)
        left.remove(-best)
    return worst


def _part(fewer: Form, more: Form) -> float:
    """A name of two words or more that is another without its second or father's name."""
    if len(fewer.tokens) < 2 or sum(map(len, fewer.tokens)) < 8 or more.script != "plain":
        return 0.0
    whole = max(
        _aligned(fewer, more.only(kept)) for kept in combinations(range(len(more.tokens)), len(fewer.tokens))
    )
    return min(PART, whole)


def _of_words(a: Form, i: int, b: Form, j: int) -> float:
    one, other = a.tokens[i], b.tokens[j]
    if one == other:
        return EQUAL
    if "abjad" in (a.script, b.script):
        return _of_bones(*_bare((a.skeletons[i],)), *_bare((b.skeletons[j],)))
    if _same_sound(a, i, b, j):
        return SAME_SOUND
    likeness = ratio(one, other)
    if a.skeletons[i] == b.skeletons[j] and len(a.skeletons[i]) > 2 and _same_end(one, other):
        return max(SAME_BONES, likeness)
    differs_at_ends = one[0] != other[0] or not _same_end(one, other)
    return min(DOUBTFUL, likeness) if differs_at_ends or min(len(one), len(other)) < 6 else likeness


def _same_sound(a: Form, i: int, b: Form, j: int) -> bool:
    """Between alphabets sounds are enough; within one, short words say more by their letters."""
    one, other = a.tokens[i], b.tokens[j]
    if not _same_end(one, other):
        return False
    if a.alphabet == b.alphabet and min(len(one), len(other)) < 5:
        return one.replace("y", "i") == other.replace("y", "i")
    return a.sounds[i] == b.sounds[j]


def _of_bones(one: str, other: str) -> float:
    if one == other:
        return 97.0
    likeness = ratio(one, other)
    return likeness if min(len(one), len(other)) > 3 and one[0] == other[0] else min(DOUBTFUL - 5, likeness)


def _same_end(one: str, other: str) -> bool:
    """Мария is not Mario, and Kuznetsova not Kuznetsov; y and i at the end are one."""
    ends = [("i" if word[-1] in "iy" else word[-1]) if word[-1] in "aeiouy" else "-" for word in (one, other)]
    return ends[0] == ends[1]
