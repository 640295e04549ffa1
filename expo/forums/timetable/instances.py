"""Seeded make-believe programmes of any size, for measuring and testing."""

import numpy as np

from expo.forums.timetable.problem import Day, Fans, Problem, Room, Speaker, Talk

LENGTHS, ODDS = (20, 30, 45, 60, 90), (0.15, 0.3, 0.3, 0.2, 0.05)
DAY = 24 * 60


def small(seed: int = 1) -> Problem:
    """120 talks in 10 rooms over two days, 3,000 people with 12 favourites each."""
    return a_programme(seed, talks=120, rooms=10, people=3_000, days=2, forums=6)


def large(seed: int = 1) -> Problem:
    """1,000 talks in 35 rooms over five days, 20,000 people with 12 favourites each."""
    return a_programme(seed, talks=1_000, rooms=35, people=20_000, days=5, forums=30)


def a_programme(
    seed: int, *, talks: int, rooms: int, people: int, days: int, forums: int, favourites: int = 12
) -> Problem:
    """An opening with nothing beside it, then talks of forums with speakers, interpreters and fans.

    About three speakers in five give one talk only; one in eight is there on one day only; one talk in
    eight needs interpreting booths; a few follow another talk of their forum.
    """
    rng = np.random.default_rng(seed)
    halls = _rooms(rng, rooms)
    opening = Talk("T0000", "", 90, ("chair",), people, fixed_start=0, alone=True, fixed_room=halls[0].code)
    programme = [opening, *_talks(rng, talks - 1, forums, days)]
    fans, wanted = _fans(rng, programme, forums, people, favourites)
    programme = [
        Talk(**{**vars(talk), "demand": int(wanted[i] * 0.6)}) if i else talk
        for i, talk in enumerate(programme)
    ]
    return Problem(
        tuple(_day(index) for index in range(days)),
        tuple(halls),
        _speakers(rng, programme, days),
        tuple(programme),
        fans,
        travel_min={("east", "west"): 15},
        setup_min=10,
    )


def _day(index: int) -> Day:
    """Nine hours with coffee, lunch and coffee."""
    start = index * DAY
    rests = ((start + 90, start + 105), (start + 210, start + 270), (start + 390, start + 405))
    return Day(index, start, start + 540, rests)


def _rooms(rng: np.random.Generator, count: int) -> list[Room]:
    seats = np.sort(rng.integers(60, 400, count))[::-1]
    seats[0] = 1500
    return [
        Room(
            f"R{i + 1:02d}",
            int(seats[i]),
            "east" if i % 3 else "west",
            frozenset({"screen"} | ({"stream"} if i % 2 == 0 else set())),
            2 if i < (count + 1) // 2 else 0,
        )
        for i in range(count)
    ]


def _talks(rng: np.random.Generator, count: int, forums: int, days: int) -> list[Talk]:
    talks: list[Talk] = []
    last: dict[str, str] = {}
    for i in range(count):
        forum = f"F{i % forums + 1:02d}"
        speakers = {f"s{int(rng.integers(count * 3 // 2)):04d}" for _ in range(int(rng.integers(1, 4)))}
        booths = 2 if rng.random() < 0.125 else 0
        if booths:
            speakers.add(f"i{int(rng.integers(max(1, count // 40))):02d}")
        code = f"T{i + 1:04d}"
        after = (last[forum],) if forum in last and rng.random() < 0.08 else ()
        last[forum] = code
        gear = frozenset({"screen"} | ({"stream"} if rng.random() < 0.2 else set()))
        minutes = int(rng.choice(LENGTHS, p=ODDS))
        talks.append(Talk(code, forum, minutes, tuple(sorted(speakers)), 0, gear, booths, after))
    return talks


def _speakers(rng: np.random.Generator, talks: list[Talk], days: int) -> tuple[Speaker, ...]:
    """Some come for one day only, but nobody who shares a talk with another who does, or keeps an order."""
    ordered = {code for talk in talks for code in (talk.code, *talk.after) if talk.after}
    bound = {person for talk in talks if talk.code in ordered for person in talk.people}
    beside: dict[str, set[str]] = {}
    for talk in talks:
        for person in talk.people:
            beside.setdefault(person, set()).update(talk.people)
    short: dict[str, int] = {}
    for person in sorted(beside):
        if (
            person.startswith("s")
            and rng.random() < 0.125
            and not beside[person] & short.keys()
            and person not in bound
        ):
            short[person] = int(rng.integers(days)) * DAY
    return tuple(
        Speaker(person, ((short[person], short[person] + 540),) if person in short else ())
        for person in sorted(beside)
    )


def _fans(
    rng: np.random.Generator, talks: list[Talk], forums: int, people: int, favourites: int
) -> tuple[Fans, np.ndarray]:
    """Two favourites in three from one or two forums of one's own, the rest by popularity alone."""
    fame = rng.pareto(1.6, len(talks)) + 0.3
    fame[0] = 0.0
    forum = np.array([int(talk.forum[1:]) - 1 if talk.forum else -1 for talk in talks])
    by_forum = [np.flatnonzero(forum == f) for f in range(forums)]
    rows = []
    for _ in range(people):
        chosen: set[int] = set()
        mine = rng.choice(forums, size=min(forums, int(rng.integers(1, 3))), replace=False)
        pool = np.concatenate([by_forum[f] for f in mine])
        size = min(len(pool), favourites * 2 // 3)
        if size:
            chosen.update(rng.choice(pool, size, replace=False, p=fame[pool] / fame[pool].sum()).tolist())
        size = min(len(talks) - 1, favourites - len(chosen))
        if size > 0:
            chosen.update(rng.choice(len(talks), size, replace=False, p=fame / fame.sum()).tolist())
        rows.append(sorted(chosen))
    return Fans.of(rows), np.bincount([talk for row in rows for talk in row], minlength=len(talks))
