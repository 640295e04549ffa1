"""The console's pages of content, and the own page of somebody on stage."""

import pytest
from sqlmodel import select

from expo.forums.models import Forum, Room, Slot, Speaker, SpeakerAnswer, Talk, TalkSpeaker, between
from expo.forums.services import answering
from expo.outbox.models import Mail
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_speaker, a_talk, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def house(client, session):
    edition = an_edition(session)
    forum = a_forum(session, edition, code="F0", is_main=True, name={"en": "Opening"})
    room = a_room(session, edition, code="R1", building="North", layouts={"theatre": 80})
    a_room(session, edition, code="R2", building="South")
    talk = a_talk(session, forum, code="TALK01", title={"en": "Honey", "zh": "蜂蜜"}, state="accepted")
    anna = a_speaker(session, edition, code="SP001", name={"en": "Anna Li"}, email="anna@example.org")
    session.add(TalkSpeaker(talk_id=talk.id, speaker_id=anna.id))
    during = between(at(15, 10), at(15, 10, 30))
    session.add(Slot(edition_id=edition.id, talk_id=talk.id, room_id=room.id, during=during))
    session.commit()
    sign_in(client, session, role="organiser", edition=edition)
    return edition


def form_of(page) -> dict:
    """What the page's main form would send as it stands."""
    from lxml import html

    form = max(html.document_fromstring(page.text).xpath("//main//form"), key=lambda one: len(one.fields))
    return dict(form.form_values()) | _lists(form)


def _lists(form) -> dict:
    many: dict = {}
    for name, value in form.form_values():
        many.setdefault(name, []).append(value)
    return {name: values for name, values in many.items() if len(values) > 1}


PAGES = (
    "", "/forums", "/forums/new", "/forums/F0", "/talks", "/talks?q=蜂蜜&placed=yes&sort=-start",
    "/talks/new",
    "/talks/TALK01", "/talks/TALK01/edit", "/people", "/people?answer=open&role=speaker", "/people/new",
    "/people/SP001", "/rooms", "/rooms/new", "/rooms/R1", "/hours",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_content_is_well_made(client, house, page):
    for language in ("en", "ur"):
        mark = "&" if "?" in page else "?"
        answer = client.get(f"/{house.code}/console/programme{page}{mark}lang={language}")
        assert (answer.status_code, problems(answer.text)) == (200, [])


def test_nobody_else_edits_the_programme(client, session, house):
    client.post("/sign-out")
    assert client.get(f"/{house.code}/console/programme").status_code == 302
    sign_in(client, session, role="gate", edition=house)
    assert client.get(f"/{house.code}/console/programme/talks").status_code == 403
    assert client.post(f"/{house.code}/console/programme/talks/many").status_code == 403


def test_a_room_is_changed_and_a_mistake_keeps_what_was_typed(client, session, house):
    address = f"/{house.code}/console/programme/rooms/R1"
    typed = form_of(client.get(address)) | {"capacity": "90", "layouts-1-layout": "banquet"}
    page = client.post(address, data=typed)
    assert (page.status_code, "Type both the layout and its seats" in page.text) == (200, True)
    assert 'value="banquet"' in page.text
    times = {"free-0-day": "2023-06-15", "free-0-since": "09:00", "free-0-until": "12:00"}
    assert client.post(address, data=typed | times | {"layouts-1-seats": "40"}).status_code == 302
    room = session.exec(select(Room).where(Room.code == "R1")).one()
    assert (room.capacity, room.layouts) == (90, {"theatre": 80, "banquet": 40})
    again = client.post(address, data=typed | {"layouts-1-seats": "40"})
    assert "Somebody changed this meanwhile" in again.text


def test_a_talk_is_made_with_people_by_name_and_changed(client, session, house):
    address = f"/{house.code}/console/programme/talks"
    typed = form_of(client.get(f"{address}/new")) | {"title-en": "New one", "parts-0-who": "anna li"}
    made = client.post(f"{address}/new", data=typed)
    assert made.status_code == 302
    code = made.location.rsplit("/", 1)[1]
    typed = form_of(client.get(f"{address}/{code}/edit")) | {
        "fixed_start": "2023-06-15T09:00",
        "after": "TALK01",
    }
    assert client.post(f"{address}/{code}/edit", data=typed).status_code == 302
    talk = session.exec(select(Talk).where(Talk.code == code)).one()
    assert (talk.fixed_start, talk.after, talk.state) == (at(15, 9), ["TALK01"], "accepted")
    far = client.post(f"{address}/new", data=typed | {"seen": "", "fixed_start": "2050-01-01T00:00"})
    assert (far.status_code, "on a day of the edition" in far.text) == (200, True)
    wrong = client.post(f"{address}/new", data=typed | {"seen": "", "parts-0-who": "Nobody Here"})
    assert "Nobody on stage is called" in wrong.text
    assert client.post(f"{address}/{code}/delete").status_code == 302
    assert session.exec(select(Talk).where(Talk.code == code)).all() == []


def test_many_talks_are_changed_at_once(client, session, house):
    address = f"/{house.code}/console/programme/talks/many"
    data = {"talk": ["TALK01"], "act": "state:withdrawn", "back": "state=accepted"}
    answer = client.post(address, data=data)
    assert answer.location == f"/{house.code}/console/programme/talks?state=accepted"
    talk = session.exec(select(Talk)).one()
    assert (talk.state, session.exec(select(Slot)).all()) == ("withdrawn", [])
    assert client.post(address, data=data | {"act": "state:nonsense"}).status_code == 400
    odd = client.post(address, data=data | {"back": "q=a\r\nSet-Cookie: x&lang=ur&page=2"})
    assert (odd.status_code, "\r" in odd.location, "lang" in odd.location) == (302, False, False)
    client.post(address, data=data | {"act": "forum:NOSUCH"})
    assert session.exec(select(Forum.code)).one() == "F0"


def test_days_and_ways_are_kept_and_nonsense_is_told(client, session, house):
    hours = f"/{house.code}/console/programme/hours"
    assert (
        client.post(hours, data={"since-2023-06-15": "09:00", "until-2023-06-15": "18:00"}).status_code == 302
    )
    told = client.post(hours, data={"since-2023-06-15": "25:99", "until-2023-06-15": "x"})
    assert (told.status_code, "Times are written" in told.text) == (200, True)
    ways = f"/{house.code}/console/programme/ways"
    assert client.post(ways, data={"setup_min": "5", "travel_min": "9", "way-0": "30"}).status_code == 302
    told = client.post(ways, data={"setup_min": "5", "travel_min": "9", "way-0": "٣٠9999"})
    assert (told.status_code, "is no number of minutes" in told.text) == (200, True)


def test_somebody_on_stage_says_yes_and_tells_of_themselves(client, session, house):
    anna = session.exec(select(Speaker)).one()
    token, _until = answering.fresh_link(session, anna)
    session.commit()
    client.post("/sign-out")
    address = f"/{house.code}/on-stage/{token}"
    page = client.get(f"{address}?lang=ur")
    assert (page.status_code, problems(page.text)) == (200, [])
    assert "no-store" in page.headers["Cache-Control"] or "private" in page.headers["Cache-Control"]
    assert client.post(f"{address}/TALK01/confirm").status_code == 302
    typed = form_of(client.get(address)) | {"biography-en": "Keeps bees."}
    assert client.post(address, data=typed).status_code == 302
    session.expire_all()
    talk = session.exec(select(Talk)).one()
    assert (talk.state, anna.biography) == ("confirmed", {"en": "Keeps bees."})
    client.post(f"{address}/TALK01/withdraw", data={"reason": "ill"})
    session.expire_all()
    last_said = select(SpeakerAnswer.reason).order_by(SpeakerAnswer.id.desc())
    assert (talk.state, session.exec(last_said).first()) == ("withdrawn", "ill")
    mail = session.exec(select(Mail).where(Mail.kind == "speaker.withdrew")).one()
    assert [word in mail.body for word in ("ill", "lost its place", "/programme/talks/TALK01")] == [True] * 3


def test_a_link_that_opens_nothing_offers_a_new_one_by_mail(client, session, house):
    anna = session.exec(select(Speaker)).one()
    token, _until = answering.fresh_link(session, anna)
    other = an_edition(session)
    session.commit()
    for address in (f"/{house.code}/on-stage/nonsense", f"/{other.code}/on-stage/{token}"):
        page = client.get(address)
        assert (page.status_code, "opens nothing" in page.text) == (404, True)
        assert client.post(f"{address}/TALK01/confirm").status_code == 404
        assert client.post(f"{address}/renew").status_code == 302
    assert session.exec(select(Mail)).all() == []
    client.post(f"/{house.code}/on-stage/{token}/renew")
    assert session.exec(select(Mail.recipient, Mail.kind)).all() == [("anna@example.org", "speaker.link")]
