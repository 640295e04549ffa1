"""Which deals are asked for."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlmodel import Session, select

from expo.editions.models import Edition, GroupMember
from matchmaking.catalogue.hs import section_of
from matchmaking.deals.models import Deal
from matchmaking.deals.stages import AGREED

NONE = "-"
"""Asks for deals that have none: no zone because no stand, no forum."""


@dataclass(frozen=True)
class Filter:
    """Which deals; an empty field lets all through, NONE those of no zone, forum or country.

    `country` is the seller's, `group` one of countries as of the first day, `hs` a chapter and `section` a
    numeral that a line is of; `newcomer` is 'new' or 'known', `reach` 'home' or 'abroad', `day` the day of
    signing as 2023-06-15. `counted` is 'yes' for outcomes alone: no leads, no call-offs, nothing disputed.
    """

    type: str = ""
    stage: str = ""
    country: str = ""
    buyer: str = ""
    hs: str = ""
    section: str = ""
    zone: str = ""
    forum: str = ""
    day: str = ""
    newcomer: str = ""
    origin: str = ""
    currency: str = ""
    reach: str = ""
    standing: str = ""
    group: str = ""
    counted: str = ""

    def dimensions(self) -> list[tuple[str, str]]:
        """(dimension of the sums, key) for every field set but those that all sums know."""
        named = [(one.name, getattr(self, one.name)) for one in fields(self)]
        return [
            ("chapter" if name == "hs" else name, "" if value == NONE else value)
            for name, value in named
            if value and name not in ("type", "stage", "counted")
        ]

    def contradicts(self) -> bool:
        """Whether no goods can be meant: a chapter of another section."""
        return bool(self.hs and self.section) and section_of(self.hs).numeral != self.section

    def plainly(self) -> "Filter":
        """The same without saying twice of which goods: a chapter lies in its section."""
        return replace(self, section="") if self.hs and self.section else self


def outcome_of() -> list[Any]:
    """Conditions on Deal: it counts as an outcome, as the view deal_fact has it."""
    return [Deal.stage.in_(AGREED), Deal.standing != "disputed", Deal.framework_id.is_(None)]


def groups(session: Session, edition: Edition) -> dict[str, set[str]]:
    """Group of countries → its members on the first day of the edition."""
    rows = session.execute(
        select(GroupMember.group_code, GroupMember.country).where(
            GroupMember.edition_id == edition.id,
            GroupMember.since <= edition.starts_on,
            GroupMember.until.is_(None) | (GroupMember.until > edition.starts_on),
        )
    )
    found: dict[str, set[str]] = {}
    for group, country in rows:
        found.setdefault(group, set()).add(country)
    return found


EVERYTHING = Filter()
