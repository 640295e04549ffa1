"""What lies over the drawing of a hall while stands are picked: each stand as a link with its state."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from markupsafe import escape

from expo.selection.rules import Place

HATCH = (
    '<defs><pattern id="held-hatch" width="70" height="70" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path class="hatch" d="M0 0h28v70H0z"/></pattern>'
    '<pattern id="taken-hatch" width="90" height="90" patternUnits="userSpaceOnUse">'
    '<path class="hatch-cross" d="M0 0l90 90M90 0L0 90"/></pattern></defs>'
)


@dataclass(frozen=True)
class Spoken:
    """How a stand is read out: its states in words, and how its size is written."""

    states: Mapping[str, str]
    size: Callable[[int], str]


def over(
    drawing: str, places: Iterable[Place], state_of: Callable[[str], str], picked: Set[str],
    fits: Callable[[Place], bool], href: Callable[[str], str], spoken: Spoken,
) -> str:  # fmt: skip
    """The drawing with its stands made into links; `state_of(code)` is free, held, taken, mine or own.

    What does not suit the reader (`fits`) is drawn fainter. Only the first link is in the tab order; arrow
    keys go from stand to stand (static/selection.js).
    """
    links = [
        _link(
            place,
            _kind(place, state_of, picked, fits),
            state_of(place.code),
            href(place.code),
            spoken,
            not at,
        )
        for at, place in enumerate(places)
    ]
    head, end = drawing.rsplit("</svg>", 1)
    return f'{head}{HATCH}<g class="picks">{"".join(links)}</g></svg>{end}'


def _kind(place: Place, state_of: Callable[[str], str], picked: Set[str], fits) -> str:
    parts = [
        "pick",
        state_of(place.code),
        "picked" if place.code in picked else "",
        "" if fits(place) else "unfit",
    ]
    return " ".join(filter(None, parts))


def _link(place: Place, kind: str, state: str, href: str, spoken: Spoken, first: bool) -> str:
    said = f"{place.code} · {spoken.size(place.area_cm2)} · {spoken.states[state]}"
    code = escape(place.code)
    x, y = place.x + place.width // 2, place.y + place.depth // 2
    return (
        f'<a class="{kind}" href="{escape(href)}" data-stand="{code}" data-said="{escape(said)}"'
        f' aria-label="{escape(said)}" tabindex="{0 if first else -1}"><title>{escape(said)}</title>'
        f'<rect x="{place.x}" y="{place.y}" width="{place.width}" height="{place.depth}"/>'
        f'<path class="tick" d="M{x - 60} {y + 50}l45 45 85 -110"/></a>'
    )
