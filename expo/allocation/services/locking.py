"""Places that the organiser settles by hand; a new run keeps its hands off them."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.allocation.services.publishing import turn
from expo.allocation.services.refusing import taken_meanwhile
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import pick
from expo.venue.models import Stand
from expo.words import say


def give_stand(session: Session, stand: Stand, exhibitor: Exhibitor) -> Allotment:
    """Give one stand to an exhibitor and lock it. Refused when it is somebody's: the first one gets it."""
    if exhibitor.state != "accepted":
        raise Refused(say("%(code)s is not accepted, so it cannot be given a stand.", code=exhibitor.code))
    turn(session, stand.edition_id)
    given = Allotment(edition_id=stand.edition_id, stand_id=stand.id, exhibitor_id=exhibitor.id, locked=True)
    try:
        with session.begin_nested():
            session.add(given)
    except IntegrityError as error:
        if holder := _holder(session, stand):
            raise Refused(
                say("Stand %(stand)s is taken by %(name)s.", stand=stand.code, name=holder)
            ) from None
        raise taken_meanwhile(error, {stand.id: stand.code}) from None
    return given


def _holder(session: Session, stand: Stand) -> str:
    name = session.exec(
        select(Organisation.name)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .join(Allotment, Allotment.exhibitor_id == Exhibitor.id)
        .where(Allotment.stand_id == stand.id)
    ).first()
    return pick(name or {}, "en")


def lock(session: Session, exhibitor: Exhibitor) -> None:
    """Keep the exhibitor's published stands in every later run. Refused when it has none."""
    if not _set(session, exhibitor, True):
        raise Refused(say("%(code)s has no stand that could be locked.", code=exhibitor.code))


def unlock(session: Session, exhibitor: Exhibitor) -> None:
    """Let a later run place the exhibitor anew; until it is published the place stays."""
    _set(session, exhibitor, False)


def _set(session: Session, exhibitor: Exhibitor, locked: bool) -> int:
    turn(session, exhibitor.edition_id)
    done = session.execute(
        update(Allotment).where(Allotment.exhibitor_id == exhibitor.id).values(locked=locked)
    )
    return done.rowcount
