"""The reference edition in the database: imported, met, dealt."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import select

from expo.accounts.models import Grant
from expo.accounts.services import sign_in
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.deals.models import Deal, DealLine
from matchmaking.deals.services import chain_break
from matchmaking.demo.files import files
from matchmaking.demo.services import close_deals, hold_meetings, welcome, write_folder
from matchmaking.demo.services.dealing import market_of
from matchmaking.folder.services import export_edition, import_edition, read_folder
from matchmaking.meetings.models import Meeting
from matchmaking.requests.grid import grid


@pytest.fixture
def edition(session, tmp_path):
    write_folder(tmp_path / "edition")
    parsed, problems = read_folder(tmp_path / "edition")
    assert not problems
    return import_edition(session, parsed)


def matched(session, edition, most: int) -> list[Meeting]:
    """Meetings of exhibitors with buyers who need what they have, one a slot for everybody."""
    slots = grid(edition.meetings, edition.zone_info)
    sellers = {}
    for exhibitor, hs in session.exec(
        select(Product.exhibitor_id, Product.hs).where(Product.edition_id == edition.id)
    ):
        sellers.setdefault(hs, exhibitor)
    needs = select(Need.buyer_id, Need.hs).join(Buyer).where(Buyer.edition_id == edition.id).order_by(Need.id)
    pairs = dict.fromkeys((buyer, sellers[hs]) for buyer, hs in session.exec(needs) if hs in sellers)
    busy, tables, found = set(), Counter(), []
    for buyer, seller in pairs:
        free = (s for s in slots if {(buyer, s.number), (-seller, s.number)}.isdisjoint(busy))
        slot = next(free, None)
        if slot is None or len(found) == most:
            continue
        busy |= {(buyer, slot.number), (-seller, slot.number)}
        tables[slot.number] += 1
        found.append(
            Meeting(
                edition_id=edition.id,
                buyer_id=buyer,
                exhibitor_id=seller,
                slot=slot.number,
                starts_at=slot.starts_at,
                ends_at=slot.starts_at + timedelta(minutes=20),
                table_number=tables[slot.number],
                score=0.5,
            )
        )
    return found


def test_the_folder_is_imported_as_it_is_and_comes_out_with_the_same_rows(session, edition, tmp_path, made):
    export_edition(session, edition, tmp_path / "out")
    assert len(session.exec(select(Exhibitor.id).where(Exhibitor.edition_id == edition.id)).all()) == 330
    for name, text in files(made).items():
        if name.endswith(".csv"):
            assert (tmp_path / "out" / name).read_text("utf-8-sig").count("\n") == text.count("\n"), name


def test_meetings_are_held_but_for_a_few_and_deals_add_up(session, edition):
    assert hold_meetings(session, edition, seed=1) == {"held": 0, "no_show": 0}
    assert close_deals(session, edition, seed=1) == []
    session.add_all(matched(session, edition, 400))
    session.flush()
    states = hold_meetings(session, edition, seed=1)
    assert sum(states.values()) == 400
    assert 0 < states["no_show"] < 40

    found = close_deals(session, edition, seed=1)
    session.flush()
    lines = session.exec(select(DealLine).join(Deal).where(Deal.edition_id == edition.id)).all()
    held = session.exec(select(Meeting.id).where(Meeting.state == "held")).all()
    assert sum(deal.total_minor for deal in found) == sum(line.amount_minor for line in lines)
    assert {deal.meeting_id for deal in found} <= set(held)
    assert Counter(deal.type for deal in found)["purchase"] > 100
    assert chain_break(session, edition) is None
    assert market_of(session, edition).rates["USD"].normalize() == found[0].rate.__class__("7.143")


def test_one_person_of_every_kind_can_sign_in(session, edition):
    made = welcome(session)
    assert [one["role"] for one in made] == ["organiser", "exhibitor", "buyer", "gate", "finance", "auditor"]
    for one in made:
        user, _ = sign_in(session, one["email"], one["password"], browser="", days=1)
        granted = session.exec(select(Grant).where(Grant.user_id == user.id)).one()
        assert (granted.role, granted.edition_id) == (one["role"], edition.id)
        assert (granted.organisation_id is None) == (one["role"] not in ("exhibitor", "buyer"))


def test_without_the_reference_edition_nobody_is_welcomed(session):
    with pytest.raises(Refused, match="qingdao-2023"):
        welcome(session)
