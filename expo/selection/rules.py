"""What may be picked: the area asked for within a tolerance, zones, needs, touching stands, rivals apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from expo.allocation.board import apart, hang_together
from expo.words import Sentence, figure, say

CM2_A_M2 = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A stand as the rules see it; lengths in cm. `height_cm` and `load_kg_m2` None: no limit."""

    code: str
    hall: str
    zone: str
    x: int
    y: int
    width: int
    depth: int
    open_sides: int = 0
    raw: bool = False
    power_kw: int = 0
    water: bool = True
    height_cm: int | None = None
    load_kg_m2: int | None = None

    @property
    def area_cm2(self) -> int:
        """Net area."""
        return self.width * self.depth


@dataclass(frozen=True, slots=True)
class Asked:
    """What the exhibitor (with its pavilion) applied for. `zones` empty: any."""

    need_cm2: int
    least_cm2: int
    zones: Collection[str] = ()
    raw: bool = False
    power_kw: int = 0
    water: bool = False
    height_cm: int = 0
    load_kg_m2: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the round holds to. `standard_cm2` is the usual stand: one of them more than asked always goes."""

    tolerance_percent: int = 10
    most_stands: int = 60
    rival_m: int = 12
    keep_zones: bool = True
    keep_needs: bool = True
    keep_touching: bool = True
    standard_cm2: int = 90_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`never`: what forbids even a hold. `not_yet`: what has to be put right before confirming."""

    never: tuple[Sentence, ...] = ()
    not_yet: tuple[Sentence, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether the pick may be confirmed."""
        return not self.never and not self.not_yet


@dataclass(frozen=True, slots=True)
class Rivals:
    """Places of exhibitors to keep away from: those one named oneself, by name, and those others keep."""

    named: Sequence[tuple[str, Place]] = field(default_factory=tuple)
    others: Sequence[Place] = field(default_factory=tuple)


def span_cm2(asked: Asked, limits: Limits) -> tuple[int, int]:
    """The least and the most area. Stands are sold whole, so what is asked, rounded up, always goes."""
    least = min(asked.least_cm2, asked.need_cm2 * (100 - limits.tolerance_percent) // 100)
    whole = -(-asked.need_cm2 // limits.standard_cm2) * limits.standard_cm2
    most = max(asked.need_cm2 * (100 + limits.tolerance_percent) // 100, whole)
    return least, most


def for_changing(asked: Asked, present: Sequence[Place], pick: Sequence[Place]) -> Asked:
    """What is asked of a place to change to: who gains nothing against it by staying is not refused for it.

    An area as large as the present one, or nearer to what was asked for, goes; so do the present zone and as
    much power and water as there is now.
    """
    before, after = (sum(place.area_cm2 for place in places) for places in (present, pick))
    if min(before, asked.need_cm2) <= after <= max(before, asked.need_cm2):
        asked = replace(asked, need_cm2=after, least_cm2=after)
    return replace(
        asked,
        zones={*asked.zones, *(place.zone for place in present)} if asked.zones else (),
        power_kw=min(asked.power_kw, sum(place.power_kw for place in present)),
        water=asked.water and any(place.water for place in present),
    )


def judge(pick: Sequence[Place], asked: Asked, limits: Limits, rivals: Rivals) -> Verdict:
    """Everything that speaks against a pick, in words."""
    if not pick:
        return Verdict(not_yet=(say("Nothing is picked yet."),))
    never = [*_size(pick, asked, limits), *_kind(pick, asked, limits), *_near(pick, limits, rivals)]
    not_yet = [*_too_little(pick, asked, limits), *_needs(pick, asked, limits)]
    if limits.keep_touching and not hang_together(list(pick)):  # pyright: ignore[reportArgumentType]
        not_yet.append(say("The stands do not all touch: pick neighbours in one hall."))
    return Verdict(tuple(never), tuple(not_yet))


def _m2(cm2: int) -> float:
    return figure(cm2 / CM2_A_M2)


def _size(pick: Sequence[Place], asked: Asked, limits: Limits) -> list[Sentence]:
    found = []
    area, (_least, most) = sum(place.area_cm2 for place in pick), span_cm2(asked, limits)
    if len(pick) > limits.most_stands:
        found.append(say("At most %(most)s stands can be picked.", most=limits.most_stands))
    if area > most and len(pick) > 1:
        found.append(
            say(
                "That is %(area)s m²; with what you asked for you may take up to %(most)s m².",
                area=_m2(area),
                most=_m2(most),
            )
        )
    if area > max(most, 2 * asked.need_cm2) and len(pick) == 1:
        found.append(
            say(
                "%(stand)s has %(area)s m², more than twice what you asked for.",
                stand=pick[0].code,
                area=_m2(area),
            )
        )
    return found


def _too_little(pick: Sequence[Place], asked: Asked, limits: Limits) -> list[Sentence]:
    area, (least, _most) = sum(place.area_cm2 for place in pick), span_cm2(asked, limits)
    if area >= least:
        return []
    return [
        say(
            "That is %(area)s m²; at least %(least)s m² are needed. Pick more, or a larger place.",
            area=_m2(area),
            least=_m2(least),
        )
    ]


def _kind(pick: Sequence[Place], asked: Asked, limits: Limits) -> list[Sentence]:
    found = []
    outside = sorted({place.zone for place in pick} - set(asked.zones))
    if limits.keep_zones and asked.zones and outside:
        found.append(say("Zone %(zones)s is not among those you applied for.", zones=outside))
    wrong = sorted(place.code for place in pick if place.raw != asked.raw)
    if limits.keep_needs and wrong and asked.raw:
        found.append(say("You asked for raw space, and %(stands)s is a shell stand.", stands=wrong))
    if limits.keep_needs and wrong and not asked.raw:
        found.append(say("%(stands)s is raw space, and you asked for a shell stand.", stands=wrong))
    return found


def _needs(pick: Sequence[Place], asked: Asked, limits: Limits) -> list[Sentence]:
    if not limits.keep_needs:
        return []
    found = []
    power = sum(place.power_kw for place in pick)
    if power < asked.power_kw:
        found.append(say("There are %(has)s kW, and you need %(needs)s kW.", has=power, needs=asked.power_kw))
    if asked.water and not any(place.water for place in pick):
        found.append(say("None of these stands has water, which you need."))
    low = [place.code for place in pick if place.height_cm is not None and place.height_cm < asked.height_cm]
    if low:
        found.append(say("Under the ceiling at %(stands)s your stand would be too high.", stands=sorted(low)))
    weak = [p.code for p in pick if p.load_kg_m2 is not None and p.load_kg_m2 < asked.load_kg_m2]
    if weak:
        found.append(say("The floor at %(stands)s does not bear what you need.", stands=sorted(weak)))
    return found


def _near(pick: Sequence[Place], limits: Limits, rivals: Rivals) -> list[Sentence]:
    """Who named whom stays private: of those who keep away from us only that the stand is closed."""
    gap = (limits.rival_m * 100) ** 2

    def close(place: Place, other: Place) -> bool:
        return place.hall == other.hall and apart(place, other) < gap  # pyright: ignore[reportArgumentType]

    near = {name for name, other in rivals.named if any(close(place, other) for place in pick)}
    found = [say("It is too near to %(name)s, from whom you keep away.", name=name) for name in sorted(near)]
    closed = sorted(place.code for place in pick if any(close(place, other) for other in rivals.others))
    if closed:
        found.append(say("%(stands)s is not open to you; choose another stand.", stands=closed))
    return found
