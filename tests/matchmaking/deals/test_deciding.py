"""Confirming, disputing, amending: by the other party only, and everybody again after a change."""

from decimal import Decimal

import pytest

from matchmaking.catalogue.models import HsCode
from matchmaking.deals import queries, services
from matchmaking.deals.services import Party
from tests.make import a_buyer, an_edition, an_exhibitor, an_organisation
from tests.matchmaking.deals.making import a_deal, a_line, a_new_deal, a_rate
from tests.matchmaking.deals.test_services import refusal


@pytest.fixture
def edition(session):
    return an_edition(session)


def entered_by_the_seller(session, edition, **given):
    """(deal, the seller's organisation, the buyer's) of a deal that the seller entered, user 1 typing."""
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    new = a_new_deal(
        session, edition, seller=seller, buyer=buyer, entered_for=seller.organisation_id, **given
    )
    return services.record(session, edition, new, 1), seller, buyer


def test_the_other_party_confirms_and_then_all_stand_by_it(session, edition):
    deal, _seller, buyer = entered_by_the_seller(session, edition)
    assert deal.standing == "open"
    services.confirm(session, edition, deal, buyer.organisation_id, 2)
    states = [one.state for one in services.parties_of(session, deal)]
    assert (states, deal.standing, deal.version) == (["entered", "confirmed"], "confirmed", 2)
    assert services.verify(session, edition).intact


def test_a_party_cannot_confirm_its_own_entry(session, edition):
    deal, seller, _buyer = entered_by_the_seller(session, edition)
    assert refusal(services.confirm, session, edition, deal, seller.organisation_id, 2) == (
        "You entered this yourself; it is for the other party to confirm it."
    )


def test_whoever_typed_it_cannot_confirm_it_for_the_other_side(session, edition):
    deal, _seller, buyer = entered_by_the_seller(session, edition)
    assert refusal(services.confirm, session, edition, deal, buyer.organisation_id, 1) == (
        "Whoever entered a deal cannot confirm it as well. Let somebody else do it."
    )


def test_a_stranger_neither_confirms_nor_enters(session, edition):
    deal, _seller, _buyer = entered_by_the_seller(session, edition)
    stranger = an_organisation(session).id
    assert refusal(services.confirm, session, edition, deal, stranger, 2) == (
        "Your organisation is not a party to this deal."
    )
    new = a_new_deal(session, edition, entered_for=stranger)
    assert refusal(services.record, session, edition, new) == (
        "You can enter deals of your own organisation only."
    )


def test_a_disputed_deal_no_longer_counts_until_it_is_settled(session, edition):
    deal, seller, buyer = entered_by_the_seller(session, edition)
    before = queries.outcomes(session, edition)["purchase"]
    services.dispute(session, edition, deal, buyer.organisation_id, 2, reason="The price is another one.")
    assert (before[0], "purchase" in queries.outcomes(session, edition)) == (1, False)
    new = a_new_deal(session, edition, seller=seller, buyer=buyer, lines=(a_line(unit_price_minor=1000),))
    services.amend(session, edition, deal, new, 1, reason="As agreed.")
    assert queries.outcomes(session, edition)["purchase"] == (1, 10000, 10000)
    assert [one.state for one in services.parties_of(session, deal)] == ["open", "open"]


def test_a_dispute_says_why(session, edition):
    deal, _seller, buyer = entered_by_the_seller(session, edition)
    assert refusal(services.dispute, session, edition, deal, buyer.organisation_id, 2, reason=" ") == (
        "Say what is not right, so that the other side can amend it."
    )


def test_what_was_looked_at_is_what_is_decided_on(session, edition):
    deal, _seller, buyer = entered_by_the_seller(session, edition)
    services.move(session, edition, deal, "contract", 1)
    assert (
        refusal(services.confirm, session, edition, deal, buyer.organisation_id, 2, version=1)
        == "Somebody changed this deal meanwhile. Look at it again before you decide."
    )


def test_several_parties_all_confirm_but_witnesses_need_not(session, edition):
    guarantor, witness = an_organisation(session).id, an_organisation(session).id
    others = (Party(guarantor, "guarantor", "Li Wei"), Party(witness, "witness"))
    deal, _seller, buyer = entered_by_the_seller(session, edition, others=others)
    services.confirm(session, edition, deal, buyer.organisation_id, 2)
    assert deal.standing == "open"
    services.confirm(session, edition, deal, guarantor, 3)
    assert deal.standing == "confirmed"


def test_goods_agreed_before_a_nomenclature_was_taken_in_are_still_amended_and_called_off(session, edition):
    deal, seller, buyer = entered_by_the_seller(
        session, edition, lines=(a_line(hs="090199"),), framework=True
    )
    other = HsCode(edition_id=edition.id, code="090111", name={"en": "Coffee; not roasted"})
    session.add(other)
    parties = {"seller": seller, "buyer": buyer}
    dearer = a_new_deal(
        session, edition, **parties, framework=True, lines=(a_line(hs="090199", unit_price_minor=2000),)
    )
    services.amend(session, edition, deal, dearer, 1)
    a_deal(
        session, edition, **parties, framework_id=deal.id, lines=(a_line(hs="090199", unit_price_minor=9),)
    )
    others = a_new_deal(session, edition, **parties, framework=True, lines=(a_line(hs="090112"),))
    assert refusal(services.amend, session, edition, deal, others, 1) == (
        "The nomenclature has no HS code 090112. Did you mean 090111?"
    )
    a_line_more = a_new_deal(session, edition, **parties, lines=(a_line(hs="090199"),))
    assert "has no HS code 090199" in refusal(services.record, session, edition, a_line_more)


def test_what_has_ended_is_not_amended(session, edition):
    deal, seller, buyer = entered_by_the_seller(session, edition)
    services.move(session, edition, deal, "cancelled", reason="No ship.")
    new = a_new_deal(session, edition, seller=seller, buyer=buyer, stage="cancelled")
    assert refusal(services.amend, session, edition, deal, new) == (
        "This deal has come to its end; nothing in it can be changed."
    )


def test_call_offs_stay_within_their_framework_and_are_not_counted_twice(session, edition):
    seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
    both = {"seller": seller, "buyer": buyer}
    frame = a_deal(session, edition, framework=True, lines=(a_line(quantity=Decimal(100)),), **both)
    call = a_deal(session, edition, framework_id=frame.id, lines=(a_line(quantity=Decimal(60)),), **both)
    more = a_new_deal(session, edition, framework_id=frame.id, lines=(a_line(quantity=Decimal(41)),), **both)
    with session.begin_nested() as inner:
        said = refusal(services.record, session, edition, more)
        inner.rollback()
    assert said == "The call-offs of a framework deal come to no more than its sum, in its own currency."
    assert queries.outcomes(session, edition)["purchase"][:2] == (1, frame.total_minor)
    assert refusal(services.move, session, edition, frame, "cancelled") == (
        "Call-offs of this framework are still open. Cancel them first."
    )
    services.move(session, edition, call, "cancelled")
    assert queries.frame_of(session, frame).called_minor == 0


def test_an_intent_of_three_years_is_also_stated_for_one(session, edition):
    a_deal(session, edition, term_months=36, lines=(a_line(quantity=Decimal(30)),))
    assert queries.outcomes(session, edition)["purchase"] == (1, 37020, 12340)


def test_an_investment_is_worth_what_is_stated_and_lies_where_its_project_is(session, edition):
    a_rate(session, edition)
    project = services.Project("new", "KZ", "Almaty", "Energy", {"en": "A wind park"}, 400)
    deal = a_deal(
        session, edition, type="investment", lines=(), amount_minor=5_000_000_00, currency="USD",
        project=project, stage="memorandum",
    )  # fmt: skip
    assert (deal.total_minor, deal.home_minor, deal.abroad) == (500_000_000, 3_571_500_000, True)
    assert queries.project_of(session, deal).place == "Almaty"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lines": (a_line(hs="041100"),)}, "HS heading 0411 does not exist in chapter 04."),
        ({"lines": (a_line(unit="m2"),)}, "Goods of HS 040900 are not counted in m2."),
        ({"lines": (a_line(unit="wagon"),)}, "wagon is not a unit we know. Use one such as kg, t, l or pcs."),
        ({"lines": (a_line(incoterm="XXX"),)}, "XXX is no delivery term. Use one such as FOB."),
        ({"term_months": 0}, "The term is between 1 and 1200 months."),
        ({"type": "report"}, "Choose a type and a stage from the lists."),
        ({"origin": "dream"}, "Choose from the list where the deal was made."),
        (
            {"project": services.Project("new", "KZ")},
            "Choose from the list how the project is carried out.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(session, edition, wrong, sentence):
    assert refusal(services.record, session, edition, a_new_deal(session, edition, **wrong)) == sentence
