"""What holds personal data: every room names its tables, so that no export and no erasure forgets one."""

from dataclasses import dataclass
from importlib import import_module

from expo.schema import WINGS
from expo.settings import ROOT
from expo.words import Sentence


@dataclass(frozen=True)
class Holding:
    """One kind of personal data of the people who come, in the `holdings` module of the room that keeps it.

    `tables`: those of its tables that lead to a person. `query` gives the rows of one person for an export,
    `erase` are the statements that take the personal part away; both with :person, :edition (numbers), :code,
    :email. `trail` gives the (subject, subject_id) of what the audit trail tells of it. `why` and `after` are
    for the page about privacy: what it is kept for, and what is left once it was erased.
    """

    key: str
    title: Sentence
    why: Sentence
    tables: tuple[str, ...]
    query: str = ""
    erase: tuple[str, ...] = ()
    trail: str = ""
    after: Sentence | None = None


def holdings() -> list[Holding]:
    """All that rooms named, in the order of the rooms."""
    found: list[Holding] = []
    for wing in WINGS:
        for room in sorted((ROOT / wing).iterdir()):
            if (room / "holdings.py").exists():
                found += import_module(f"{wing}.{room.name}.holdings").HOLDINGS
    return sorted(found, key=lambda one: one.key != "person")
