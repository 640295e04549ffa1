"""Interpreters: entered, given to meetings all at once or by hand."""

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.models import Meeting
from matchmaking.onsite.interpreting import assign
from matchmaking.onsite.models import Interpreter, InterpreterDuty
from matchmaking.onsite.queries import interpreters as queries
from matchmaking.onsite.services.ruling import in_words


def assign_all(session: Session, edition: Edition) -> tuple[int, int]:
    """Give all meetings to come the interpreters they need; (how many have one, how many do not).

    Whoever is well placed stays. Two who do it at once do it one after the other.
    """
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update(key_share=True))
    tasks = queries.tasks(session, edition)
    given_anew = [task.meeting for task in tasks]
    found = assign(tasks, queries.helpers(session, edition, given_anew))
    with in_words(session):
        session.execute(delete(InterpreterDuty).where(InterpreterDuty.meeting_id.in_(given_anew)))
        rows = [
            {"meeting_id": task.meeting, "edition_id": edition.id, "interpreter_id": found[task.meeting],
             "slot": task.slot}
            for task in tasks
            if task.meeting in found
        ]  # fmt: skip
        if rows:
            session.execute(insert(InterpreterDuty), rows)
    return len(found), len(tasks) - len(found)


def give(session: Session, edition: Edition, number: int, interpreter: Interpreter | None) -> None:
    """Give a meeting an interpreter, another one, or none."""
    query = select(Meeting).where(Meeting.id == number, Meeting.edition_id == edition.id).with_for_update()
    meeting = session.exec(query).first()
    if meeting is None:
        raise Refused(say("There is no such meeting."))
    with in_words(session):
        session.execute(delete(InterpreterDuty).where(InterpreterDuty.meeting_id == number))
        if interpreter is not None:
            session.add(
                InterpreterDuty(
                    meeting_id=number, edition_id=edition.id, interpreter_id=interpreter.id, slot=meeting.slot
                )
            )


def save(session: Session, edition: Edition, row: Interpreter | None, given: dict) -> Interpreter:
    """Enter an interpreter, or change one; from meetings in slots that they cannot take any more they go."""
    if not given["name"]:
        raise Refused(say("Please give a name."))
    if len(given["languages"]) < 2:
        raise Refused(say("Name at least two languages: somebody interprets from one into another."))
    row = row or Interpreter(edition_id=edition.id, name="-")
    for name, value in given.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    session.execute(
        delete(InterpreterDuty).where(
            InterpreterDuty.interpreter_id == row.id, InterpreterDuty.slot.in_(row.unavailable)
        )
    )
    return row


def remove(session: Session, row: Interpreter) -> None:
    """Take an interpreter out; their meetings have none any more."""
    session.delete(row)
    session.flush()
