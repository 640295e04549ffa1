"""Moving talks by hand: checked against every rule first, written as one act."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from expo.board.asked import Wish
from expo.board.services.knowing import known as known_board
from expo.board.words import QUIET, Names, known, overlapping, told
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.hours import Hours
from expo.forums.models import TimetableAct
from expo.forums.services import Move, Spot, hold, place
from expo.forums.services.changes import refuse_stale
from expo.forums.timetable.checker import Violation, violations_of
from expo.forums.timetable.problem import Place, Problem
from expo.words import Sentence, say


class Doubtful(Refused):
    """The places break rules that a person may overrule; `sentences` say which."""

    def __init__(self, sentences: Sequence[Sentence]):
        super().__init__(sentences[0])
        self.sentences = list(sentences)


def move(
    session: Session, edition: Edition, wishes: Sequence[Wish], *, seen: int, anyway: bool, kind: str
) -> TimetableAct | None:
    """Give talks the places wished for, all or none, as one act; None where they are there already.

    Stale if somebody changed one of them after revision `seen`. Refused for pinned talks, places on no
    programme day, and a room or a person in two talks at once. Doubtful where a place newly breaks another
    hard rule, unless `anyway`.
    """
    hold(session, edition)
    refuse_stale(session, edition, [wish.talk for wish in wishes], seen)
    now = known_board(session, edition)
    broken = newly_broken(now.problem, now.places, placed(now.problem, now.hours, wishes))
    names = now.names
    if hard := [one for one in broken if overlapping(one)]:
        raise Refused(told(hard[0], names))
    if broken and not anyway:
        raise Doubtful([told(one, names) for one in broken])
    moves = [
        Move(wish.talk, Spot(wish.room, wish.start) if wish.room and wish.start else None) for wish in wishes
    ]
    return place(session, edition, moves, kind=kind, seen=seen)


def placed(problem: Problem, hours: Hours, wishes: Sequence[Wish]) -> dict[str, Place | None]:
    """The wishes in the solver's minutes. Refused for unknown or pinned talks, unknown rooms, other days."""
    talks = {talk.code: talk for talk in problem.talks}
    rooms = {room.code for room in problem.rooms}
    wanted: dict[str, Place | None] = {}
    for wish in wishes:
        if wish.talk not in talks:
            raise Refused(say("There is no talk %(talks)s in this timetable any more.", talks=wish.talk))
        if wish.talk in problem.locks:
            raise Refused(say("Talk %(talk)s is pinned. Unpin it before you move it.", talk=wish.talk))
        if wish.room is None or wish.start is None:
            wanted[wish.talk] = None
            continue
        if wish.room not in rooms:
            raise Refused(say("There is no room %(rooms)s in this edition.", rooms=wish.room))
        start = hours.minute(wish.start)
        end = start + talks[wish.talk].minutes
        if not any(start < day.end and day.start < end for day in hours.days):
            raise Refused(say("%(when)s lies on no programme day.", when=wish.start))
        wanted[wish.talk] = (wish.room, start)
    return wanted


def newly_broken(
    problem: Problem, places: Mapping[str, Place], wanted: Mapping[str, Place | None]
) -> list[Violation]:
    """The hard rules that the wanted places break and the present ones do not."""
    after = {code: spot for code, spot in {**places, **wanted}.items() if spot is not None}
    before = known(one for code in wanted if code in places for one in violations_of(problem, places, code))
    found: dict[tuple, Violation] = {}
    for code, spot in wanted.items():
        if spot is None or places.get(code) == spot:
            continue
        for one in violations_of(problem, after, code):
            key = (one.rule, frozenset((one.talk, one.other)))
            if one.rule not in QUIET and (key not in before or overlapping(one)):
                found.setdefault(key, one)
    return list(found.values())


def swap(
    session: Session, edition: Edition, one: str, other: str, *, seen: int, anyway: bool
) -> TimetableAct | None:
    """Let two talks change places as one act. Refused where one of them has none; otherwise as `move`."""
    now = known_board(session, edition)
    hours, places = now.hours, now.places
    if one not in places or other not in places or one == other:
        raise Refused(say("Choose two talks that both have a place."))
    wishes = [
        Wish(talk, places[to][0], hours.instant(places[to][1])) for talk, to in ((one, other), (other, one))
    ]
    return move(session, edition, wishes, seen=seen, anyway=anyway, kind="swap")


def told_of(problem: Problem, places: Mapping[str, Place], code: str, names: Names) -> list[Sentence]:
    """What is wrong with a talk where it is."""
    return [told(one, names) for one in violations_of(problem, places, code) if one.rule not in QUIET]
