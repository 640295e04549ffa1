"""Two registrations of one person made one, and taken apart again."""

from typing import Any

from sqlalchemy import Column, Table, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel
from sqlmodel import select as pick_rows

from expo.audit.services import note
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.registration.models import NotSame, Person, PersonMerge
from expo.registration.services.places import refusing, take_queue
from expo.words import say

FILLED = ("organisation", "position", "country", "email", "speaker_id", "exhibitor_id")
STAYS = frozenset(
    {"badge", "person_merge", "not_same", "person_likeness", "erasure", "follower", "figure_visit"}
)
"""What is not moved as it is: badges are revoked, stars are moved by talk, the rest is about the one row."""


def say_two(session: Session, one: Person, other: Person, by: str) -> None:
    """Note that two people are two; they are not shown as a pair again."""
    first, second = sorted((one.id, other.id))
    if not session.get(NotSame, (first, second)):
        session.add(NotSame(one_id=first, other_id=second, said_by=by))
        session.flush()


def merge(session: Session, edition: Edition, kept: Person, gone: Person, by: str) -> PersonMerge:
    """Make `gone` part of `kept`: what is known fills gaps, all that was theirs moves, its badge is revoked.

    `gone` stays as a cancelled registration whose place is free again. Refused for people who left.
    """
    take_queue(session, edition)
    if kept.id == gone.id or kept.edition_id != gone.edition_id:
        raise Refused(say("Choose two people of this edition."))
    for person in sorted((kept, gone), key=lambda one: one.id):
        session.refresh(person, with_for_update=True)
        if person.state in ("cancelled", "declined"):
            raise Refused(say("%(code)s is cancelled already.", code=person.code))
    before: dict[str, Any] = {
        "kept": {key: getattr(kept, key) for key in ("name", *FILLED)},
        "gone": {"state": gone.state, "reason": gone.reason, "email": gone.email},
    }
    before["badges"] = _revoke(session, gone)
    before["stars"] = _move_stars(session, gone, kept)
    gone.state, gone.reason = "cancelled", f"→ {kept.code}"
    gone.offered_until = gone.waiting_since = None
    gone.decided_at = now()
    session.add(gone)
    session.flush()
    before["moved"] = {
        f"{table.name}.{column.name}": _move(session, table, column, gone.id, kept.id)
        for table, column in _links()
    }
    _fill(session, kept, gone)
    row = PersonMerge(edition_id=edition.id, kept_id=kept.id, gone_id=gone.id, before=before, merged_by=by)
    session.add(row)
    session.flush()
    note(session, "changed", "person", kept.id, {"merged": gone.code, "into": kept.code}, edition.id)
    return row


def undo(session: Session, edition: Edition, row: PersonMerge) -> None:
    """Take two people apart again as they were; a revoked badge is not made valid again."""
    take_queue(session, edition)
    session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Refused(say("These two were taken apart already."))
    if not row.before:
        raise Refused(say("Their data were erased meanwhile; they cannot be taken apart any more."))
    kept, gone = session.get_one(Person, row.kept_id), session.get_one(Person, row.gone_id)
    with refusing(session):
        for key, value in row.before["kept"].items():
            setattr(kept, key, value)
        session.add(kept)
        session.flush()  # an address that filled a gap belongs to the other one again
        gone.state, gone.reason = row.before["gone"]["state"], row.before["gone"]["reason"]
        if gone.state == "waiting":
            gone.waiting_since = now()
        session.add(gone)
    for place, rows in row.before["moved"].items():
        name, _, column = place.partition(".")
        table = SQLModel.metadata.tables[name]
        for key in rows:
            _move_row(session, table, table.c[column], key, row.kept_id, row.gone_id)
    for star in row.before["stars"]:
        session.execute(
            text("UPDATE star SET follower_id = :back WHERE id = :id"),
            {"id": star["id"], "back": star["from"]},
        )
    row.undone_at = now()
    session.add(row)
    session.flush()
    note(session, "changed", "person", kept.id, {"apart": gone.code, "from": kept.code}, edition.id)


def merges(session: Session, edition: Edition, most: int = 50) -> list:
    """What was merged, the newest first: (merge, kept, gone)."""
    rows = session.exec(
        pick_rows(PersonMerge)
        .where(PersonMerge.edition_id == edition.id)
        .order_by(PersonMerge.id.desc())
        .limit(most)
    ).all()
    ids = {number for row in rows for number in (row.kept_id, row.gone_id)}
    people = {person.id: person for person in session.exec(pick_rows(Person).where(Person.id.in_(ids)))}
    return [(row, people[row.kept_id], people[row.gone_id]) for row in rows]


def _links() -> list[tuple[Table, Column]]:
    """Every column of the schema that leads to a person, of rows that move."""
    return [
        (table, column)
        for table in SQLModel.metadata.sorted_tables
        if table.name not in STAYS
        for column in table.columns
        for link in column.foreign_keys
        if link.column.table.name == "person"
    ]


def _move(session: Session, table: Table, column: Column, gone: int, kept: int) -> list[dict[str, Any]]:
    """Lead a table's rows to `kept`, but for those it has itself; the keys of those that moved."""
    others = [key for key in table.primary_key.columns if key is not column]
    found = session.execute(select(*others or [column]).where(column == gone)).mappings().all()
    keys = [dict(row) if others else {} for row in found]
    return [key for key in keys if _move_row(session, table, column, key, gone, kept)]


def _move_row(
    session: Session, table: Table, column: Column, key: dict[str, Any], source: int, target: int
) -> bool:
    chosen = [table.c[name] == value for name, value in key.items()]
    try:
        with session.begin_nested():
            session.execute(update(table).where(column == source, *chosen).values({column.name: target}))
    except DBAPIError:  # the other has the same one, or these rows never change
        return False
    return True


def _revoke(session: Session, gone: Person) -> list[int]:
    """The badge of the one who goes opens no gate: one person, one badge."""
    statement = (
        "UPDATE badge SET revoked_at = now() WHERE person_id = :id AND revoked_at IS NULL RETURNING id"
    )
    return list(session.execute(text(statement), {"id": gone.id}).scalars())


def _move_stars(session: Session, gone: Person, kept: Person) -> list[dict[str, int]]:
    """Stars go to the other's timetable, or the whole timetable does where the other has none."""
    there = dict(
        session.execute(
            text("SELECT person_id, id FROM follower WHERE person_id IN (:gone, :kept)"),
            {"gone": gone.id, "kept": kept.id},
        ).all()
    )
    if gone.id not in there:
        return []
    if kept.id not in there:
        moved = text("UPDATE follower SET person_id = :kept WHERE id = :id")
        session.execute(moved, {"kept": kept.id, "id": there[gone.id]})
        return []
    rows = session.execute(
        text(
            "UPDATE star SET follower_id = :kept WHERE follower_id = :gone AND talk_id NOT IN"
            " (SELECT talk_id FROM star WHERE follower_id = :kept) RETURNING id"
        ),
        {"kept": there[kept.id], "gone": there[gone.id]},
    ).scalars()
    return [{"id": number, "from": there[gone.id]} for number in rows]


def _fill(session: Session, kept: Person, gone: Person) -> None:
    kept.name = {**gone.name, **kept.name}
    for key in FILLED:
        if not getattr(kept, key) and getattr(gone, key):
            setattr(kept, key, getattr(gone, key))
    session.add(kept)
    session.flush()
