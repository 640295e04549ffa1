"""What an organiser may ask of a run beside seed and rounds: zones, weights, and how dear a change is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from expo.allocation.problem import Weights
from expo.words import Sentence, say

CHANGE_PRICE = 400
"""Points that moving somebody must bring unless asked otherwise: less than half a first wish."""
RIVAL_GAP_CM = 1200
PUBLISHED, NOTHING = "published", "nothing"


@dataclass(frozen=True, slots=True)
class Settings:
    """zones empty: all; otherwise everything elsewhere stays exactly as published.

    keep says what the run should change little: "published", "nothing" or the number of another run.
    """

    zones: tuple[str, ...] = ()
    keep: str = PUBLISHED
    change_price: int = CHANGE_PRICE
    rival_gap_cm: int = RIVAL_GAP_CM
    preset: str = "balanced"
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready set of weights with a name and the reason to choose it."""

    name: Sentence
    why: Sentence
    weights: Weights


PRESETS: Mapping[str, Preset] = {
    "balanced": Preset(
        say("Balanced"),
        say("A place for a standard unit and a first wish count alike; the measured default."),
        Weights(),
    ),
    "everybody": Preset(
        say("Everybody in first"),
        say("Placing somebody counts four times a first wish: for fairs with more demand than space."),
        Weights(placed=4000),
    ),
    "wishes": Preset(
        say("Wishes first"),
        say("Wishes count three times as much, later wishes nearly as much as the first."),
        Weights(wish=3000, rank_percent=(100, 80, 65, 50)),
    ),
    "together": Preset(
        say("Partners together"),
        say("Partners side by side count as much as two first wishes."),
        Weights(partner=2000),
    ),
    "compact": Preset(
        say("No square metre to spare"),
        say("Space beyond what was asked for is five times as dear, so the floor fills up tightly."),
        Weights(spare=500),
    ),
}
OWN = "own"
OWN_NAME = say("Own figures")


def as_plain(settings: Settings) -> dict[str, Any]:
    """As JSON keeps it."""
    plain = asdict(settings)
    plain["zones"] = list(settings.zones)
    plain["weights"]["rank_percent"] = list(settings.weights.rank_percent)
    return plain


def from_plain(plain: Mapping[str, Any]) -> Settings:
    """Back from JSON; what an older run did not know has its default."""
    known = {each.name for each in fields(Settings)}
    values = {key: value for key, value in plain.items() if key in known}
    values["zones"] = tuple(values.get("zones", ()))
    kept = dict(values.get("weights", {}))
    if "rank_percent" in kept:
        kept["rank_percent"] = tuple(kept["rank_percent"])
    values["weights"] = Weights(**kept)
    return Settings(**values)


def preset_name(settings: Settings) -> Sentence:
    """What the weights are called."""
    return PRESETS[settings.preset].name if settings.preset in PRESETS else OWN_NAME
