"""A table of HS headings and subheadings as publishers hand them out, read and checked row by row."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from expo.languages import LANGUAGES
from expo.words import Sentence, say
from matchmaking.catalogue.hs import tidy, valid_hs

CODE_HEADS = ("code", "hs", "hscode", "hs_code", "commodity code")
NAME_HEADS = {"name": "en", "description": "en", **{f"name_{one}": one for one in LANGUAGES}}
LONGEST_NAME = 1_000
SUGGESTED = 6


@dataclass(frozen=True)
class Named:
    """A heading (four digits) or subheading (six) with its name as a language map."""

    code: str
    name: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """What a file holds: its headings and subheadings by code, and what is wrong, by row."""

    found: tuple[Named, ...]
    problems: tuple[tuple[int, Sentence], ...]

    @property
    def subheadings(self) -> int:
        """How many codes have six digits."""
        return sum(len(one.code) == 6 for one in self.found)


def read(rows: Sequence[tuple[int, Sequence[str]]]) -> Reading:
    """Rows with their numbers, the heads first: a column with the code and one or more with names.

    Chapters and whatever is above them are passed over, as they come with the house. A code twice, one that
    cannot be and one without a name are problems.
    """
    if not rows:
        return _nothing(say("The file is empty."))
    heads = [cell.strip().casefold() for cell in rows[0][1]]
    place = next((i for i, head in enumerate(heads) if head in CODE_HEADS), None)
    names = {i: NAME_HEADS[head] for i, head in enumerate(heads) if head in NAME_HEADS}
    if place is None or not names:
        return _nothing(say("The first row names the columns: code, and name or name_en, name_zh, …"))
    found: dict[str, Named] = {}
    problems: list[tuple[int, Sentence]] = []
    for number, cells in rows[1:]:
        one = _named(cells, place, names)
        if isinstance(one, Sentence):
            problems.append((number, one))
        elif one and one.code in found:
            problems.append((number, say("%(code)s comes twice.", code=one.code)))
        elif one:
            found[one.code] = one
    if not problems and not any(len(code) == 6 for code in found):
        problems.append((1, say("The file has no code of six digits.")))
    return Reading(tuple(found[code] for code in sorted(found)), tuple(problems))


def _nothing(sentence: Sentence) -> Reading:
    return Reading((), ((1, sentence),))


def _named(cells: Sequence[str], place: int, names: dict[int, str]) -> Named | Sentence | None:
    code = tidy(cells[place]) if place < len(cells) else ""
    if len(code) == 5 and code.isdigit():
        code = f"0{code}"  # spreadsheets take the first zero off
    if not code or len(code) <= 2 or not code.isascii() or not code.isdigit():
        return None if len(code) <= 5 else say("%(code)s is no HS code.", code=code[:40])
    if not valid_hs(code):
        return say("%(code)s is no HS code.", code=code[:40])
    told = {lang: cells[i].strip()[:LONGEST_NAME] for i, lang in names.items() if i < len(cells)}
    told = {lang: text for lang, text in told.items() if text}
    return Named(code, told) if told else say("%(code)s has no name.", code=code)


def alike(code: str, known: Collection[str]) -> list[str]:
    """Codes of `known` (six digits) that somebody may have meant, in order: of the same heading, else the
    nearest of the chapter."""
    own = sorted(one for one in known if one[:4] == code[:4]) or _near(
        code, sorted(one for one in known if one[:2] == code[:2])
    )
    return own[:SUGGESTED]


def _near(code: str, codes: list[str]) -> list[str]:
    at = bisect_left(codes, code)
    return codes[max(at - SUGGESTED // 2, 0) : at + SUGGESTED // 2]
