"""Explanations put into sentences, from the plain JSON that a run keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from expo.words import Sentence, say, say_many

Kept = Mapping[str, Any]
MOST_NAMED = 12


@dataclass(frozen=True)
class WishInWords:
    """A wish, whether it was met (`percent` of it), and what became of it."""

    wish: Sentence
    met: bool
    percent: int
    outcome: Sentence


@dataclass(frozen=True)
class InWords:
    """An explanation to show: status is placed, locked, in_pavilion or unplaced."""

    status: str
    summary: Sentence
    turn: Sentence
    reasons: tuple[Sentence, ...]
    wishes: tuple[WishInWords, ...]
    free: Sentence
    alternatives: tuple[tuple[str, ...], ...]


STATES: dict[str, tuple[Sentence, str]] = {
    "running": (say("At work"), "wait"),
    "done": (say("Finished"), "info"),
    "published": (say("Published"), "good"),
    "superseded": (say("Replaced"), "off"),
    "failed": (say("Stopped without a result"), "bad"),
}
"""State of a run → what it is called, and its tone."""


CHANGES: dict[str, tuple[Sentence, str]] = {
    "placed": (say("Gets a place"), "good"),
    "moved": (say("Moves"), "wait"),
    "lost": (say("Loses its place"), "bad"),
    "kept": (say("Stays"), "off"),
}
"""What changes for somebody between two plans → what it is called, and its tone."""


def run_state(run: Any) -> tuple[Sentence, str]:
    """A run's state with its tone; one whose job is over and gave nothing has failed."""
    is_over = run.state == "running" and run.job_state in ("failed", "cancelled", None)
    return STATES["failed" if is_over else run.state]


def run_title(run: Any) -> str:
    """What a run is called: the name somebody gave it, after its number."""
    return f"{run.id} · {run.name}" if run.name else str(run.id)


def in_words(kept: Kept) -> InWords:
    """One exhibitor's kept explanation as sentences."""
    return InWords(
        status=kept["status"],
        summary=summary(kept),
        turn=say(
            "Place %(turn)s of %(in_all)s in the order of points, payment date and lottery.",
            turn=kept["turn"],
            in_all=kept["in_all"],
        ),
        reasons=tuple(reason(each) for each in kept["reasons"]),
        wishes=tuple(_wish(each) for each in kept["wishes"]),
        free=_free(kept),
        alternatives=tuple(tuple(each) for each in kept["alternatives"]),
    )


def summary(kept: Kept) -> Sentence:
    """What happened, in one sentence."""
    stands = codes(kept["units"])
    if kept["status"] == "placed" and not kept["units"]:
        return say("The whole pavilion stands with your co-exhibitors.")
    return {
        "placed": say("Placed on %(stands)s.", stands=stands),
        "locked": say("The organiser settled this place by hand: %(stands)s.", stands=stands),
        "in_pavilion": say("Placed on %(stands)s, inside your pavilion.", stands=stands),
        "unplaced": say("Not placed."),
    }[kept["status"]]


def codes(found: Sequence[str]) -> list[str]:
    """Stand or exhibitor codes in order, cut short when there are many."""
    return sorted(found)[:MOST_NAMED] + (["…"] if len(found) > MOST_NAMED else [])


def wish_name(wish: Kept) -> Sentence:
    """What was wished for."""
    target = wish["target"]
    known = {
        "near_entrance": say("Near an entrance"),
        "corner": say("A corner"),
        "beside": say("Beside %(target)s", target=target),
        "stand": say("Stand %(target)s", target=target),
        "zone": say("Zone %(target)s", target=target),
        "hall": say("Hall %(target)s", target=target),
    }
    return known.get(wish["kind"], say("A wish of an unknown kind"))


def _wish(kept: Kept) -> WishInWords:
    met, percent = kept["met"], kept["percent"]
    if not met:
        outcome = reason(kept["reason"])
    elif percent < 100:
        outcome = say("Met to %(percent)s %%.", percent=percent)
    else:
        outcome = say("Met.")
    return WishInWords(wish_name(kept["wish"]), met, percent, outcome)


def reason(kept: Kept) -> Sentence:
    """Why, with its figures. Prices and worth are points of the solver's objective."""
    figures = {
        key: codes(value) if isinstance(value, list) else _rounded(value)
        for key, value in kept["figures"].items()
    }
    return replace(MESSAGES[kept["code"]], values=figures)


def _rounded(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _free(kept: Kept) -> Sentence:
    if not kept["free_count"]:
        return say("No other place that suits is free.")
    return say_many(
        "%(count)s other place that suits is still free: %(example)s.",
        "%(count)s other places that suit are still free, for example %(example)s.",
        "count",
        count=kept["free_count"],
        example=codes(kept["alternatives"][0]),
    )


MESSAGES: dict[str, Sentence] = {
    # not placed at all
    "no_area": say("No area was asked for."),
    "no_units": say("There are no stands yet."),
    "unknown_zone": say("None of the zones asked for has stands (%(zones)s)."),
    "too_large": say("%(need_m2)s m² were asked for; the largest place of that kind has %(largest_m2)s m²."),
    "no_such_size": say("No place of that kind comes close enough to %(need_m2)s m²."),
    "no_shape": say("No free-standing place of that size has the shape asked for (%(shape)s)."),
    "no_power": say("No place of that size and shape has %(power_kw)s kW."),
    "no_water": say("No place of that size, shape and power has water."),
    "no_height": say("No place that would suit otherwise allows stands %(height_m)s m high."),
    "no_load": say("No place that would suit otherwise carries %(load_kg_m2)s kg/m²."),
    "all_locked": say_many(
        "The only place that suits was settled for others by hand.",
        "All %(blocks)s places that suit were settled for others by hand.",
        "blocks",
    ),
    # placed, but on less than was asked for
    "smaller": say(
        "%(given_m2)s of the %(asked_m2)s m² asked for could be given; you accept %(least_m2)s m² or more."
    ),
    "pavilion_unplaced": say("The pavilion of %(lead)s found no place, nor did its co-exhibitors."),
    "pavilion_full": say("The block of the pavilion of %(lead)s is used up."),
    "void_lock": say("The stands locked for you (%(units)s) are gone or promised twice."),
    "left_over": say("A place that suits is free: another run should find it."),
    "all_taken": say_many(
        "The only place that suits went to others; it was worth %(price)s points to them and %(worth)s"
        " to you.",
        "All %(blocks)s places that suit went to others; the least contested was worth %(price)s points to"
        " them and %(worth)s to you.",
        "blocks",
    ),
    # a wish not met; "rivals" serves both
    # Who named whom is private: the one who was named must not learn it from here.
    "rivals": say("Every place that suits and is free is too close to one you must not stand beside."),
    "unknown_target": say("Nothing is called %(target)s here."),
    "no_such_place": say("No place of your size and shape fulfils this."),
    "neighbour_unplaced": say("%(target)s has no place, so nobody stands beside it."),
    "not_placed": say("Not placed, so the wish is open."),
    "locked": say("The place was settled by hand before the wishes were looked at."),
    "follows_pavilion": say("Inside a pavilion the place follows the block of %(lead)s."),
    "taken": say(
        "%(units)s went to %(holders)s: to others it was worth %(price)s points, your place %(own_price)s."
        " Places that fulfil the wish: %(blocks)s."
    ),
    "outweighed": say(
        "%(units)s went to %(holders)s: it would have been worth %(gain)s points more to you than your place,"
        " but to others %(extra)s more. Places that fulfil the wish: %(blocks)s."
    ),
    "traded": say(
        "%(units)s is free, but others would lose more by your standing there: to them it is worth %(price)s"
        " points, your place %(own_price)s."
    ),
}
"""Reason code (see `expo.allocation.reasons.Explanation`) → its sentence."""

NO_REASON = say("No reason is known.")
