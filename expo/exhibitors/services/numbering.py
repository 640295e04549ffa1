"""Numbers and codes in a row: the edition's row is the one queue that everybody stands in."""

from typing import Any

from sqlalchemy import BigInteger, cast, func
from sqlmodel import Session, SQLModel, select

from expo.editions.models import Edition


def hold(session: Session, row: SQLModel) -> None:
    """Read a row anew and keep it from being changed by others until the end of the transaction."""
    session.refresh(row, with_for_update={"key_share": True})


def take_turn(session: Session, edition_id: int) -> None:
    """Hold the edition's row until the end of the transaction: numbers taken meanwhile are ours alone.

    A transaction that is rolled back gives its number back, so numbers have no holes.
    """
    turn = select(Edition.id).where(Edition.id == edition_id)
    session.execute(turn.with_for_update(key_share=True))  # rows that merely name the edition need not wait


def next_number(session: Session, model: Any, edition_id: int) -> int:
    """The number after the highest `model.number` of the edition, from 1."""
    take_turn(session, edition_id)
    highest = session.exec(select(func.max(model.number)).where(model.edition_id == edition_id)).one()
    return (highest or 0) + 1


def next_code(session: Session, model: Any, edition_id: int, prefix: str, digits: int) -> str:
    """The code after the highest of that prefix: EX330 → EX331. Codes of other shapes do not count."""
    take_turn(session, edition_id)
    number = func.substring(model.code, f"^{prefix}([0-9]{{1,9}})$")
    highest = session.exec(
        select(func.max(cast(number, BigInteger))).where(model.edition_id == edition_id)
    ).one()
    return f"{prefix}{(highest or 0) + 1:0{digits}d}"
