"""Supply chains as an organiser draws them: stages from upstream to downstream, each with codes of goods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expo.errors import Refused
from expo.words import say
from matchmaking.catalogue.hs import tidy, valid_hs

MOST_STAGES = 12
MOST_CODES = 60


@dataclass(frozen=True)
class Stage:
    """A link of a chain. `codes` are HS codes of 2, 4 or 6 digits; a product of any of them belongs to it."""

    name: dict[str, str]
    codes: tuple[str, ...]

    def holds(self, hs: str) -> bool:
        """Whether a code of goods belongs here: it begins with one of the stage's own."""
        return hs.startswith(self.codes)

    def touches(self, hs: str) -> bool:
        """Whether somebody who looks for `hs` looks for goods of this stage, "84" among them for 8402."""
        return self.holds(hs) or any(code.startswith(hs) for code in self.codes)


@dataclass(frozen=True)
class Chain:
    """Stages in the order in which goods pass them."""

    code: str
    name: dict[str, str]
    stages: tuple[Stage, ...] = field(default=())


def kept(stages: Iterable[Stage]) -> list[dict[str, Any]]:
    """Stages as the database keeps them."""
    return [{"name": stage.name, "codes": list(stage.codes)} for stage in stages]


def taken(rows: Iterable[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """The way back from `kept`."""
    return tuple(Stage(dict(row["name"]), tuple(row["codes"])) for row in rows)


def written(stages: Sequence[Stage], language: str) -> str:
    """Stages as a person edits them: a line each, "Name: 72, 7601"."""
    return "\n".join(f"{_named(stage.name, language)}: {', '.join(stage.codes)}" for stage in stages)


def read(text: str, language: str, before: Sequence[Stage] = ()) -> tuple[Stage, ...]:
    """What a person typed. A stage with the codes of one from `before` keeps its names in other languages.

    Raises Refused with the number of the line that is wrong.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Refused(say("A chain has at least one stage."))
    if len(lines) > MOST_STAGES:
        raise Refused(say("A chain has at most %(most)s stages.", most=MOST_STAGES))
    known = {stage.codes: stage.name for stage in before}
    return tuple(_stage(number, line, language, known) for number, line in lines)


def _stage(number: int, line: str, language: str, known: Mapping[tuple[str, ...], dict[str, str]]) -> Stage:
    name, parted, codes = line.replace("：", ":").rpartition(":")
    if not parted or not name.strip():
        raise Refused(say("Line %(number)s: write the name, a colon, and the codes.", number=number))
    found = [tidy(code) for code in codes.replace("،", ",").replace("，", ",").split(",") if code.strip()]
    wrong = [code for code in found if not valid_hs(code)]
    if wrong:
        raise Refused(say("Line %(number)s: %(code)s is no HS code.", number=number, code=wrong[0][:20]))
    if not 1 <= len(found) <= MOST_CODES:
        raise Refused(
            say("Line %(number)s: name between 1 and %(most)s codes.", number=number, most=MOST_CODES)
        )
    unique = tuple(dict.fromkeys(found))
    return Stage(known.get(unique, {}) | {language: name.strip()[:120]}, unique)


def _named(name: Mapping[str, str], language: str) -> str:
    return name.get(language) or name.get("en") or next(iter(name.values()), "")
