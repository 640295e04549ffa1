"""What an organiser has to do, in order, and how far each step is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expo.words import Sentence, say


@dataclass(frozen=True)
class Facts:
    """The counts that say how far an edition is; `exhibitors` by state, `meetings` by state."""

    exhibitors: Mapping[str, int]
    stands: int
    runs: int
    placed: int
    talks: int
    slots: int
    version: str
    people: int
    badges: int
    printed: int
    buyers: int
    meetings: Mapping[str, int]
    deals: int


@dataclass(frozen=True)
class Step:
    """One step: `state` is done, now, todo or blocked; `endpoint` is the page where it is done."""

    label: Sentence
    state: str
    note: Sentence
    endpoint: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class _Rule:
    label: Sentence
    done: bool
    ready: bool
    note: Sentence
    endpoint: str
    values: Mapping[str, Any]


def steps(facts: Facts) -> list[Step]:
    """The steps in order. The first one that is not done and can be begun is what is to do now."""
    found, now_given = [], False
    for rule in _rules(facts):
        if rule.done:
            state = "done"
        elif not rule.ready:
            state = "blocked"
        else:
            state, now_given = ("todo" if now_given else "now"), True
        found.append(Step(rule.label, state, rule.note, rule.endpoint, rule.values))
    return found


def _rules(facts: Facts) -> list[_Rule]:
    return [*_place_rules(facts), *_people_rules(facts)]


def _rule(label: Sentence, done: bool, ready: bool, note: Sentence, endpoint: str, **values: Any) -> _Rule:
    return _Rule(label, done, ready, note, endpoint, values)


def _place_rules(facts: Facts) -> list[_Rule]:
    waiting, accepted = facts.exhibitors.get("submitted", 0), facts.exhibitors.get("accepted", 0)
    return [
        _rule(
            say("Put in the halls and stands"),
            facts.stands > 0,
            True,
            say("Stands: %(count)s.", count=facts.stands),
            "folder.edition_files",
        ),
        _rule(
            say("Decide on applications"),
            accepted > 0 and waiting == 0,
            sum(facts.exhibitors.values()) > 0,
            say("Waiting: %(waiting)s, accepted: %(accepted)s.", waiting=waiting, accepted=accepted),
            "exhibitors.review_queue",
            state="submitted",
        ),
        _rule(
            say("Allocate the stands and publish the plan"),
            facts.placed > 0 and facts.placed >= accepted,
            facts.stands > 0 and accepted > 0,
            say(
                "Placed: %(placed)s of %(accepted)s; runs so far: %(runs)s.",
                placed=facts.placed,
                accepted=accepted,
                runs=facts.runs,
            ),
            "allocation.run_list",
        ),
        _rule(
            say("Build the timetable"),
            facts.talks > 0 and facts.slots >= facts.talks,
            facts.talks > 0,
            say("Talks with a place: %(placed)s of %(talks)s.", placed=facts.slots, talks=facts.talks),
            "forums.timetable",
        ),
        _rule(
            say("Release the programme"),
            bool(facts.version),
            facts.slots > 0,
            say("Released: version %(version)s.", version=facts.version)
            if facts.version
            else say("Nothing is released: the public sees no programme."),
            "forums.timetable",
        ),
    ]


def _people_rules(facts: Facts) -> list[_Rule]:
    meetings = sum(facts.meetings.values())
    planned = facts.meetings.get("planned", 0)
    return [
        _rule(
            say("Arrange the meetings"),
            meetings > 0,
            facts.buyers > 0,
            say("Buyers: %(buyers)s, meetings: %(meetings)s.", buyers=facts.buyers, meetings=meetings),
            "meetings.agenda",
        ),
        _rule(
            say("Print the badges"),
            facts.people > 0 and facts.printed >= facts.people,
            facts.people > 0,
            say("Printed: %(printed)s of %(people)s.", printed=facts.printed, people=facts.people),
            "badges.badge_sheets",
        ),
        _rule(
            say("Record what comes of it"),
            facts.deals > 0 and planned == 0,
            meetings > 0,
            say(
                "Deals: %(deals)s, meetings still to be held: %(planned)s.",
                deals=facts.deals,
                planned=planned,
            ),
            "deals.deal_list",
        ),
    ]
