"""What lies between two states of a floor: the difference for whoever shows it, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from expo.venue.editing.floor import Floor, Spot
from expo.venue.editing.shells import area_json, shell_json
from expo.words import Sentence, say, say_many

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """Stands gone, stands changed (before, after), stands new; values of the hall; whether areas changed."""

    gone: tuple[Spot, ...]
    changed: tuple[tuple[Spot, Spot], ...]
    new: tuple[Spot, ...]
    hall: Mapping[str, Any]
    areas: bool

    def __bool__(self) -> bool:
        return bool(self.gone or self.changed or self.new or self.hall or self.areas)


def difference(before: Floor, after: Floor) -> Difference:
    """Stands are the same ones when their ids are; new ones have none yet."""
    later = {spot.id: spot for spot in after.spots.values() if spot.id is not None}
    old_shell, new_shell = shell_json(before.shell), shell_json(after.shell)
    return Difference(
        gone=tuple(spot for spot in before.spots.values() if spot.id not in later),
        changed=tuple(
            (spot, later[spot.id])
            for spot in before.spots.values()
            if spot.id in later and later[spot.id] != spot
        ),
        new=tuple(spot for spot in after.spots.values() if spot.id is None),
        hall={name: value for name, value in new_shell.items() if old_shell[name] != value},
        areas=before.areas != after.areas,
    )


def told(found: Difference, after: Floor) -> dict[str, Any]:
    """The difference as JSON: what to take away, what to put there."""
    return {
        "deleted": [spot.code for spot in found.gone],
        "stands": [{"was": old.code, **new.told()} for old, new in found.changed]
        + [{"was": "", **spot.told()} for spot in found.new],
        "hall": dict(found.hall),
        "areas": [area_json(area) for area in after.areas] if found.areas else None,
    }


def way_back(found: Difference, before: Floor) -> dict[str, Any]:
    """The one operation that undoes the difference."""
    old = shell_json(before.shell)
    back: dict[str, Any] = {
        "op": "put",
        "delete": [spot.code for spot in found.new],
        "stands": [{"was": new.code, **old_one.told()} for old_one, new in found.changed]
        + [{"was": "", **spot.told()} for spot in found.gone],
        "hall": {name: old[name] for name in found.hall},
    }
    if found.areas:
        back["areas"] = [area_json(area) for area in before.areas]
    return back


def kept(found: Difference) -> dict[str, Any]:
    """What is remembered of an edit: names up to a dozen, and how many. That a side opened is no edit."""
    return {
        name: {"count": len(codes), "codes": sorted(codes)[:MOST_NAMED]}
        for name, codes in (
            ("added", [spot.code for spot in found.new]),
            (
                "changed",
                [new.code for old, new in found.changed if replace(new, open_sides=old.open_sides) != old],
            ),
            ("deleted", [spot.code for spot in found.gone]),
        )
        if codes
    } | ({"hall": sorted(found.hall) + ["areas"] * found.areas} if found.hall or found.areas else {})


def in_words(edit: Mapping[str, Any]) -> list[Sentence]:
    """A remembered edit in words."""
    sentences = {
        "added": say_many("added %(count)s stand (%(codes)s)", "added %(count)s stands (%(codes)s)", "count"),
        "changed": say_many(
            "changed %(count)s stand (%(codes)s)", "changed %(count)s stands (%(codes)s)", "count"
        ),
        "deleted": say_many(
            "deleted %(count)s stand (%(codes)s)", "deleted %(count)s stands (%(codes)s)", "count"
        ),
    }
    found = [
        replace(sentence, values={"count": edit[name]["count"], "codes": _some(edit[name])})
        for name, sentence in sentences.items()
        if name in edit
    ]
    return found + ([say("changed the hall itself")] if edit.get("hall") else [])


def _some(part: Mapping[str, Any]) -> str:
    names = ", ".join(part["codes"])
    return names + " …" if part["count"] > len(part["codes"]) else names
