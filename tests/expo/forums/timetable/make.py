"""Small programmes for the tests of the timetable."""

from hypothesis import strategies as st

from expo.forums.timetable.problem import Day, Problem, Room, Speaker, Talk, Timetable

ONE_DAY = (Day(0, 0, 120),)


def a_talk(code="A", minutes=30, **more) -> Talk:
    return Talk(code, more.pop("forum", ""), minutes, **more)


def a_problem(*talks, rooms=("R",), days=ONE_DAY, speakers=(), **more) -> Problem:
    made = tuple(Room(room, 100) if isinstance(room, str) else room for room in rooms)
    return Problem(tuple(days), made, tuple(speakers), tuple(talks), **more)


def held(**places) -> Timetable:
    return Timetable(places, (), 0, 0.0, {})


def _spans(latest):
    pair = st.tuples(st.integers(0, latest), st.integers(0, latest))
    return st.lists(pair, max_size=2).map(tuple)


@st.composite
def problems_and_places(draw) -> tuple[Problem, dict]:
    """A programme and places for some of its talks, sound or not."""
    problem = draw(problems())
    codes = [talk.code for talk in problem.talks] + ["gone"]
    place = st.tuples(st.sampled_from(["R0", "R1", "R2", "gone"]), st.integers(-5, 30).map(lambda k: 5 * k))
    return problem, draw(st.dictionaries(st.sampled_from(codes), place, max_size=8))


@st.composite
def problems(draw) -> Problem:
    """Odd little programmes: overlong talks, nobody there, rooms that do not exist, rings of order."""
    days = tuple(
        Day(k, 1440 * k, 1440 * k + draw(st.sampled_from([0, 55, 120, 200])), draw(_spans(1500)))
        for k in range(draw(st.integers(0, 2)))
    )
    rooms = tuple(
        Room(
            f"R{k}",
            draw(st.integers(0, 50)),
            draw(st.sampled_from(["", "east"])),
            frozenset(draw(st.sets(st.sampled_from(["screen", "stage"])))),
            draw(st.integers(0, 2)),
            draw(_spans(1700)),
            draw(st.sampled_from([{}, {}, {"rows": 40}, {"rows": 40, "round": 10}])),
            draw(st.sampled_from([0, 0, 15])),
        )
        for k in range(draw(st.integers(0, 3)))
    )
    codes = [f"T{k}" for k in range(draw(st.integers(0, 7)))]
    start = st.none() | st.integers(-10, 1700)
    talks = tuple(
        Talk(
            code,
            draw(st.sampled_from(["", "f", "g"])),
            draw(st.sampled_from([-5, 0, 7, 15, 30, 30, 45, 300])),
            tuple(draw(st.lists(st.sampled_from(["ann", "bob", "stranger"]), max_size=3))),
            draw(st.integers(0, 80)),
            frozenset(draw(st.sets(st.sampled_from(["screen"])))),
            draw(st.sampled_from([0, 0, 0, 1])),
            tuple(draw(st.lists(st.sampled_from([*codes, "gone"]), max_size=1))),
            draw(start) if draw(st.integers(0, 5)) == 0 else None,
            draw(st.sampled_from([None, None, None, "R0", "gone"])),
            draw(st.sampled_from([False, False, False, True])),
            draw(st.sampled_from([(), (), ("R0", "R1")])),
            draw(st.sampled_from([(), (), (0,), (7,)])),
            draw(st.sampled_from(["", "", "rows", "round"])),
            draw(st.sampled_from([0, 0, 0, 20])),
            draw(st.sampled_from([0, 0, 0, 10, 7])),
        )
        for code in codes
    )
    place = st.tuples(st.sampled_from(["R0", "R1", "gone"]), st.integers(0, 1700))
    chosen = st.dictionaries(st.sampled_from([*codes, "gone"]), place, max_size=3)
    return Problem(
        days,
        rooms,
        (Speaker("ann", draw(_spans(1700))), Speaker("bob")),
        talks,
        tuple(tuple(row) for row in draw(st.lists(st.lists(st.integers(-1, 9), max_size=4), max_size=4))),
        {("", "east"): 20},
        draw(st.sampled_from([0, 5, 12])),
        draw(st.none() | chosen),
        draw(st.sampled_from([0.0, 3.0])),
        locks=draw(chosen) if draw(st.integers(0, 3)) == 0 else {},
        step_min=draw(st.sampled_from([1, 5, 10, 0])),
    )
