"""Roles and what each may do. What is not listed is forbidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    ORGANISER = "organiser"
    EXHIBITOR = "exhibitor"
    BUYER = "buyer"
    SPEAKER = "speaker"
    GATE = "gate"
    FINANCE = "finance"
    AUDITOR = "auditor"
    REVIEWER = "reviewer"
    MATCHMAKER = "matchmaker"


CONSOLE = frozenset(
    {
        "console.view",
        "edition.edit",
        "edition.import",
        "edition.export",
        "venue.edit",
        "exhibitors.review",
        "allocation.read",
        "allocation.run",
        "allocation.publish",
        "programme.edit",
        "programme.publish",
        "proposals.review",
        "registration.view",
        "registration.edit",
        "registration.manage",
        "privacy.manage",
        "visa.sign",
        "badges.print",
        "badges.design",
        "checkin.manage",
        "checkin.scan",
        "figures.view",
        "figures.audit",
        "meetings.run",
        "deals.view",
        "deals.record",
        "deals.publish",
        "orders.view",
        "invoices.issue",
        "prices.edit",
        "permits.review",
        "outbox.view",
        "outbox.send",
        "jobs.view",
        "jobs.run",
        "roles.grant",
        "audit.read",
        "print.all",
    }
)

MAY: dict[Role, frozenset[str]] = {
    Role.ORGANISER: CONSOLE,
    Role.EXHIBITOR: frozenset({"portal.use", "deals.own", "leads.own", "requests.own"}),
    Role.BUYER: frozenset({"agenda.use", "deals.own", "requests.own"}),
    Role.SPEAKER: frozenset({"talks.own"}),
    Role.GATE: frozenset(
        {
            "console.view",
            "registration.view",
            "registration.edit",
            "badges.print",
            "checkin.manage",
            "checkin.scan",
            "figures.view",
            "jobs.view",
        }
    ),
    Role.FINANCE: frozenset(
        {
            "console.view",
            "orders.view",
            "invoices.issue",
            "prices.edit",
            "deals.view",
            "deals.publish",
            "jobs.view",
        }
    ),
    Role.AUDITOR: frozenset(
        {
            "console.view",
            "allocation.read",
            "deals.view",
            "orders.view",
            "audit.read",
            "figures.view",
            "figures.audit",
            "outbox.view",
            "jobs.view",
            "edition.export",
        }
    ),
    Role.REVIEWER: frozenset({"console.view", "proposals.review"}),
    Role.MATCHMAKER: frozenset(
        {"console.view", "meetings.run", "requests.refusals", "outbox.view", "jobs.view"}
    ),
}

OF_ORGANISATIONS = frozenset({Role.EXHIBITOR, Role.BUYER})
EVERYBODY = frozenset({"account.own"})
SITE_WIDE_ORGANISER = frozenset({"edition.create"})
PERMISSIONS = frozenset().union(*MAY.values()) | EVERYBODY | SITE_WIDE_ORGANISER


@dataclass(frozen=True)
class Held:
    """A role somebody holds: in one edition (None: in all), for one organisation (None: for the house)."""

    role: str
    edition_id: int | None = None
    organisation_id: int | None = None


def permissions(held: Held) -> frozenset[str]:
    """What one role gives where it is held. For an organisation only exhibitors and buyers can act."""
    if held.organisation_id is not None and held.role not in OF_ORGANISATIONS:
        return frozenset()
    everywhere = held.role == Role.ORGANISER and held.edition_id is None
    return MAY[Role(held.role)] | (SITE_WIDE_ORGANISER if everywhere else frozenset())


def may(held: Iterable[Held], permission: str, edition_id: int | None) -> bool:
    """Whether roles allow something in an edition; without one (None) only site-wide roles count."""
    if permission in EVERYBODY:
        return True
    return any(permission in permissions(one) for one in held if one.edition_id in (None, edition_id))


def belongs(held: Iterable[Held], edition_id: int) -> bool:
    """Whether somebody is one of an edition's own people, who see it before the public does."""
    return any(
        one.edition_id == edition_id or (one.edition_id is None and one.organisation_id is None)
        for one in held
    )


def organisations(held: Iterable[Held], permission: str, edition_id: int) -> set[int]:
    """The organisations for which somebody may do something in an edition."""
    return {
        one.organisation_id
        for one in held
        if one.organisation_id is not None
        and one.edition_id in (None, edition_id)
        and permission in permissions(one)
    }
