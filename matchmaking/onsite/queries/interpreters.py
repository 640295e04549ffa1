"""Interpreters with their duties, and the meetings that need one."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.catalogue.models import Buyer, ExhibitorProfile
from matchmaking.meetings.models import Delegate, Meeting
from matchmaking.onsite.interpreting import Helper, Task, needs_interpreter
from matchmaking.onsite.models import Interpreter, InterpreterDuty


def interpreters(session: Session, edition: Edition) -> list[Any]:
    """(row, meetings) by name."""
    counted = func.count(InterpreterDuty.meeting_id)
    rows = session.execute(
        select(Interpreter, counted)
        .outerjoin(InterpreterDuty, InterpreterDuty.interpreter_id == Interpreter.id)
        .where(Interpreter.edition_id == edition.id)
        .group_by(Interpreter.id)
        .order_by(Interpreter.name, Interpreter.id)
    )
    return list(rows.all())


def interpreter(session: Session, edition: Edition, number: int) -> Interpreter | None:
    """The interpreter of that number."""
    if not 0 < number < 2**31:
        return None
    query = select(Interpreter).where(Interpreter.id == number, Interpreter.edition_id == edition.id)
    return session.exec(query).first()


def helpers(session: Session, edition: Edition, but: Collection[int] = ()) -> list[Helper]:
    """The interpreters as the assignment needs them: away where they said so, and where they interpret in
    other meetings than `but`."""
    rows = session.execute(
        select(
            Interpreter.id, Interpreter.languages, Interpreter.unavailable,
            func.array_remove(func.array_agg(InterpreterDuty.slot), None),
        )
        .outerjoin(
            InterpreterDuty,
            and_(
                InterpreterDuty.interpreter_id == Interpreter.id, InterpreterDuty.meeting_id.not_in(but),
            ),
        )
        .where(Interpreter.edition_id == edition.id)
        .group_by(Interpreter.id)
        .order_by(Interpreter.id)
    )  # fmt: skip
    return [Helper(row[0], frozenset(row[1]), frozenset((*row[2], *row[3]))) for row in rows]


def tasks(session: Session, edition: Edition, *, held: bool = False) -> list[Task]:
    """The meetings still to come (or those `held`) whose sides share no language."""
    which = (Meeting.state == "held",) if held else (Meeting.state == "planned", Meeting.ends_at > now())
    buys, sells = aliased(Delegate), aliased(Delegate)
    rows = session.execute(
        select(
            Meeting.id, Meeting.slot, Meeting.score, func.coalesce(buys.languages, Buyer.languages),
            func.coalesce(sells.languages, ExhibitorProfile.languages), InterpreterDuty.interpreter_id,
        )
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .outerjoin(ExhibitorProfile, ExhibitorProfile.exhibitor_id == Meeting.exhibitor_id)
        .outerjoin(buys, buys.id == Meeting.buyer_delegate_id)
        .outerjoin(sells, sells.id == Meeting.exhibitor_delegate_id)
        .outerjoin(InterpreterDuty, InterpreterDuty.meeting_id == Meeting.id)
        .where(Meeting.edition_id == edition.id, *which)
        .order_by(Meeting.slot, Meeting.id)
    )  # fmt: skip
    return [
        Task(row[0], row[1], row[2], frozenset(row[3] or ()), frozenset(row[4] or ()), row[5])
        for row in rows
        if needs_interpreter(row[3] or (), row[4] or ())
    ]
