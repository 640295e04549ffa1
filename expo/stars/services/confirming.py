"""Confirming an address without an account: a link by mail, good once and for three days."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.stars.models import Follower, FollowerCode
from expo.stars.services.following import copy_stars, made_known
from expo.words import say

HOURS = 72


def ask_confirmation(
    session: Session, edition: Edition, follower: Follower | None, email: str, language: str
) -> str:
    """The code for a link to this address. Who asks learns nothing about whether it is known."""
    code = fresh_token()
    session.add(
        FollowerCode(
            edition_id=edition.id,
            follower_id=follower.id if follower else None,
            email=email.lower(),
            language=language,
            digest=digest(code),
            expires_at=now() + timedelta(hours=HOURS),
        )
    )
    session.flush()
    return code


def code_of(session: Session, edition: Edition, code: str) -> FollowerCode:
    """The link that a code opens. Refused for one that was used, is too old or never was."""
    found = session.exec(
        select(FollowerCode).where(FollowerCode.digest == digest(code), FollowerCode.edition_id == edition.id)
    ).one_or_none()
    if found is None or found.used_at or found.expires_at < now():
        raise _stale()
    return found


def confirm(session: Session, edition: Edition, code: str) -> Follower:
    """The follower of the address, with the stars of the browser that asked.

    That browser itself is not let in: who asked and who reads the mail may be two people.
    """
    found = code_of(session, edition, code)
    used = session.execute(
        update(FollowerCode)
        .where(FollowerCode.id == found.id, FollowerCode.used_at.is_(None))
        .values(used_at=now())
    )
    if used.rowcount != 1:
        raise _stale()
    known = made_known(session, edition, found.email, found.language)
    if found.follower_id and found.follower_id != known.id:
        copy_stars(session, found.follower_id, known)
    return known


def _stale() -> Refused:
    return Refused(say("This link was used already, or is too old. Ask for a new one."))
