"""Edits of a hall through its JSON: all or nothing, against a version, whatever is sent."""

import json
import threading

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.db import make_engine
from expo.venue import services
from expo.venue.editing.requests import read_operations
from expo.venue.models import Hall, HallEdit, Stand
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def hall(client, session, edition):
    sign_in(client, session, "organiser", edition)
    hall = a_hall(session, edition, code="H", width=3000, depth=3000)
    zone = a_zone(session, edition, code="Z", net_m2=500)
    a_zone(session, edition, code="Y", net_m2=9)
    for number in range(3):
        a_stand(session, hall, zone, code=f"A-{number + 1}", x=300 * number, y=0)
    session.commit()
    return hall


def _post(client, edition, hall, *operations, version=None, dry=False):
    session_version = hall.version if version is None else version
    body = {"version": session_version, "operations": list(operations), "dry_run": dry}
    return client.post(f"/{edition.code}/console/floor/{hall.id}/operations", json=body)


def _boxes(session, hall):
    session.expire_all()
    rows = session.exec(select(Stand).where(Stand.hall_id == hall.id).order_by(Stand.code))
    return {row.code: (row.x, row.y, row.width, row.depth) for row in rows}


def test_a_hall_is_told_as_json(client, session, edition, hall):
    found = client.get(f"/{edition.code}/console/floor/{hall.id}.json").json
    assert (found["version"], found["hall"]["width"], len(found["stands"])) == (1, 3000, 3)
    (line,) = [line for line in found["ledger"] if line["zone"] == "Z"]
    assert line == {
        "zone": "Z", "stands": 3, "here_cm2": 270_000, "used_cm2": 270_000, "net_m2": 500, "gross_m2": 5000,
    }  # fmt: skip


def test_neighbours_move_over_each_others_place_at_once(client, session, edition, hall):
    answer = _post(
        client, edition, hall, {"op": "move", "stands": ["A-1", "A-2", "A-3"], "dx": 300, "dy": 300}
    )
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert _boxes(session, hall)["A-1"] == (300, 300, 300, 300)


def test_what_was_done_is_undone_by_the_operation_that_comes_back(client, session, edition, hall):
    before = client.get(f"/{edition.code}/console/floor/{hall.id}.json").json
    done = _post(
        client, edition, hall,
        {"op": "split", "stand": "A-1", "parts": 2, "axis": "x"},
        {"op": "delete", "stands": ["A-2"]},
        {"op": "rename", "codes": {"A-3": "A-2"}},
        {"op": "hall", "values": {"walls": [{"x1": 0, "y1": 2000, "x2": 900, "y2": 2000}]}},
        {"op": "areas", "areas": [{"zone": "Z", "x": 0, "y": 0, "width": 3000, "depth": 1000}]},
        {"op": "generate", "layout": {"shape": "block", "x": 900, "y": 400, "across": 3},
         "pattern": "B{nr:02}"},
    )  # fmt: skip
    assert (done.status_code, len(_boxes(session, hall))) == (200, 9)
    undone = _post(client, edition, hall, *done.json["undo"], version=2)
    after = client.get(f"/{edition.code}/console/floor/{hall.id}.json").json
    assert (undone.status_code, after["version"]) == (200, 3)
    assert {**after, "version": 1} == before
    redone = _post(client, edition, hall, *undone.json["undo"], version=3)
    assert (redone.status_code, len(_boxes(session, hall))) == (200, 9)


def test_a_stale_version_is_told_what_changed_and_who(client, session, edition, hall):
    _post(client, edition, hall, {"op": "delete", "stands": ["A-3"]})
    answer = _post(client, edition, hall, {"op": "move", "stands": ["A-1"], "dx": 0, "dy": 300}, version=1)
    assert answer.status_code == 409
    assert answer.json["edits"][0]["what"] == ["deleted 1 stand (A-3)"]
    assert answer.json["edits"][0]["who"].startswith("Person")
    assert _boxes(session, hall)["A-1"] == (0, 0, 300, 300)


def test_a_violation_names_operation_stand_and_rule_and_changes_nothing(client, session, edition, hall):
    answer = _post(
        client, edition, hall,
        {"op": "move", "stands": ["A-3"], "dx": 300, "dy": 0},
        {"op": "place", "stand": "A-1", "x": 100, "y": 0, "width": 300, "depth": 300},
    )  # fmt: skip
    assert answer.status_code == 422
    assert {key: answer.json[key] for key in ("operation", "rule", "stand", "error")} == {
        "operation": 1, "rule": "stand_no_overlap", "stand": "A-1", "error": "Stand A-1 would overlap A-2.",
    }  # fmt: skip
    assert _boxes(session, hall)["A-3"] == (600, 0, 300, 300)


def test_trying_out_changes_nothing_and_lists_every_trouble(client, session, edition, hall):
    answer = _post(
        client, edition, hall, {"op": "move", "stands": ["A-1", "A-2"], "dx": 2800, "dy": 0}, dry=True
    )
    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert [trouble["rule"] for trouble in answer.json["troubles"]] == ["stand_in_hall", "stand_in_hall"]
    assert _boxes(session, hall)["A-1"] == (0, 0, 300, 300)
    assert session.exec(select(HallEdit)).all() == []


@pytest.mark.parametrize(
    ("operation", "rule"),
    [
        ({"op": "set", "stands": ["A-1"], "values": {"zone": "NO"}}, "zone"),
        ({"op": "set", "stands": ["A-1", "A-2"], "values": {"zone": "Y"}}, "zone_holds_its_stands"),
        ({"op": "rename", "codes": {"A-1": "A-2"}}, "code"),
        ({"op": "merge", "stands": ["A-1", "A-3"]}, "merge"),
        ({"op": "delete", "stands": ["B-9"]}, "stand"),
        ({"op": "hall", "values": {"outline": [[300, 0], [3000, 0], [3000, 3000]]}}, "stand_in_outline"),
        ({"op": "hall", "values": {"outline": [[0, 0], [3000, 3000], [3000, 0], [0, 3000]]}}, "outline"),
        ({"op": "hall", "values": {"walls": [{"x1": 100, "y1": 0, "x2": 100, "y2": 900}]}},
         "stand_clear_of_walls"),
        ({"op": "areas", "areas": [{"zone": "Y", "x": 0, "y": 0, "width": 900, "depth": 900}]},
         "stand_in_zone"),
        ({"op": "generate", "layout": {"shape": "row", "x": 2900, "y": 2900}, "zone": "Z"}, "layout"),
    ],
)  # fmt: skip
def test_every_rule_has_its_sentence(client, session, edition, hall, operation, rule):
    answer = _post(client, edition, hall, operation)
    assert (answer.status_code, answer.json["rule"]) == (422, rule)
    assert len(_boxes(session, hall)) == 3


def test_a_stand_that_somebody_has_keeps_its_size_but_may_move(client, session, edition, hall):
    stand = session.exec(select(Stand).where(Stand.code == "A-1", Stand.hall_id == hall.id)).one()
    exhibitor = an_exhibitor(session, edition)
    session.add(Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.commit()
    for operation in (
        {"op": "delete", "stands": ["A-1"]},
        {"op": "split", "stand": "A-1", "parts": 2, "axis": "y"},
        {"op": "merge", "stands": ["A-1", "A-2"]},
        {"op": "place", "stand": "A-1", "x": 0, "y": 0, "width": 300, "depth": 200},
        {"op": "put", "delete": ["A-1"]},
    ):
        answer = _post(client, edition, hall, operation)
        assert (answer.status_code, answer.json["error"][:21]) == (422, "Stand A-1 is given to")
    moved = _post(client, edition, hall, {"op": "move", "stands": ["A-1"], "dx": 0, "dy": 600})
    assert (moved.status_code, list(moved.json["taken"])) == (200, ["A-1"])


HOSTILE = [
    b"", b"{", b"[]", b"null", b"NaN", b'{"version": NaN, "operations": []}', b"[" * 100_000,
    b'{"version":1}',
    b'{"version": 1, "operations": {}}', b'{"version": 1, "operations": []}',
    b'{"version": "1", "operations": [1]}',
    b'{"version": 1e400, "operations": [{"op":"delete","stands":["A-1"]}]}',
    b'{"version": 1, "operations": [{"op":"nothing"}]}', b'{"version": 1, "operations": [{"op":["add"]}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["A-1"],"dx":1.5,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["A-1"],"dx":true,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":"A-1","dx":1,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["A-1"],"dx":' + b"9" * 5000 + b',"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["A-1"],"dx":99999999999,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["A\\u0000"],"dx":1,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"move","stands":["\\ud800"],"dx":1,"dy":0}]}',
    b'{"version": 1, "operations": [{"op":"rename","codes":{"A-1":"\\u202eevil"}}]}',
    b'{"version": 1, "operations": [{"op":"delete","stands":["A-1"],"extra":1}]}',
    b'{"version": 1, "operations": [{"op":"split","stand":"A-1","parts":1000000000,"axis":"x"}]}',
    b'{"version": 1, "operations": [{"op":"hall","values":{"outline":[[0,0],[1]]}}]}',
    b'{"version": 1, "operations": [{"op":"hall","values":{"code":"X"}}]}',
    b'{"version": 1, "operations": [{"op":"renumber","stands":["A-1"],"pattern":"{nr.__class__}"}]}',
    b'{"version": 1, "operations": [{"op":"renumber","stands":["A-1"],"pattern":"{nr:999999999}"}]}',
    b'{"version": 1, "operations": [{"op":"generate","layout":{"shape":"row","x":0,"y":0,"across":900000}}]}',
    b'{"version": 1, "operations": [{"op":"generate","layout":{"shape":"row","x":0,"y":0,"__proto__":1}}]}',
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_requests_get_a_sentence_and_change_nothing(client, session, edition, hall, body):
    answer = client.post(
        f"/{edition.code}/console/floor/{hall.id}/operations", data=body, content_type="application/json"
    )
    assert (answer.status_code in (400, 422), len(answer.json["error"]) > 10) == (True, True)
    assert len(_boxes(session, hall)) == 3


def test_a_thousand_million_stands_are_refused_before_they_are_laid(client, session, edition, hall):
    for layout in (
        {"shape": "block", "across": 5000, "down": 5000},
        {"shape": "plots", "across": 5000, "down": 5000, "width": 3000, "depth": 3000},
        {
            "shape": "fill",
            "width": 100_000,
            "depth": 100_000,
            "unit_width": 50,
            "unit_depth": 50,
            "across": 5,
        },
        {"shape": "corner", "across": 5000, "down": 5000},
    ):
        answer = _post(
            client, edition, hall, {"op": "generate", "layout": {"x": 0, "y": 0, **layout}, "zone": "Z"}
        )
        assert (answer.status_code, "5000" in answer.json["error"]) == (422, True)


def test_a_whole_hall_is_filled_in_one_go_round_its_columns(client, session, edition):
    sign_in(client, session, "organiser", edition)
    columns = [{"x": 3000, "y": 3000, "width": 80, "depth": 80}]
    hall = a_hall(session, edition, width=12_000, depth=10_000, columns=columns)
    a_zone(session, edition, code="Z", gross_m2=9000, net_m2=9000)
    session.commit()
    layout = {
        "shape": "fill", "x": 0, "y": 0, "width": 12_000, "depth": 10_000, "across": 8, "wall_rows": True,
    }  # fmt: skip
    answer = _post(client, edition, hall, {"op": "generate", "layout": layout, "pattern": "{ROW}{nr:02}"})
    boxes = _boxes(session, hall)
    assert answer.json.get("error") is None
    assert (answer.status_code, len(boxes) > 300, answer.json["notes"][0][:8]) == (200, True, "Left out")
    assert session.execute(text("SELECT changes FROM audit_entry WHERE subject = 'hall'")).all() != []
    assert {"A01", "B01"} <= set(boxes)


def test_only_organisers_edit_floors(client, session, edition, hall):
    sign_in(client, session, "exhibitor", edition)
    assert client.get(f"/{edition.code}/console/floor/{hall.id}.json").status_code == 403
    assert _post(client, edition, hall, {"op": "delete", "stands": ["A-1"]}).status_code == 403


def test_a_hall_of_another_edition_is_not_there(client, session, edition, hall):
    other = a_hall(session, an_edition(session))
    session.commit()
    assert client.get(f"/{edition.code}/console/floor/{other.id}.json").status_code == 404


def test_json_that_is_told_can_be_put_back(client, session, edition, hall):
    stands = client.get(f"/{edition.code}/console/floor/{hall.id}.json").json["stands"]
    put = {"op": "put", "stands": [{"was": stand["code"], **stand, "power_kw": 9} for stand in stands]}
    assert _post(client, edition, hall, json.loads(json.dumps(put))).status_code == 200
    session.expire_all()
    assert session.get(Hall, hall.id).version == 2


def test_of_sixteen_who_save_the_same_version_at_once_one_succeeds(fresh_database):
    """Sixteen connections edit version 1 of a hall; one is in time, the others are told."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        hall = a_hall(session, edition)
        zone = a_zone(session, edition)
        a_stand(session, hall, zone, code="A", x=0, y=0)
        session.commit()
        number = hall.id
    outcomes, start = [], threading.Barrier(16)

    def save(at):
        with Session(engine) as session:
            start.wait()
            try:
                move = read_operations([{"op": "move", "stands": ["A"], "dx": 100 * at, "dy": 0}])
                services.edit(session, session.get(Hall, number), 1, move)
                session.commit()
                outcomes.append("saved")
            except services.Stale as stale:
                outcomes.append(f"stale at {stale.version}")

    threads = [threading.Thread(target=save, args=(at,)) for at in range(1, 17)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    with Session(engine) as session:
        assert (session.get(Hall, number).version, len(session.exec(select(HallEdit)).all())) == (2, 1)
    engine.dispose()
    assert sorted(outcomes) == ["saved", *["stale at 2"] * 15]
