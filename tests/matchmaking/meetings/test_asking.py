"""From rows to the solver's problem, and from its agenda back to places."""

from matchmaking.meetings.agenda.checker import violations
from matchmaking.meetings.agenda.solve import build_agenda
from matchmaking.meetings.answers import Place
from matchmaking.meetings.asking import Ask, Desk, Set, Side, Wish, places_of, problem_of

LOCKED = Place(1, 1, 2, 1, 1)


def places(desks: tuple[Desk, ...], past: int = 0) -> list[Place]:
    ask = Ask(
        buyers=tuple(Side(n, n, frozenset(), 0, 5) for n in (1, 2)),
        exhibitors=tuple(Side(n, 10 + n, frozenset(), 0, 5) for n in (1, 2)),
        wishes=(Wish(1, 1, 50.0), Wish(2, 2, 50.0)),
        desks=desks,
        slots=3,
        day_slots=3,
        morning_slots=3,
        current=(Set(LOCKED, settled=True),),
        past=past,
    )
    problem = problem_of(ask, "whole")
    agenda = build_agenda(problem, rounds=400)
    assert violations(problem, agenda) == []
    return places_of(ask, agenda)


def test_a_settled_meeting_keeps_its_place():
    assert LOCKED in places((Desk(1), Desk(2)))


def test_a_settled_meeting_leaves_a_table_that_is_somebody_elses_alone_by_now():
    found = places((Desk(1, exclusive=True, exhibitor=2), Desk(2)))
    assert LOCKED._replace(table=2) in found
    assert {one.table for one in found if one.exhibitor == 2} == {1}


def test_what_has_begun_stays_where_it_was():
    assert LOCKED in places((Desk(1, exclusive=True, exhibitor=2), Desk(2)), past=2)
