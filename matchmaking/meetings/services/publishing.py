"""Put an answer into force: all of it or nothing, with a version, only over the agenda it was made from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.db import broken_rule, refresh_statistics
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.words import Sentence, say, say_many
from matchmaking.meetings.answers import Place, unpack
from matchmaking.meetings.models import AgendaRun, AgendaVersion, Meeting, MeetingTable
from matchmaking.meetings.refusals import refusal
from matchmaking.meetings.services.explaining import details_of
from matchmaking.meetings.services.gathering import slots, version_of
from matchmaking.meetings.services.telling import tell_unplaced
from matchmaking.requests.queries import refused_pairs

MANY = 200
"""Statistics are refreshed after so many new meetings: plans made for an empty table would be slow."""

STALE = say(
    "What this run stands on has changed since it began: who sits where, or what is locked. Nothing was lost:"
    " start another run."
)
"""What is said when the database refuses what a run found. Its own rule would name a place or a person that
nobody chose."""

MOVE = text(
    """UPDATE meeting SET slot = given.slot, table_number = given.table_number, seat = given.seat,
              starts_at = given.starts_at, ends_at = given.ends_at, run_id = :run,
              buyer_delegate_id = given.buyer_delegate_id,
              exhibitor_delegate_id = given.exhibitor_delegate_id
         FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given(id integer, slot integer,
              table_number integer, seat integer, starts_at timestamptz, ends_at timestamptz,
              buyer_delegate_id integer, exhibitor_delegate_id integer)
        WHERE meeting.id = given.id AND meeting.edition_id = :edition"""
)


@dataclass(frozen=True)
class Change:
    """What publishing changes: new places, (meeting, its new place), and meetings that fall away."""

    added: tuple[Place, ...]
    moved: tuple[tuple[Meeting, Place], ...]
    dropped: tuple[Meeting, ...]

    @property
    def places(self) -> list[Place]:
        """Where meetings come to be that were not there before."""
        return [*self.added, *(place for _meeting, place in self.moved)]

    @property
    def counts(self) -> dict[str, int]:
        return {"added": len(self.added), "moved": len(self.moved), "cancelled": len(self.dropped)}

    @property
    def rows(self) -> list[list[int | str | None]]:
        """[kind, buyer id, exhibitor id, slot before, table before, slot after, table after] of each."""
        found: list[list[int | str | None]] = [
            ["added", p.buyer, p.exhibitor, None, None, p.slot, p.table] for p in self.added
        ]
        found += [
            ["moved", m.buyer_id, m.exhibitor_id, m.slot, m.table_number, p.slot, p.table]
            for m, p in self.moved
        ]
        found += [
            ["cancelled", m.buyer_id, m.exhibitor_id, m.slot, m.table_number, None, None]
            for m in self.dropped
        ]
        return found

    @property
    def parties(self) -> tuple[set[int], set[int]]:
        """The ids of the buyers and exhibitors for whom something changes."""
        both = [(p.buyer, p.exhibitor) for p in self.added]
        both += [(m.buyer_id, m.exhibitor_id) for m in (*self.dropped, *(m for m, _ in self.moved))]
        return {b for b, _ in both}, {x for _, x in both}


def change_of(session: Session, edition: Edition, run: AgendaRun) -> Change:
    """What publishing the run would change now; whoever said no meanwhile is left out without a word, and so
    is an exhibitor who has withdrawn."""
    refused = refused_pairs(session, edition)
    accepted = set(
        session.exec(
            select(Exhibitor.id).where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
        )
    )
    wanted = {
        (one.buyer, one.exhibitor): one
        for one in unpack(run.answer).places
        if (one.buyer, one.exhibitor) not in refused and one.exhibitor in accepted
    }
    added, moved, dropped = [], [], []
    there = {}
    for meeting in session.exec(
        select(Meeting)
        .where(Meeting.edition_id == edition.id, Meeting.state.in_(("planned", "held")))
        .order_by(Meeting.id)
    ):
        there[meeting.buyer_id, meeting.exhibitor_id] = meeting
    for pair, meeting in there.items():
        place = wanted.get(pair)
        if meeting.state != "planned" or meeting.locked:
            continue
        if place is None:
            dropped.append(meeting)
        elif _place(meeting) != place:
            moved.append((meeting, place))
    added = [place for pair, place in wanted.items() if pair not in there]
    return Change(tuple(added), tuple(moved), tuple(dropped))


def _place(meeting: Meeting) -> Place:
    return Place(
        meeting.buyer_id, meeting.exhibitor_id, meeting.slot, meeting.table_number, meeting.seat,
        meeting.buyer_delegate_id, meeting.exhibitor_delegate_id,
    )  # fmt: skip


def publish(
    session: Session, edition: Edition, run: AgendaRun, user_id: int | None = None, reason: str = ""
) -> AgendaVersion:
    """The run's meetings in force, as the next version. Refused if the agenda has changed since it began.

    Meetings keep their numbers, and with them their places in calendars; those that fall away are cancelled,
    or vanish if nobody was ever told of them.
    """
    session.execute(text("SELECT 1 FROM edition WHERE id = :id FOR NO KEY UPDATE"), {"id": edition.id})
    session.refresh(run, with_for_update=True)
    version = version_of(session, edition)
    if run.state == "published":
        raise Refused(say("This run is published already."))
    if run.state != "done":
        raise Refused(say("This run has no answer to publish."))
    if version != run.based_on:
        raise Refused(
            say(
                "Somebody changed the agenda since this run began (it was version %(old)s, now it is"
                " %(new)s). Nothing was lost: start another run from what is in force now.",
                old=run.based_on, new=version,
            )
        )  # fmt: skip
    change = change_of(session, edition, run)
    if count := misplaced(session, edition, change):
        raise Refused(
            say_many(
                "Tables have changed since this run began: %(count)s of its meetings has no place now."
                " Start another run.",
                "Tables have changed since this run began: %(count)s of its meetings have no place now."
                " Start another run.",
                "count",
                count=count,
            )
        )
    _still_to_come(edition, change.places)
    told = change.counts | {"rows": change.rows}
    made = next_version(session, edition, "run", told, user_id, run_id=run.id, reason=reason)
    with booking(STALE):
        _apply(session, edition, run, change)
    run.state = "published"
    note(session, "published", "agenda_run", run.id, change.counts, edition.id)
    session.flush()
    tell_unplaced(session, edition)
    return made


def misplaced(session: Session, edition: Edition, change: Change) -> int:
    """How many new and moved meetings of a change would sit where the tables no longer allow it."""
    desks = {
        desk.number: desk
        for desk in session.exec(select(MeetingTable).where(MeetingTable.edition_id == edition.id))
    }
    return sum(not _sits(desks.get(place.table), place) for place in change.places)


def _sits(desk: MeetingTable | None, place: Place) -> bool:
    if desk is None or place.slot in desk.closed or place.seat > desk.seats:
        return False
    return not desk.exclusive or desk.buyer_id == place.buyer or desk.exhibitor_id == place.exhibitor


def next_version(
    session: Session,
    edition: Edition,
    kind: str,
    changes: dict[str, Any],
    user_id: int | None,
    run_id: int | None = None,
    reason: str = "",
) -> AgendaVersion:
    """The next version, which nobody else can take. Whoever changes the agenda in force calls this.

    `changes` counts what was added, moved and cancelled; its `rows` name each (see `Change.rows`).
    """
    session.execute(text("SELECT 1 FROM edition WHERE id = :id FOR NO KEY UPDATE"), {"id": edition.id})
    made = AgendaVersion(
        edition_id=edition.id, number=version_of(session, edition) + 1, kind=kind, run_id=run_id,
        note=reason, changes=changes, user_id=user_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _still_to_come(edition: Edition, places: Sequence[Place]) -> None:
    times = {slot.number: slot for slot in slots(edition)}
    moment = now()
    if not times or max(slot.starts_at for slot in times.values()) <= moment:
        return  # an edition of the past, written down afterwards
    if any(times[place.slot].starts_at <= moment for place in places):
        raise Refused(say("Some of its meetings would have begun already. Start another run."))


def _apply(session: Session, edition: Edition, run: AgendaRun, change: Change) -> None:
    times = {slot.number: slot for slot in slots(edition)}
    never_told = [m.id for m in change.dropped if m.told is None]
    told = [m.id for m in change.dropped if m.told is not None]
    moved = [
        {
            "id": meeting.id,
            "slot": place.slot, "table_number": place.table, "seat": place.seat,
            "starts_at": times[place.slot].starts_at.isoformat(),
            "ends_at": times[place.slot].ends_at.isoformat(),
            "buyer_delegate_id": place.buyer_delegate, "exhibitor_delegate_id": place.exhibitor_delegate,
        }
        for meeting, place in change.moved
    ]  # fmt: skip
    details = details_of(session, edition, [(p.buyer, p.exhibitor) for p in change.added])
    rows = [_row(edition, run, place, times, details) for place in change.added]
    session.expire_all()
    session.execute(delete(Meeting).where(Meeting.id.in_(never_told)))
    session.execute(text("UPDATE meeting SET state = 'cancelled' WHERE id = ANY(:ids)"), {"ids": told})
    if moved:
        session.execute(MOVE, {"rows": json.dumps(moved), "run": run.id, "edition": edition.id})
    if rows:
        session.execute(insert(Meeting), rows)
    if len(rows) > MANY:
        refresh_statistics(session, "meeting", "meeting_hold")


def _row(edition: Edition, run: AgendaRun, place: Place, times: dict, details: dict) -> dict[str, Any]:
    slot = times[place.slot]
    plain = {"score": 0.0, "need_position": 0, "product_code": "", "reasons": []}
    return plain | details.get((place.buyer, place.exhibitor), {}) | {
        "edition_id": edition.id,
        "run_id": run.id,
        "buyer_id": place.buyer,
        "exhibitor_id": place.exhibitor,
        "buyer_delegate_id": place.buyer_delegate,
        "exhibitor_delegate_id": place.exhibitor_delegate,
        "slot": place.slot,
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "table_number": place.table,
        "seat": place.seat,
        "state": "planned",
    }  # fmt: skip


class booking:  # noqa: N801  (reads as a word: `with booking(): …`)
    """What the database refuses within becomes a sentence: that of the rule, or `said` whatever the rule."""

    def __init__(self, said: Sentence | None = None) -> None:
        self.said = said

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, IntegrityError):
            sentence = self.said or refusal(*broken_rule(error))
            if sentence:
                raise Refused(sentence) from error
