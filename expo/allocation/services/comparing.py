"""Plans by name: what holds now, a version, a run; for comparing any with any other."""

import re
from dataclasses import dataclass

from sqlmodel import Session, select

from expo.allocation.models import AllocationRun, Publication
from expo.allocation.services.asking import places_of
from expo.allocation.wording import run_title
from expo.editions.models import Edition
from expo.words import Sentence, say

LARGEST = 2**31 - 1
MOST_CHOICES = 50


@dataclass(frozen=True)
class Plan:
    """A plan to compare: ref is "now", "v3" (a version) or "r12" (a run)."""

    ref: str
    name: Sentence
    placements: dict[str, list[str]]


def plan_named(session: Session, edition: Edition, ref: str) -> Plan | None:
    """The edition's plan of that name; None when there is none."""
    if ref == "now":
        current, _ = places_of(session, edition)
        return Plan(ref, say("What holds now"), {code: list(stands) for code, stands in current.items()})
    number = re.fullmatch(r"([vr])([1-9][0-9]{0,9})", ref)
    if number is None or int(number[2]) > LARGEST:
        return None
    if number[1] == "v":
        version = session.exec(
            select(Publication).where(
                Publication.edition_id == edition.id, Publication.number == int(number[2])
            )
        ).one_or_none()
        return version and Plan(ref, say("Version %(n)s", n=version.number), version.placements)
    run = session.exec(
        select(AllocationRun).where(
            AllocationRun.edition_id == edition.id,
            AllocationRun.id == int(number[2]),
            AllocationRun.state.in_(("done", "published", "superseded")),
        )
    ).one_or_none()
    return run and Plan(ref, say("Run %(id)s", id=run_title(run)), run.placements)


def plans_to_choose(session: Session, edition: Edition) -> list[tuple[str, Sentence]]:
    """What may be compared: now, the latest versions, the latest finished runs."""
    versions = session.execute(
        select(Publication.number)
        .where(Publication.edition_id == edition.id)
        .order_by(Publication.number.desc())
        .limit(MOST_CHOICES)
    ).scalars()
    runs = session.execute(
        select(AllocationRun.id, AllocationRun.name)
        .where(
            AllocationRun.edition_id == edition.id,
            AllocationRun.state.in_(("done", "published", "superseded")),
        )
        .order_by(AllocationRun.id.desc())
        .limit(MOST_CHOICES)
    )
    return [
        ("now", say("What holds now")),
        *((f"v{number}", say("Version %(n)s", n=number)) for number in versions),
        *((f"r{run.id}", say("Run %(id)s", id=run_title(run))) for run in runs),
    ]
