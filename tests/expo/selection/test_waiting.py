"""The waiting list: offers in point order, one at a time, passed on when they are not taken."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Hold, Offer, WaitingWish
from expo.selection.queries import lists
from expo.selection.services import freeing, offering, picking, rounds, waiting
from tests.expo.selection.making import a_fair, a_firm, a_round, at_once


@pytest.fixture
def fair(session):
    return a_fair(session)


def take(session, round_, firm, *stands):
    picking.choose(session, round_, firm, list(stands))
    picking.confirm(session, round_, firm)


def wait(session, firm, kind="stand", stand="", zone="", area=(9, 9), replaces=False) -> WaitingWish:
    return waiting.join(session, firm, kind, stand, zone, area, replaces=replaces)


def fall_free(session, *codes):
    session.execute(
        text("DELETE FROM allotment USING stand WHERE stand.id = stand_id AND code = ANY(:codes)"),
        {"codes": list(codes)},
    )


def sweep(session, fair) -> list[Offer]:
    freeing.clear_expired(session, fair.edition.id)
    offering.expire_offers(session, fair.edition.id)
    found, passed = [], set()
    while offer := offering.offer_next(session, fair.edition, passed):
        found.append(offer)
    return found


def run_out(session):
    session.execute(text("UPDATE stand_hold SET expires_at = now()"))
    session.execute(text("UPDATE stand_offer SET expires_at = now()"))
    session.expire_all()


@pytest.fixture
def taken(session, fair):
    """A closed round in which OWN took A-01; LOW and HIGH wait for it."""
    own = a_firm(session, fair, "OWN")
    low, high = a_firm(session, fair, "LOW", points=1), a_firm(session, fair, "HIGH", points=9)
    round_ = a_round(session, fair)
    take(session, round_, own, "A-01")
    wait(session, low, stand="A-01")
    wait(session, high, stand="A-01")
    rounds.close(session, round_)
    return own, low, high


def test_the_line_is_in_point_order_whoever_joined_first(session, fair, taken):
    wishes = {wish.exhibitor_id: wish.id for wish in session.exec(select(WaitingWish)).all()}
    found = lists.positions(session, fair.edition)
    _own, low, high = taken
    assert (found[wishes[high.id]], found[wishes[low.id]]) == ((1, 2), (2, 2))


def test_what_falls_free_is_offered_once_and_in_order(session, fair, taken):
    _own, low, high = taken
    assert sweep(session, fair) == []
    fall_free(session, "A-01")
    [offer] = sweep(session, fair)
    assert (offer.exhibitor_id, offer.stands, sweep(session, fair)) == (high.id, ["A-01"], [])
    waiting.decline(session, high, offer.id)
    [second] = sweep(session, fair)
    assert second.exhibitor_id == low.id
    waiting.accept(session, low, second.id)
    assert session.exec(select(Allotment.exhibitor_id, Allotment.locked)).all() == [(low.id, True)]
    assert session.exec(select(Hold)).all() == []
    assert session.get_one(WaitingWish, second.wish_id).state == "served"


def test_an_offer_nobody_answers_goes_to_the_next(session, fair, taken):
    _own, low, high = taken
    fall_free(session, "A-01")
    [offer] = sweep(session, fair)
    run_out(session)
    with pytest.raises(Refused, match="This offer is over"):
        waiting.accept(session, high, offer.id)
    [second] = sweep(session, fair)
    assert (session.get_one(Offer, offer.id).state, second.exhibitor_id) == ("expired", low.id)
    still = select(WaitingWish.exhibitor_id).where(WaitingWish.state == "waiting")
    assert session.exec(still).all() == [low.id]


def test_an_offered_stand_is_kept_from_pickers(session, fair, taken):
    fall_free(session, "A-01")
    other = a_firm(session, fair, "Z")
    round_ = a_round(session, fair)
    with pytest.raises(Refused, match="goes to who waits for it first"):
        picking.choose(session, round_, other, ["A-01"])
    sweep(session, fair)
    with pytest.raises(Refused, match="A-01"):
        picking.choose(session, round_, other, ["A-01"])


def test_nobody_gets_ahead_of_their_turn_by_waiting(session, fair, taken):
    _own, _low, high = taken
    fall_free(session, "A-01")
    round_ = a_round(session, fair, mode="turns", weekends=True, day_from="00:00", day_until="00:00")
    session.execute(text("UPDATE selection_turn SET opens_at = now() + interval '1 hour'"))
    assert sweep(session, fair) == []
    session.execute(
        text("UPDATE selection_turn SET opens_at = now() WHERE exhibitor_id = :id AND round_id = :round"),
        {"id": high.id, "round": round_.id},
    )
    assert [offer.exhibitor_id for offer in sweep(session, fair)] == [high.id]


def test_a_size_is_found_among_touching_free_stands(session, fair):
    firm = a_firm(session, fair, "X", area_m2=27)
    wait(session, firm, "size", area=(18, 27))
    [offer] = sweep(session, fair)
    assert len(offer.stands) == 2
    waiting.accept(session, firm, offer.id)
    second = a_firm(session, fair, "Y", zones=["NONE"])
    wait(session, second, "size")
    assert sweep(session, fair) == []
    wait(session, second, "zone", zone="INT")
    assert len(sweep(session, fair)) == 1


def test_a_better_place_replaces_the_present_one_in_one_moment(session, fair):
    firm, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    take(session, round_, firm, "B-05")
    take(session, round_, other, "A-01")
    with pytest.raises(Refused, match="You have a place"):
        wait(session, firm, stand="A-01")
    wait(session, firm, stand="A-01", replaces=True)
    rounds.close(session, round_)
    fall_free(session, "A-01")
    [offer] = sweep(session, fair)
    waiting.accept(session, firm, offer.id)
    codes = (
        session.execute(text("SELECT code FROM allotment JOIN stand ON stand.id = stand_id")).scalars().all()
    )
    assert codes == ["A-01"]


def test_who_got_a_place_waits_no_longer(session, fair):
    firm, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    take(session, round_, other, "A-01")
    wish = wait(session, firm, stand="A-01")
    take(session, round_, firm, "A-02")
    session.refresh(wish)
    assert wish.state == "left"


def test_others_cannot_answer_and_leaving_passes_the_offer_on(session, fair, taken):
    _own, low, high = taken
    fall_free(session, "A-01")
    [offer] = sweep(session, fair)
    with pytest.raises(Refused, match="not there any more"):
        waiting.accept(session, low, offer.id)
    waiting.leave(session, high, offer.wish_id)
    assert [next_one.exhibitor_id for next_one in sweep(session, fair)] == [low.id]


def test_sweepers_side_by_side_never_offer_a_stand_twice(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        for number in range(20):
            wait(session, a_firm(session, fair, f"X{number:02d}"), "size")
        edition = fair.edition.id
        session.commit()

        def sweeper(own):
            one, passed = own.get(Edition, edition), set()
            for _go in range(30):
                offering.offer_next(own, one, passed)
                own.commit()

        assert set(at_once(fresh_database, [sweeper] * 8)) == {""}
        offers = session.exec(select(Offer)).all()
        stands = [code for offer in offers for code in offer.stands]
        assert len(stands) == len(set(stands)) == 12
        assert len({offer.exhibitor_id for offer in offers}) == 12
        firm = offers[0].exhibitor_id
        verbs = [lambda own: waiting.accept(own, own.get(Exhibitor, firm), offers[0].id)] * 6
        answers = at_once(fresh_database, verbs)
        assert (answers.count(""), len(session.exec(select(Allotment)).all())) == (1, 1)
    engine.dispose()


def test_while_a_round_goes_on_nobody_has_places_kept_by_waiting_for_any(session, fair, taken):
    _own, _low, high = taken
    fall_free(session, "A-01")
    round_ = a_round(session, fair)
    with pytest.raises(Refused, match="A selection is going on"):
        wait(session, high, "size")
    [offer] = sweep(session, fair)
    assert offer.expires_at - offer.offered_at == timedelta(minutes=3 * round_.hold_minutes)


def test_one_offer_at_a_time_to_each(session, fair):
    firm = a_firm(session, fair, "X")
    wait(session, firm, "size")
    wait(session, firm, "zone", zone="INT")
    [offer] = sweep(session, fair)
    waiting.decline(session, firm, offer.id)
    assert len(sweep(session, fair)) == 1
