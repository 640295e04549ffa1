"""Sums are what a recount of the passages gives, whatever the order in which these came."""

from random import Random

from sqlalchemy import text
from sqlmodel import select

from expo.figures import services
from expo.figures.models import Arrival, DaySum, GateDay, Minute, Stay, Visit
from tests.expo.figures.staged import a_house, added_up, annul, clock, passed
from tests.make import a_person


def sums(session) -> dict:
    rows = session.exec(select(DaySum)).all()
    return {(row.day.day, row.kind, row.country, row.counted): (row.visits, row.firsts) for row in rows}


def test_a_visitor_counts_once_and_a_visit_once_a_day(session):
    edition, gates = a_house(session)
    person = a_person(session, edition)
    for day, hour in ((16, 9), (15, 10), (15, 14), (15, 15)):  # the earlier day came in later
        passed(session, person, gates["E"], clock(edition, hour, day))
        assert added_up(session, edition) == []
    assert sums(session) == {
        (15, "visitor", "KZ", True): (1, 1),
        (16, "visitor", "KZ", True): (1, 0),
    }


def test_who_is_no_visitor_is_kept_apart_and_speakers_count_where_they_enter_a_hall(session):
    edition, gates = a_house(session)
    for kind in ("buyer", "vip", "press", "service", "organiser", "exhibitor", "speaker"):
        passed(session, a_person(session, edition, kind=kind), gates["T"], clock(edition, 10))
    passed(session, a_person(session, edition, kind="speaker"), gates["H"], clock(edition, 11))
    assert added_up(session, edition) == []
    counted = sorted(key[1] for key in sums(session) if key[3])
    assert counted == ["buyer", "speaker", "vip"]
    assert sums(session)[15, "speaker", "KZ", False] == (1, 0)


def test_annulled_refused_and_foreign_days_count_for_nothing(session):
    edition, gates = a_house(session)
    one, other = a_person(session, edition), a_person(session, edition)
    mistake = passed(session, one, gates["E"], clock(edition, 9, 15))
    passed(session, one, gates["E"], clock(edition, 9, 16))
    passed(session, other, gates["E"], clock(edition, 9, 14))  # building up
    passed(session, other, gates["E"], clock(edition, 9), verdict="refused", reason="rules")
    passed(session, None, gates["E"], clock(edition, 9), verdict="refused", reason="invalid")
    assert added_up(session, edition) == []
    annul(session, mistake)
    assert added_up(session, edition) == []
    assert sums(session) == {(16, "visitor", "KZ", True): (1, 1)}
    minutes = {(row.day.day, row.entries, row.refused) for row in session.exec(select(Minute))}
    assert minutes == {(14, 1, 0), (15, 0, 2), (16, 1, 0)}


def test_the_stay_is_what_lies_between_entries_and_exits_at_the_outer_gates(session):
    edition, gates = a_house(session)
    person = a_person(session, edition)
    for hour, gate, type in (
        (9, "E", "entry"), (9.5, "H", "entry"), (10, "H", "exit"), (11, "E", "exit"), (13, "E", "entry"),
        (13.1, "E", "entry"), (14.5, "E", "exit"), (16, "E", "entry"),
    ):  # fmt: skip
        passed(session, person, gates[gate], clock(edition, hour), type)
    passed(session, a_person(session, edition), gates["E"], clock(edition, 9))
    assert added_up(session, edition) == []
    stays = [visit.inside_s for visit in session.exec(select(Visit).order_by(Visit.person_id))]
    assert stays == [int(3.5 * 3600), None]
    assert [(stay.quarter, stay.people) for stay in session.exec(select(Stay))] == [(14, 1)]


def test_who_is_deleted_stays_counted(session):
    edition, gates = a_house(session)
    person = a_person(session, edition)
    passed(session, person, gates["E"], clock(edition, 9))
    added_up(session, edition)
    session.execute(text("DELETE FROM person WHERE id = :id"), {"id": person.id})
    assert services.recount(session, edition) == 0
    assert sums(session) == {(15, "visitor", "KZ", True): (1, 1)}


def test_a_thousand_passages_in_any_order_and_in_any_parts_make_the_same_sums(session):
    edition, gates = a_house(session)
    draw = Random(7)
    kinds = ("visitor", "buyer", "speaker", "press")
    people = [a_person(session, edition, kind=draw.choice(kinds)) for _ in range(60)]
    written = []
    for _ in range(1000):
        at = clock(edition, 8 + 10 * draw.random(), draw.choice((14, 15, 16)))
        type = draw.choice(("entry", "entry", "exit"))
        written.append(passed(session, draw.choice(people), draw.choice(list(gates.values())), at, type))
        if draw.random() < 0.05:
            annul(session, written.pop(draw.randrange(len(written))))
        if draw.random() < 0.02:
            services.catch_up(session, draw.choice((1, 7, 50)))
    assert added_up(session, edition) == []
    before = (sums(session), len(session.exec(select(Minute)).all()))
    services.recount(session, edition)
    session.expire_all()
    assert (sums(session), len(session.exec(select(Minute)).all())) == before
    assert added_up(session, edition) == []


def test_a_touched_sum_is_found(session):
    edition, gates = a_house(session)
    passed(session, a_person(session, edition), gates["E"], clock(edition, 9))
    added_up(session, edition)
    for table, number in (("day", "visits"), ("gate_day", "exits"), ("arrival", "entries")):
        session.execute(text(f"UPDATE figure_{table} SET {number} = {number} + 1"))
    session.execute(
        text("INSERT INTO figure_stay VALUES (:edition, '2023-06-15', 3, 1)"), {"edition": edition.id}
    )
    found = {line.split(":")[0] for line in services.differences(session, edition)}
    assert found == {"day", "gate", "arrival", "stay"}
    session.execute(text("UPDATE figure_minute SET entries = 5"))
    assert "minute" in {line.split(":")[0] for line in services.differences(session, edition)}
    services.recount(session, edition)
    assert services.differences(session, edition) == []


def test_a_recount_from_nothing_finds_what_was_added_up_bit_by_bit(session):
    edition, gates = a_house(session)
    draw = Random(11)
    people = [
        a_person(session, edition, kind=draw.choice(("visitor", "speaker", "press"))) for _ in range(30)
    ]
    for _ in range(400):
        at = clock(edition, 8 + 10 * draw.random(), draw.choice((14, 15, 16)))
        one = passed(
            session,
            draw.choice(people),
            draw.choice(list(gates.values())),
            at,
            draw.choice(("entry", "exit")),
        )
        if draw.random() < 0.1:
            annul(session, one)
    assert added_up(session, edition) == []
    every = """
        SELECT person_id, day, kind, country, counted, is_first, entries, first_at, last_at, inside_s
          FROM figure_visit ORDER BY 1, 2"""
    before = session.execute(text(every)).all()
    session.execute(text("DELETE FROM figure_visit WHERE person_id % 2 = 0"))
    session.execute(
        text("UPDATE figure_visit SET is_first = NOT is_first, inside_s = 7, entries = entries + 1")
    )
    session.execute(text("DELETE FROM figure_minute WHERE entries > 1"))
    assert services.recount(session, edition) == len({row.person_id for row in before})
    assert session.execute(text(every)).all() == before
    assert services.differences(session, edition) == []


def test_a_gate_that_moves_takes_its_arrivals_along(session):
    edition, gates = a_house(session)
    passed(session, a_person(session, edition), gates["E"], clock(edition, 9))
    added_up(session, edition)
    gates["E"].area_id = gates["H"].area_id
    session.flush()
    assert services.differences(session, edition) == []


def test_sums_go_with_what_they_were_made_of(session):
    edition, gates = a_house(session)
    passed(session, a_person(session, edition), gates["E"], clock(edition, 9))
    added_up(session, edition)
    session.execute(text("DELETE FROM figure_minute"))
    session.execute(text("DELETE FROM figure_visit"))
    for model in (DaySum, Stay, Arrival, GateDay):
        assert session.exec(select(model)).all() == []


def test_who_passes_once_more_leaves_the_sums_of_the_day_untouched(session):
    edition, gates = a_house(session)
    person = a_person(session, edition)
    passed(session, person, gates["E"], clock(edition, 9))
    added_up(session, edition)
    before = session.execute(text("SELECT xmin, cmin, ctid FROM figure_day")).all()
    passed(session, person, gates["E"], clock(edition, 10))
    added_up(session, edition)
    assert session.execute(text("SELECT xmin, cmin, ctid FROM figure_day")).all() == before
