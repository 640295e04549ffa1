"""Roles and what each may do. What is not listed is forbidden."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    ORGANISER = "organiser"
    EXHIBITOR = "exhibitor"
    BUYER = "buyer"
    SPEAKER = "speaker"
    GATE = "gate"
    FINANCE = "finance"
    AUDITOR = "auditor"


CONSOLE = frozenset(
    {
        "console.view",
        "edition.edit",
        "edition.import",
        "edition.export",
        "venue.edit",
        "exhibitors.review",
        "allocation.run",
        "allocation.publish",
        "programme.edit",
        "programme.publish",
        "registration.view",
        "badges.print",
        "meetings.run",
        "deals.view",
        "deals.record",
        "orders.view",
        "invoices.issue",
        "outbox.view",
        "outbox.send",
        "jobs.view",
        "roles.grant",
        "audit.read",
        "print.all",
    }
)

MAY: dict[Role, frozenset[str]] = {
    Role.ORGANISER: CONSOLE,
    Role.EXHIBITOR: frozenset({"portal.use"}),
    Role.BUYER: frozenset({"agenda.use"}),
    Role.SPEAKER: frozenset({"talks.own"}),
    Role.GATE: frozenset({"console.view", "registration.view", "badges.print"}),
    Role.FINANCE: frozenset({"console.view", "orders.view", "invoices.issue", "deals.view", "jobs.view"}),
    Role.AUDITOR: frozenset(
        {"console.view", "deals.view", "orders.view", "audit.read", "outbox.view", "jobs.view", "edition.export"}
    ),
}

PERMISSIONS = frozenset().union(*MAY.values()) | {"account.own", "edition.create"}


def permissions(roles: Iterable[str]) -> frozenset[str]:
    """All that a set of roles may do."""
    return frozenset().union(*(MAY[Role(role)] for role in roles))
