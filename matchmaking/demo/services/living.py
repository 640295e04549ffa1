"""The days of meetings in the reference edition: who came, who did not, what they said, who interpreted."""

from datetime import timedelta
from random import Random

from sqlalchemy import insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.interpreting import assign
from matchmaking.onsite.models import (
    Interpreter,
    InterpreterDuty,
    MeetingAttendance,
    MeetingFeedback,
    MeetingNoShow,
)
from matchmaking.onsite.queries import interpreters as queries

SAID = 600
"""So many meetings that were held have taps and words; the others have their outcome alone."""
INTERPRETERS = (
    ("Aliya Serikova", ["zh", "ru", "kk"]), ("Chen Yu", ["zh", "en"]), ("Farid Rahimov", ["ru", "fa", "tg"]),
    ("Wang Lin", ["zh", "ru"]), ("Sana Malik", ["ur", "en", "zh"]), ("Dilnoza Karimova", ["uz", "ru", "zh"]),
)  # fmt: skip


def live(session: Session, edition: Edition, seed: int) -> bool:
    """Taps, no-shows, words and interpreters; not a second time."""
    there = select(Interpreter.id).where(Interpreter.edition_id == edition.id)
    if session.exec(there).first():
        return False
    draw = Random(f"{seed}:onsite")
    meetings = session.exec(
        select(Meeting).where(Meeting.edition_id == edition.id).order_by(Meeting.slot, Meeting.table_number)
    ).all()
    held = [one for one in meetings if one.state == "held"]
    told = sorted(draw.sample(held, min(SAID, len(held))), key=lambda one: one.id or 0)
    _taps(session, draw, told)
    _missed(session, draw, [one for one in meetings if one.state == "no_show"])
    _words(session, draw, edition, told)
    _interpreters(session, edition)
    return True


def _taps(session: Session, draw: Random, held: list[Meeting]) -> None:
    rows = [
        {"meeting_id": one.id, "side": side, "edition_id": one.edition_id, "late_minutes": 0,
         "arrived_at": one.starts_at + timedelta(minutes=draw.randint(-6, 5)),
         "how": draw.choice(("self", "self", "host", "badge"))}
        for one in held for side in ("buyer", "supplier")
    ]  # fmt: skip
    if rows:
        session.execute(insert(MeetingAttendance), rows)


def _missed(session: Session, draw: Random, missed: list[Meeting]) -> None:
    rows = []
    for one in missed:
        at = one.starts_at + timedelta(minutes=8)
        rows.append(
            {"meeting_id": one.id, "side": draw.choice(("buyer", "buyer", "supplier")),
             "edition_id": one.edition_id, "noted_at": at, "excused": draw.random() < 0.2, "told_at": at}
        )  # fmt: skip
    if rows:
        session.execute(insert(MeetingNoShow), rows)


def _words(session: Session, draw: Random, edition: Edition, held: list[Meeting]) -> None:
    rows = []
    for one in held:
        for side in ("buyer", "supplier"):
            if draw.random() < 0.3:
                continue
            hopes = draw.random() < 0.4
            rows.append(
                {"meeting_id": one.id, "side": side, "edition_id": one.edition_id,
                 "rating": draw.choices((1, 2, 3, 4, 5), (1, 3, 10, 30, 25))[0],
                 "follow_up": draw.random() < 0.6, "again": draw.random() < 0.05,
                 "expected_minor": draw.randint(20, 900) * 100_000 if hopes else None,
                 "currency": edition.currency if hopes else "", "words": "",
                 "given_at": one.ends_at + timedelta(minutes=draw.randint(1, 90))}
            )  # fmt: skip
    if rows:
        session.execute(insert(MeetingFeedback), rows)


def _interpreters(session: Session, edition: Edition) -> None:
    people = [
        Interpreter(edition_id=edition.id, name=name, languages=languages) for name, languages in INTERPRETERS
    ]
    session.add_all(people)
    session.flush()
    tasks = queries.tasks(session, edition, held=True)
    found = assign(tasks, queries.helpers(session, edition))
    rows = [
        {"meeting_id": task.meeting, "edition_id": edition.id, "interpreter_id": found[task.meeting],
         "slot": task.slot}
        for task in tasks if task.meeting in found
    ]  # fmt: skip
    if rows:
        session.execute(insert(InterpreterDuty), rows)
