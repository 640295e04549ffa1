"""Which talks to look at together with a few that are in trouble."""

from collections.abc import Collection, Mapping

from expo.forums.timetable.board import fits
from expo.forums.timetable.problem import Place, Problem


def around(problem: Problem, places: Mapping[str, Place], codes: Collection[str], most: int) -> set[str]:
    """The talks named and those nearest to them, at most `most` (never fewer than those named).

    Near is who shares people with them, then who follows or precedes them, then who is in a room that one
    of them could use, of those the ones of similar length first.
    """
    wanted = [talk for talk in problem.talks if talk.code in codes]
    people = {who for talk in wanted for who in talk.people}
    linked = {code for talk in wanted for code in talk.after}
    rooms = {room.code for room in problem.rooms if any(fits(talk, room) for talk in wanted)}
    lengths = [talk.minutes for talk in wanted] or [0]

    def distance(talk) -> tuple:
        away = min(abs(talk.minutes - length) for length in lengths)
        shares = not people.intersection(talk.people)
        follows = talk.code not in linked and not codes_in(talk.after, codes)
        here = talk.code in places and places[talk.code][0] in rooms
        return (talk.code not in codes, shares, follows, not here, away, talk.code)

    ordered = sorted(problem.talks, key=distance)
    return {talk.code for talk in ordered[: max(most, len(wanted))]}


def codes_in(some: Collection[str], codes: Collection[str]) -> bool:
    """Whether any of some codes is among others."""
    return any(code in codes for code in some)
