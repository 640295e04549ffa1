"""Badges of one design as a job for the press, and what the press has to tell about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expo.badges.card import Card, Frame
from expo.badges.design import Design, sheet_of
from expo.languages import direction
from expo.press import Job


@dataclass(frozen=True)
class Logo:
    """A logo as SVG (a PNG lies within one), and what it says to who does not see it."""

    svg: str
    says: str


@dataclass(frozen=True)
class Unfit:
    """A word that did not fit its badge: "broken" within, or "cut"."""

    number: int
    field: str
    state: str


def badge_job(design: Design, frame: Frame, cards: Sequence[Card], logo: Logo | None = None) -> Job:
    """The job that sets these badges, on sheets as the design says."""
    return Job(
        "badge",
        {
            "title": frame.edition,
            "language": frame.language,
            "direction": direction(frame.language),
            "design": _as_data(design),
            "sheet": sheet_of(design).as_data(),
            "logo": logo.svg if logo else None,
            "logo_says": logo.says if logo else "",
            "cards": [card.data for card in cards],
        },
    )


def _as_data(design: Design) -> dict[str, Any]:
    return design.as_json() | {"fields": [one.as_data() for one in design.fields]}


def unfit(told: Iterable[Mapping[str, Any]]) -> list[Unfit]:
    """What the press told, each word once."""
    found = {(one["card"], one["field"]): one["state"] for one in told}
    return [Unfit(number, what, state) for (number, what), state in found.items()]
