"""Versions stay as they were, people are told once, and what is out stays out."""

import threading

import pytest
from icalendar import Calendar
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import services
from expo.forums.models import Release, Slot, Speaker, Talk, between
from expo.forums.services import telling
from expo.jobs.handlers import handler_of
from expo.jobs.services import enqueue
from expo.outbox import papers
from expo.outbox.models import Mail
from expo.stars.services import listeners  # noqa: F401 - the room that knows who follows what
from tests.expo.forums.making import at
from tests.expo.forums.test_views import a_released_edition
from tests.make import a_person, stars
from tests.signing import sign_in


class Quiet:
    """A report nobody reads."""

    def progress(self, *_figures, **_more) -> None: ...

    def cancelled(self) -> bool:
        return False


def talk_of(session, edition, code) -> Talk:
    return session.exec(select(Talk).where(Talk.edition_id == edition.id, Talk.code == code)).one()


def move(session, edition, code, start, end):
    talk = talk_of(session, edition, code)
    slot = session.exec(select(Slot).where(Slot.talk_id == talk.id)).one()
    slot.during = between(start, end)
    session.flush()


def test_a_version_says_what_it_said_after_talks_are_renamed_moved_and_deleted(session):
    edition = a_released_edition(session)
    before = services.programme(session, edition)
    talk_of(session, edition, "TALK00").title = {"en": "Renamed"}
    session.exec(select(Speaker).where(Speaker.edition_id == edition.id)).first().name = {"en": "Somebody"}
    session.delete(talk_of(session, edition, "TALK01"))
    move(session, edition, "TALK02", at(15, 16), at(15, 16, 30))
    session.commit()
    assert services.programme(session, edition) == before
    services.release(session, edition)
    now = services.programme(session, edition)
    assert [item.title["en"] for item in now.items] == ["Renamed", "Talk 2"]
    assert services.programme(session, edition, "1") == before
    calendar = services.feed(session, edition, "ics", "https://expo.example").decode()
    assert calendar.count("STATUS:CANCELLED") == 1
    events = Calendar.from_ical(calendar).walk("VEVENT")
    assert {str(one["SUMMARY"]): one["SEQUENCE"] for one in events} == {
        "Renamed": 1,
        "Talk 1": 1,
        "Talk 2": 1,
    }


def test_a_calendar_counts_new_words_and_people_but_no_release_that_says_the_same(session):
    edition = a_released_edition(session)

    def sequences() -> dict[str, int]:
        data = services.feed(session, edition, "ics", "https://expo.example")
        return {str(one["SUMMARY"]): one["SEQUENCE"] for one in Calendar.from_ical(data).walk("VEVENT")}

    before = sequences()
    services.release(session, edition, "again")
    assert sequences() == before
    talk_of(session, edition, "TALK01").abstract = {"en": "What is said there"}
    services.release(session, edition)
    assert sequences() == before | {"Talk 1": 1}
    session.exec(select(Speaker).where(Speaker.edition_id == edition.id)).first().name = {"en": "Somebody"}
    services.release(session, edition)
    assert sum(sequences().values()) > 1


def test_the_database_refuses_to_change_what_was_released(session):
    edition = a_released_edition(session)
    for statement in (
        'UPDATE release SET note = \'{"en": "x"}\'',
        "DELETE FROM release",
        "UPDATE released_programme SET content = '{}'",
        "DELETE FROM released_slot",
    ):
        with pytest.raises(IntegrityError, match="stays as it is"), session.begin_nested():
            session.execute(text(statement))
    session.execute(text("DELETE FROM edition WHERE id = :id"), {"id": edition.id})
    assert session.execute(text("SELECT count(*) FROM released_programme")).scalar() == 0


def test_withdrawn_talks_are_not_released(session):
    edition = a_released_edition(session)
    talk_of(session, edition, "TALK00").state = "withdrawn"
    session.flush()
    services.release(session, edition)
    assert [item.code for item in services.programme(session, edition).items] == ["TALK02", "TALK01"]


def test_a_release_is_of_what_was_looked_at(session):
    edition = a_released_edition(session)
    with pytest.raises(Refused, match="since you looked"):
        services.release(session, edition, "2", seen="0" * 64)
    with pytest.raises(Refused, match="Nothing changed since version 1"):
        services.release(session, edition)


def test_going_back_is_a_new_version_that_says_what_the_old_one_said(session):
    edition = a_released_edition(session)
    first = services.programme(session, edition)
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    services.release(session, edition)
    back = services.restore(session, edition, "1", {"ru": "Ошибка"})
    assert (back.version, back.kind, back.restores, back.note) == ("3", "restored", "1", {"ru": "Ошибка"})
    assert services.programme(session, edition).items == first.items
    with pytest.raises(Refused, match="the one that holds"):
        services.restore(session, edition, "3")
    with pytest.raises(Refused, match="no version"):
        services.restore(session, edition, "9")


def test_two_people_releasing_at_once_make_one_version(fresh_database):
    engine = create_engine(fresh_database)
    with Session(engine) as session:
        edition = a_released_edition(session)
        move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
        session.commit()
        number = edition.id
    gate, answers = threading.Barrier(6, timeout=30), []

    def press():
        with Session(engine) as session:
            gate.wait()
            try:
                answers.append(services.release(session, session.get_one(Edition, number)).version)
                session.commit()
            except Refused as refused:
                answers.append(str(refused))

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["2", *["Nothing changed since version 2."] * 5]
    engine.dispose()


def an_audience(session, edition):
    """Speakers with addresses, and somebody who starred TALK00 and TALK01."""
    for n, speaker in enumerate(
        session.exec(select(Speaker).where(Speaker.edition_id == edition.id).order_by(Speaker.id)).all()
    ):
        speaker.email, speaker.language = f"speaker{n}@example.org", "ru"
    person = a_person(session, edition, email="fan@example.org", language="zh")
    stars(session, person, talk_of(session, edition, "TALK00"), talk_of(session, edition, "TALK01"))


def told(letters):
    return [(one.email, sorted(change.item.code for change in one.changes.values())) for one in letters]


def test_only_those_whom_a_change_concerns_are_told(session):
    edition = a_released_edition(session)
    an_audience(session, edition)
    first = services.release_of(session, edition)
    assert told(telling.affected_by(session, edition, first)) == [
        ("speaker0@example.org", ["TALK00"]),
        ("speaker1@example.org", ["TALK01"]),
        ("speaker2@example.org", ["TALK02"]),
        ("fan@example.org", ["TALK00", "TALK01"]),
    ]
    telling.keep_telling(session, first)
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    talk_of(session, edition, "TALK02").title = {"en": "Corrected"}
    second = services.release(session, edition)
    assert told(telling.affected_by(session, edition, second)) == [
        ("speaker0@example.org", ["TALK00"]),
        ("fan@example.org", ["TALK00"]),
    ]


def test_a_version_nobody_was_told_of_is_made_good_by_the_next(session):
    edition = a_released_edition(session)
    an_audience(session, edition)
    telling.keep_telling(session, services.release_of(session, edition))
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    services.release(session, edition)
    move(session, edition, "TALK01", at(16, 16), at(16, 16, 30))
    third = services.release(session, edition)
    letters = telling.affected_by(session, edition, third)
    assert told(letters)[-1] == ("fan@example.org", ["TALK00", "TALK01"])


def test_letters_are_written_once_in_the_readers_language_with_the_change_as_a_calendar(app, session):
    edition = a_released_edition(session)
    an_audience(session, edition)
    telling.keep_telling(session, services.release_of(session, edition))
    session.delete(
        session.exec(select(Slot).where(Slot.talk_id == talk_of(session, edition, "TALK00").id)).one()
    )
    session.flush()
    second = services.release(session, edition)
    job = enqueue(
        session, "programme.tell", edition_id=edition.id, release_id=second.id, site="https://expo.example"
    )
    session.commit()
    with app.app_context():
        assert handler_of(job.kind)(session, job, Quiet())["letters"] == 2
    mails = session.exec(select(Mail).where(Mail.edition_id == edition.id).order_by(Mail.recipient)).all()
    assert [(mail.recipient, mail.language) for mail in mails] == [
        ("fan@example.org", "zh"),
        ("speaker0@example.org", "ru"),
    ]
    assert "Talk 1" not in mails[0].body
    name, content = papers.made(session, mails[0].paper)
    assert (name, papers.mimetype(name)) == ("programme.ics", "text/calendar")
    assert content.decode().count("BEGIN:VEVENT") == content.decode().count("STATUS:CANCELLED") == 1
    with pytest.raises(Refused, match="already"):
        telling.refuse_overtaken(session, edition, second)


def test_the_preview_says_who_will_be_told_before_anything_is_public(client, session):
    edition = a_released_edition(session)
    an_audience(session, edition)
    telling.keep_telling(session, services.release_of(session, edition))
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    talk_of(session, edition, "TALK00").title = {"en": "Not out yet"}
    session.commit()
    assert "Not out yet" not in client.get(f"/{edition.code}/programme").text
    assert "Not out yet" not in client.get(f"/{edition.code}").text
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/timetable/release").text
    assert "Not out yet" in page
    assert "1 person on stage · 1 attendee" in page
    assert session.exec(select(Release).where(Release.edition_id == edition.id)).one().version == "1"


def test_everybody_reads_what_changed_and_what_old_versions_said(client, session):
    edition = a_released_edition(session)
    home = f"/{edition.code}/programme"
    assert "there is nothing before it" in client.get(f"{home}/changes").text
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    session.delete(
        session.exec(select(Slot).where(Slot.talk_id == talk_of(session, edition, "TALK01").id)).one()
    )
    services.release(session, edition, note={"en": "A speaker fell ill", "zh": "讲者生病"})
    session.commit()
    page = client.get(f"{home}/changes").text
    assert "A speaker fell ill" in page and "Other time" in page and "Removed" in page
    narrowed = client.get(f"{home}/changes?kind=removed").text
    assert "Talk 1" in narrowed and "Talk 0" not in narrowed
    assert "讲者生病" in client.get(f"{home}/changes?lang=zh").text
    assert client.get(f"{home}/changes?from=9").status_code == 404
    assert "An old version" in client.get(f"{home}/v/1?lang=en").text
    assert "Removed" in client.get(f"{home}/v/1/TALK01").text
    assert client.get(f"{home}/v/7").status_code == 404
    feed = client.get(f"{home}/changes.atom")
    assert feed.mimetype == "application/atom+xml"
    assert feed.text.count("<entry>") == 2
    again = client.get(f"{home}/changes.atom", headers={"If-None-Match": feed.headers["ETag"]})
    assert again.status_code == 304
