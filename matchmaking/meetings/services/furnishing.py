"""The tables of the meeting area and the people who sit there, kept by organisers."""

from collections.abc import Iterable

from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Delegate, MeetingTable
from matchmaking.meetings.services.gathering import slots
from matchmaking.meetings.services.publishing import booking


def keep_table(session: Session, edition: Edition, number: int, **values: object) -> MeetingTable:
    """The table of that number with these values, new if there is none. Refused as the database refuses.

    Meetings that are planned there stay until a run moves them; what cannot take place is shown with them.
    """
    table = session.exec(
        select(MeetingTable).where(MeetingTable.edition_id == edition.id, MeetingTable.number == number)
    ).one_or_none() or MeetingTable(edition_id=edition.id or 0, number=number)
    if "closed" in values:
        values["closed"] = _slots(edition, values["closed"])  # pyright: ignore[reportArgumentType]
    with booking(), session.begin_nested():
        for name, value in values.items():
            setattr(table, name, value)
        session.add(table)
        session.flush()
    return table


def keep_delegate(session: Session, edition: Edition, delegate: Delegate) -> Delegate:
    """Add somebody who sits in meetings, or keep what changed. The first takes over the party's meetings."""
    delegate.name = " ".join(delegate.name.split())
    if not delegate.name:
        raise Refused(say("Please give a name."))
    delegate.unavailable = _slots(edition, delegate.unavailable)
    with booking(), session.begin_nested():
        session.add(delegate)
        session.flush()
    return delegate


def drop_delegate(session: Session, delegate: Delegate) -> None:
    """Refused while this person has meetings."""
    with booking(), session.begin_nested():
        session.delete(delegate)
        session.flush()


def _slots(edition: Edition, given: Iterable[int]) -> list[int]:
    """Numbers of slots, each once, those that do not exist refused."""
    most, wanted = len(slots(edition)), sorted({int(n) for n in given})
    wrong = [n for n in wanted if not 1 <= n <= most]
    if wrong:
        raise Refused(
            say("There is no slot %(number)s; the last one is %(last)s.", number=wrong[0], last=most)
        )
    return wanted
