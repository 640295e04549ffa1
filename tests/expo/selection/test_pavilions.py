"""A lead shares out the stands of its block."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.audit.services import watch
from expo.errors import Refused
from expo.selection.services import pavilions, picking
from tests.expo.selection.making import a_fair, a_firm, a_round


@pytest.fixture
def fair(session):
    return a_fair(session)


@pytest.fixture
def block(session, fair):
    """A lead with two members and a block of three stands, all still the lead's."""
    lead = a_firm(session, fair, "LEAD")
    members = [a_firm(session, fair, code, lead_id=lead.id) for code in ("M1", "M2")]
    round_ = a_round(session, fair)
    picking.choose(session, round_, lead, ["A-01", "A-02", "A-03"])
    picking.confirm(session, round_, lead)
    return lead, *members


def shares(session, lead) -> dict[str, str]:
    return {share.place.code: share.owner for share in pavilions.block_of(session, lead)}


def test_stands_pass_to_members_and_back_with_a_trail(session, fair, block):
    watch()
    lead, *_members = block
    seen = shares(session, lead)
    assert pavilions.share_out(session, lead, {"A-02": "M1", "A-03": "M2"}, seen) == 2
    assert shares(session, lead) == {"A-01": "LEAD", "A-02": "M1", "A-03": "M2"}
    assert pavilions.share_out(session, lead, {"A-03": "LEAD"}, shares(session, lead)) == 1
    changes = session.exec(
        select(AuditEntry.changes).where(AuditEntry.subject == "allotment", AuditEntry.action == "changed")
    ).all()
    assert sum("exhibitor_id" in change for change in changes) == 3


def test_only_the_leads_own_stands_and_people(session, fair, block):
    lead, member, _other = block
    a_firm(session, fair, "X")
    seen = shares(session, lead)
    for wanted, said in (({"B-01": "M1"}, "B-01 does not belong"), ({"A-01": "X"}, "X does not stand in")):
        with pytest.raises(Refused, match=said):
            pavilions.share_out(session, lead, wanted, seen)
    with pytest.raises(Refused, match="Only the lead"):
        pavilions.share_out(session, member, {"A-01": "M1"}, {})


def test_nothing_is_overwritten_unseen(session, fair, block):
    lead, *_members = block
    seen = shares(session, lead)
    pavilions.share_out(session, lead, {"A-02": "M1"}, seen)
    with pytest.raises(Refused, match="has changed since"):
        pavilions.share_out(session, lead, {"A-03": "M2"}, seen)


@pytest.mark.parametrize("leaving", ["lead_id = NULL", "state = 'withdrawn'"])
def test_who_leaves_gives_back(session, fair, block, leaving):
    lead, member, _other = block
    pavilions.share_out(session, lead, {"A-02": "M1"}, shares(session, lead))
    session.execute(text(f"UPDATE exhibitor SET {leaving} WHERE id = :id"), {"id": member.id})
    session.expire_all()
    assert shares(session, lead) == {"A-01": "LEAD", "A-02": "LEAD", "A-03": "LEAD"}
