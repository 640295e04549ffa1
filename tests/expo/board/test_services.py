"""Moving, overruling, pinning, taking back, and telling what a place would mean."""

from datetime import timedelta

import pytest

from expo.board import services
from expo.board.asked import Wish
from expo.board.services import past
from expo.errors import Refused
from expo.forums.services import Stale, revision_of
from tests.expo.board.making import a_small_programme, at, put
from tests.make import an_edition
from tests.signing import a_user

HERE = {"seen": 99, "anyway": False, "kind": "move"}


@pytest.fixture
def edition(session):
    return a_small_programme(session)


def where(session, edition):
    return {
        card.code[-1]: (card.room, card.start)
        for card in services.known(session, edition).board().cards
        if card.room
    }


def move(session, edition, *wishes, **given):
    return services.move(session, edition, wishes, **{**HERE, **given})


def acting_as(session, number, name):
    session.info.update(user_id=number, actor=name)


def test_a_talk_goes_from_the_pool_to_a_room_and_back(session, edition):
    assert move(session, edition, Wish("TALK0C", "HALL", at(15, 9))).revision == 1
    assert where(session, edition) == {"C": ("HALL", at(15, 9))}
    move(session, edition, Wish("TALK0C", None, None), kind="clear")
    assert where(session, edition) == {}


def test_what_breaks_a_rule_people_may_overrule_is_asked_about_first(session, edition):
    late = Wish("TALK0A", "HALL", at(16, 9))
    with pytest.raises(services.Doubtful, match="Talk A: Aigul Bekova is not available then") as doubt:
        move(session, edition, late)
    assert len(doubt.value.sentences) == 1
    move(session, edition, late, anyway=True)
    assert [one.rule for one in services.known(session, edition).wrong] == ["person_away"]
    move(session, edition, Wish("TALK0A", "SIDE", at(16, 9)))  # no worse than before: not asked again


def test_a_room_or_person_twice_cannot_be_overruled(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    with pytest.raises(Refused, match="Talk A and Talk C need the same room"):
        move(session, edition, Wish("TALK0C", "HALL", at(15, 9)), anyway=True)
    with pytest.raises(Refused, match="Talk A and Talk B need the same person"):
        move(session, edition, Wish("TALK0B", "SIDE", at(15, 9, 15)), anyway=True)


def test_pinned_talks_stay_and_strange_places_are_refused(session, edition):
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    services.pin(session, edition, ["TALK0C"], True, seen=99)
    with pytest.raises(Refused, match="is pinned"):
        move(session, edition, Wish("TALK0C", "SIDE", at(15, 9)))
    for wish, words in (
        (Wish("TALK0D", "HALL", at(20, 9)), "lies on no programme day"),
        (Wish("TALK0D", "CAVE", at(15, 9)), "There is no room CAVE"),
        (Wish("NOBODY", "HALL", at(15, 9)), "There is no talk NOBODY"),
    ):
        with pytest.raises(Refused, match=words):
            move(session, edition, wish, anyway=True)
    with pytest.raises(Refused, match="no place to be pinned to"):
        services.pin(session, edition, ["TALK0D"], True, seen=99)


def test_a_talk_of_another_edition_is_unknown_here(session, edition):
    other = an_edition(session)
    with pytest.raises(Refused):
        move(session, other, Wish("TALK0C", "HALL", at(15, 9)))


def test_who_is_late_is_told_and_changes_nothing(session, edition):
    acting_as(session, 1, "Li Wei")
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    with pytest.raises(Stale, match="Li Wei has changed “Talk C” meanwhile"):
        move(session, edition, Wish("TALK0C", "SIDE", at(15, 9)), seen=0)
    assert where(session, edition) == {"C": ("HALL", at(15, 9))}


def test_a_block_moves_in_one_act_and_is_taken_back_in_one(session, edition):
    acting_as(session, 1, "Li Wei")
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    put(session, edition, "TALK0D", "HALL", at(15, 9, 40))
    before = where(session, edition)
    later = [Wish(f"TALK0{c}", "HALL", start + timedelta(minutes=40)) for c, (_, start) in before.items()]
    assert move(session, edition, *later, kind="shift").revision == 3
    services.undo(session, edition, 1)
    assert where(session, edition) == before
    services.redo(session, edition, 1)
    assert where(session, edition)["C"] == ("HALL", at(15, 9, 40))
    assert services.own_stacks(session, edition, 1)[1] == []
    assert services.own_stacks(session, edition, 2) == ([], [])


def test_what_somebody_else_changed_since_cannot_be_taken_back(session, edition):
    acting_as(session, 1, "Li Wei")
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    acting_as(session, 2, "Ada")
    put(session, edition, "TALK0C", "SIDE", at(15, 10))
    with pytest.raises(Refused, match="Ada has changed “Talk C” since"):
        services.undo(session, edition, 1)
    with pytest.raises(Refused, match="nothing of yours to do again"):
        services.redo(session, edition, 1)


def test_undo_gives_a_pin_back(session, edition):
    acting_as(session, 1, "Li Wei")
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    services.pin(session, edition, ["TALK0C"], True, seen=99)
    services.undo(session, edition, 1)
    assert [card.locked for card in services.known(session, edition).board().cards if card.room] == [False]


def test_two_talks_swap(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    put(session, edition, "TALK0C", "SIDE", at(15, 11))
    services.swap(session, edition, "TALK0A", "TALK0C", seen=99, anyway=False)
    assert where(session, edition) == {"A": ("SIDE", at(15, 11)), "C": ("HALL", at(15, 9))}
    with pytest.raises(Refused, match="Choose two talks"):
        services.swap(session, edition, "TALK0A", "TALK0D", seen=99, anyway=False)


def test_a_place_is_judged_before_the_drop(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    verdict = services.judge(session, edition, [Wish("TALK0B", "SIDE", at(15, 9))])
    assert [str(one) for one in verdict.forbidden] == [
        "Talk A and Talk B need the same person at the same time."
    ]
    assert revision_of(session, edition) == 1


def test_better_places_are_offered(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    offers = services.offers(session, edition, "TALK0B")
    assert len(offers) == 3
    assert all(offer.start.date() == at(15, 9).date() for offer in offers)
    assert services.offers(session, edition, "NOBODY") == []


def test_who_is_here_is_seen_by_the_others_only(session, edition):
    one, two = (a_user(session) for _ in range(2))
    assert services.look(session, edition, one.id, "Li", "") == (0, [], True)
    assert services.look(session, edition, one.id, "Li", "") == (0, [], False)
    assert services.look(session, edition, two.id, "Ada", "TALK0A").others == [("Li", "")]
    assert services.look(session, edition, one.id, "Li", "").others == [("Ada", "TALK0A")]


def test_the_past_tells_every_act(session, edition):
    acting_as(session, 1, "Li Wei")
    put(session, edition, "TALK0A", "HALL", at(15, 9))
    [told] = past.past(session, edition, 1)
    assert (told.act.actor, str(told.word), told.count, told.changes[0][1]) == (
        "Li Wei",
        "Moved",
        1,
        {"en": "Talk A"},
    )


def test_a_talk_gets_another_length_and_its_old_one_back(session, edition):
    acting_as(session, 7, "Li Wei")
    put(session, edition, "TALK0C", "HALL", at(15, 9))
    put(session, edition, "TALK0D", "HALL", at(15, 11))
    done = services.stretch(session, edition, "TALK0C", 75, seen=99, anyway=False)
    assert (done.kind, length_of(session, edition, "TALK0C")) == ("stretch", 75)
    with pytest.raises(Refused, match="Talk C and Talk D need the same room"):
        services.stretch(session, edition, "TALK0C", 130, seen=99, anyway=True)
    services.undo(session, edition, 7)
    assert length_of(session, edition, "TALK0C") == 30
    services.redo(session, edition, 7)
    assert length_of(session, edition, "TALK0C") == 75
    assert services.stretch(session, edition, "TALK0C", 75, seen=99, anyway=False) is None


def test_a_length_that_breaks_a_rule_is_asked_about_and_a_pinned_talk_keeps_its_own(session, edition):
    put(session, edition, "TALK0A", "HALL", at(15, 11, 15))
    with pytest.raises(services.Doubtful, match="Talk A runs into a break"):
        services.stretch(session, edition, "TALK0A", 90, seen=99, anyway=False)
    assert length_of(session, edition, "TALK0A") == 30
    services.stretch(session, edition, "TALK0A", 90, seen=99, anyway=True)
    assert length_of(session, edition, "TALK0A") == 90
    services.pin(session, edition, ["TALK0A"], True, seen=99)
    for code, minutes, reason in (
        ("TALK0A", 30, "is pinned"),
        ("TALK0B", 60, "has no place yet"),
        ("TALK0B", 0, "from one minute"),
    ):
        with pytest.raises(Refused, match=reason):
            services.stretch(session, edition, code, minutes, seen=99, anyway=True)


def length_of(session, edition, code):
    (card,) = (one for one in services.known(session, edition).board().cards if one.code == code)
    assert (card.end - card.start) == timedelta(minutes=card.minutes)
    return card.minutes
