"""The folder's meetings brought into an edition: people, tables, meetings, what came of them, versions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.money import to_minor
from matchmaking.folder.meeting_columns import CHANGES
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.services.bulk import bulk
from matchmaking.folder.services.writers import Writers
from matchmaking.meetings.models import AgendaVersion, Delegate, Meeting, MeetingTable
from matchmaking.onsite.models import (
    Interpreter,
    InterpreterDuty,
    MeetingAttendance,
    MeetingFeedback,
    MeetingNoShow,
    OnsiteSettings,
)
from matchmaking.requests.grid import grid

Ids = dict[str, dict[Any, int]]
Rows = list[dict[str, Any]]


def bring_people(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make who sits and who interprets in meetings; `ids` gets them by number. Before any request: a party
    may agree to as many meetings in a slot as it has people."""
    for name, model in (("delegates", Delegate), ("interpreters", Interpreter)):
        records = parsed.tables[name]
        rows = [_owned(edition, r, ids) if name == "delegates" else _plain(edition, r) for r in records]
        rows = [{key: value for key, value in row.items() if key != "number"} for row in rows]
        ids[name] = dict(zip((r["number"] for r in records), bulk(session, model, rows), strict=True))


def bring_meetings(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make tables, meetings, what came of these, and the versions of the agenda; `ids` gets the meetings.

    Nobody is written to because of an import: both sides count as told of their meetings as they are now.
    """
    tables = parsed.tables
    bulk(session, OnsiteSettings, [_plain(edition, r) for r in tables["meeting_day"]])
    made = bulk(session, Meeting, list(_meetings(edition, parsed, ids)))
    ids["meetings"] = dict(zip((r["number"] for r in tables["meetings"]), made, strict=True))
    # After the meetings: one that is planned where a table was closed since stays until somebody moves it.
    bulk(session, MeetingTable, [_owned(edition, r, ids) for r in tables["meeting_tables"]])
    _bring_outcomes(session, edition, parsed, ids)
    bulk(session, AgendaVersion, list(_versions(edition, parsed, ids)))


def _plain(edition: Edition, r: Record) -> dict[str, Any]:
    return {"edition_id": edition.id} | r.values


def _owned(edition: Edition, r: Record, ids: Ids) -> dict[str, Any]:
    plain = {name: value for name, value in r.values.items() if name not in ("buyer", "exhibitor")}
    owner = {"buyer_id": ids["buyers"].get(r["buyer"]), "exhibitor_id": ids["exhibitors"].get(r["exhibitor"])}
    return {"edition_id": edition.id} | plain | owner


def _meetings(edition: Edition, parsed: Parsed, ids: Ids) -> Iterator[dict[str, Any]]:
    times = {slot.number: slot for slot in grid(edition.meetings, edition.zone_info)}
    apart = ("number", "buyer_person", "exhibitor_person", "interpreter", "starts_at", "ends_at")
    for r in parsed.tables["meetings"]:
        row = {name: value for name, value in _owned(edition, r, ids).items() if name not in apart}
        slot = times.get(r["slot"])
        yield row | {
            "buyer_delegate_id": ids["delegates"].get(r["buyer_person"]),
            "exhibitor_delegate_id": ids["delegates"].get(r["exhibitor_person"]),
            "starts_at": _instant(edition, r["starts_at"]) or (slot and slot.starts_at),
            "ends_at": _instant(edition, r["ends_at"]) or (slot and slot.ends_at),
            "told": r["sequence"],
        }


def _instant(edition: Edition, local: datetime | None) -> datetime | None:
    return local and local.replace(tzinfo=edition.zone_info).astimezone(UTC)


def _bring_outcomes(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """No-shows before arrivals: who came to a meeting that was missed came before the other was missed."""
    meetings, tables = ids["meetings"], parsed.tables
    duties = [
        {"edition_id": edition.id, "meeting_id": meetings[r["number"]], "slot": r["slot"],
         "interpreter_id": ids["interpreters"][r["interpreter"]]}
        for r in tables["meetings"] if r["interpreter"]
    ]  # fmt: skip
    bulk(session, InterpreterDuty, duties)
    missed = [
        _of_meeting(edition, r, meetings) | {"told_at": r["noted_at"]} for r in tables["meeting_no_shows"]
    ]
    bulk(session, MeetingNoShow, missed)
    bulk(
        session,
        MeetingAttendance,
        [_of_meeting(edition, r, meetings) for r in tables["meeting_attendance"]],
    )
    writers = Writers(session, tables["meeting_feedback"])
    bulk(
        session,
        MeetingFeedback,
        [_feedback(edition, r, meetings, writers) for r in tables["meeting_feedback"]],
    )


def _of_meeting(edition: Edition, r: Record, meetings: dict[Any, int]) -> dict[str, Any]:
    plain = {name: value for name, value in r.values.items() if name != "meeting"}
    return {"edition_id": edition.id, "meeting_id": meetings[r["meeting"]]} | plain


def _feedback(edition: Edition, r: Record, meetings: dict[Any, int], writers: Writers) -> dict[str, Any]:
    row = _of_meeting(edition, r, meetings) | writers.of(r)
    expected = row.pop("expected")
    return row | {"expected_minor": None if expected is None else to_minor(expected, r["currency"])}


def _versions(edition: Edition, parsed: Parsed, ids: Ids) -> Iterator[dict[str, Any]]:
    changed: dict[int, Rows] = {}
    for r in parsed.tables["agenda_changes"]:
        row: Any = [r["change"], ids["buyers"][r["buyer"]], ids["exhibitors"][r["exhibitor"]],
                    r["slot_before"], r["table_before"], r["slot"], r["table"]]  # fmt: skip
        changed.setdefault(r["version"], []).append(row)
    for r in sorted(parsed.tables["agenda_versions"], key=lambda r: r["number"]):
        changes: dict[str, Any] = {name: r[name] for name in CHANGES if r[name] is not None}
        if r["number"] in changed or not any(changes.values()):
            changes["rows"] = changed.get(r["number"], [])
        plain = {name: r[name] for name in ("number", "kind", "note", "at")}
        yield {"edition_id": edition.id, "changes": changes} | plain
