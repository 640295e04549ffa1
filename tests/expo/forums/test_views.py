"""The programme's pages, feeds and prints, and the organiser's timetable."""

import json
from io import BytesIO

import pikepdf
import pytest
from sqlmodel import select

from expo.forums import services
from expo.forums.models import Release, Slot, Talk, TalkSpeaker, between
from expo.jobs.models import Job
from tests.asking import asked
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition
from tests.signing import sign_in


def a_released_edition(session, talks: int = 3, version: str = "1"):
    """An edition with `talks` released talks, each with a speaker, in three rooms."""
    edition = an_edition(session, city={"en": "Qingdao"})
    forums = [a_forum(session, edition, code=f"F{n}", hue=n + 1, is_main=n == 0) for n in range(2)]
    rooms = [a_room(session, edition, code=f"R{n}", name={"en": f"Room {n}"}) for n in range(3)]
    for n in range(talks):
        talk = a_talk(
            session, forums[n % 2], code=f"TALK{n:02d}", title={"en": f"Talk {n}", "zh": f"演讲 {n}"}
        )
        speaker = a_speaker(session, edition, code=f"SP{n}", name={"en": f"Speaker {n}"})
        session.add(TalkSpeaker(talk_id=talk.id, speaker_id=speaker.id))
        start = at(15 + n % 2, 9 + n // 6 if n // 6 < 3 else 10 + n // 6)
        during = between(start, start.replace(minute=30))
        session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=rooms[n // 2 % 3].id, during=during))
    session.flush()
    services.release(session, edition, version)
    session.commit()
    return edition


def count_queries(connection, call) -> int:
    with asked(connection) as told:
        assert call().status_code == 200
    return len([statement for statement in told if statement.startswith("SELECT")])


def test_before_a_release_the_programme_says_what_will_be_here(client, session):
    edition = an_edition(session)
    page = client.get(f"/{edition.code}/programme")
    assert page.status_code == 200
    assert "The programme is not out yet" in page.text
    for address in ("schedule.xml", "schedule.ics", "timetable.pdf", "programme.pdf", "programme/TALK00"):
        assert client.get(f"/{edition.code}/{address}").status_code == 404


def test_the_programme_is_filtered_by_day_forum_and_room(client, session):
    edition = a_released_edition(session, 8)
    every = client.get(f"/{edition.code}/programme").text
    assert [f"Talk {n}</a>" in every for n in range(8)] == [True] * 8
    assert every.count("<h1") == 1
    shown = {
        query: [
            n for n in range(8) if f"Talk {n}</a>" in client.get(f"/{edition.code}/programme?{query}").text
        ]
        for query in ("day=2023-06-15", "forum=F1", "room=R1", "forum=F0&room=R1")
    }
    assert shown == {
        "day=2023-06-15": [0, 2, 4, 6],
        "forum=F1": [1, 3, 5, 7],
        "room=R1": [2, 3],
        "forum=F0&room=R1": [2],
    }
    assert "No talk fits" in client.get(f"/{edition.code}/programme?day=2023-06-30").text


def test_pages_cost_the_same_queries_for_one_talk_and_for_thirty(client, session, connection):
    small, large = a_released_edition(session, 1), a_released_edition(session, 30)
    for address in ("programme", "programme/TALK00", "schedule.xml", "schedule.ics"):
        counts = [
            count_queries(connection, lambda one=one, address=address: client.get(f"/{one.code}/{address}"))
            for one in (small, large)
        ]
        assert counts[0] == counts[1], address
        assert counts[1] <= 13, address


def test_a_talk_has_its_page_and_its_calendar(client, session):
    edition = a_released_edition(session)
    page = client.get(f"/{edition.code}/programme/TALK01?lang=zh")
    assert "演讲 1" in page.text
    assert "Speaker 1" in page.text
    calendar = client.get(f"/{edition.code}/programme/TALK01.ics")
    assert calendar.content_type == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") == 1
    assert client.get(f"/{edition.code}/programme/NOSUCH").status_code == 404
    assert client.get(f"/{edition.code}/programme/NOSUCH.ics").status_code == 404


def test_feeds_are_open_to_other_sites_and_answer_304_while_nothing_changed(client, session):
    edition = a_released_edition(session)
    for fmt in ("xml", "json", "ics"):
        first = client.get(f"/{edition.code}/schedule.{fmt}")
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        again = client.get(
            f"/{edition.code}/schedule.{fmt}", headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/{edition.code}/schedule.html").status_code == 404


def test_each_version_keeps_its_feed(client, session):
    edition = a_released_edition(session)
    slot = session.exec(select(Slot).where(Slot.edition_id == edition.id).order_by(Slot.id)).first()
    slot.during = between(at(15, 15), at(15, 15, 30))
    session.flush()
    services.release(session, edition, "2")
    session.commit()

    def first_talk(address):
        data = json.loads(client.get(f"/{edition.code}/{address}").text)["schedule"]
        days = data["conference"]["days"]
        talks = [talk for day in days for room in day["rooms"].values() for talk in room]
        return data["version"], next(talk["date"] for talk in talks if talk["title"] == "Talk 0")

    assert first_talk("schedule.json") == ("2", "2023-06-15T15:00:00+08:00")
    assert first_talk("schedule/v/1.json") == ("1", "2023-06-15T09:00:00+08:00")
    assert client.get(f"/{edition.code}/schedule/v/3.json").status_code == 404


def test_the_organiser_sees_figures_and_what_is_wrong_in_words(client, session):
    edition = a_released_edition(session)
    slot = session.exec(select(Slot).where(Slot.edition_id == edition.id)).first()
    slot.during = between(at(15, 12, 15), at(15, 12, 45))
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/timetable")
    assert page.status_code == 200
    assert "Talk 0 runs into a break." in page.text
    assert page.text.count("<h1") == 1


def test_an_empty_edition_explains_itself_to_its_organiser(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    assert "No talks yet" in client.get(f"/{edition.code}/console/timetable").text


def test_building_queues_one_job_at_a_time(client, session):
    edition = a_released_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    form = {
        "seed": "3", "rounds": "2000", "answers": "2", "clash": "1", "overflow": "0.5", "track": "60",
        "idle": "0.05", "changes": "20",
    }  # fmt: skip
    first = client.post(f"/{edition.code}/console/timetable/build", data=form)
    second = client.post(f"/{edition.code}/console/timetable/build", data=form)
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    job = session.exec(select(Job)).one()
    assert job.kind == "timetable.solve"
    assert job.arguments == {
        "way": "solve", "seed": 3, "rounds": 2000, "answers": 2, "change_price": 20.0, "take": False,
        "weights": {"clash": 1.0, "overflow": 0.5, "track": 60.0, "idle": 0.05},
    }  # fmt: skip


def test_a_wrong_number_of_rounds_is_shown_beside_its_field(client, session):
    edition = a_released_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    page = client.post(f"/{edition.code}/console/timetable/build", data={"seed": "3", "rounds": "-1"})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text
    assert session.exec(select(Job)).all() == []


def test_releasing_is_for_organisers_and_refuses_in_words(client, session):
    edition = a_released_edition(session)
    address = f"/{edition.code}/console/timetable/release"
    assert client.post(address, data={"version": "9"}).status_code == 401
    sign_in(client, session, role="finance", edition=edition)
    assert client.post(address, data={"version": "9"}).status_code == 403
    sign_in(client, session, role="organiser", edition=edition)
    assert "exists already" in client.post(address, data={"version": "1"}).text
    assert "Nothing changed" in client.post(address, data={"version": ""}).text
    assert client.post(address, data={"version": "2", "note-en": "Rooms swapped"}).status_code == 302
    made = session.exec(select(Release).where(Release.edition_id == edition.id, Release.version == "2")).one()
    assert made.note == {"en": "Rooms swapped"}


@pytest.mark.parametrize(
    ("name", "language", "family"), [("timetable", "zh", "Han"), ("programme", "ur", "Naskh")]
)
def test_prints_are_tagged_and_hold_the_scripts_they_need(client, session, name, language, family):
    edition = a_released_edition(session)
    answer = client.get(f"/{edition.code}/{name}.pdf?lang={language}")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(answer.data)) as document:
        fonts = {
            str(font["/BaseFont"]).split("+")[-1]
            for page in document.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == language
    assert {font.split("-")[1] for font in fonts} >= {"Sans", family}
    assert all(font.startswith("House-") for font in fonts), fonts


def test_a_talks_page_says_all_that_came_with_it_and_what_changed(client, session):
    edition = a_released_edition(session, 2)
    talk, other = session.exec(select(Talk).where(Talk.edition_id == edition.id).order_by(Talk.code)).all()
    talk.origin = {
        "subtitle": "Part one",
        "description": "A longer text.\nOn two lines.",
        "with": [{"code": "N1", "name": "Somebody <b>Else</b>"}],
        "links": [
            {"url": "https://slides.example/1", "title": "Slides"},
            {"url": "javascript:x", "title": ""},
        ],
    }
    page = f"/{edition.code}/programme/TALK00"
    before = client.get(page).text
    assert ("Part one" in before, "Changed in version" in before) == (False, False)
    services.place(session, edition, [services.Move("TALK00", services.Spot("R2", at(15, 14)))])
    services.place(session, edition, [services.Move("TALK01", None)])
    services.release(session, edition, "2")
    session.commit()
    after = client.get(page).text
    for said in (
        "Part one",
        "A longer text.\nOn two lines.",
        "Somebody &lt;b&gt;Else&lt;/b&gt;",
        'href="https://slides.example/1"',
        "Changed in version 2",
        "09:00–09:30 before",
        "Room 0",
    ):
        assert said in after
    assert "javascript:x" not in after
    assert "Talk 0</a>" in client.get(f"/{edition.code}/programme?q=somebody+else").text
    gone = client.get(f"/{edition.code}/programme/TALK01")
    assert gone.location == f"/{edition.code}/programme/v/1/TALK01"
    assert client.get(gone.location).status_code == 200
    assert client.get(f"/{edition.code}/programme/NOSUCH").status_code == 404
