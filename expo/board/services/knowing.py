"""The board in memory: read once, then followed along the log of changes.

What all but places is made of is kept under its fingerprint. Places, and what is wrong with them, go from
one revision to the next by the changes in between; where these do not lead on from what is kept (somebody
rolled back, or too much happened), places are read anew. Nothing kept is ever out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlmodel import Session, select

from expo.board.judged import judged, judged_after
from expo.board.services.reading import Bare, Board, Card, Spot, bare_board, spots_of
from expo.board.services.stamping import Stamp, stamp_of, stars_of
from expo.board.words import Names
from expo.editions.models import Edition
from expo.forums.hours import Hours
from expo.forums.models import SlotChange, TimetableAct
from expo.forums.services.asking import read_problem
from expo.forums.timetable.checker import Violation
from expo.forums.timetable.problem import Place, Problem
from expo.plan.kept import kept

MOST_CHANGES = 400
"""Whoever is further behind reads all places anew."""
BYTES_A_TALK = 6_000
"""Memory that one talk with its cards, names and stars takes, about."""


@dataclass(frozen=True)
class Known:
    """The board at one revision. `problem` holds no stars: it is good for hard rules alone."""

    stamp: Stamp
    bare: Bare
    problem: Problem
    spots: Mapping[str, Spot]
    places: Mapping[str, Place]
    wrong: tuple[Violation, ...]

    @property
    def hours(self) -> Hours:
        return self.bare.hours

    @property
    def names(self) -> Names:
        return self.bare.names

    def board(self) -> Board:
        """What is shown: every talk with the place it has."""
        cards = tuple(_placed(card, self.spots.get(card.code)) for card in self.bare.cards)
        return Board(self.hours, self.bare.rooms, self.bare.forums, cards)


class _Shelf:
    """What is kept of one edition's content, and the places known last."""

    def __init__(self, bare: Bare, problem: Problem) -> None:
        self.bare, self.problem = bare, problem
        self.last: Known | None = None


class _Change(NamedTuple):
    act: int
    talk: str
    spot: Spot | None


def known(session: Session, edition: Edition) -> Known:
    """The board as it is now. Refused where no day has programme hours."""
    stamp = stamp_of(session, edition)

    def shelf() -> _Shelf:
        bare = bare_board(session, edition)
        return _Shelf(bare, read_problem(session, edition, bare.hours, with_stars=False))

    held = kept(("board", stamp.content), shelf, lambda made: 1000 + BYTES_A_TALK * len(made.bare.cards))
    last = held.last
    if last is not None and last.stamp == stamp:
        return last
    now = (last and _followed(session, edition, stamp, last)) or _anew(session, edition, stamp, held)
    held.last = now
    return now


def _anew(session: Session, edition: Edition, stamp: Stamp, held: _Shelf) -> Known:
    spots = spots_of(session, edition)
    places, problem = _asked(held.bare.hours, held.problem, spots)
    return Known(stamp, held.bare, problem, spots, places, judged(problem, places))


def _asked(hours: Hours, problem: Problem, spots: Mapping[str, Spot]) -> tuple[dict[str, Place], Problem]:
    places = {code: (spot.room, hours.minute(spot.start)) for code, spot in spots.items()}
    pinned = {code: places[code] for code, spot in spots.items() if spot.locked}
    return places, problem if problem.locks == pinned else replace(problem, locks=pinned)


def _followed(session: Session, edition: Edition, stamp: Stamp, last: Known) -> Known | None:
    """From what was known last to now; None where the log does not lead there.

    The act known last is followed once more: within its own transaction it may have gone on.
    """
    news = _changes(session, edition, last)
    if news is None or len(news) > MOST_CHANGES:
        return None
    wanted = {one.talk: one.spot for one in news}
    moved = {code: spot for code, spot in wanted.items() if last.spots.get(code) != spot}
    after = {**last.spots, **moved}
    spots = {code: spot for code, spot in after.items() if spot is not None}
    places, problem = _asked(last.hours, last.problem, spots)
    return Known(
        stamp, last.bare, problem, spots, places, judged_after(problem, places, last.wrong, moved.keys())
    )


def _changes(session: Session, edition: Edition, last: Known) -> list[_Change] | None:
    rows = session.execute(
        select(
            TimetableAct.id, SlotChange.talk_code, SlotChange.room_after, SlotChange.after,
            SlotChange.locked_after,
        )
        .join(SlotChange, SlotChange.act_id == TimetableAct.id)
        .where(TimetableAct.edition_id == edition.id, TimetableAct.revision >= last.stamp.revision)
        .order_by(TimetableAct.revision, SlotChange.id)
        .limit(MOST_CHANGES + 1)
    ).all()  # fmt: skip
    if last.stamp.act is not None and all(row[0] != last.stamp.act for row in rows):
        return None
    rooms = last.bare.room_codes
    if any(row[2] is not None and row[2] not in rooms for row in rows):
        return None
    return [
        _Change(act, talk, None if during is None else Spot(rooms[room], during.lower, during.upper, locked))
        for act, talk, room, during, locked in rows
    ]


def _placed(card: Card, spot: Spot | None) -> Card:
    if spot is None:
        return card
    return replace(card, room=spot.room, start=spot.start, end=spot.end, locked=spot.locked)


def with_stars(session: Session, edition: Edition, now: Known) -> Problem:
    """The problem with who wants to hear what: for weighing places against each other."""
    key = ("board stars", now.stamp.content, stars_of(session, edition))
    starred = kept(
        key,
        lambda: read_problem(session, edition, now.hours),
        lambda made: 1000 + BYTES_A_TALK * len(made.talks) + 16 * len(made.stars().talks),
    )
    return replace(starred, locks=now.problem.locks)
