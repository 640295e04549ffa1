"""What an exhibitor still has to do, and by when."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_BEFORE = {"apply": 12, "permits": 8, "order": 6, "products": 4, "meetings": 4, "staff": 2}
"""Weeks before the first day by which each is wanted: floor first, then money, catalogue and badges."""


@dataclass(frozen=True)
class Facts:
    """What is known of an exhibitor; order is '', open, invoiced, paid or cancelled.

    `meets` says whether it takes part in meetings with buyers, None that it has not said so far.
    """

    state: str
    products: int = 0
    placed: bool = False
    order: str = ""
    staff: int = 0
    permits_needed: int = 0
    permits_granted: int = 0
    meets: bool | None = None


@dataclass(frozen=True)
class Item:
    """One thing to do: key names it; state is done, now, todo, late or blocked."""

    key: str
    state: str
    due: date | None


def items(facts: Facts, starts_on: date, ends_on: date, today: date) -> list[Item]:
    """All items in order. The first that can be done is marked now; late ones count while the expo lasts."""
    found, first = [], True
    for key, done, possible in _stages(facts):
        due = starts_on - timedelta(weeks=WEEKS_BEFORE[key]) if key in WEEKS_BEFORE else None
        state = "done" if done else "blocked" if not possible else "todo"
        if state == "todo" and due and due < today <= ends_on:
            state = "late"
        if state in ("todo", "late") and first and key not in OTHERS_DO:
            state, first = ("now" if state == "todo" else "late"), False
        found.append(Item(key, state, due))
    return found


OTHERS_DO = frozenset({"decision", "stand"})
"""Items that wait for the organiser, not for the exhibitor."""


def _stages(facts: Facts) -> list[tuple[str, bool, bool]]:
    """(key, done, possible now). Permits are only there for those who need any."""
    accepted = facts.state == "accepted"
    permits = ("permits", facts.permits_granted >= facts.permits_needed, accepted)
    return [
        ("apply", facts.state in ("submitted", "accepted"), True),
        ("decision", accepted, facts.state == "submitted"),
        ("products", facts.products > 0, True),
        ("stand", facts.placed, accepted),
        ("order", facts.order == "paid", accepted and facts.placed),
        *([permits] if facts.permits_needed else []),
        ("staff", facts.staff > 0, accepted),
        ("meetings", facts.meets is not None, accepted),
    ]
