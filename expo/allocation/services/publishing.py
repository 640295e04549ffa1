"""Publishing a run: its placements become the allotments, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from expo.allocation.models import AllocationRun, Allotment
from expo.allocation.services.asking import places_of
from expo.allocation.wording import codes
from expo.clock import now
from expo.db import refresh_statistics
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.venue.models import Stand
from expo.words import say


@dataclass(frozen=True)
class Changes:
    """What publishing would change, in exhibitors."""

    placed: int
    moved: int
    kept: int
    lost: int

    @property
    def told(self) -> int:
        """How many exhibitors see something new."""
        return self.placed + self.moved + self.lost


def changes(session: Session, run: AllocationRun) -> Changes:
    """The run against what is published now."""
    current, _ = places_of(session, session.get_one(Edition, run.edition_id))
    before = {code: set(stands) for code, stands in current.items()}
    after = {code: set(stands) for code, stands in run.placements.items()}
    both = before.keys() & after.keys()
    moved = sum(before[code] != after[code] for code in both)
    return Changes(
        placed=len(after.keys() - before.keys()),
        moved=moved,
        kept=len(both) - moved,
        lost=len(before.keys() - after.keys()),
    )


def publish(session: Session, run: AllocationRun) -> None:
    """The run's placements replace the published allotments; locked ones stay; the former run is superseded.

    The edition's row is locked first, so of two people publishing at once the second waits and then replaces
    what the first published as a whole. An older run may be published again. Refused when the run breaks a
    rule, is published already, names a stand or exhibitor that is gone, or contradicts a lock made since.
    """
    edition = session.get_one(Edition, run.edition_id, with_for_update=True, populate_existing=True)
    session.refresh(run)
    _refuse_state(run)
    stands = dict(session.execute(select(Stand.code, Stand.id).where(Stand.edition_id == edition.id)).all())
    exhibitors = dict(
        session.execute(
            select(Exhibitor.code, Exhibitor.id).where(
                Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted"
            )
        ).all()
    )
    _refuse_gone(run, stands.keys(), exhibitors.keys())
    _, locked = places_of(session, edition)
    _refuse_locks(run, locked)
    _supersede(session, edition)
    held = {stand for given in locked.values() for stand in given}
    session.execute(delete(Allotment).where(Allotment.edition_id == edition.id, Allotment.locked.is_(False)))
    rows = [
        {"edition_id": edition.id, "stand_id": stands[stand], "exhibitor_id": exhibitors[code],
         "run_id": run.id, "locked": False}
        for code, given in run.placements.items()
        for stand in given
        if stand not in held
    ]  # fmt: skip
    if rows:
        session.execute(insert(Allotment), rows)
        refresh_statistics(session, "allotment")
    run.state, run.published_at = "published", now()
    session.add(run)
    session.flush()


def _refuse_state(run: AllocationRun) -> None:
    if run.state == "published":
        raise Refused(say("This run is published already."))
    if run.state not in ("done", "superseded"):
        raise Refused(say("This run has not finished, so it cannot be published."))
    if run.violations != 0:
        raise Refused(
            say("This run breaks %(n)s rules, so it cannot be published. Run again.", n=run.violations or "–")
        )


def _refuse_gone(run: AllocationRun, stands, exhibitors) -> None:
    gone = sorted({stand for given in run.placements.values() for stand in given} - stands)
    if gone:
        raise Refused(
            say(
                "The floor has changed since this run: it uses stands that are gone (%(names)s). Run again.",
                names=codes(gone),
            )
        )
    gone = sorted(run.placements.keys() - exhibitors)
    if gone:
        raise Refused(
            say("It places exhibitors who are no longer accepted (%(names)s). Run again.", names=codes(gone))
        )


def _refuse_locks(run: AllocationRun, locked: Mapping[str, Sequence[str]]) -> None:
    """A lock made after the run must agree with it."""
    owner = {stand: code for code, stands in run.placements.items() for stand in stands}
    for code, stands in locked.items():
        for stand in stands:
            if owner.get(stand, code) != code:
                raise Refused(
                    say(
                        "Stand %(stand)s was locked for %(code)s since this run. Run again to respect that.",
                        stand=stand,
                        code=code,
                    )
                )
        if code in run.placements and not set(stands) <= set(run.placements[code]):
            raise Refused(
                say("%(code)s was given another place since this run. Run again to respect that.", code=code)
            )


def _supersede(session: Session, edition: Edition) -> None:
    """The former run makes way first: only one may be published."""
    former = session.exec(
        select(AllocationRun).where(
            AllocationRun.edition_id == edition.id, AllocationRun.state == "published"
        )
    ).all()
    for run in former:
        run.state = "superseded"
        session.add(run)
    session.flush()
