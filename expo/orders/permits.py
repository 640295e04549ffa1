"""Which builds need leave, what is asked about each, and what a machine can say of the figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from expo.words import Sentence, figure, say

SHELL_HEIGHT_CM = 250
"""Shell stands are this high; whoever builds higher needs leave."""


@dataclass(frozen=True)
class Kind:
    """A kind of permit: its name, the figures it asks for, whether a drawing must be handed in."""

    name: Sentence
    figures: tuple[str, ...]
    drawing: bool
    hint: Sentence


KINDS: dict[str, Kind] = {
    "height": Kind(
        say("Build higher than the shell"), ("height_cm",), True,
        say("Stands above 250 cm. Hand in an elevation with its heights."),
    ),
    "load": Kind(
        say("Heavy exhibits"), ("load_kg_m2", "weight_kg"), True,
        say("Machines and builds heavier than the floor bears everywhere. Hand in a plan with the supports."),
    ),
    "hanging": Kind(
        say("Hanging from the ceiling"), ("height_cm", "weight_kg"), True,
        say("Signs, lights and trusses. Hand in a plan with the points and the weight on each."),
    ),
    "two_storey": Kind(
        say("Two storeys"), ("height_cm", "load_kg_m2", "area_m2"), True,
        say("The area is that of the upper floor. Hand in the checked structural calculation."),
    ),
    "open_flame": Kind(
        say("Open flame and gas"), (), False,
        say("Cooking, candles, gas bottles. Say what burns, how much there is and how it is put out."),
    ),
    "water": Kind(
        say("Water on the stand"), ("weight_kg", "area_m2"), False,
        say("Fountains, pools, aquariums. The weight is that of the full basin."),
    ),
    "vehicle": Kind(
        say("Vehicles"), ("weight_kg",), False,
        say("Cars and machines with fuel or traction batteries in the hall."),
    ),
    "laser": Kind(
        say("Laser, radiation and fog"), (), False,
        say("Name the class of the laser, the source of radiation or the fog fluid."),
    ),
}  # fmt: skip
FIGURES: dict[str, Sentence] = {
    "height_cm": say("Height, cm"),
    "load_kg_m2": say("Load on the floor, kg/m²"),
    "weight_kg": say("Weight, kg"),
    "area_m2": say("Area, m²"),
}
UPPER_FLOOR_SHARE = 0.5
"""The upper floor may cover this share of the stand."""
LOWEST_TWO_STOREY_CM = 460
"""Two rooms of 2.30 m need at least this height."""


@dataclass(frozen=True)
class Limits:
    """What hall and stand bear where the exhibitor stands; None where nobody has entered it."""

    stands: tuple[str, ...] = ()
    hall_height_cm: int | None = None
    hall_load_kg_m2: int | None = None
    stand_height_cm: int | None = None
    stand_load_kg_m2: int | None = None
    area_cm2: int = 0

    @property
    def height_cm(self) -> int | None:
        """The lower of what hall and stand allow."""
        return min((one for one in (self.hall_height_cm, self.stand_height_cm) if one), default=None)

    @property
    def load_kg_m2(self) -> int | None:
        """The lower of what hall and stand bear."""
        return min((one for one in (self.hall_load_kg_m2, self.stand_load_kg_m2) if one), default=None)


@dataclass(frozen=True)
class Finding:
    """One result of the check: tone good, wait (a person must look) or bad (over a limit)."""

    tone: str
    sentence: Sentence


@dataclass(frozen=True)
class Figures:
    """What was applied for; None where not asked."""

    height_cm: int | None = None
    load_kg_m2: int | None = None
    weight_kg: int | None = None
    area_m2: int | None = None


def check(kind: str, asked: Figures, limits: Limits, drawings: int) -> list[Finding]:
    """The figures against hall and stand. What has no limit entered is said, never taken for allowed."""
    found: list[Finding] = []
    if not limits.stands:
        found.append(
            Finding("wait", say("No stand is given yet: limits are checked again once there is one."))
        )
    else:
        found += _height(asked.height_cm, limits.height_cm)
        found += _load(asked.load_kg_m2, limits.load_kg_m2)
        found += _spread(asked, limits)
        if kind == "two_storey":
            found += _two_storeys(asked, limits)
    if KINDS[kind].drawing and not drawings:
        found.append(Finding("bad", say("A drawing is missing.")))
    return found


def _height(asked: int | None, limit: int | None) -> list[Finding]:
    if asked is None:
        return []
    if limit is None:
        return [Finding("wait", say("The clear height of this hall is not entered: a person must check it."))]
    if asked <= limit:
        return [Finding("good", say("The height is within the limit."))]
    over = say("The height of %(asked)s cm exceeds the %(limit)s cm clear there.", asked=asked, limit=limit)
    return [Finding("bad", over)]


def _load(asked: int | None, limit: int | None) -> list[Finding]:
    if asked is None:
        return []
    if limit is None:
        return [Finding("wait", say("What this floor bears is not entered: a person must check it."))]
    if asked <= limit:
        return [Finding("good", say("The load is within the limit."))]
    over = say("The load of %(asked)s kg/m² exceeds the %(limit)s allowed there.", asked=asked, limit=limit)
    return [Finding("bad", over)]


def _spread(asked: Figures, limits: Limits) -> list[Finding]:
    """A weight spread evenly over the stand (or the area named) is the least that the floor has to bear."""
    area_m2 = asked.area_m2 or limits.area_cm2 / 10_000
    if asked.weight_kg is None or not area_m2 or limits.load_kg_m2 is None:
        return []
    least = round(asked.weight_kg / area_m2)
    if least > limits.load_kg_m2:
        sentence = say(
            "Even spread over the whole area the weight makes %(least)s kg/m²; the floor bears %(limit)s.",
            least=least, limit=limits.load_kg_m2,
        )  # fmt: skip
        return [Finding("bad", sentence)]
    return []


def _two_storeys(asked: Figures, limits: Limits) -> list[Finding]:
    found = []
    if asked.height_cm is not None and asked.height_cm < LOWEST_TWO_STOREY_CM:
        found.append(
            Finding("wait", say("Two storeys need at least %(least)s cm.", least=LOWEST_TWO_STOREY_CM))
        )
    most = limits.area_cm2 / 10_000 * UPPER_FLOOR_SHARE
    if asked.area_m2 is not None and asked.area_m2 > most:
        found.append(
            Finding(
                "bad",
                say("The upper floor may have %(most)s m² at most: half of the stand.", most=figure(most)),
            )
        )
    return found


def needed(height_cm: int, load_kg_m2: int, limits: Limits, ordered: Sequence[str]) -> list[str]:
    """Which permits an exhibitor must hold before it opens: by its build, its load and what it ordered.

    `ordered`: the permits that ordered services name.
    """
    found = set(ordered) & KINDS.keys()
    if height_cm > SHELL_HEIGHT_CM:
        found.add("height")
    if load_kg_m2 and limits.load_kg_m2 is not None and load_kg_m2 > limits.load_kg_m2:
        found.add("load")
    return [kind for kind in KINDS if kind in found]
