"""Types of deals, the stages each may be in, what may follow what. The database holds the same table."""

TYPES = ("purchase", "investment", "cooperation", "report", "retail")
STAGES = ("lead", "intent", "memorandum", "contract", "delivered", "paid", "lapsed", "cancelled")
ORIGINS = ("meeting", "stand", "forum", "ceremony", "walk_in")
PARTY_STATES = ("open", "entered", "confirmed", "disputed")
ROLES = ("seller", "buyer", "investor", "host", "partner", "guarantor", "witness")

_TRADE: dict[str, frozenset[str]] = {
    "lead": frozenset({"intent", "memorandum", "contract", "lapsed"}),
    "intent": frozenset({"memorandum", "contract", "lapsed", "cancelled"}),
    "memorandum": frozenset({"contract", "lapsed", "cancelled"}),
    "contract": frozenset({"delivered", "cancelled"}),
    "delivered": frozenset({"paid"}),
    "paid": frozenset(),
    "lapsed": frozenset(),
    "cancelled": frozenset(),
}

NEXT: dict[str, dict[str, frozenset[str]]] = {
    "purchase": _TRADE,
    "investment": _TRADE,
    "cooperation": _TRADE,
    "report": {
        "lead": frozenset({"contract", "lapsed"}),
        "contract": frozenset({"cancelled"}),
        "lapsed": frozenset(),
        "cancelled": frozenset(),
    },
    "retail": _TRADE | {"paid": frozenset({"cancelled"})},
}
"""type → stage → stages a deal of that type may move to. A released report stands at `contract`;
a retail sale that was paid can be paid back."""

AGREED = frozenset({"intent", "memorandum", "contract", "delivered", "paid"})
"""Stages that count as an outcome of the expo; leads and what lapsed or was cancelled never do."""

BY_LINES = frozenset({"purchase", "retail"})
"""Types that are worth what their lines add up to; the others may state a sum, or none."""

PROJECTS = frozenset({"investment", "cooperation"})
"""Types with a project of their own fields."""

FIRST = {
    "purchase": ("lead", "intent", "memorandum", "contract"),
    "investment": ("lead", "intent", "memorandum", "contract"),
    "cooperation": ("lead", "intent", "memorandum", "contract"),
    "report": ("lead", "contract"),
    "retail": ("lead", "intent", "memorandum", "contract", "paid"),
}
"""Stages in which a deal may be recorded."""


def may_follow(type_: str, stage: str, wanted: str) -> bool:
    """Whether a deal of `type_` in `stage` may move to `wanted`."""
    return wanted in NEXT[type_].get(stage, frozenset())


def stages_of(type_: str) -> tuple[str, ...]:
    """The stages a type knows, in the house's order."""
    return tuple(stage for stage in STAGES if stage in NEXT[type_])
