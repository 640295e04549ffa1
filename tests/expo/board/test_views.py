"""The board's pages and what its script asks."""

import pytest

from expo.forums.services import revision_of
from tests.expo.board.making import a_small_programme, at, put
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in

JSON = {"Accept": "application/json"}
NINE = "2023-06-15T01:00:00.000Z"
"""Nine o'clock in Qingdao, as a browser writes it."""


@pytest.fixture
def edition(session, client):
    edition = a_small_programme(session)
    sign_in(client, session, "organiser", edition)
    session.commit()
    return edition


def at_board(edition, rest=""):
    return f"/{edition.code}/console/board{rest}"


def move(client, edition, talk="TALK0C", room="HALL", start=NINE, **more):
    return client.post(
        at_board(edition, "/moves.json"),
        json={"seen": 0, "moves": [{"talk": talk, "room": room, "start": start}], **more},
    )


def test_the_board_shows_days_talks_and_a_table_without_a_script(client, session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    page = client.get(at_board(edition)).get_data(as_text=True)
    assert problems(page) == []
    assert "Talk A" in page and "Dragging needs JavaScript" in page
    state = client.get(at_board(edition, "/state.json")).json
    assert (state["revision"], len(state["days"]), len(state["talks"])) == (1, 2, 4)
    assert [(t["room"], t["start"], t["day"]) for t in state["talks"] if t["room"]] == [("HALL", 0, 0)]


def test_a_move_answers_with_what_is_new_and_a_late_one_with_both_versions(client, edition):
    first = move(client, edition)
    assert (first.status_code, first.json["revision"], first.json["undo"]) == (200, 1, 1)
    assert [(c["talk"], c["room"], c["start"], c["mine"]) for c in first.json["changes"]] == [
        ("TALK0C", "HALL", 0, True)
    ]
    late = move(client, edition, room="SIDE")
    assert (late.status_code, late.json["stale"], late.json["revision"]) == (409, True, 1)
    assert "has changed “Talk C” meanwhile" in late.json["error"]


def test_a_doubtful_move_is_made_only_when_it_is_meant(client, edition):
    friday = {"talk": "TALK0A", "start": "2023-06-16T01:00:00Z"}
    asked = move(client, edition, **friday)
    assert asked.status_code == 200
    assert asked.json == {"doubts": ["Talk A: Aigul Bekova is not available then."]}
    made = move(client, edition, **friday, anyway=True)
    assert (made.status_code, made.json["problems"][0]["talk"]) == (200, "TALK0A")
    assert move(client, edition, talk="TALK0B", start="2023-06-16T01:10:00Z", anyway=True).status_code == 409


def test_nothing_new_is_an_empty_answer_and_then_none_at_all(client, edition):
    move(client, edition)
    url = at_board(edition, "/changes.json?since=1")
    first = client.get(url)
    assert (first.status_code, first.json) == (200, {"revision": 1, "changes": [], "here": []})
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(at_board(edition, "/changes.json?since=0")).json["changes"][0]["talk"] == "TALK0C"
    for since in ("-5", "99", "9" * 40, "x"):
        assert client.get(at_board(edition, f"/changes.json?since={since}")).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        None, [], "x", {}, {"seen": "1"}, {"seen": -1}, {"seen": 10**30}, {"seen": True},
        {"seen": 0, "moves": []},
        {"seen": 0, "moves": [{"talk": "TALK0C", "room": "HALL", "start": "9999-12-31T23:59Z"}]},
        {"seen": 0, "moves": [{"talk": "TALK0C", "room": "HALL", "start": -5}]},
        {"seen": 0, "moves": [{"talk": "TALK0C", "room": "HA\u0000LL", "start": NINE}]},
        {"seen": 0, "moves": [{"talk": "TALK0C", "room": {"a": 1}, "start": NINE}]},
        {"seen": 0, "moves": [{"talk": "' OR 1", "room": "HALL", "start": NINE}]},
        {"seen": 0, "moves": [{"talk": "NOBODY", "room": "HALL", "start": NINE}]},
        {"seen": 0, "talks": ["TALK0C"] * 3000},
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused_in_words_and_change_nothing(client, session, edition, body):
    for end in ("moves", "pins", "check"):
        answer = client.post(at_board(edition, f"/{end}.json"), json=body, headers=JSON)
        assert (answer.status_code, bool(answer.json["error"])) == (409, True)
    assert revision_of(session, edition) == 0


def test_only_what_a_hand_does_can_be_asked_for(client, session, edition):
    assert [move(client, edition, kind=kind).status_code for kind in ("build", "undo", 5)] == [409, 409, 409]
    assert revision_of(session, edition) == 0


def test_undo_and_redo_answer_with_what_changed(client, edition):
    move(client, edition)
    undone = client.post(at_board(edition, "/undo.json"), json={"seen": 1})
    assert (undone.status_code, undone.json["changes"][0]["room"], undone.json["redo"]) == (200, None, 1)
    assert client.post(at_board(edition, "/redo.json"), json={"seen": 2}).json["changes"][0]["room"] == "HALL"
    assert client.post(at_board(edition, "/redo.json"), json={"seen": 3}).status_code == 409


def test_places_are_offered_and_judged(client, session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    offers = client.get(at_board(edition, "/places.json?talk=TALK0B")).json["offers"]
    assert len(offers) == 3
    body = {"seen": 1, "moves": [{"talk": "TALK0B", "room": "SIDE", "start": NINE}]}
    judged = client.post(at_board(edition, "/check.json"), json=body).json
    assert judged["forbidden"] == ["Talk A and Talk B need the same person at the same time."]
    assert client.get(at_board(edition, "/places.json?talk=%2e")).status_code == 409


def test_one_talk_is_moved_by_form_and_a_refusal_keeps_what_was_typed(client, session, edition):
    url = at_board(edition, "/talks/TALK0A")
    assert problems(client.get(url).get_data(as_text=True)) == []
    friday = {"seen": 0, "day": "2023-06-16", "start": "09:15", "room": "SIDE"}
    refused = client.post(url, data=friday).get_data(as_text=True)
    assert "Aigul Bekova is not available then" in refused and 'value="09:15"' in refused
    assert client.post(url, data={**friday, "anyway": "y"}).status_code == 302
    assert client.post(f"{url}/pin", data={"seen": 1}).status_code == 302
    assert "Pinned" in client.get(url).get_data(as_text=True)
    client.post(f"{url}/off", data={"seen": 2})
    assert revision_of(session, edition) == 2
    for verb in ("unpin", "off", "swap"):
        assert client.post(f"{url}/{verb}", data={"seen": 2**40, "other": "\x01"}).status_code == 302
    assert client.get(at_board(edition, "/talks/NOBODY")).status_code == 404


def test_several_talks_are_moved_by_form(client, session, edition):
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    put(session, edition, "TALK0D", "HALL", at(15, 9, 40))
    form = {
        "seen": 2,
        "forum": "",
        "day": "",
        "room": "HALL",
        "verb": "shift",
        "minutes": "60",
        "to_day": "2023-06-16",
        "to_room": "SIDE",
    }
    assert client.post(at_board(edition, "/block"), data=form).status_code == 302
    state = client.get(at_board(edition, "/state.json")).json
    assert [(t["room"], t["start"]) for t in state["talks"] if t["room"]] == [("SIDE", 1500), ("SIDE", 1540)]
    nothing = client.post(at_board(edition, "/block"), data=form).get_data(as_text=True)
    assert "No talk that may be changed fits this description." in nothing
    away = {**form, "room": "", "to_day": "", "minutes": "9999999", "to_room": ""}
    assert client.post(at_board(edition, "/block"), data=away).status_code == 200
    assert client.post(at_board(edition, "/undo")).status_code == 302


def test_history_is_read_and_only_those_who_may_edit_come_in(client, session, edition):
    move(client, edition)
    page = client.get(at_board(edition, "/history")).get_data(as_text=True)
    assert problems(page) == []
    assert "Talk C" in page
    other = an_edition(session)
    session.commit()
    assert client.get(at_board(other, "/state.json")).status_code == 403
    assert client.post(at_board(other, "/moves.json"), json={}).status_code == 403
