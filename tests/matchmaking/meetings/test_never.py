"""Nobody is in two meetings at once: the database refuses it, raced over real connections."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, select

from expo.db import driver_url, make_engine
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings.models import AgendaVersion, Delegate, Meeting, MeetingHold, MeetingTable
from matchmaking.meetings.refusals import refusal
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_meeting

HELD = ("held", "")


@pytest.fixture
def engine(fresh_database) -> Iterator[Engine]:
    engine = make_engine(fresh_database)
    yield engine
    engine.dispose()


def several_of_each(engine: Engine, count: int = 2) -> None:
    with Session(engine) as session:
        edition = an_edition(session)
        for _ in range(count):
            a_buyer(session, edition)
            an_exhibitor(session, edition)
        session.commit()


def parties(session: Session) -> tuple[list[Buyer], list[Exhibitor]]:
    return (
        list(session.exec(select(Buyer).order_by(Buyer.id)).all()),
        list(session.exec(select(Exhibitor).order_by(Exhibitor.id)).all()),
    )


def race(engine: Engine, acts: list[Callable[[Session], None]]) -> Counter:
    """Each act over a connection of its own, at once: what came of them, in words where refused."""
    together, ends = threading.Barrier(len(acts)), []

    def run(act: Callable[[Session], None]) -> None:
        with Session(engine) as session:
            session.exec(select(1))
            together.wait()
            try:
                act(session)
                session.commit()
                ends.append(HELD)
            except IntegrityError as error:
                told = error.orig.diag
                sentence = refusal(told.constraint_name, told.message_detail)
                ends.append((told.constraint_name, str(sentence)))

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(ends)


def booking(buyer: int, exhibitor: int, slot: int, table: int, **given) -> Callable[[Session], None]:
    def book(session: Session) -> None:
        buyers, exhibitors = parties(session)
        a_meeting(session, buyers[buyer], exhibitors[exhibitor], slot, table_number=table, **given)

    return book


@pytest.mark.parametrize(
    ("second", "end"),
    [
        ((0, 1, 1, 2), ("pk_meeting_hold", "One of the two has another meeting at that time.")),
        ((1, 0, 1, 2), ("pk_meeting_hold", "One of the two has another meeting at that time.")),
        ((1, 1, 1, 1), ("pk_meeting_hold", "Table 1 is taken at that time.")),
        ((0, 0, 2, 2), ("uq_meeting_planned_pair", "The two have a meeting already.")),
    ],
)
def test_a_person_a_table_and_a_pair_are_booked_once(engine, second, end):
    several_of_each(engine)
    assert race(engine, [booking(0, 0, 1, 1), booking(*second)]) == {HELD: 1, end: 1}


def test_meetings_that_share_nothing_are_both_held(engine):
    """The control: the race itself does no harm."""
    several_of_each(engine)
    assert race(engine, [booking(0, 0, 1, 1), booking(1, 1, 1, 2)]) == {HELD: 2}


@pytest.fixture
def crowd(fresh_database) -> Iterator[Engine]:
    """More connections at once than the house's own pool would open."""
    crowd = create_engine(driver_url(fresh_database), poolclass=NullPool)
    yield crowd
    crowd.dispose()


@pytest.mark.parametrize("same", ["person", "table", "pair"])
def test_of_64_connections_one_gets_the_person_the_table_or_the_pair(crowd, same):
    several_of_each(crowd, 64)
    where = {
        "person": lambda i: (0, i, 1, i + 1),
        "table": lambda i: (i, i, 1, 1),
        "pair": lambda i: (0, 0, i + 1, i + 1),
    }[same]
    ends = race(crowd, [booking(*where(i)) for i in range(64)])
    assert ends[HELD] == 1
    assert ends.total() == 64
    assert all(sentence and sentence != "None" for constraint, sentence in ends if constraint != "held")
    with Session(crowd) as session:
        assert len(session.exec(select(Meeting)).all()) == 1
        assert len(session.exec(select(MeetingHold)).all()) == 3


def test_the_first_delegate_and_a_meeting_of_nobody_cannot_slip_past_each_other(engine):
    several_of_each(engine)

    def name(session: Session) -> None:
        buyer = parties(session)[0][0]
        session.add(Delegate(edition_id=buyer.edition_id, buyer_id=buyer.id, name="Aigerim"))

    for slot in range(1, 6):
        race(engine, [name, booking(0, 0, slot, 1), booking(0, 1, slot, 2)])
        with Session(engine) as session:
            rows = session.execute(
                text(
                    "SELECT count(*) FROM meeting m WHERE buyer_delegate_id IS NULL AND EXISTS"
                    " (SELECT 1 FROM delegate d WHERE d.buyer_id = m.buyer_id)"
                )
            )
            assert rows.scalar() == 0
            session.execute(text("DELETE FROM meeting"))
            session.execute(text("DELETE FROM delegate"))
            session.commit()


def refused(session: Session, act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as error, session.begin_nested():
        act()
        session.flush()
    return error.value.orig.diag.constraint_name


def test_two_people_of_a_firm_meet_side_by_side_and_each_once(session):
    edition = an_edition(session)
    exhibitor, buyers = an_exhibitor(session, edition), [a_buyer(session, edition) for _ in range(3)]
    people = [
        Delegate(edition_id=edition.id, exhibitor_id=exhibitor.id, name=name) for name in ("Ana", "Bek")
    ]
    session.add_all(people)
    session.flush()
    for number, (buyer, person) in enumerate(zip(buyers, people, strict=False), 1):
        a_meeting(session, buyer, exhibitor, table_number=number, exhibitor_delegate_id=person.id)
    third = {"table_number": 3, "exhibitor_delegate_id": people[0].id}
    assert refused(session, lambda: a_meeting(session, buyers[2], exhibitor, **third)) == "pk_meeting_hold"
    nobody = refused(session, lambda: a_meeting(session, buyers[2], exhibitor, table_number=3))
    assert nobody == "meeting_has_its_people"


def test_a_firm_that_buys_and_sells_and_names_nobody_is_one_person(session):
    edition = an_edition(session)
    exhibitor, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    both = Buyer(edition_id=edition.id, organisation_id=exhibitor.organisation_id, code="BOTH")
    session.add(both)
    session.flush()
    a_meeting(session, buyer, exhibitor)
    other = an_exhibitor(session, edition)
    assert refused(session, lambda: a_meeting(session, both, other, table_number=2)) == "pk_meeting_hold"


def test_one_person_for_both_sides_of_an_organisation_is_in_one_place(session):
    edition = an_edition(session)
    exhibitor, buyer, other = (
        an_exhibitor(session, edition),
        a_buyer(session, edition),
        an_exhibitor(session, edition),
    )
    both = Buyer(edition_id=edition.id, organisation_id=exhibitor.organisation_id, code="BOTH")
    session.add(both)
    session.flush()
    person = Delegate(edition_id=edition.id, buyer_id=both.id, exhibitor_id=exhibitor.id, name="Ana")
    session.add(person)
    session.flush()
    a_meeting(session, buyer, exhibitor, exhibitor_delegate_id=person.id)
    again = {"table_number": 2, "buyer_delegate_id": person.id}
    assert refused(session, lambda: a_meeting(session, both, other, **again)) == "pk_meeting_hold"


def test_a_table_has_so_many_seats_and_is_open_to_whom_it_is_for(session):
    edition = an_edition(session)
    buyers = [a_buyer(session, edition) for _ in range(4)]
    sellers = [an_exhibitor(session, edition) for _ in range(4)]
    session.add_all(
        [
            MeetingTable(edition_id=edition.id, number=1, seats=2, closed=[3]),
            MeetingTable(edition_id=edition.id, number=2, exclusive=True, exhibitor_id=sellers[0].id),
        ]
    )
    session.flush()
    for seat in (1, 2):
        a_meeting(session, buyers[seat], sellers[seat], seat=seat)
    third = refused(session, lambda: a_meeting(session, buyers[3], sellers[3], seat=3))
    closed = refused(session, lambda: a_meeting(session, buyers[3], sellers[3], 3))
    kept = refused(session, lambda: a_meeting(session, buyers[3], sellers[3], table_number=2))
    assert {third, closed, kept} == {"meeting_table_is_open"}
    a_meeting(session, buyers[3], sellers[0], table_number=2)


@pytest.mark.parametrize("change", [{"slot": 2}, {"table_number": 2}, {"seat": 2}])
@pytest.mark.parametrize("given", [{"locked": True}, {"state": "held"}])
def test_what_is_locked_or_took_place_stays(session, change, given):
    edition = an_edition(session)
    meeting = a_meeting(session, a_buyer(session, edition), an_exhibitor(session, edition), **given)

    def move() -> None:
        for name, value in change.items():
            setattr(meeting, name, value)

    assert refused(session, move) == "meeting_stays"
    session.refresh(meeting)
    assert refused(session, lambda: session.delete(meeting)) == "meeting_stays"


def test_a_no_show_and_a_cancelled_meeting_let_people_and_table_go(session):
    edition = an_edition(session)
    buyers, seller = [a_buyer(session, edition) for _ in range(3)], an_exhibitor(session, edition)
    for buyer, state in zip(buyers, ("no_show", "cancelled", "planned"), strict=True):
        a_meeting(session, buyer, seller, state=state)
    assert len(session.exec(select(MeetingHold)).all()) == 3


def test_two_meetings_trade_places_in_one_statement(session):
    edition = an_edition(session)
    seller = an_exhibitor(session, edition)
    one, two = (a_meeting(session, a_buyer(session, edition), seller, slot) for slot in (1, 2))
    session.execute(text("UPDATE meeting SET slot = 3 - slot"))
    session.refresh(one)
    session.refresh(two)
    assert (one.slot, two.slot, one.sequence) == (2, 1, 1)


def test_what_meetings_hold_is_written_by_the_database_alone(session):
    edition = an_edition(session)
    meeting = a_meeting(session, a_buyer(session, edition), an_exhibitor(session, edition))
    held = MeetingHold(edition_id=edition.id, slot=9, resource="table 1/1", meeting_id=meeting.id)
    assert refused(session, lambda: session.add(held)) == "meeting_hold_follows"


def test_versions_of_the_agenda_count_and_stay(session):
    edition = an_edition(session)
    session.add(AgendaVersion(edition_id=edition.id, number=1, kind="hand"))
    session.flush()
    skipped = AgendaVersion(edition_id=edition.id, number=3, kind="hand")
    assert refused(session, lambda: session.add(skipped)) == "agenda_version_counts"
    assert (
        refused(session, lambda: session.execute(text("DELETE FROM agenda_version")))
        == "agenda_version_is_kept"
    )


def test_nothing_leads_into_another_edition(session):
    buyer, exhibitor = a_buyer(session, an_edition(session)), an_exhibitor(session, an_edition(session))
    assert refused(session, lambda: a_meeting(session, buyer, exhibitor)) == "of_one_edition"
