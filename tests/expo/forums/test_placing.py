"""The one way of giving talks their places: numbered, named, never silently over somebody else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.errors import Refused
from expo.forums import services
from expo.forums.models import Slot, SlotChange, TalkSpeaker, TimetableAct, between
from expo.forums.services import Move, Spot, Stale
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition


@pytest.fixture
def edition(session):
    """Two rooms; talks A, B of one speaker and C of nobody, half an hour each."""
    edition = an_edition(session)
    for code in ("HALL", "SIDE"):
        a_room(session, edition, code=code, name={"en": code.title()})
    forum = a_forum(session, edition)
    speaker = a_speaker(session, edition, name={"en": "Aigul Bekova"})
    for letter in "ABC":
        talk = a_talk(session, forum, code=f"TALK0{letter}", minutes=30, title={"en": f"Talk {letter}"})
        if letter != "C":
            session.add(TalkSpeaker(talk_id=talk.id, speaker_id=speaker.id))
    session.flush()
    session.info.update(user_id=7, actor="Li Wei")
    return edition


def places(session):
    return {(slot.talk_id, slot.room_id, slot.starts_at, slot.locked) for slot in session.exec(select(Slot))}


def log(session):
    rows = session.exec(
        select(TimetableAct, SlotChange)
        .join(SlotChange, SlotChange.act_id == TimetableAct.id)
        .order_by(SlotChange.id)
    )
    return [
        (act.revision, act.kind, act.actor, one.talk_code, one.before and one.before.lower,
         one.after and one.after.lower)
        for act, one in rows
    ]  # fmt: skip


def put(session, edition, talk, room, start, **given):
    return services.place(session, edition, [Move(talk, Spot(room, start))], **given)


def test_every_change_has_a_number_an_author_and_what_was_before(session, edition):
    assert services.revision_of(session, edition) == 0
    assert put(session, edition, "TALK0A", "HALL", at(15, 9)).revision == 1
    assert put(session, edition, "TALK0A", "SIDE", at(15, 10)).revision == 2
    services.place(session, edition, [Move("TALK0A", None)], kind="clear")
    assert log(session) == [
        (1, "move", "Li Wei", "TALK0A", None, at(15, 9)),
        (2, "move", "Li Wei", "TALK0A", at(15, 9), at(15, 10)),
        (3, "clear", "Li Wei", "TALK0A", at(15, 10), None),
    ]
    assert services.revision_of(session, edition) == 3
    acts = select(AuditEntry).where(AuditEntry.subject == "timetable_act").order_by(AuditEntry.id)
    told = session.exec(acts).all()
    assert [(one.subject_id, one.changes["talks"]) for one in told] == [(n, ["TALK0A"]) for n in "123"]


def test_what_changes_nothing_has_no_number(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    assert put(session, edition, "TALK0A", "HALL", at(15, 9)) is None
    assert services.revision_of(session, edition) == 1


def test_a_late_writer_is_told_who_changed_what(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    put(session, edition, "TALK0C", "SIDE", at(15, 9), seen=0)
    with pytest.raises(Stale) as late:
        put(session, edition, "TALK0A", "SIDE", at(15, 11), seen=0)
    assert str(late.value.sentence).startswith("Li Wei has changed “Talk A” meanwhile: it is in Hall on ")
    assert [change.talk_code for _, change in late.value.changes] == ["TALK0A"]
    services.place(session, edition, [Move("TALK0A", None)])
    with pytest.raises(Stale, match="Li Wei has taken “Talk A” off the timetable meanwhile"):
        put(session, edition, "TALK0A", "SIDE", at(15, 11), seen=2)


def test_a_room_or_person_twice_is_refused_by_name_and_changes_nothing(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    with pytest.raises(Refused, match="“Talk C” cannot be there: “Talk A” is in Hall from"):
        put(session, edition, "TALK0C", "HALL", at(15, 9, 15))
    with pytest.raises(Refused, match="“Talk B” cannot be then: Aigul Bekova is needed in “Talk A”"):
        put(session, edition, "TALK0B", "SIDE", at(15, 9, 15))
    assert (len(places(session)), services.revision_of(session, edition)) == (1, 1)


def test_two_talks_change_places_in_one_act(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    put(session, edition, "TALK0C", "HALL", at(15, 10))
    moves = [Move("TALK0A", Spot("HALL", at(15, 10))), Move("TALK0C", Spot("HALL", at(15, 9)))]
    assert services.place(session, edition, moves, kind="swap").revision == 3
    assert {start for _, _, start, _ in places(session)} == {at(15, 9), at(15, 10)}


def test_a_whole_timetable_is_one_act_that_leaves_alone_what_stays(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    put(session, edition, "TALK0B", "HALL", at(15, 10))
    spots = {"TALK0A": Spot("HALL", at(15, 9)), "TALK0C": Spot("HALL", at(15, 10))}
    act = services.replace(session, edition, spots, kind="build")
    changed = [row[3] for row in log(session) if row[0] == act.revision]
    assert sorted(changed) == ["TALK0B", "TALK0C"]


def test_talks_and_rooms_of_another_edition_are_unknown(session, edition):
    other = an_edition(session)
    a_room(session, other, code="AWAY")
    a_talk(session, a_forum(session, other), code="AWAY01")
    with pytest.raises(Refused, match="There is no talk AWAY01 in this edition"):
        put(session, edition, "AWAY01", "HALL", at(15, 9))
    with pytest.raises(Refused, match="There is no room AWAY in this edition"):
        put(session, edition, "TALK0A", "AWAY", at(15, 9))


def test_a_place_written_past_the_services_is_numbered_too(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    slot = session.exec(select(Slot)).one()
    slot.during = between(at(15, 12), at(15, 12) + timedelta(minutes=30))
    session.flush()
    assert log(session)[-1] == (2, "other", "", "TALK0A", at(15, 9), at(15, 12))
    session.delete(slot)
    session.flush()
    assert log(session)[-1][-1] is None


def test_the_log_stays_as_it_was_written(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    with pytest.raises(IntegrityError, match="stays written"):
        session.execute(text("UPDATE timetable_act SET actor = 'Nobody'"))


def test_a_deleted_edition_takes_its_log_along(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    session.delete(edition)
    session.flush()
    assert session.exec(select(SlotChange)).all() == []


def test_a_talk_lasts_its_minutes_where_clocks_are_put_back(session, edition):
    first = datetime(2023, 10, 29, 2, 45, tzinfo=ZoneInfo("Europe/Berlin"))
    put(session, edition, "TALK0A", "HALL", first)
    put(session, edition, "TALK0B", "HALL", first.replace(fold=1, minute=15))
    put(session, edition, "TALK0C", "SIDE", datetime(2023, 3, 26, 1, 45, tzinfo=ZoneInfo("Europe/Berlin")))
    slots = session.exec(select(Slot).order_by(Slot.talk_id)).all()
    assert [(slot.during.upper - slot.during.lower).seconds // 60 for slot in slots] == [30, 30, 30]
    assert slots[0].during.upper.hour == 1


def test_a_place_lasts_its_talk_whoever_writes_either_of_them(session):
    """Past the services, too; what then collides is refused at the commit."""
    edition = an_edition(session)
    forum, room = a_forum(session, edition, is_main=True), a_room(session, edition)
    first, second = (a_talk(session, forum, code=f"TALK0{n}", minutes=30) for n in range(2))
    for talk, hour in ((first, 10), (second, 11)):
        during = between(at(15, hour), at(15, hour, 45))
        session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=during))
    session.commit()
    lengths = "SELECT extract(epoch FROM upper(during) - lower(during)) / 60 FROM slot ORDER BY talk_id"
    assert session.execute(text(lengths)).scalars().all() == [30, 30]
    session.execute(text("UPDATE talk SET minutes = 60 WHERE id = :id"), {"id": first.id})
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    assert session.execute(text(lengths)).scalars().all() == [60, 30]
    with pytest.raises(IntegrityError, match="slot_one_talk_a_room"):
        session.execute(text("UPDATE talk SET minutes = 75 WHERE id = :id"), {"id": first.id})
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
