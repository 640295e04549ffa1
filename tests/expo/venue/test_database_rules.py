"""What the database alone refuses, tried with raw SQL."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from expo.allocation.models import Allotment
from expo.db import make_engine
from expo.venue.models import ZoneArea
from tests.make import a_hall, a_stand, a_zone, an_edition, an_exhibitor

L_SHAPE = "[[0,0],[3000,0],[3000,1000],[1000,1000],[1000,3000],[0,3000]]"


@pytest.fixture
def floor(session):
    edition = an_edition(session)
    hall = a_hall(session, edition, code="H", width=3000, depth=3000)
    return hall, a_zone(session, edition, code="A"), a_zone(session, edition, code="B")


def _insert(session, hall, zone, x, y, width=300, depth=300, code="S"):
    session.execute(
        text(
            "INSERT INTO stand (edition_id, hall_id, zone_id, code, kind, x, y, width, depth, open_sides,"
            " power_kw) VALUES (:edition, :hall, :zone, :code, 'shell', :x, :y, :width, :depth, 0, 3)"
        ),
        {
            "edition": hall.edition_id, "hall": hall.id, "zone": zone.id, "code": code,
            "x": x, "y": y, "width": width, "depth": depth,
        },
    )  # fmt: skip


def _refused(session, rule, statement, **values):
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        session.execute(text(statement), values) if isinstance(statement, str) else statement()
    assert refused.value.orig.diag.constraint_name == rule


def _area(session, hall, zone, x, y, width, depth):
    session.add(ZoneArea(hall_id=hall.id, zone_id=zone.id, x=x, y=y, width=width, depth=depth))
    session.flush()


def test_two_stands_never_share_floor_but_may_share_a_wall(session, floor):
    hall, zone, _ = floor
    _insert(session, hall, zone, 0, 0, code="A")
    _insert(session, hall, zone, 300, 0, code="B")
    _refused(session, "stand_no_overlap", lambda: _insert(session, hall, zone, 299, 299, code="C"))


def test_neighbours_may_trade_places_in_one_statement(session, floor):
    hall, zone, _ = floor
    _insert(session, hall, zone, 0, 0, code="A")
    _insert(session, hall, zone, 300, 0, code="B")
    session.execute(text("UPDATE stand SET x = 300 - x WHERE hall_id = :hall"), {"hall": hall.id})
    session.execute(text("UPDATE stand SET x = x + 300 WHERE hall_id = :hall"), {"hall": hall.id})


def test_a_stand_lies_within_its_hall(session, floor):
    hall, zone, _ = floor
    _insert(session, hall, zone, 2700, 2700)
    move = "UPDATE stand SET x = 2701 WHERE hall_id = :hall"
    _refused(session, "stand_in_hall", move, hall=hall.id)
    _refused(session, "stand_in_hall", "UPDATE hall SET depth = 2999 WHERE id = :hall", hall=hall.id)


def test_a_stand_lies_within_an_l_shaped_outline(session, floor):
    hall, zone, _ = floor
    session.execute(
        text("UPDATE hall SET outline = (:l)::jsonb WHERE id = :id"), {"l": L_SHAPE, "id": hall.id}
    )
    _insert(session, hall, zone, 700, 700, code="inner corner")
    _insert(session, hall, zone, 2700, 700, code="at the end of the arm")
    for x, y in ((701, 1001), (1001, 701), (2000, 2000)):
        _refused(session, "stand_in_outline", lambda x=x, y=y: _insert(session, hall, zone, x, y))
    smaller = L_SHAPE.replace("3000,1000", "3000,900").replace("1000,1000", "1000,900")
    _refused(
        session,
        "stand_in_outline",
        "UPDATE hall SET outline = (:l)::jsonb WHERE id = :h",
        l=smaller,
        h=hall.id,
    )


def test_a_slanting_outline_cuts_stands_off(session, floor):
    hall, zone, _ = floor
    cut = "[[0,0],[3000,0],[3000,3000],[1500,3000]]"
    session.execute(text("UPDATE hall SET outline = (:l)::jsonb WHERE id = :h"), {"l": cut, "h": hall.id})
    _insert(session, hall, zone, 150, 0, code="on the line")
    _refused(session, "stand_in_outline", lambda: _insert(session, hall, zone, 298, 300))


def test_no_wall_runs_through_a_stand(session, floor):
    hall, zone, _ = floor
    wall = '[{"x1": 600, "y1": 0, "x2": 600, "y2": 900}]'
    session.execute(text("UPDATE hall SET walls = (:w)::jsonb WHERE id = :h"), {"w": wall, "h": hall.id})
    _insert(session, hall, zone, 300, 0, code="against the wall")
    _insert(session, hall, zone, 450, 900, code="past its end")
    _refused(session, "stand_clear_of_walls", lambda: _insert(session, hall, zone, 500, 300))
    moved = wall.replace("600", "450")
    _refused(
        session,
        "stand_clear_of_walls",
        "UPDATE hall SET walls = (:w)::jsonb WHERE id = :h",
        w=moved,
        h=hall.id,
    )


def test_a_stand_crosses_no_border_of_drawn_zones(session, floor):
    hall, a, b = floor
    _area(session, hall, a, 0, 0, 1000, 3000)
    _area(session, hall, a, 1000, 0, 500, 1000)
    _area(session, hall, b, 1500, 0, 1500, 3000)
    _insert(session, hall, a, 900, 0, code="over two areas of its zone")
    for x, y in ((900, 901), (1300, 0), (2000, 0), (1000, 1500)):
        _refused(session, "stand_in_zone", lambda x=x, y=y: _insert(session, hall, a, x, y, code="x"))
    _refused(session, "stand_in_zone", "DELETE FROM zone_area WHERE hall_id = :h AND width = 500", h=hall.id)
    _refused(session, "stand_in_zone", "UPDATE stand SET zone_id = :b WHERE hall_id = :h", b=b.id, h=hall.id)


def test_areas_of_zones_do_not_overlap_and_stay_in_their_hall(session, floor):
    hall, a, b = floor
    _area(session, hall, a, 0, 0, 1000, 1000)
    new = "INSERT INTO zone_area (hall_id, zone_id, x, y, width, depth) VALUES (:h, :z, :x, 0, 1000, 1000)"
    _refused(session, "zone_area_no_overlap", new, h=hall.id, z=b.id, x=999)
    _refused(session, "zone_area_in_hall", new, h=hall.id, z=b.id, x=2001)


def test_stands_do_not_outgrow_their_zone_nor_zones_their_edition(session, floor):
    hall, zone, _ = floor
    _insert(session, hall, zone, 0, 0, 3000, 3000)
    shrink = "UPDATE zone SET net_m2 = 899 WHERE id = :z"
    _refused(session, "zone_holds_its_stands", shrink, z=zone.id)
    edition = hall.edition_id
    _refused(
        session, "edition_holds_its_zones", "UPDATE edition SET gross_m2 = 9999 WHERE id = :e", e=edition
    )
    session.execute(text("UPDATE edition SET gross_m2 = 10000 WHERE id = :e"), {"e": edition})
    _refused(session, "edition_holds_its_zones", "UPDATE zone SET gross_m2 = 5001 WHERE id = :z", z=zone.id)


def test_a_stand_that_somebody_has_is_not_deleted_but_a_whole_edition_is(session, floor):
    hall, zone, _ = floor
    stand = a_stand(session, hall, zone, x=0, y=0)
    exhibitor = an_exhibitor(session, _edition(session, hall))
    session.add(Allotment(edition_id=hall.edition_id, stand_id=stand.id, exhibitor_id=exhibitor.id))
    session.flush()
    for statement in (
        "DELETE FROM stand WHERE hall_id = :h",
        "DELETE FROM hall WHERE id = :h",
        "DELETE FROM zone WHERE edition_id = (SELECT edition_id FROM hall WHERE id = :h)",
    ):
        _refused(session, "fk_allotment_stand_id", statement, h=hall.id)
    session.execute(text("DELETE FROM edition WHERE id = :e"), {"e": hall.edition_id})
    assert (
        session.execute(text("SELECT count(*) FROM stand WHERE hall_id = :h"), {"h": hall.id}).scalar() == 0
    )


def _edition(session, hall):
    from expo.editions.models import Edition

    return session.get(Edition, hall.edition_id)


def test_what_broke_a_rule_before_it_was_one_stays_until_it_is_moved(session, floor):
    hall, zone, _ = floor
    session.execute(text("ALTER TABLE stand DISABLE TRIGGER stand_fits"))
    _insert(session, hall, zone, 2900, 0)
    session.execute(text("ALTER TABLE stand ENABLE TRIGGER stand_fits"))
    session.execute(text("UPDATE stand SET power_kw = 9 WHERE hall_id = :h"), {"h": hall.id})
    move = "UPDATE stand SET y = 300 WHERE hall_id = :h"
    _refused(session, "stand_in_hall", move, h=hall.id)


def test_two_who_fill_a_zone_at_once_do_not_overfill_it(fresh_database):
    """Sixteen connections each put 9 m² into a zone of 36 m²: four get in."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        hall = a_hall(session, edition, width=9000)
        zone = a_zone(session, edition, net_m2=36)
        session.commit()
        session.refresh(hall), session.refresh(zone)
        session.expunge_all()
    outcomes, start = [], threading.Barrier(16)

    def put(number):
        with Session(engine) as session:
            start.wait()
            try:
                _insert(session, hall, zone, number * 300, 0, code=f"S{number}")
                session.commit()
                outcomes.append("in")
            except DBAPIError as refused:
                outcomes.append(refused.orig.diag.constraint_name)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(16)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    engine.dispose()
    assert sorted(outcomes) == ["in"] * 4 + ["zone_holds_its_stands"] * 12


def test_a_shrinking_hall_and_a_new_stand_at_its_edge_do_not_slip_past_each_other(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        hall, zone = a_hall(session, edition, width=3000), a_zone(session, edition)
        session.commit()
        session.refresh(hall), session.refresh(zone)
        session.expunge_all()
    outcome = []

    def shrink():
        with Session(engine) as session:
            try:
                session.execute(text("UPDATE hall SET width = 2000 WHERE id = :h"), {"h": hall.id})
                session.commit()
            except IntegrityError as refused:
                outcome.append(refused.orig.diag.constraint_name)

    with Session(engine) as session:
        _insert(session, hall, zone, 2700, 0)
        slower = threading.Thread(target=shrink)
        slower.start()
        slower.join(0.3)
        session.commit()
    slower.join()
    engine.dispose()
    assert outcome == ["stand_in_hall"]
