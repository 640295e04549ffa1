"""The programme's content kept: rooms, days, forums, talks, people, answers."""

from datetime import date, time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from expo.accounts.tokens import digest
from expo.editions.models import Day
from expo.errors import Refused
from expo.forums import queries, services
from expo.forums.models import Forum, PersonalLink, Slot, SpeakerAnswer, TalkSpeaker
from expo.forums.presence import Row
from expo.forums.queries import PeopleFilter, TalkFilter
from expo.forums.services import answering, furnishing, people, talks, tracks
from expo.forums.services.placing import Move, Spot, place
from expo.forums.services.presence import presence_of
from expo.forums.services.refusals import seal
from expo.outbox.models import Mail
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition

NEW = {
    "title": {"en": "A talk"}, "abstract": {}, "kind": "talk", "minutes": 30, "language": "en",
    "interpretation": [], "equipment": [], "layout": "", "seats": 0, "setup_min": 0, "after": [],
    "alone": False, "fixed_room": "", "fixed_start": None, "on_date": None, "notes": "", "state": "accepted",
}  # fmt: skip


@pytest.fixture
def house(session):
    edition = an_edition(session)
    forum = a_forum(session, edition, code="F0", is_main=True)
    return edition, forum


def test_a_room_is_kept_with_layouts_and_hours_and_talks_follow_its_code(session, house):
    edition, forum = house
    values = {
        "code": "R1", "name": {"en": "Room"}, "building": "North", "capacity": 100, "booths": 1,
        "equipment": ["piano"], "layouts": {"theatre": 100, "banquet": 40}, "change_min": 30,
    }  # fmt: skip
    free = [Row(date(2023, 6, 15), time(9), time(12))]
    room = furnishing.save_room(session, edition, None, values, free)
    talk = a_talk(session, forum, code="TALK01", fixed_room="R1", layout="banquet", seats=30)
    seen = seal(furnishing.room_values(session, edition, room))
    furnishing.save_room(session, edition, room, values | {"code": "R9"}, free, seen)
    session.refresh(talk)
    problem = services.problem_of(session, edition)
    assert (talk.fixed_room, presence_of(session, edition, room)) == ("R9", free)
    assert (problem.rooms[0].layouts, problem.rooms[0].change_min) == ({"theatre": 100, "banquet": 40}, 30)
    assert (problem.talks[0].layout, problem.talks[0].seats) == ("banquet", 30)
    with pytest.raises(Refused, match="changed this meanwhile"):
        furnishing.save_room(session, edition, room, values, free, seen)
    with pytest.raises(Refused, match="in room R9 or fixed to it"):
        furnishing.delete_room(session, edition, room)


def test_ways_between_buildings_reach_the_solver(session, house):
    edition, _forum = house
    for code, building in (("R1", "North"), ("R2", "South"), ("R3", "East")):
        a_room(session, edition, code=code, building=building)
    furnishing.save_ways(session, edition, 7, 12, {("North", "South"): 25, ("East", "North"): None})
    problem = services.problem_of(session, edition)
    ways = (problem.travel("South", "North"), problem.travel("East", "North"))
    assert (problem.setup_min, ways) == (7, (25, 12))


def test_programme_days_are_kept_and_refused_in_words(session, house):
    edition, _forum = house
    day = {"date": date(2023, 6, 16), "since": time(9), "until": time(17), "breaks": [(time(12), time(13))]}
    furnishing.save_days(session, edition, [day])
    kept = session.exec(select(Day).where(Day.edition_id == edition.id, Day.date == day["date"])).one()
    assert (kept.programme_from, kept.breaks) == (time(9), [["12:00", "13:00"]])
    for wrong in ({"until": None}, {"breaks": [(time(13), time(12))]}, {"breaks": [(time(8), time(10))]}):
        with pytest.raises(Refused, match="2023-06-16"):
            furnishing.save_days(session, edition, [day | wrong])


def test_breaks_past_midnight_are_typed_for_nights(session, house):
    edition, _forum = house
    night = {"date": date(2023, 6, 16), "since": time(18), "until": time(3)}
    furnishing.save_days(
        session, edition, [night | {"breaks": [(time(20), time(21)), (time(23, 45), time(0, 15))]}]
    )
    kept = session.exec(select(Day).where(Day.edition_id == edition.id, Day.date == night["date"])).one()
    assert kept.breaks == [["20:00", "21:00"], ["23:45", "00:15"]]
    for wrong in (
        [(time(2), time(4))],
        [(time(1), time(0, 30))],
        [(time(0), time(1)), (time(23), time(23, 30))],
    ):
        with pytest.raises(Refused, match="2023-06-16"):
            furnishing.save_days(session, edition, [night | {"breaks": wrong}])


def test_the_database_binds_a_talk_to_no_day_outside_its_edition(session, house):
    _edition, forum = house
    talk = a_talk(session, forum)
    for column, value in (("on_date", "2031-01-01"), ("fixed_start", "1999-01-01T09:00Z")):
        with pytest.raises(DBAPIError, match="outside its edition"), session.begin_nested():
            session.execute(text(f"UPDATE talk SET {column} = '{value}' WHERE id = {talk.id}"))


def test_there_is_one_main_event_and_another_takes_its_place(session, house):
    edition, forum = house
    values = {
        "code": "F1", "name": {"en": "Two"}, "description": {}, "kind": "roundtable", "is_main": True,
        "hue": 2, "position": 2,
    }  # fmt: skip
    anna = a_speaker(session, edition, code="SP001")
    made = tracks.save_forum(session, edition, None, values, ["SP001"])
    session.refresh(forum)
    mains = session.exec(select(Forum.code).where(Forum.edition_id == edition.id, Forum.is_main)).all()
    assert (list(mains), tracks.chairs_of(session, made), anna.code) == (["F1"], ["SP001"], "SP001")
    with pytest.raises(Refused, match="one main event"):
        tracks.save_forum(session, edition, made, values | {"is_main": False}, [])
    with pytest.raises(Refused, match="Nobody on stage"):
        tracks.save_forum(session, edition, made, values, ["SP999"])


def test_a_talk_is_made_with_its_people_and_keeps_its_place_when_it_grows(session, house):
    edition, _forum = house
    a_room(session, edition, code="R1")
    for code in ("SP001", "SP002"):
        a_speaker(session, edition, code=code)
    parts = [("SP002", "speaker"), ("SP001", "chair")]
    talk = talks.save_talk(session, edition, None, NEW | {"forum": "F0"}, parts)
    place(session, edition, [Move(talk.code, Spot("R1", at(15, 10)))])
    other = talks.save_talk(session, edition, None, NEW | {"forum": "F0", "after": [talk.code]}, [])
    place(session, edition, [Move(other.code, Spot("R1", at(15, 11)))])
    talks.save_talk(session, edition, talk, NEW | {"forum": "F0", "minutes": 60}, parts)
    slot = session.exec(select(Slot).where(Slot.talk_id == talk.id)).one()
    assert (talks.parts_of(session, talk), slot.ends_at) == (parts, at(15, 11))
    with pytest.raises(Refused, match="cannot be there"):
        talks.save_talk(session, edition, talk, NEW | {"forum": "F0", "minutes": 75}, parts)
    with pytest.raises(Refused, match="wait for each other"):
        talks.save_talk(session, edition, talk, NEW | {"forum": "F0", "after": [other.code]}, parts)


def test_a_withdrawn_talk_has_no_place_and_gets_none(session, house):
    edition, forum = house
    a_room(session, edition, code="R1")
    a_talk(session, forum, code="TALK01")
    place(session, edition, [Move("TALK01", Spot("R1", at(15, 10)))])
    services.release(session, edition, "1")
    assert talks.set_state(session, edition, ["TALK01"], "withdrawn") == 1
    assert session.exec(select(Slot)).all() == []
    assert services.problem_of(session, edition).talks == ()
    with pytest.raises(Refused, match="withdrawn and gets no place"):
        place(session, edition, [Move("TALK01", Spot("R1", at(15, 10)))])
    talk = queries.talk_by_code(session, edition, "TALK01")
    with pytest.raises(Refused, match="Withdraw it instead"):
        talks.delete_talk(session, edition, talk)


def test_lists_find_talks_and_people_in_any_script(session, house):
    edition, forum = house
    anna = a_speaker(session, edition, code="SP001", name={"ru": "Анна Ли"}, organisation="100% Honey")
    talk = a_talk(session, forum, code="TALK01", title={"zh": "物流"}, state="accepted")
    session.add(TalkSpeaker(talk_id=talk.id, speaker_id=anna.id))
    session.flush()
    for words in ("物流", "анна", "talk01", "0% h"):
        assert queries.talk_count(session, edition, TalkFilter(words=words)) == 1, words
    assert queries.talk_count(session, edition, TalkFilter(words="%")) == 1
    assert queries.talk_count(session, edition, TalkFilter(words="zh")) == 0
    assert [row.code for row in queries.talk_lines(session, edition, TalkFilter(placed="no"), "-title")] == [
        "TALK01"
    ]
    assert queries.people_count(session, edition, PeopleFilter(answer="open", role="speaker")) == 1
    assert queries.people_count(session, edition, PeopleFilter(role="none")) == 0
    assert queries.person_named(session, edition, "SP001 – Анна Ли") == "SP001"
    with pytest.raises(Refused, match="Nobody on stage"):
        queries.person_named(session, edition, "Boris")


def letter(person, token, until):
    return "Subject", f"link {token}"


def test_people_answer_by_a_link_that_a_newer_one_ends(session, house):
    edition, forum = house
    talk = a_talk(session, forum, code="TALK01", state="accepted")
    anna, boris = (a_speaker(session, edition, code=f"SP00{n}", email=f"s{n}@example.org") for n in (1, 2))
    for person in (anna, boris):
        session.add(TalkSpeaker(talk_id=talk.id, speaker_id=person.id))
    session.flush()
    token, _until = answering.fresh_link(session, anna)
    assert answering.owner_of(session, edition, token)[0] is anna
    assert answering.owner_of(session, an_edition(session), token) is None
    assert answering.confirm(session, anna, "TALK01").state == "accepted"
    assert answering.confirm(session, boris, "TALK01").state == "confirmed"
    assert answering.withdraw(session, edition, anna, "TALK01", "ill").state == "confirmed"
    assert [one.talk.code for one in answering.own_talks(session, anna)] == []
    assert answering.withdraw(session, edition, boris, "TALK01").state == "withdrawn"
    told = session.exec(select(SpeakerAnswer.answer).order_by(SpeakerAnswer.id)).all()
    assert list(told) == ["confirmed", "confirmed", "withdrawn", "withdrawn"]
    with pytest.raises(Refused, match="no part"):
        answering.confirm(session, anna, "TALK01")
    assert answering.invite(session, edition, [anna], letter) == (1, 0)
    assert answering.owner_of(session, edition, token) is None
    mail = session.exec(select(Mail).where(Mail.kind == "speaker.link")).one()
    kept = session.exec(select(PersonalLink.digest)).one()
    assert digest(mail.body.removeprefix("link ")) == kept


def test_people_are_made_with_the_next_code_and_kept_while_they_speak(session, house):
    edition, forum = house
    values = {
        "name": {"en": "Li"}, "title": {}, "address": {"en": "H. E."}, "biography": {}, "organisation": "",
        "country": "CN", "email": "", "language": "zh", "languages": ["zh"], "notes": "",
    }  # fmt: skip
    person = people.save_person(session, edition, None, values, [])
    assert person.code == "SP001"
    talk = a_talk(session, forum, code="TALK01")
    session.add(TalkSpeaker(talk_id=talk.id, speaker_id=person.id))
    session.flush()
    with pytest.raises(Refused, match="TALK01"):
        people.delete_person(session, person)


def test_rows_stay_within_their_edition(session, house):
    edition, _forum = house
    foreign = a_forum(session, an_edition(session), code="F0")
    talk = a_talk(session, foreign, code="TALK01")
    anna = a_speaker(session, edition, code="SP001")
    session.add(TalkSpeaker(talk_id=talk.id, speaker_id=anna.id))
    with pytest.raises(IntegrityError, match="leads into another edition"):
        session.flush()
