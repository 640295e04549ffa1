"""What a place would mean before a talk is dropped there: rules, listeners, and better places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import column, func, table
from sqlmodel import Session, select

from expo.board.asked import Wish
from expo.board.services.knowing import known, with_stars
from expo.board.services.moving import newly_broken, placed
from expo.board.words import overlapping, told
from expo.editions.models import Edition
from expo.forums.models import Talk
from expo.forums.timetable.problem import Place, Problem
from expo.forums.timetable.suggest import suggest
from expo.words import Sentence, say

_star = table("demand", column("follower_id"), column("talk_id"))
MOST_EFFECTS = 3


@dataclass(frozen=True)
class Verdict:
    """Of some wished places: what the database forbids, what may be overruled, what it does to listeners."""

    forbidden: tuple[Sentence, ...]
    doubtful: tuple[Sentence, ...]
    effects: tuple[Sentence, ...]


@dataclass(frozen=True)
class Offer:
    """Another place for a talk: room, start, cost against where it is now, and what speaks for it."""

    room: str
    start: datetime
    minute: int
    cost: float
    displaced: tuple[str, ...]
    why: tuple[Sentence, ...]


def judge(session: Session, edition: Edition, wishes: Sequence[Wish]) -> Verdict:
    """What the wished places would break and cost. Refused where they cannot even be asked for."""
    now = known(session, edition)
    problem, places, names = now.problem, now.places, now.names
    wanted = placed(problem, now.hours, wishes)
    broken = newly_broken(problem, places, wanted)
    after = {code: spot for code, spot in {**places, **wanted}.items() if spot is not None}
    effects: list[Sentence] = []
    for code, spot in wanted.items():
        if spot is not None and len(effects) < MOST_EFFECTS:
            effects += _effects(session, edition, problem, after, code, names.talks)
    return Verdict(
        tuple(told(one, names) for one in broken if overlapping(one)),
        tuple(told(one, names) for one in broken if not overlapping(one)),
        tuple(effects[:MOST_EFFECTS]),
    )


def _effects(
    session: Session, edition: Edition, problem: Problem, after: dict[str, Place], code: str, titles
) -> list[Sentence]:
    """Whom it hurts without breaking a rule: who wanted both, and who finds no seat."""
    talks = {talk.code: talk for talk in problem.talks}
    talk, (room, start) = talks[code], after[code]
    beside = [
        other
        for other, (_, then) in after.items()
        if other != code
        and other in talks
        and start < then + talks[other].minutes
        and then < start + talk.minutes
    ]
    wanted, shared = _audience(session, edition, code, beside)
    found = [
        say(
            "%(count)s people who starred both would lose “%(talk)s”.",
            count=count,
            talk=titles.get(other, other),
        )
        for other, count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    ]
    seats = next(one for one in problem.rooms if one.code == room)
    capacity = seats.layouts.get(talk.layout, seats.capacity) if talk.layout else seats.capacity
    if wanted > capacity:
        found.append(say("%(count)s listeners would find no seat.", count=wanted - capacity))
    return found


def _audience(
    session: Session, edition: Edition, code: str, beside: Sequence[str]
) -> tuple[int, dict[str, int]]:
    """How many starred a talk, and how many of them each of some others too."""
    own = (
        select(_star.c.follower_id)
        .join(Talk, Talk.id == _star.c.talk_id)
        .where(Talk.edition_id == edition.id, Talk.code == code)
    )
    wanted = session.execute(select(func.count()).select_from(own.subquery())).scalar_one()
    rows = session.execute(
        select(Talk.code, func.count())
        .join(_star, _star.c.talk_id == Talk.id)
        .where(Talk.edition_id == edition.id, Talk.code.in_(beside), _star.c.follower_id.in_(own))
        .group_by(Talk.code)
    )
    return wanted, {row[0]: row[1] for row in rows} if beside else {}


def offers(session: Session, edition: Edition, code: str, count: int = 3) -> list[Offer]:
    """The best places for a talk beside all others as they are; free ones first."""
    now = known(session, edition)
    hours, titles = now.hours, now.names.talks
    if code not in {talk.code for talk in now.problem.talks}:
        return []
    problem = with_stars(session, edition, now)
    return [
        Offer(
            one.place[0], hours.instant(one.place[1]), one.place[1], one.cost, one.displaced,
            tuple(_why(one.cost, one.displaced, titles)),
        )
        for one in suggest(problem, now.places, code, count)
    ]  # fmt: skip


def _why(cost: float, displaced: Sequence[str], titles) -> list[Sentence]:
    words = []
    if displaced:
        words.append(say("“%(talk)s” would have to move.", talk=titles.get(displaced[0], displaced[0])))
    else:
        words.append(say("Free."))
    rounded = round(cost)
    if rounded < 0:
        words.append(say("%(count)s better for listeners than now.", count=-rounded))
    elif rounded > 0:
        words.append(say("%(count)s worse for listeners than now.", count=rounded))
    else:
        words.append(say("As good for listeners as now."))
    return words
