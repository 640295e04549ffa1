"""A pavilion's block: who stands in it, and how its area is split."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from expo.errors import Refused
from expo.exhibitors.application import LARGEST_PAVILION_M2, MOST_MEMBERS
from expo.exhibitors.models import Exhibitor, Organisation, PavilionInvitation
from expo.words import say


@dataclass(frozen=True)
class Pavilion:
    """A lead's block: its members (code, name, area, state), open invitations, and how the area is split."""

    own_m2: int
    members: Sequence[Any]
    invitations: Sequence[PavilionInvitation]
    block_m2: int

    @property
    def given_m2(self) -> int:
        """What members have."""
        return sum(row.area_m2 for row in self.members)

    @property
    def offered_m2(self) -> int:
        """What open invitations offer."""
        return sum(one.area_m2 for one in self.invitations if one.state == "invited")

    @property
    def asked_m2(self) -> int:
        """The whole block as it is asked for."""
        return self.own_m2 + self.given_m2

    @property
    def left_m2(self) -> int | None:
        """What is left of the block the lead set as its limit; None where it set none."""
        return self.block_m2 - self.asked_m2 - self.offered_m2 if self.block_m2 else None


def pavilion(session: Session, lead: Exhibitor) -> Pavilion:
    """The pavilion an exhibitor leads; it may be empty."""
    members = session.execute(
        select(
            Exhibitor.id, Exhibitor.code, Exhibitor.area_m2, Exhibitor.state, Exhibitor.organisation_id,
            Organisation.name, Organisation.country,
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.lead_id == lead.id)
        .order_by(Exhibitor.code)
    ).all()  # fmt: skip
    invitations = session.exec(
        select(PavilionInvitation)
        .where(PavilionInvitation.lead_id == lead.id, PavilionInvitation.state.in_(("invited", "declined")))
        .order_by(PavilionInvitation.id)
    ).all()
    return Pavilion(lead.area_m2, members, invitations, lead.pavilion_m2)


def insist_room(session: Session, lead: Exhibitor, more_m2: int) -> None:
    """Refuse what would make the block larger than its lead allows, or fuller than a pavilion may be."""
    block = pavilion(session, lead)
    count = len(block.members) + sum(one.state == "invited" for one in block.invitations)
    if more_m2 and count >= MOST_MEMBERS:
        raise Refused(say("A pavilion has up to %(most)s members.", most=MOST_MEMBERS))
    wanted = block.asked_m2 + block.offered_m2 + more_m2
    limit = lead.pavilion_m2 or LARGEST_PAVILION_M2
    if wanted > limit:
        raise Refused(
            say(
                "Your block has %(limit)s m², and this would make it %(wanted)s m². Enlarge the block or"
                " offer less.",
                limit=limit,
                wanted=wanted,
            )
        )
