"""Publishing a run, and taking the published plan back: all at once, as a numbered version."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.comparing import Changes, compared, counted
from expo.allocation.models import AllocationRun, Allotment, Publication
from expo.allocation.services.asking import places_of
from expo.allocation.services.refusing import (
    refuse_elsewhere,
    refuse_gone,
    refuse_locks,
    refuse_renumbered,
    refuse_state,
    taken_meanwhile,
)
from expo.audit.services import note, quietly
from expo.clock import now
from expo.db import refresh_statistics
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.venue.models import Stand
from expo.venue.queries import renames_since
from expo.words import say

Places = Mapping[str, Sequence[str]]


def changes(session: Session, run: AllocationRun) -> Changes:
    """What would change for whom if the run were published now."""
    current, locked = places_of(session, session.get_one(Edition, run.edition_id))
    return counted(compared(current, _together(run.placements, still_locked(run, locked))))


def still_locked(run: AllocationRun, locked: Places) -> dict[str, Sequence[str]]:
    """The locks that hold against the run: all but those lifted on purpose while it was edited by hand."""
    lifted = run.settings.get("lifted", {})
    return {code: stands for code, stands in locked.items() if sorted(stands) != sorted(lifted.get(code, ()))}


def _together(placements: Places, locked: Places) -> dict[str, list[str]]:
    """A run's places and, for whom it has none there, the locked ones."""
    owner = {stand: code for code, stands in locked.items() for stand in stands}
    whole = {
        code: [stand for stand in stands if owner.get(stand, code) == code]
        for code, stands in placements.items()
    }
    for code, stands in locked.items():
        whole[code] = sorted({*whole.get(code, ()), *stands})
    return {code: stands for code, stands in whole.items() if stands}


def publish(session: Session, run: AllocationRun, user_id: int | None = None) -> Publication:
    """The run's placements replace the published allotments; locked ones stay; the former run is superseded.

    The edition's row is locked first, so of two people publishing at once the second waits and then replaces
    what the first published as a whole. An older run may be published again. Refused when the run breaks a
    rule, is published already, names a stand or exhibitor that is gone, contradicts a lock made since, or
    would undo what changed since in zones it left alone.
    """
    edition = turn(session, run.edition_id)
    session.refresh(run)
    refuse_state(run)
    stands = dict(session.execute(select(Stand.code, Stand.id).where(Stand.edition_id == edition.id)).all())
    exhibitors = dict(
        session.execute(
            select(Exhibitor.code, Exhibitor.id).where(
                Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted"
            )
        ).all()
    )
    refuse_renumbered(run, renames_since(session, edition, run.created_at))
    refuse_gone(run, stands.keys(), exhibitors.keys())
    current, locked = places_of(session, edition)
    held = still_locked(run, locked)
    refuse_locks(run, held)
    refuse_elsewhere(session, run, current)
    own = set(run.settings.get("locks", ()))
    keeping = {stand for given in held.values() for stand in given}
    rows = [
        {"edition_id": edition.id, "stand_id": stands[stand], "exhibitor_id": exhibitors[code],
         "run_id": run.id, "locked": code in own}
        for code, given in run.placements.items()
        for stand in given
        if stand not in keeping
    ]  # fmt: skip
    with quietly(session):
        _supersede(session, edition)
        try:
            with session.begin_nested():
                _replace(session, edition, rows, [stands[stand] for stand in keeping if stand in stands])
        except IntegrityError as error:
            raise taken_meanwhile(error, {number: code for code, number in stands.items()}) from None
        if rows:
            refresh_statistics(session, "allotment")
        run.state, run.published_at = "published", now()
        session.add(run)
        session.flush()
        version = _version(session, edition, "published", run, user_id=user_id)
    _noted(session, version, counted(compared(current, version.placements)))
    return version


def turn(session: Session, edition_id: int) -> Edition:
    """The edition, locked: whoever changes who stands where takes turns, until the transaction ends."""
    return session.get_one(Edition, edition_id, with_for_update={"key_share": True}, populate_existing=True)


def _replace(session: Session, edition: Edition, rows: list[dict], keeping: list[int]) -> None:
    """Old allotments out, new ones in, always in the order of stands so that nobody waits crosswise."""
    session.execute(
        delete(Allotment).where(Allotment.edition_id == edition.id, Allotment.stand_id.not_in(keeping))
    )
    if rows:
        session.execute(insert(Allotment), sorted(rows, key=lambda row: row["stand_id"]))


def _version(
    session: Session,
    edition: Edition,
    kind: str,
    run: AllocationRun,
    *,
    reason: str = "",
    user_id: int | None = None,
) -> Publication:
    """The next version: who stands where from now on. The edition is locked, so numbers have no holes."""
    last = session.execute(
        select(func.max(Publication.number)).where(Publication.edition_id == edition.id)
    ).scalar()
    current, locked = places_of(session, edition)
    version = Publication(
        edition_id=edition.id, number=(last or 0) + 1, kind=kind, run_id=run.id, reason=reason,
        placements={code: list(stands) for code, stands in current.items()}, locked=sorted(locked),
        published_by=user_id,
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version


def _noted(session: Session, version: Publication, told: Changes) -> None:
    figures = {"version": version.number, "run": version.run_id, "placed": told.placed, "moved": told.moved,
               "lost": told.lost, "kept": told.kept, "reason": version.reason}  # fmt: skip
    note(session, version.kind, "allocation_publication", version.number, figures, version.edition_id)


def withdraw(session: Session, edition: Edition, reason: str, user_id: int | None = None) -> Publication:
    """Take the published plan back: only places settled by hand remain. Refused when nothing is published."""
    edition = turn(session, edition.id)
    if not reason.strip():
        raise Refused(say("Say why the plan is taken back: it stays in the list of versions."))
    current, _ = places_of(session, edition)
    with quietly(session):
        former = _supersede(session, edition)
        if former is None:
            raise Refused(say("No plan is published, so there is none to take back."))
        session.execute(
            delete(Allotment).where(Allotment.edition_id == edition.id, Allotment.locked.is_(False))
        )
        version = _version(session, edition, "withdrawn", former, reason=reason.strip(), user_id=user_id)
    _noted(session, version, counted(compared(current, version.placements)))
    return version


def withdrawing(session: Session, edition: Edition) -> Changes:
    """What taking the published plan back would change for whom."""
    current, locked = places_of(session, edition)
    return counted(compared(current, locked))


def _supersede(session: Session, edition: Edition) -> AllocationRun | None:
    """The former run makes way first: only one may be published."""
    former = session.exec(
        select(AllocationRun).where(
            AllocationRun.edition_id == edition.id, AllocationRun.state == "published"
        )
    ).one_or_none()
    if former:
        former.state = "superseded"
        session.add(former)
        session.flush()
    return former
