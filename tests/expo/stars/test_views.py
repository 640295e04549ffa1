"""Stars from a browser, a timetable of one's own, addresses for it, and what strangers may not do."""

import re

import pytest
from sqlmodel import select

from expo.forums import services as forums
from expo.forums.models import Forum, Slot, Talk
from expo.outbox.models import Mail
from expo.stars.models import Follower, FollowerBrowser, Star
from tests.expo.forums.test_views import a_released_edition
from tests.make import a_person, a_talk
from tests.page import problems
from tests.signing import a_user, sign_in


@pytest.fixture
def edition(session):
    return a_released_edition(session, 8)


def own(client, edition) -> dict:
    return client.get(f"/{edition.code}/my-programme/stars.json").json


def send(client, edition, **stars):
    return client.post(f"/{edition.code}/my-programme/stars", json={"stars": stars})


def followers(session, edition) -> int:
    return len(session.exec(select(Follower).where(Follower.edition_id == edition.id)).all())


def test_looking_makes_nobody_a_follower(client, session, edition):
    assert client.get(f"/{edition.code}/my-programme").status_code == 200
    assert (own(client, edition)["stars"], own(client, edition)["reader"]) == ([], "")
    assert followers(session, edition) == 0
    assert "Set-Cookie" not in client.get(f"/{edition.code}/programme").headers
    assert "Set-Cookie" not in client.get(f"/{edition.code}/my-programme/stars.json").headers


def test_a_star_without_scripts(client, session, edition):
    page = client.get(f"/{edition.code}/programme/TALK01/star")
    assert (problems(page.text), "Star this talk" in page.text) == ([], True)
    answer = client.post(f"/{edition.code}/programme/TALK01/star", data={"on": "1"})
    assert answer.location == f"/{edition.code}/programme/TALK01"
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("stars="))
    assert all(part in cookie for part in (f"Path=/{edition.code}/", "HttpOnly", "SameSite=Lax"))
    assert own(client, edition)["stars"] == ["TALK01"]
    assert "Take the star off" in client.get(f"/{edition.code}/programme/TALK01/star").text
    client.post(f"/{edition.code}/programme/TALK01/star", data={"on": "0"})
    assert own(client, edition)["stars"] == []


def test_stars_made_without_a_net_are_sent_in_one_go_and_twice_without_harm(client, session, edition):
    for _ in range(2):
        answer = send(client, edition, TALK01=True, TALK02=True, TALK03=False)
        assert (answer.json["stars"], answer.json["gone"]) == (["TALK01", "TALK02"], [])
    assert followers(session, edition) == 1
    assert send(client, edition, TALK01=False).json["stars"] == ["TALK02"]


def test_what_is_not_released_and_what_is_not_there_look_the_same(client, session, edition):
    forum = session.exec(select(Forum).where(Forum.edition_id == edition.id)).first()
    a_talk(session, forum, code="SECRET")
    session.commit()
    answers = [send(client, edition, **{code: True}) for code in ("SECRET", "NOSUCH")]
    assert [(a.status_code, a.json["stars"], a.json["gone"]) for a in answers] == [
        (200, [], ["SECRET"]),
        (200, [], ["NOSUCH"]),
    ]
    pages = [client.post(f"/{edition.code}/programme/{code}/star") for code in ("SECRET", "NOSUCH")]
    assert [page.status_code for page in pages] == [404, 404]
    assert client.get(f"/{edition.code}/programme/SECRET/star").status_code == 404
    assert followers(session, edition) == 0


def test_a_talk_of_another_edition_cannot_be_starred_here(client, session, edition):
    other = a_released_edition(session, 8)
    send(client, edition, TALK01=True)
    assert own(client, other)["stars"] == []
    ids = session.exec(select(Star.talk_id)).all()
    assert len(ids) == 1


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"stars": []}, {"stars": {"A": 1}}, {"stars": {"A" * 30: True}},
     {"stars": {"A\x00": True}}, {"stars": {f"T{n:05d}": True for n in range(501)}}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client, session, edition, body):
    assert client.post(f"/{edition.code}/my-programme/stars", json=body).status_code == 400


def test_a_forged_or_foreign_cookie_is_nobody(client, session, edition):
    send(client, edition, TALK01=True)
    value = client.get_cookie("stars", path=f"/{edition.code}/").value
    other = a_released_edition(session, 2)
    client.set_cookie("stars", value, path=f"/{other.code}/")
    assert own(client, other)["stars"] == []
    for forged in (value[:-2] + "xx", "", "x.y", value.split(".")[0]):
        client.set_cookie("stars", forged, path=f"/{edition.code}/")
        assert own(client, edition)["stars"] == []
    assert value not in str(session.exec(select(FollowerBrowser.digest)).all())


def test_stars_need_the_token_of_the_page(app, client, session, edition):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert send(client, edition, TALK01=True).status_code == 400
        token = client.get(f"/{edition.code}/my-programme/stars.json?token=1").json["token"]
        answer = client.post(
            f"/{edition.code}/my-programme/stars",
            json={"stars": {"TALK01": True}},
            headers={"X-CSRFToken": token},
        )
        assert answer.json["stars"] == ["TALK01"]
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_what_a_browser_starred_goes_along_when_somebody_signs_in(client, session, edition):
    send(client, edition, TALK01=True)
    user = a_user(session)
    sign_in(client, session, user=user)
    answer = client.get(f"/{edition.code}/my-programme/stars.json")
    assert answer.json["stars"] == ["TALK01"]
    assert answer.json["reader"].startswith("email-")
    assert "stars=;" in str(answer.headers)
    assert followers(session, edition) == 1
    client.post("/sign-out")
    assert own(client, edition)["stars"] == []


def test_whoever_is_registered_under_the_address_is_that_person(client, session, edition):
    user = a_user(session)
    person = a_person(session, edition, email=user.email.upper())
    sign_in(client, session, user=user)
    send(client, edition, TALK01=True)
    follower = session.exec(select(Follower).where(Follower.edition_id == edition.id)).one()
    assert (follower.person_id, follower.email) == (person.id, None)


def test_an_address_is_confirmed_by_a_link_that_works_once(client, app, session, edition):
    send(client, edition, TALK01=True)
    client.post(f"/{edition.code}/my-programme/email", data={"email": " Ayan@Example.org "})
    mail = session.exec(select(Mail).where(Mail.kind == "stars.confirm")).one()
    assert mail.recipient == "ayan@example.org"
    link = re.search(r"/[a-z0-9-]+/my-programme/confirm/\S+", mail.body).group(0)
    elsewhere = app.test_client()  # the letter is read on another device
    assert own(elsewhere, edition)["stars"] == []
    page = elsewhere.get(link)
    assert (problems(page.text), own(elsewhere, edition)["stars"]) == ([], [])
    assert elsewhere.post(link).status_code == 302
    assert own(elsewhere, edition)["stars"] == ["TALK01"]
    assert own(elsewhere, edition)["reader"].startswith("email-")
    assert own(client, edition)["reader"].startswith("browser-")  # who asked may be a stranger
    assert elsewhere.post(link).status_code == 409
    assert client.get(link.split("?")[0][:-3] + "xxx").status_code == 409


def test_clashes_are_said_in_words_with_what_would_fit(client, session, edition):
    send(client, edition, TALK00=True, TALK02=True, TALK04=True)
    page = client.get(f"/{edition.code}/my-programme").text
    assert "“Talk 0” and “Talk 2” overlap by 30 minutes." in page
    assert page.count("You cannot hear both") == 3
    assert "instead of" in page
    assert problems(page) == []


def test_the_calendar_has_a_private_address_that_can_be_renewed_and_closed(client, app, session, edition):
    send(client, edition, TALK01=True)
    client.post(f"/{edition.code}/my-programme/keys/calendar")
    old = session.exec(select(Follower.calendar_key).where(Follower.edition_id == edition.id)).one()
    stranger = app.test_client()
    answer = stranger.get(f"/{edition.code}/my-programme/calendar/{old}.ics")
    assert (answer.status_code, answer.text.count("BEGIN:VEVENT"), "Talk 1" in answer.text) == (200, 1, True)
    client.post(f"/{edition.code}/my-programme/keys/calendar")
    new = session.exec(select(Follower.calendar_key).where(Follower.edition_id == edition.id)).one()
    assert stranger.get(f"/{edition.code}/my-programme/calendar/{old}.ics").status_code == 404
    assert stranger.get(f"/{edition.code}/my-programme/calendar/{new}.ics").status_code == 200
    other = a_released_edition(session, 1)
    assert stranger.get(f"/{other.code}/my-programme/calendar/{new}.ics").status_code == 404
    assert stranger.get(f"/{edition.code}/shared-programme/{new}").status_code == 404
    client.post(f"/{edition.code}/my-programme/keys/calendar", data={"close": "1"})
    assert stranger.get(f"/{edition.code}/my-programme/calendar/{new}.ics").status_code == 404


def test_a_page_for_friends_shows_talks_and_offers_no_change(client, app, session, edition):
    send(client, edition, TALK01=True)
    client.post(f"/{edition.code}/my-programme/keys/share")
    key = session.exec(select(Follower.share_key).where(Follower.edition_id == edition.id)).one()
    page = app.test_client().get(f"/{edition.code}/shared-programme/{key}")
    assert (
        "Talk 1" in page.text,
        "<form" in page.text.split("<main")[1].split("</main>")[0],
        problems(page.text),
    ) == (
        True,
        False,
        [],
    )


def test_taking_along_and_deleting_everything(client, session, edition):
    assert client.post(f"/{edition.code}/my-programme/forget").status_code == 404
    send(client, edition, TALK01=True)
    data = client.get(f"/{edition.code}/my-programme/export.json").json
    assert ([star["code"] for star in data["stars"]], data["known_by"]) == (["TALK01"], "browser")
    client.post(f"/{edition.code}/my-programme/forget")
    assert (followers(session, edition), own(client, edition)["stars"]) == (0, [])


def test_how_many_starred_a_talk_is_for_organisers_only(client, session, edition):
    send(client, edition, TALK01=True)
    assert "1 star," not in client.get(f"/{edition.code}/programme/TALK01").text
    sign_in(client, session, role="organiser", edition=edition)
    assert "1 star, 0 of them" in client.get(f"/{edition.code}/programme/TALK01").text


def test_only_pages_made_for_nobody_are_marked_to_be_kept(client, session, edition):
    address = f"/{edition.code}/programme"
    assert client.get(address).headers.get("X-Keep") == "page"
    assert "X-Keep" not in client.get(f"/{edition.code}/my-programme").headers
    sign_in(client, session, role="organiser", edition=edition)
    assert "X-Keep" not in client.get(address).headers
    assert "X-Keep" not in client.get(f"/{edition.code}/console/timetable").headers


def test_the_page_is_the_same_whoever_has_which_stars(client, app, session, edition):
    send(client, edition, TALK01=True)
    pages = [one.get(f"/{edition.code}/programme").text for one in (client, app.test_client())]
    assert pages[0] == pages[1]


def test_worker_manifest_icon_and_data_are_served_right(client, session, edition):
    worker = client.get(f"/{edition.code}/service-worker.js?lang=ur")
    assert worker.content_type == "text/javascript; charset=utf-8"
    assert '"language": "ur"' in worker.text
    manifest = client.get(f"/{edition.code}/programme.webmanifest")
    assert manifest.json["scope"] == f"/{edition.code}/" if manifest.is_json else True
    icon = client.get(f"/{edition.code}/icon-192.png")
    assert icon.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert client.get(f"/{edition.code}/icon-193.png").status_code == 404
    data = client.get(f"/{edition.code}/offline/talks.json?lang=zh").json
    assert [talk["title"] for talk in data["talks"] if talk["code"] == "TALK01"] == ["演讲 1"]
    assert problems(client.get(f"/{edition.code}/offline").text) == []


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_pages_are_well_made(client, session, edition, language):
    send(client, edition, TALK00=True, TALK02=True)
    client.post(f"/{edition.code}/my-programme/keys/calendar")
    for page in ("my-programme", "my-programme/email", "programme?view=list", "programme", "speakers",
                 "speakers/SP1", "programme/TALK01"):  # fmt: skip
        join = "&" if "?" in page else "?"
        answer = client.get(f"/{edition.code}/{page}{join}lang={language}")
        assert (page, answer.status_code, problems(answer.text)) == (page, 200, [])


def test_a_flood_of_stars_is_refused(client, edition):
    codes = {f"T{n:05d}": True for n in range(100_000)}
    answer = client.post(f"/{edition.code}/my-programme/stars", json={"stars": codes})
    assert answer.status_code in (400, 413)


def test_a_talk_that_left_the_programme_is_cancelled_in_calendars_and_told_on_the_page(
    client, session, edition
):
    send(client, edition, TALK01=True, TALK02=True)
    client.post(f"/{edition.code}/my-programme/keys/calendar")
    key = session.exec(select(Follower.calendar_key).where(Follower.edition_id == edition.id)).one()
    talk = session.exec(select(Talk).where(Talk.edition_id == edition.id, Talk.code == "TALK01")).one()
    session.delete(session.exec(select(Slot).where(Slot.talk_id == talk.id)).one())
    session.flush()
    forums.release(session, edition, "2")
    session.commit()
    feed = client.get(f"/{edition.code}/my-programme/calendar/{key}.ics").text
    events = {
        re.search("SUMMARY:(.*)", event).group(1).strip(): re.search("STATUS:(.*)", event).group(1).strip()
        for event in feed.split("BEGIN:VEVENT")[1:]
    }
    assert events == {"Talk 1": "CANCELLED", "Talk 2": "CONFIRMED"}
    page = client.get(f"/{edition.code}/my-programme").text
    assert "Talk 1" in page.split("No longer in the programme")[1]
    assert send(client, edition, TALK01=True).json["gone"] == ["TALK01"]
    assert send(client, edition, TALK01=False).json["stars"] == ["TALK02"]
