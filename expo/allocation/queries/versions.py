"""Versions of the published plan, and plans being edited by hand."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, select

from expo.accounts.models import User
from expo.allocation.models import (
    AllocationDraft,
    AllocationLetter,
    Publication,
)
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.outbox.models import Mail

VERSION_COLUMNS = (
    Publication.id, Publication.number, Publication.kind, Publication.run_id, Publication.reason,
    Publication.at, User.name.label("by"),
)  # fmt: skip


def versions(session: Session, edition: Edition, *, limit: int = 50, offset: int = 0) -> Sequence:
    """The versions of the published plan, the newest first, with how many have a place and got a letter."""
    letters = (
        select(func.count())
        .where(AllocationLetter.publication_id == Publication.id)
        .correlate(Publication)
        .scalar_subquery()
    )
    places = select(func.count()).select_from(func.jsonb_object_keys(Publication.placements).alias())
    return session.execute(
        select(
            *VERSION_COLUMNS,
            places.correlate(Publication).scalar_subquery().label("places"),
            letters.label("letters"),
        )
        .outerjoin(User, User.id == Publication.published_by)
        .where(Publication.edition_id == edition.id)
        .order_by(Publication.number.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def version_count(session: Session, edition: Edition) -> int:
    """How many versions there are."""
    return session.execute(
        select(func.count()).select_from(Publication).where(Publication.edition_id == edition.id)
    ).scalar_one()


def version_of(session: Session, edition: Edition, number: int) -> Publication | None:
    """The edition's version of that number."""
    return session.exec(
        select(Publication).where(Publication.edition_id == edition.id, Publication.number == number)
    ).one_or_none()


def latest_version(session: Session, edition: Edition):
    """The newest version's number, kind and time; None before the first."""
    return session.execute(
        select(Publication.id, Publication.number, Publication.kind, Publication.at, Publication.run_id)
        .where(Publication.edition_id == edition.id)
        .order_by(Publication.number.desc())
        .limit(1)
    ).first()


def drafts(session: Session, edition: Edition) -> Sequence:
    """The plans being edited by hand, the latest changed first, with who changed them."""
    return session.execute(
        select(
            AllocationDraft.id, AllocationDraft.name, AllocationDraft.run_id, AllocationDraft.at_step,
            AllocationDraft.changed_at, User.name.label("by"),
        )
        .outerjoin(User, User.id == AllocationDraft.changed_by)
        .where(AllocationDraft.edition_id == edition.id)
        .order_by(AllocationDraft.changed_at.desc())
        .limit(100)
    ).all()  # fmt: skip


def draft_of(session: Session, edition: Edition, draft_id: int) -> AllocationDraft | None:
    """The edition's draft of that number."""
    return session.exec(
        select(AllocationDraft).where(
            AllocationDraft.id == draft_id, AllocationDraft.edition_id == edition.id
        )
    ).one_or_none()


def letter_count(session: Session, version: Publication) -> int:
    """How many letters were written about a version."""
    return session.execute(
        select(func.count()).where(AllocationLetter.publication_id == version.id)
    ).scalar_one()


def letters(session: Session, version: Publication, *, limit: int, offset: int) -> Sequence:
    """The letters written about a version, by exhibitor, with the state of their mail."""
    return session.execute(
        select(
            Exhibitor.code, Organisation.name, AllocationLetter.kind, AllocationLetter.stands,
            AllocationLetter.former, AllocationLetter.language, AllocationLetter.at, AllocationLetter.mail_id,
            Mail.state, Mail.recipient,
        )
        .join(Exhibitor, Exhibitor.id == AllocationLetter.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Mail, Mail.id == AllocationLetter.mail_id)
        .where(AllocationLetter.publication_id == version.id)
        .order_by(Exhibitor.code)
        .limit(limit)
        .offset(offset)
    ).all()  # fmt: skip
