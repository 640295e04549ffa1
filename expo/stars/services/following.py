"""Who a reader is: a registered person, a confirmed address, a browser; and making one of two."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import column, delete, func, literal, table, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from expo.accounts.tokens import digest, fresh_token
from expo.clock import now
from expo.editions.models import Edition
from expo.stars.models import Follower, FollowerBrowser, FollowerCode, Star

# People stand a room above: only their address is asked for.
_person = table("person", column("id"), column("edition_id"), column("email"), column("language"))


@dataclass(frozen=True)
class Reader:
    """What is known of whoever asks: an address that is beyond doubt, the token of a browser, a language."""

    email: str | None = None
    token: str | None = None
    language: str = "en"


def follower_of(session: Session, edition: Edition, reader: Reader) -> Follower | None:
    """The follower that a reader is, without making one."""
    if reader.email:
        return _known(session, edition, reader.email)
    return _of_browser(session, edition, reader.token)


def follow(session: Session, edition: Edition, reader: Reader) -> tuple[Follower, str | None]:
    """The follower that a reader is, made if need be, and the token for a browser that had none so far."""
    found = gather(session, edition, reader)
    if found:
        return found, None
    if reader.email:
        return _made_known(session, edition, reader.email, reader.language), None
    made = Follower(edition_id=edition.id, language=reader.language)
    session.add(made)
    session.flush()
    return made, attach(session, made)


def attach(session: Session, follower: Follower) -> str:
    """Let one more browser star for a follower: its token."""
    token = fresh_token()
    session.add(FollowerBrowser(follower_id=follower.id, digest=digest(token)))
    session.flush()
    return token


def gather(session: Session, edition: Edition, reader: Reader) -> Follower | None:
    """The follower that a reader is; what its browser had starred before it was known goes along."""
    if not reader.email:
        return _of_browser(session, edition, reader.token)
    known = _known(session, edition, reader.email)
    browser = _of_browser(session, edition, reader.token)
    if browser is not None and browser != known and kind_of(browser) == "browser":
        known = known or _made_known(session, edition, reader.email, reader.language)
        melt(session, browser, known)
    return known


def made_known(session: Session, edition: Edition, email: str, language: str) -> Follower:
    """The follower of an address that is beyond doubt, made if need be."""
    return _known(session, edition, email) or _made_known(session, edition, email, language)


def kind_of(follower: Follower) -> str:
    """'person', 'email' or 'browser'."""
    if follower.person_id:
        return "person"
    return "email" if follower.email else "browser"


def forget(session: Session, follower: Follower) -> None:
    """Nothing is left: stars, browsers, keys and the address as a follower."""
    session.execute(delete(Follower).where(Follower.id == follower.id))
    session.expunge(follower)


def forget_idle(session: Session, since: datetime) -> None:
    """Forget browsers without a star set after `since`, and links that can no longer be opened."""
    active = select(Star.id).where(Star.follower_id == Follower.id, Star.at > since).exists()
    session.execute(
        delete(Follower).where(
            Follower.person_id.is_(None), Follower.email.is_(None), Follower.made_at < since, ~active
        )
    )
    session.execute(delete(FollowerCode).where(FollowerCode.expires_at < now()))


def copy_stars(session: Session, source: int, target: Follower) -> None:
    """What one follower starred another one stars as well."""
    stars = select(literal(target.id), Star.talk_id, literal(now())).where(Star.follower_id == source)
    session.execute(
        insert(Star).from_select(["follower_id", "talk_id", "at"], stars).on_conflict_do_nothing()
    )


def _of_browser(session: Session, edition: Edition, token: str | None) -> Follower | None:
    if not token:
        return None
    return session.exec(
        select(Follower)
        .join(FollowerBrowser, FollowerBrowser.follower_id == Follower.id)
        .where(FollowerBrowser.digest == digest(token), Follower.edition_id == edition.id)
    ).one_or_none()


def _person_id(session: Session, edition: Edition, email: str) -> int | None:
    """The person registered with the address; None where nobody or several people are."""
    rows = session.execute(
        select(_person.c.id)
        .where(_person.c.edition_id == edition.id, func.lower(_person.c.email) == email.lower())
        .limit(2)
    ).all()
    return rows[0].id if len(rows) == 1 else None


def _known(session: Session, edition: Edition, email: str) -> Follower | None:
    """By person, else by address; whoever registered after confirming an address is one and the same."""
    person_id = _person_id(session, edition, email)
    by_email = session.exec(
        select(Follower).where(Follower.edition_id == edition.id, Follower.email == email.lower())
    ).one_or_none()
    if person_id is None:
        return by_email
    by_person = session.exec(select(Follower).where(Follower.person_id == person_id)).one_or_none()
    if by_person and by_email:
        melt(session, by_email, by_person)
    elif by_email:
        by_email.person_id, by_email.email = person_id, None
        session.flush()
    return by_person or by_email


def _made_known(session: Session, edition: Edition, email: str, language: str) -> Follower:
    """Of two at once the second finds the first one's."""
    person_id = _person_id(session, edition, email)
    who = {"person_id": person_id} if person_id else {"email": email.lower()}
    row = {"edition_id": edition.id, "language": language, "wants_mail": True, "made_at": now()} | who
    session.execute(insert(Follower).values(row).on_conflict_do_nothing())
    found = _known(session, edition, email)
    assert found is not None
    return found


def melt(session: Session, source: Follower, target: Follower) -> None:
    """Two followers are one from now on: stars and browsers of the first go to the second."""
    copy_stars(session, source.id, target)
    session.execute(
        update(FollowerBrowser).where(FollowerBrowser.follower_id == source.id).values(follower_id=target.id)
    )
    forget(session, source)
