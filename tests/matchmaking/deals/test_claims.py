"""What one party alone can do to a deal: less than it may wish."""

from decimal import Decimal

import pytest
from sqlmodel import select

from expo.errors import Refused
from matchmaking.deals import queries, services
from matchmaking.deals.models import DealEvent
from matchmaking.deals.queries import Filter
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import a_deal, a_line, a_new_deal, a_rate
from tests.matchmaking.deals.test_own_views import as_party
from tests.matchmaking.deals.test_papers import a_pdf
from tests.matchmaking.deals.test_views import typed
from tests.signing import sign_in


def _states(session, deal):
    return [one.state for one in services.parties_of(session, deal)]


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def agreed(session, edition):
    """An intent that the seller (user 1) entered and the buyer (user 2) confirmed."""
    seller = an_exhibitor(session, edition)
    new = a_new_deal(session, edition, seller=seller, entered_for=seller.organisation_id)
    deal = services.record(session, edition, new, 1)
    services.confirm(session, edition, deal, new.buyer.organisation_id, 2)
    return deal, new


def test_a_step_that_one_party_claims_is_confirmed_by_the_other_anew(session, edition, agreed):
    deal, new = agreed
    services.move(session, edition, deal, "contract", 2, organisation_id=new.buyer.organisation_id)
    assert (deal.standing, _states(session, deal)) == ("open", ["open", "entered"])
    with pytest.raises(Refused, match="You entered this yourself"):
        services.confirm(session, edition, deal, new.buyer.organisation_id, 3)
    services.confirm(session, edition, deal, new.seller.organisation_id, 1)
    assert (deal.standing, _states(session, deal)) == ("confirmed", ["confirmed", "entered"])
    assert services.verify(session, edition).intact


def test_a_dispute_stays_when_the_other_party_moves_on(session, edition, agreed):
    deal, new = agreed
    services.dispute(session, edition, deal, new.buyer.organisation_id, 2, reason="Too dear")
    services.move(session, edition, deal, "contract", 1, organisation_id=new.seller.organisation_id)
    assert (deal.standing, _states(session, deal)) == ("disputed", ["entered", "disputed"])
    assert services.verify(session, edition).intact


def test_a_witness_neither_cancels_nor_moves_on(session, edition):
    watcher = an_exhibitor(session, edition)
    party = services.Party(watcher.organisation_id, "witness", "")
    deal = a_deal(session, edition, others=(party,))
    for stage in ("contract", "cancelled"):
        with pytest.raises(Refused, match="not a party"):
            services.move(session, edition, deal, stage, 3, organisation_id=watcher.organisation_id)


def test_strangers_call_off_from_nobodys_framework(client, session, edition):
    seller = an_exhibitor(session, edition)
    frame = a_deal(session, edition, seller=seller, framework=True, lines=(a_line(quantity=Decimal(10**6)),))
    for new in (
        a_new_deal(session, edition, framework_id=frame.id),
        a_new_deal(session, edition, seller=seller, framework_id=frame.id),
    ):
        with pytest.raises(Refused, match="called off by the parties of its framework"):
            services.record(session, edition, new, 1)
    stranger, other = an_exhibitor(session, edition), a_buyer(session, edition)
    as_party(client, session, edition, stranger, "exhibitor")
    form = typed(stranger, other, framework_number=str(frame.number))
    answer = client.post(f"/{edition.code}/deals/new", data=form)
    assert f"Deal {frame.number} is no framework." in answer.text


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 20, "2", "-1"])
def test_who_does_not_say_which_version_was_seen_changes_nothing(client, session, edition, version):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    deal = a_deal(session, edition, seller=seller, buyer=buyer)
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/deals/1"
    for page, form in (
        ("amend", typed(seller, buyer)),
        ("stage", {"stage": "contract"}),
        ("parties", {"organisation": str(buyer.organisation_id), "act": "confirm"}),
    ):
        answer = client.post(f"{address}/{page}", data=form | {"version": version}, follow_redirects=True)
        assert (answer.status_code, "Somebody changed this deal meanwhile." in answer.text) == (200, True)
    assert session.exec(select(DealEvent.kind).where(DealEvent.deal_id == deal.id)).all() == ["recorded"]


def test_who_may_see_the_price_is_sealed_once(session, edition, agreed):
    deal, new = agreed
    for shown in (True, True, False):
        services.show_price(session, edition, deal, new.seller.organisation_id, shown, 1)
    kinds = [one.kind for one in queries.events_of(session, deal)]
    assert kinds == ["recorded", "confirmed", "price_shown", "price_hidden"]
    assert services.verify(session, edition).intact


def test_the_list_behind_a_figure_is_worth_the_figure(session, edition):
    a_rate(session, edition)
    goods = (a_line(), a_line(hs="270900", unit_price_minor=777))
    for stage in ("lead", "intent", "contract"):
        a_deal(session, edition, stage=stage, lines=goods)
    services.move(session, edition, a_deal(session, edition, lines=goods), "cancelled")
    disputed = a_deal(session, edition, lines=goods, currency="USD")
    buyer = services.parties_of(session, disputed)[1].organisation_id
    services.dispute(session, edition, disputed, buyer, 9, reason="No")
    for by, name in (("country", "country"), ("chapter", "hs"), ("section", "section"), ("origin", "origin")):
        for one in queries.sums(session, edition, by):
            for more in ({}, {"newcomer": "known"}):
                chosen = Filter(type="purchase", counted="yes", **{name: one.key}, **more)
                both = queries.both_worths(session, edition, chosen)
                rows = queries.deals(session, edition, chosen, limit=None)
                assert both[0] == both[1]
                assert sum(count for count, _minor in both[0].values()) == one.count == len(rows)
                assert sum(minor for _count, minor in both[0].values()) == one.minor


def test_a_file_that_is_taken_away_twice_at_once_leaves_one_event(session, edition, agreed):
    deal, _new = agreed
    row = services.attach(session, edition, deal, "x.pdf", a_pdf(), 1)
    session.flush()
    services.detach(session, edition, deal, row, 1)
    with pytest.raises(Refused, match="taken away meanwhile"):
        services.detach(session, edition, deal, row, 2)
    assert [one.kind for one in queries.events_of(session, deal)][-2:] == ["attached", "detached"]
