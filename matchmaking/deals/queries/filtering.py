"""Which deals are asked for."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import select

from expo.editions.models import Edition, GroupMember
from expo.forums.models import Forum
from matchmaking.catalogue.hs import section_of
from matchmaking.deals.models import Deal, DealLine
from matchmaking.deals.stages import AGREED


@dataclass(frozen=True)
class Filter:
    """Which deals; an empty field lets all through.

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
            ("chapter" if name == "hs" else name, value)
            for name, value in named
            if value and name not in ("type", "stage", "counted")
        ]

    def contradicts(self) -> bool:
        """Whether no goods can be meant: a chapter of another section."""
        return bool(self.hs and self.section) and section_of(self.hs).numeral != self.section

    def plainly(self) -> "Filter":
        """The same without saying twice of which goods: a chapter lies in its section."""
        return replace(self, section="") if self.hs and self.section else self

    def conditions(self) -> list[Any]:
        """Conditions on Deal."""
        columns = {
            Deal.type: self.type,
            Deal.stage: self.stage,
            Deal.seller_country: self.country,
            Deal.buyer_country: self.buyer,
            Deal.zone_code: self.zone,
            Deal.origin: self.origin,
            Deal.currency: self.currency,
            Deal.standing: self.standing,
        }
        found = [column == value for column, value in columns.items() if value]
        if self.counted:
            found += outcome_of()
        if self.day:
            found.append(Deal.signed_on == date.fromisoformat(self.day))
        if self.newcomer:
            found.append(Deal.newcomer == (self.newcomer == "new"))
        if self.reach:
            found.append(Deal.abroad == (self.reach == "abroad"))
        if self.forum:
            found.append(
                Deal.forum_id.in_(select(Forum.id).where(Forum.code == self.forum))
                & (Deal.forum_id.is_not(None))
            )
        if self.group:
            found.append(Deal.seller_country.in_(members(self.group, Deal.edition_id)))
        if self.hs or self.section:
            found.append(select(DealLine.id).where(DealLine.deal_id == Deal.id, *self.goods()).exists())
        return found

    def goods(self) -> list[Any]:
        """Conditions on DealLine: its chapter, its section."""
        chapter = func.left(DealLine.hs, 2)
        within = [func.hs_section(chapter) == self.section] if self.section else []
        return within + ([chapter == self.hs] if self.hs else [])


def outcome_of() -> list[Any]:
    """Conditions on Deal: it counts as an outcome, as the view deal_fact has it."""
    return [Deal.stage.in_(AGREED), Deal.standing != "disputed", Deal.framework_id.is_(None)]


def members(group: str, edition: Any) -> Any:
    """The countries of a group on the first day of an edition; `edition` is its number or a column of it."""
    found = (
        select(GroupMember.country)
        .join(Edition, Edition.id == GroupMember.edition_id)
        .where(
            GroupMember.edition_id == edition,
            GroupMember.group_code == group,
            GroupMember.since <= Edition.starts_on,
            or_(GroupMember.until.is_(None), GroupMember.until > Edition.starts_on),
        )
    )
    return found.correlate(Deal) if edition is Deal.edition_id else found


EVERYTHING = Filter()
