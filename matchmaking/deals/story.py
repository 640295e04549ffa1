"""A deal's events told from the beginning: what they make of it, independent of the tables that hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from matchmaking.deals.stages import AGREED, may_follow


@dataclass(frozen=True)
class State:
    """A deal after some events. `parties`: organisation → how it stands; `content` is as last entered."""

    stage: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> str:
        """What the parties make of it together."""
        return standing(self.parties.values())


def standing(states: Iterable[str]) -> str:
    """'disputed' if any party disputes, 'confirmed' if all stand by it and one confirmed, else 'open'."""
    states = list(states)
    if "disputed" in states:
        return "disputed"
    return "confirmed" if "confirmed" in states and "open" not in states else "open"


def claimed(parties: Mapping[str, str], mover: str) -> dict[str, str]:
    """How parties stand after one of them moved the deal on: it stands by that, a dispute stays."""
    return {
        one: "entered" if one == mover else "disputed" if state == "disputed" else "open"
        for one, state in parties.items()
    }


class Impossible(Exception):
    """An event that could not have followed."""


def told(events: Iterable[tuple[str, dict[str, Any]]]) -> State:
    """The state after (kind, payload) events in order. Impossible where one cannot follow what was before."""
    state = State()
    for kind, payload in events:
        state = _after(state, kind, payload)
    return state


def _after(state: State, kind: str, payload: dict[str, Any]) -> State:
    if kind in ("recorded", "imported"):
        if state.stage:
            raise Impossible(f"{kind} twice")
        return State(payload["stage"], payload, payload.get("states") or _entered(payload))
    if not state.stage:
        raise Impossible(f"{kind} before it was recorded")
    if kind == "moved":
        if payload["from"] != state.stage or not may_follow(state.content["type"], *_step(payload)):
            raise Impossible(f"moved from {payload['from']} to {payload['to']} at {state.stage}")
        mover = payload.get("organisation")
        claims = mover is not None and payload["to"] in AGREED
        parties = claimed(state.parties, str(mover)) if claims else state.parties
        return replace(state, stage=payload["to"], parties=parties)
    if kind == "amended":
        if state.stage != payload["stage"]:
            raise Impossible("an amendment that moves")
        return State(state.stage, payload, _entered(payload))
    if kind in ("confirmed", "disputed"):
        who = str(payload["organisation"])
        if state.parties.get(who) not in ("open", "confirmed", "disputed"):
            raise Impossible(f"{kind} by its own author or a stranger")
        return replace(state, parties=state.parties | {who: kind})
    return state


def _step(payload: dict[str, Any]) -> tuple[str, str]:
    return payload["from"], payload["to"]


def _entered(payload: dict[str, Any]) -> dict[str, str]:
    """How parties stand after one of them (or the staff) entered the content; witnesses need not confirm."""
    author = payload.get("entered_for")
    return {
        str(number): "entered" if number == author else "open"
        for number, role, *_ in payload.get("parties", ())
        if role != "witness"
    }
