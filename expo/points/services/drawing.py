"""The seed of the lottery: chosen, published once, and then left alone."""

from sqlalchemy import Exists, column, exists, table
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import take_turn
from expo.words import say

LARGEST_SEED = 2**31 - 1
# A room above owns this table.
RUN = table("allocation_run", column("edition_id"), column("published_at"))


def set_seed(session: Session, edition: Edition, seed: int, note: str) -> None:
    """Choose the seed. `note` says where it comes from, so that nobody thinks it was picked to suit."""
    _insist_unpublished(session, edition)
    if not 0 <= seed <= LARGEST_SEED:
        raise Refused(say("A seed is a whole number from 0 to %(most)s.", most=LARGEST_SEED))
    if seed != edition.seed and session.execute(select(_used(edition))).scalar():
        raise Refused(say("Stands were given out by this seed, so it stays. You can still publish it."))
    edition.seed, edition.seed_note = seed, note.strip()
    session.add(edition)
    session.flush()


def _used(edition: Edition) -> Exists:
    """Whether a plan was published that the seed had a part in."""
    return exists().where(RUN.c.edition_id == edition.id, RUN.c.published_at.is_not(None))


def publish_seed(session: Session, edition: Edition, seen: int) -> None:
    """Publish the seed, for good; `seen` is the one that was looked at."""
    _insist_unpublished(session, edition)
    if edition.seed != seen:
        raise Refused(say("A colleague has chosen another seed meanwhile. Look at it first."))
    if not edition.seed_note:
        raise Refused(say("Say where the seed comes from before you publish it."))
    edition.seed_published_at = now()
    session.add(edition)
    session.flush()


def _insist_unpublished(session: Session, edition: Edition) -> None:
    take_turn(session, edition.id)
    session.refresh(edition, ["seed", "seed_note", "seed_published_at"])
    if edition.seed_published_at is not None:
        raise Refused(say("The seed is published, so it stays: everybody may have worked out their draw."))
