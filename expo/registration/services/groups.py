"""A group of people registered from a spreadsheet: looked through first, then all of it or nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, cast, func, insert, update
from sqlmodel import Session, select

from expo.audit.services import note
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import hold, take_turn
from expo.jobs.handlers import as_json
from expo.registration.alike import Grade, Known
from expo.registration.groups import Entry, Fault, Sheet, read_sheet
from expo.registration.groups.columns import folded
from expo.registration.kinds import NAMES
from expo.registration.models import Person, PersonUpload, Ticket
from expo.registration.services import likeness
from expo.registration.services.places import refusing, rooms
from expo.registration.services.staffing import held_to_limit
from expo.spreadsheets import Unreadable, read_table
from expo.words import say

MOST_ROWS = 50_000
LARGEST = 16 * 1024 * 1024
LISTED = 500
AT_ONCE = 1_000
Report = Callable[[int, int], None]


def receive(
    session: Session,
    edition: Edition,
    name: str,
    content: bytes,
    *,
    exhibitor: Exhibitor | None = None,
    by: str = "",
) -> PersonUpload:
    """Keep a file to be looked through. Refused when it is too large."""
    if len(content) > LARGEST:
        raise Refused(say("The file has more than %(most)s MB. Send it in parts.", most=LARGEST >> 20))
    upload = PersonUpload(
        edition_id=edition.id,
        exhibitor_id=exhibitor.id if exhibitor else None,
        file_name=name[-120:],
        content=content,
        sent_by=by,
    )
    session.add(upload)
    session.flush()
    return upload


def upload_of(
    session: Session, edition: Edition, upload_id: int, exhibitor: Exhibitor | None = None
) -> PersonUpload | None:
    """The edition's upload of that number: an exhibitor's own, or the organiser's."""
    return session.exec(
        select(PersonUpload).where(
            PersonUpload.id == upload_id,
            PersonUpload.edition_id == edition.id,
            PersonUpload.exhibitor_id.is_not_distinct_from(exhibitor.id if exhibitor else None),
        )
    ).one_or_none()


def look_through(session: Session, edition: Edition, upload: PersonUpload, report: Report) -> dict[str, Any]:
    """What is wrong with a file, and who in it may be registered already; nothing is registered."""
    sheet = _sheet(session, edition, upload)
    report(1, 4)
    faults = sheet.faults + _double_addresses(session, edition, sheet.entries)
    report(2, 4)
    twins = _twins(session, edition, upload, sheet.entries)
    report(3, 4)
    found = {
        "people": len(sheet.entries),
        "bad_rows": len({fault.row for fault in faults}),
        "faults": [_told(fault) for fault in sorted(faults, key=lambda one: one.row)[:LISTED]],
        "all_faults": len(faults),
        "unknown": sheet.unknown[:20],
        "twins": twins[:LISTED],
        "all_twins": len(twins),
        "sure": [twin["row"] for twin in twins if twin["grade"] == Grade.SAME],
    }
    upload.report, upload.state = found, "checked"
    session.add(upload)
    session.flush()
    return found


def _told(fault: Fault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "sentence": as_json(fault.sentence)}


def _sheet(session: Session, edition: Edition, upload: PersonUpload) -> Sheet:
    if upload.content is None:
        raise Refused(say("This file was registered or thrown away already."))
    words = {} if upload.exhibitor_id else _sort_words(session, edition)
    try:
        return read_sheet(read_table(upload.content, MOST_ROWS), words)
    except Unreadable as unreadable:
        return Sheet(faults=[Fault(unreadable.row or 0, "", unreadable.sentence)])


def _sort_words(session: Session, edition: Edition) -> dict[str, str]:
    """What sorts of registration and kinds of people are called → 't:' code of the sort, or 'k:' kind."""
    words = {folded(kind): f"k:{kind}" for kind in NAMES}
    words |= {folded(str(name)): f"k:{kind}" for kind, name in NAMES.items()}
    for ticket in session.exec(select(Ticket).where(Ticket.edition_id == edition.id)):
        words |= {folded(text): f"t:{ticket.code}" for text in (ticket.code, *ticket.name.values())}
    return words


def _double_addresses(session: Session, edition: Edition, entries: Sequence[Entry]) -> list[Fault]:
    """Addresses that a sort of registration takes only once, in the file and with those there are."""
    once = session.exec(select(Ticket).where(Ticket.edition_id == edition.id, Ticket.one_per_email)).all()
    codes = {f"t:{ticket.code}": ticket.id for ticket in once}
    there = set(
        session.execute(
            select(Person.ticket_id, func.lower(Person.email)).where(
                Person.ticket_id.in_(list(codes.values())), Person.state.not_in(likeness.LEFT)
            )
        )
    )
    seen = {(row[0], row[1]) for row in there}
    faults = []
    for entry in entries:
        mark = (codes.get(entry.sort), entry.email.lower())
        if mark[0] and not entry.email:
            faults.append(Fault(entry.row, "", say("This sort of registration needs an e-mail address.")))
        elif mark[0] and mark in seen:
            faults.append(Fault(entry.row, "", say("This address is registered for this sort already.")))
        seen.add(mark)
    return faults


def _twins(
    session: Session, edition: Edition, upload: PersonUpload, entries: Sequence[Entry]
) -> list[dict[str, Any]]:
    """Rows that may be somebody registered already, or another row; exhibitors learn of their own people."""
    index, found = likeness.index_of(session, edition, upload.exhibitor_id), []
    for entry in entries:
        what = Known(entry.name, entry.email, entry.organisation)
        for who, alike in index.like(what)[:1]:
            other = {"other_row": who} if isinstance(who, int) else {"code": who}
            found.append(
                {"row": entry.row, "name": entry.name, "grade": alike.grade.value, "score": alike.name}
                | other
            )
        index.add(entry.row, what)
    return found


def take(
    session: Session, edition: Edition, upload: PersonUpload, choice: dict[str, Any], report: Report
) -> dict[str, Any]:
    """Register all of a file, or nobody. `choice`: called, ticket (code or ''), doubles ('skip' | 'take').

    Refused as long as a row is wrong, when it was taken already, and where places or badges do not suffice.
    """
    session.refresh(upload, with_for_update=True)
    if upload.state != "checked" or upload.content is None:
        raise Refused(say("This file was registered or thrown away already."))
    sheet = _sheet(session, edition, upload)
    report(1, 5)
    if sheet.faults or _double_addresses(session, edition, sheet.entries):
        raise Refused(
            say("Rows of the file are wrong. Put them right and send it again; nobody was registered.")
        )
    entries = sheet.entries
    if choice.get("doubles") != "take":
        sure = {
            twin["row"] for twin in _twins(session, edition, upload, entries) if twin["grade"] == Grade.SAME
        }
        entries = [entry for entry in entries if entry.row not in sure]
    report(2, 5)
    take_turn(session, edition.id)
    _check_accepted(session, upload)
    rows = _rows(session, edition, upload, entries, choice)
    _store(session, edition, rows)
    report(4, 5)
    likeness.catch_up(session, edition)
    upload.state, upload.content = "taken", None
    upload.report = {"registered": len(rows), "skipped": len(sheet.entries) - len(rows)}
    session.add(upload)
    told = {"count": len(rows), "file": upload.file_name}
    note(session, "imported", "person", upload.id, told, edition.id)
    return {"registered": len(rows), "skipped": len(sheet.entries) - len(rows)}


def _check_accepted(session: Session, upload: PersonUpload) -> None:
    """Refused for the staff of an exhibitor that is not accepted, or no longer."""
    exhibitor = session.get(Exhibitor, upload.exhibitor_id) if upload.exhibitor_id else None
    if exhibitor is None:
        return
    hold(session, exhibitor)
    if exhibitor.state != "accepted":
        raise Refused(say("Badges are for exhibitors who are accepted."))


def _rows(
    session: Session, edition: Edition, upload: PersonUpload, entries: Sequence[Entry], choice: dict[str, Any]
) -> list[dict[str, Any]]:
    tickets = {
        ticket.code: ticket for ticket in session.exec(select(Ticket).where(Ticket.edition_id == edition.id))
    }
    usual = f"t:{choice['ticket']}" if choice.get("ticket") else f"k:{choice.get('called') or 'visitor'}"
    first, moment = _next_number(session, edition), now()
    organisation = choice.get("organisation", "")
    rows = []
    for place, entry in enumerate(entries):
        what, _, code = (entry.sort or usual).partition(":")
        ticket = tickets.get(code) if what == "t" else None
        if what == "t" and ticket is None:
            raise Refused(say("There is no such sort of registration any more."))
        rows.append(
            {
                "edition_id": edition.id, "code": f"PE{first + place:04d}", "name": entry.name,
                "kind": "exhibitor" if upload.exhibitor_id else ticket.kind if ticket else code,
                "organisation": entry.organisation or organisation, "position": entry.position,
                "country": entry.country, "email": entry.email, "language": entry.language,
                "state": "confirmed", "registered_at": moment, "reason": "",
                "ticket_id": ticket.id if ticket else None, "exhibitor_id": upload.exhibitor_id,
            }
        )  # fmt: skip
    return rows


def _next_number(session: Session, edition: Edition) -> int:
    number = func.substring(Person.code, "^PE([0-9]{1,9})$")
    highest = select(func.max(cast(number, BigInteger))).where(Person.edition_id == edition.id)
    return (session.execute(highest).scalar() or 0) + 1


def _store(session: Session, edition: Edition, rows: list[dict[str, Any]]) -> None:
    free = rooms(session, edition)
    for ticket_id in {row["ticket_id"] for row in rows} - {None}:
        wanted = sum(row["ticket_id"] == ticket_id for row in rows)
        if (left := free.get(ticket_id)) is not None and wanted > left:
            raise Refused(
                say("%(wanted)s places are needed of one sort, and %(left)s are left. Nobody was registered.",
                    wanted=wanted, left=max(left, 0))
            )  # fmt: skip
    if rows:
        with refusing(session), held_to_limit(session):
            for first in range(0, len(rows), AT_ONCE):  # triggers look once a statement, not once a row
                session.connection().execute(insert(Person.__table__).values(rows[first : first + AT_ONCE]))


def drop_old(session: Session, before: Any) -> int:
    """Throw away the contents of files that nobody registered in time; how many."""
    result = session.execute(
        update(PersonUpload)
        .where(PersonUpload.content.is_not(None), PersonUpload.sent_at < before)
        .values(content=None, state="dropped", report={}, file_name="")
    )
    return result.rowcount
