"""Who is there, and how people come in and go."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import Session, select

from expo.accounts import passwords
from expo.accounts.limits import LONGEST_WINDOW_S
from expo.accounts.models import Attempt, Grant, OneTimeCode, SignIn, User
from expo.accounts.people import SignedIn
from expo.accounts.roles import Held
from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.errors import Refused
from expo.words import say


def signed_in(session: Session, token: str) -> SignedIn | None:
    """The person whose browser holds this token, with all roles: one query."""
    rows = session.execute(
        select(
            User.id, User.name, User.email, User.language, Grant.role, Grant.edition_id, Grant.organisation_id
        )
        .join(SignIn, SignIn.user_id == User.id)
        .outerjoin(Grant, Grant.user_id == User.id)
        .where(SignIn.digest == digest(token), SignIn.expires_at > now(), User.disabled_at.is_(None))
    ).all()
    if not rows:
        return None
    held = tuple(Held(row.role, row.edition_id, row.organisation_id) for row in rows if row.role)
    return SignedIn(*rows[0][:4], held=held)


def user_of(session: Session, email: str) -> User | None:
    """The user with this (tidy) address."""
    return session.exec(select(User).where(User.email == email)).one_or_none()


def sign_in(session: Session, email: str, password: str, *, browser: str, days: int) -> tuple[User, str]:
    """Let somebody in; the token to keep in the browser. Unknown addresses take just as long."""
    user = user_of(session, email)
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at:
        raise Refused(say("Address and password do not belong together. Try again, or set a new password."))
    if user.confirmed_at is None:
        raise Refused(
            say("Confirm your address first: open the link that we mailed you, or ask for a new password.")
        )
    if passwords.is_dated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user, open_door(session, user, browser=browser, days=days)


def open_door(session: Session, user: User, *, browser: str, days: int) -> str:
    """A new sign-in of a user whose identity is beyond doubt; its token."""
    token = fresh_token()
    row = SignIn(
        user_id=user.id, digest=digest(token), expires_at=now() + timedelta(days=days), browser=browser[:200]
    )
    session.add(row)
    session.flush()
    return token


def sign_out(session: Session, token: str) -> None:
    """Forget this browser."""
    session.execute(delete(SignIn).where(SignIn.digest == digest(token)))


def sweep(session: Session) -> None:
    """Forget what has expired: sign-ins, one-time codes, old counters."""
    session.execute(delete(SignIn).where(SignIn.expires_at < now()))
    session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at < now() - timedelta(days=7)))
    session.execute(
        delete(Attempt).where(Attempt.window_start < now() - timedelta(seconds=2 * LONGEST_WINDOW_S))
    )
