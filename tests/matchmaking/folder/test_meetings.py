"""Meetings go with an edition's folder, with people, tables and outcomes; words only with the full one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.accounts.models import User
from expo.clock import now
from expo.personal import holdings
from matchmaking.catalogue.models import Buyer, HsCode, Need
from matchmaking.folder import queries, services
from matchmaking.folder.columns import TABLES
from matchmaking.folder.writing import files_of
from matchmaking.meetings.models import AgendaVersion, Delegate, Meeting, MeetingHold, MeetingTable
from matchmaking.meetings.services.telling import untold
from matchmaking.onsite.models import (
    Interpreter,
    InterpreterDuty,
    MeetingAttendance,
    MeetingFeedback,
    MeetingNoShow,
    OnsiteSettings,
)
from matchmaking.recommendations.models import Dismissal, ExportFlow, ExportSource
from matchmaking.requests import services as requests
from matchmaking.requests.models import MeetingRequest, RequestMessage, RequestOffer, RequestReport
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.services.writing import is_silenced
from matchmaking.requests.wishes import Wish
from tests.make import a_need
from tests.matchmaking.requests.making import a_fair, as_party
from tests.signing import a_user, sign_in

PRIVATE = {name for name, table in TABLES.items() if table.private}
OWN = [
    "delegates", "interpreters", "meeting_tables", "meeting_day", "meetings", "meeting_attendance",
    "meeting_no_shows", "meeting_feedback", "agenda_versions", "agenda_changes", "meeting_requests",
    "request_messages", "request_complaints", "request_offers", "put_aside", "nomenclature", "export_source",
    "exports",
]  # fmt: skip
AT = datetime(2023, 6, 15, 1, tzinfo=UTC)


def sits(edition, pair, slot, table=1, **given) -> Meeting:
    buyer, exhibitor = pair
    starts = AT + timedelta(minutes=30 * slot)
    return Meeting(
        edition_id=edition.id, buyer_id=buyer.id, exhibitor_id=exhibitor.id, slot=slot, starts_at=starts,
        ends_at=starts + timedelta(minutes=30), table_number=table, **given,
    )  # fmt: skip


@pytest.fixture
def fair(session):
    """Two meetings at once of a buyer with two people; one held, one missed and its seat taken again."""
    edition, buyers, sellers = a_fair(session, 3, 4)
    _asked(session, edition, buyers, sellers)
    session.add(MeetingTable(edition_id=edition.id, number=7, seats=2, closed=[3], note="by the window"))
    session.add(MeetingTable(edition_id=edition.id, number=2, exclusive=True, exhibitor_id=sellers[1].id))
    session.add(OnsiteSettings(edition_id=edition.id, grace_minutes=9))
    people = [Delegate(edition_id=edition.id, buyer_id=buyers[0].id, name=name, languages=["kk"],
                       unavailable=[5]) for name in ("Aigul", "Dana")]  # fmt: skip
    helper = Interpreter(edition_id=edition.id, name="Chen Yu", phone="+86 1", languages=["kk", "zh"])
    session.add_all([*people, helper])
    session.flush()
    reasons = [["hs_6", 1000, 1000, {"wanted": "040900", "offered": "040900"}]]
    rows = [
        sits(edition, (buyers[0], sellers[0]), 1, buyer_delegate_id=people[0].id, score=83.25, locked=True,
             reasons=reasons, need_position=1, note="=quiet", sequence=3),
        sits(edition, (buyers[0], sellers[1]), 1, 2, buyer_delegate_id=people[1].id),
        sits(edition, (buyers[1], sellers[1]), 2, state="held"),
        sits(edition, (buyers[1], sellers[2]), 4, state="planned"),
        sits(edition, (buyers[2], sellers[3]), 4, 2, state="cancelled"),
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    _held(session, edition, rows, helper)
    session.add(sits(edition, (buyers[2], sellers[2]), 4, origin="site"))  # the seat that came free
    _versions(session, edition, buyers, sellers)
    session.add(HsCode(edition_id=edition.id, code="040900", name={"en": "Natural honey"}))
    session.add(ExportSource(edition_id=edition.id, source="an office", year=2022))
    session.flush()
    session.add(ExportFlow(edition_id=edition.id, country="KZ", chapter="04", value="1200.50"))
    session.flush()
    session.expire_all()
    return edition


def _asked(session, edition, buyers: list[Party], sellers: list[Party]) -> None:
    asked = requests.ask(session, edition, buyers[0], sellers[0].id, wish=Wish(slot=3))
    writer = a_user(session, email="writer@example.com")
    requests.write(session, edition, buyers[0], asked, "Guten Tag", once="a", user_id=writer.id)
    requests.mark_read(session, sellers[0], asked)
    requests.write(session, edition, sellers[0], asked, "=two\nlines", once="b")
    requests.report(session, edition, sellers[0], asked, "too kind")
    requests.handle(session, session.exec(select(RequestReport)).one(), "silenced")
    waits = requests.ask(session, edition, sellers[1], buyers[1].id)
    waits.state, waits.settled_at = "lapsed", now()
    session.flush()
    session.add(RequestOffer(edition_id=edition.id, request_id=waits.id, side="supplier",
                             buyer_id=buyers[2].id, exhibitor_id=sellers[1].id))  # fmt: skip
    session.add(Dismissal(by="buyer", buyer_id=buyers[1].id, exhibitor_id=sellers[3].id))


def _held(session, edition, rows: list[Meeting], helper: Interpreter) -> None:
    held, missed = rows[2], rows[3]
    of = {"edition_id": edition.id}
    session.add(InterpreterDuty(meeting_id=held.id, interpreter_id=helper.id, slot=held.slot, **of))
    for side in ("buyer", "supplier"):
        session.add(
            MeetingAttendance(meeting_id=held.id, side=side, arrived_at=held.starts_at, how="host", **of)
        )
    session.add(MeetingAttendance(meeting_id=rows[0].id, side="buyer", late_minutes=5, **of))
    session.add(MeetingAttendance(meeting_id=missed.id, side="supplier", arrived_at=missed.starts_at, **of))
    session.flush()
    session.add(
        MeetingNoShow(meeting_id=missed.id, side="buyer", noted_at=missed.ends_at, excused=True, **of)
    )
    said = {"rating": 4, "again": True, "expected_minor": 250_050, "currency": "CNY", "words": "good"}
    session.add(MeetingFeedback(meeting_id=held.id, side="buyer", author="gone@example.com", **said, **of))
    session.flush()


def _versions(session, edition, buyers: list[Party], sellers: list[Party]) -> None:
    row = ["moved", buyers[0].id, sellers[0].id, 2, 3, 1, 1]
    for number, changes in enumerate(({"added": 4}, {"moved": 1, "rows": [row]}), start=1):
        session.add(AgendaVersion(edition_id=edition.id, number=number, kind="hand", changes=changes))
        session.flush()


def taken(session, fair, form="csv", code="again-2030"):
    parsed, problems = services.read_files(
        files_of(queries.collect(session, fair, private=True), form, private=True)
    )
    assert [str(one) for one in problems.listed] == []
    again = services.import_edition(session, parsed, code=code)
    session.expire_all()
    return again


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_comes_out_as_it_went_in(session, fair, form):
    before = queries.collect(session, fair, private=True)
    again = taken(session, fair, form)
    after = queries.collect(session, again, private=True)
    assert after.values() == before.values()
    assert {name: len(before.tables[name]) for name in OWN if not before.tables[name]} == {}
    assert queries.counts(session, again) == before.counts()
    assert files_of(after, private=True)["meetings.csv"] == files_of(before, private=True)["meetings.csv"]


def test_people_and_seats_are_held_as_before(session, fair):
    again = taken(session, fair)
    held = {edition.id: session.exec(select(MeetingHold).where(MeetingHold.edition_id == edition.id)).all()
            for edition in (fair, again)}  # fmt: skip
    assert len(held[again.id]) == len(held[fair.id]) == 12


def test_nobody_is_written_to_because_of_meetings_that_came_in(session, fair):
    assert untold(session, fair) > 0
    again = taken(session, fair)
    assert untold(session, again) == 0
    missed = session.exec(select(MeetingNoShow).where(MeetingNoShow.edition_id == again.id)).one()
    assert missed.told_at is not None


def test_whoever_was_silenced_stays_silenced(session, fair):
    again = taken(session, fair)
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == again.id).order_by(Buyer.id)).first()
    assert is_silenced(session, as_party(session, again, buyer))


def test_words_belong_to_the_account_of_their_author_or_keep_the_address(session, fair):
    again = taken(session, fair)
    mine = select(RequestMessage).join(MeetingRequest).where(MeetingRequest.edition_id == again.id)
    first, second = session.exec(mine.order_by(RequestMessage.id)).all()
    writer = session.exec(select(User).where(User.email == "writer@example.com")).one()
    assert (first.user_id, first.author) == (writer.id, "")
    assert (second.user_id, second.author) == (None, "")
    said = session.exec(select(MeetingFeedback).where(MeetingFeedback.edition_id == again.id)).one()
    assert (said.user_id, said.author) == (None, "gone@example.com")


def test_what_is_confidential_is_left_out_unless_it_is_asked_for(session, fair):
    files = files_of(queries.collect(session, fair))
    everything = b"".join(files.values()).decode()
    assert {f"{name}.csv" for name in PRIVATE} & set(files) == set()
    assert [
        word for word in ("Guten Tag", "too kind", "gone@example.com", "good") if word in everything
    ] == []
    parsed, problems = services.read_files(files)
    assert not problems
    again = services.import_edition(session, parsed, code="plain-2030")
    assert (
        session.exec(
            select(RequestMessage).join(MeetingRequest).where(MeetingRequest.edition_id == again.id)
        ).all()
        == []
    )


def test_an_erasure_finds_what_somebody_wrote_without_an_account(session, fair):
    again = taken(session, fair)
    holding = next(one for one in holdings() if one.key == "meeting_feedback")
    given = {"edition": again.id, "email": "Gone@example.com"}
    found = session.execute(text(holding.query), given).all()
    assert [row.words for row in found] == ["good"]
    for statement in holding.erase:
        session.execute(text(statement), given)
    assert session.execute(text(holding.query), given).all() == []
    said = session.exec(select(MeetingFeedback).where(MeetingFeedback.edition_id == again.id)).one()
    assert (said.words, said.author, said.rating) == ("", "", 4)


@pytest.mark.parametrize(("side", "minutes"), [("supplier", 31), ("buyer", 0)])
def test_nobody_comes_to_a_meeting_that_was_noted_as_missed(session, fair, side, minutes):
    missed = session.exec(select(MeetingNoShow)).one()
    meeting = session.get_one(Meeting, missed.meeting_id)
    session.execute(delete(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id))
    at = meeting.starts_at + timedelta(minutes=minutes)
    session.add(MeetingAttendance(meeting_id=meeting.id, side=side, edition_id=fair.id, arrived_at=at))
    with pytest.raises(IntegrityError, match="attendance_counts|does not take place"):
        session.flush()


def test_a_meeting_is_about_the_same_need_where_others_are_gone(session, fair):
    meeting = session.exec(select(Meeting).where(Meeting.edition_id == fair.id, Meeting.score > 0)).one()
    buyer = session.get_one(Buyer, meeting.buyer_id)
    for position, hs in ((9, "10"), (7, "8703")):
        a_need(session, buyer, hs=hs, position=position)
    meeting.need_position = 9
    session.flush()
    session.expire_all()
    full = queries.collect(session, fair, private=True)
    assert [r["hs"] for r in full.tables["needs"] if r["buyer"] == buyer.code] == ["040900", "8703", "10"]
    again = taken(session, fair)
    kept = session.exec(select(Meeting).where(Meeting.edition_id == again.id, Meeting.score > 0)).one()
    about = select(Need.hs).where(Need.buyer_id == kept.buyer_id, Need.position == kept.need_position)
    assert session.exec(about).one() == "10"


def test_pages_tell_of_what_came_in(client, session, fair):
    again = taken(session, fair)
    session.commit()
    both = sign_in(client, session, edition=again, role="organiser")
    sign_in(client, session, edition=again, role="matchmaker", user=both)
    wanted = {"meetings/versions/2": "moved", "requests/complaints": "too kind", "files": "meeting_tables"}
    for path, words in wanted.items():
        page = client.get(f"/{again.code}/console/{path}")
        assert (page.status_code, words in page.text.lower()) == (200, True), path
