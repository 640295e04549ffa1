"""Making an account, confirming its address, setting passwords."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.accounts import passwords
from expo.accounts.models import OneTimeCode, SignIn, User
from expo.accounts.services.entering import user_of
from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.errors import Refused
from expo.words import say

CONFIRM_HOURS, RESET_HOURS = 72, 2


@dataclass(frozen=True)
class Letter:
    """What is to be written to whom: `kind` is confirm, exists or reset; `code` opens the link, once."""

    kind: str
    recipient: str
    language: str
    code: str = ""


def sign_up(session: Session, email: str, name: str, password: str, language: str) -> Letter:
    """Make an account that waits for confirmation. Who asks learns nothing about whether it existed."""
    _check_password(password, email)
    row = {"email": email, "name": name, "password_hash": passwords.hashed(password), "language": language}
    session.execute(
        insert(User).values(created_at=now(), **row).on_conflict_do_nothing(index_elements=["email"])
    )
    user = session.exec(select(User).where(User.email == email).with_for_update()).one()
    if user.confirmed_at:
        return Letter("exists", email, user.language)
    # Whoever signed up last gets the letter; the link of an earlier one, perhaps a stranger's, opens nothing.
    user.sqlmodel_update(row)
    return Letter("confirm", email, language, _new_code(session, user, "confirm", CONFIRM_HOURS))


def confirm(session: Session, code: str, password: str) -> User:
    """Confirm an address. The password shows that who reads the mail is who signed up."""
    user = code_owner(session, code, "confirm")
    if not passwords.matches(user.password_hash, password):
        raise Refused(say("This is not the password you chose. Try again, or ask for a new one."))
    _use_code(session, code)
    user.confirmed_at = now()
    session.flush()
    return user


def ask_reset(session: Session, email: str) -> Letter | None:
    """A letter with a link to set a new password, if there is such an account."""
    user = user_of(session, email)
    if user is None or user.disabled_at:
        return None
    return Letter("reset", email, user.language, _new_code(session, user, "reset", RESET_HOURS))


def reset(session: Session, code: str, password: str) -> User:
    """Set a new password; every browser is signed out. As the link came by mail, it also confirms."""
    user = code_owner(session, code, "reset")
    _check_password(password, user.email)
    _use_code(session, code)
    user.confirmed_at = user.confirmed_at or now()
    _set_password(session, user, password)
    return user


def code_owner(session: Session, code: str, purpose: str) -> User:
    """Whose one-time code this is."""
    user = session.exec(
        select(User)
        .join(OneTimeCode)
        .where(
            OneTimeCode.digest == digest(code), OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None)
        )
        .where(OneTimeCode.expires_at > now(), User.disabled_at.is_(None))
    ).one_or_none()
    if user is None:
        raise Refused(say("This link was used already, or is too old. Ask for a new one."))
    return user


def change_password(session: Session, user_id: int, old: str, new: str) -> User:
    """Set another password, knowing the present one; every browser is signed out."""
    user = session.get_one(User, user_id)
    if not passwords.matches(user.password_hash, old):
        raise Refused(say("The present password is not right."))
    _check_password(new, user.email)
    _set_password(session, user, new)
    return user


def create_user(session: Session, email: str, name: str, password: str) -> User:
    """A confirmed account, made by whoever runs the house."""
    if user_of(session, email):
        raise Refused(say("There is an account with the address %(email)s already.", email=email))
    _check_password(password, email)
    user = User(email=email, name=name, password_hash=passwords.hashed(password), confirmed_at=now())
    session.add(user)
    session.flush()
    return user


def _check_password(password: str, email: str) -> None:
    if problem := passwords.problem(password, email):
        raise Refused(problem)


def _set_password(session: Session, user: User, password: str) -> None:
    user.password_hash = passwords.hashed(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    session.execute(delete(OneTimeCode).where(OneTimeCode.user_id == user.id))
    session.flush()


def _new_code(session: Session, user: User, purpose: str, hours: int) -> str:
    """A code that replaces earlier ones for the same purpose."""
    session.execute(delete(OneTimeCode).where(OneTimeCode.user_id == user.id, OneTimeCode.purpose == purpose))
    code, until = fresh_token(), now() + timedelta(hours=hours)
    session.add(OneTimeCode(user_id=user.id, purpose=purpose, digest=digest(code), expires_at=until))
    session.flush()
    return code


def _use_code(session: Session, code: str) -> None:
    """Once only, also when two requests come at the same moment."""
    used = session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.digest == digest(code), OneTimeCode.used_at.is_(None))
        .values(used_at=now())
    )
    if used.rowcount != 1:
        raise Refused(say("This link was used already, or is too old. Ask for a new one."))
