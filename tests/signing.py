"""Signing in within tests: `sign_in(client, session, role="organiser", edition=edition)`."""

from itertools import count

from sqlmodel import Session

from expo.accounts import services
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.clock import now

number = count(1)


def a_user(session: Session, **given) -> User:
    """A confirmed person. Nobody knows the password; give `password_hash` where it matters."""
    n = next(number)
    values = {
        "email": f"person{n}@example.org",
        "name": f"Person {n}",
        "password_hash": "-",
        "confirmed_at": now(),
    }
    user = User(**values | given)
    session.add(user)
    session.flush()
    return user


def sign_in(
    client, session: Session, role: str | None = None, edition=None, organisation=None, user=None
) -> User:
    """Sign the client's browser in: with a role in an edition (without one: in all), for an organisation."""
    user = user or a_user(session)
    if role:
        services.grant(
            session,
            user,
            Role(role),
            edition.id if edition else None,
            organisation.id if organisation else None,
        )
    token = services.open_door(session, user, browser="test", days=1)
    session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return user
