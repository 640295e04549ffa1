"""The stages of a deal as a table: what may follow what."""

NEXT: dict[str, frozenset[str]] = {
    "lead": frozenset({"intent", "memorandum", "contract", "lapsed"}),
    "intent": frozenset({"memorandum", "contract", "lapsed", "cancelled"}),
    "memorandum": frozenset({"contract", "lapsed", "cancelled"}),
    "contract": frozenset({"delivered", "cancelled"}),
    "delivered": frozenset({"paid"}),
    "paid": frozenset(),
    "lapsed": frozenset(),
    "cancelled": frozenset(),
}
"""stage → stages it may move to."""

AGREED = frozenset({"intent", "memorandum", "contract", "delivered", "paid"})
"""Stages that count as an outcome of the expo; retail and leads never do."""


def may_follow(stage: str, wanted: str) -> bool:
    """Whether a deal in `stage` may move to `wanted`."""
    return wanted in NEXT[stage]
