"""Giving a talk another length where it is: checked against every rule first, written as one act."""

from dataclasses import replace

from sqlmodel import Session, select

from expo.board.services.knowing import known as known_board
from expo.board.services.moving import Doubtful
from expo.board.words import QUIET, known, overlapping, told
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Talk, TimetableAct
from expo.forums.services import Move, Spot, hold, place
from expo.forums.services.changes import refuse_stale
from expo.forums.timetable.checker import Violation, violations_of
from expo.words import say

LONGEST_MIN = 1440


def stretch(
    session: Session, edition: Edition, code: str, minutes: int, *, seen: int, anyway: bool
) -> TimetableAct | None:
    """Let a placed talk last so many minutes from its start; None where it does so already.

    Stale if somebody changed its place after revision `seen`. Refused for a pinned talk, one without a
    place, and where a room or a person would be in two talks at once. Doubtful where the length newly
    breaks another hard rule, unless `anyway`.
    """
    if not 1 <= minutes <= LONGEST_MIN:
        raise Refused(say("A talk lasts from one minute to a day."))
    hold(session, edition)
    refuse_stale(session, edition, [code], seen)
    now = known_board(session, edition)
    if code in now.problem.locks:
        raise Refused(say("Talk %(talk)s is pinned. Unpin it before you move it.", talk=now.names.of(code)))
    if code not in now.places:
        raise Refused(say("%(talk)s has no place yet.", talk=now.names.of(code)))
    broken = _newly_broken(now, code, minutes)
    if hard := [one for one in broken if overlapping(one)]:
        raise Refused(told(hard[0], now.names))
    if broken and not anyway:
        raise Doubtful([told(one, now.names) for one in broken])
    talk = session.exec(select(Talk).where(Talk.edition_id == edition.id, Talk.code == code)).one()
    talk.minutes = minutes
    session.add(talk)
    session.flush()
    room, start = now.places[code]
    return place(session, edition, [Move(code, Spot(room, now.hours.instant(start)))], kind="stretch")


def _newly_broken(now, code: str, minutes: int) -> list[Violation]:
    """The hard rules that the talk breaks at its new length and not at its old one."""
    talks = tuple(replace(t, minutes=minutes) if t.code == code else t for t in now.problem.talks)
    before = known(violations_of(now.problem, now.places, code))
    return [
        one
        for one in violations_of(replace(now.problem, talks=talks), now.places, code)
        if one.rule not in QUIET
        and ((one.rule, frozenset((one.talk, one.other))) not in before or overlapping(one))
    ]
