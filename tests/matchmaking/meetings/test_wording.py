"""Reasons in words."""

from matchmaking.meetings.agenda.explain import REASONS
from matchmaking.meetings.wording import FOR, TO_SETTLE, UNMET, unmet, why
from matchmaking.recommendations.score import Need, Offer, mutual_score


def kept(need: Need, offer: Offer) -> list[list]:
    """Reasons as a meeting keeps them."""
    return [[r.code, r.points, r.most, dict(r.figures)] for r in mutual_score(need, offer).reasons]


def test_a_meeting_says_what_speaks_for_it_and_what_is_left_to_settle():
    need = Need(
        "B/1", "B", "040900", certificates=frozenset({"HALAL", "ISO 22000"}), countries=frozenset({"KG"})
    )
    offer = Offer("P", "S", "040900", origin="KG", certificates=frozenset({"HALAL"}))
    told = why(kept(need, offer), country={"KG": "Kyrgyzstan"}.get)
    assert [str(one) for one in told.reasons] == [
        "offers exactly what is wanted (HS 040900)",
        "has some certificates asked for: HALAL",
        "comes from a country wanted: Kyrgyzstan",
    ]
    assert [str(one) for one in told.to_settle] == ["certificates missing: ISO 22000"]


def test_languages_are_named():
    told = why([["languages_shared", 8, 8, {"languages": ["en", "ru"]}]], language={"en": "E", "ru": "R"}.get)
    assert [str(one) for one in told.reasons] == ["you share a language: E, R"]


def test_what_nobody_asked_for_says_nothing():
    assert why([["price_open", 15, 15, {}], ["no_such_code", 0, 0, {}]]).reasons == ()


def test_a_percent_sign_of_somebody_else_does_no_harm():
    told = why([["certificates_all", 15, 15, {"have": ["100 % wool %(x)s"]}]])
    assert [str(one) for one in told.reasons] == ["has all certificates asked for: 100 % wool %(x)s"]


def test_every_reason_of_the_solver_has_its_sentence():
    assert set(UNMET) == set(REASONS) | {"agreed_time_lost", "agreed_time_moved"}


def test_unmet_requests_are_told_the_most_frequent_first():
    told = [(str(sentence), count) for sentence, count in unmet({"tables_full": 2, "buyer_full": 5, "x": 1})]
    assert [count for _sentence, count in told] == [5, 2, 1]
    assert told[2][0] == "For a reason of an unknown kind."


def test_sentences_ask_only_for_figures_that_the_score_gives():
    need = Need(
        "B/1",
        "B",
        "0409",
        10,
        "t",
        100,
        "CNY",
        "FOB",
        frozenset({"HALAL"}),
        frozenset({"KG"}),
        frozenset({"en"}),
    )
    offers = [
        Offer("P", "S", "040900", "KG", 20, "t", 90, "CNY", "FOB", frozenset({"HALAL"}), frozenset({"en"})),
        Offer("P", "S", "040510", "RU", 5, "t", 120, "CNY", "CIF", frozenset(), frozenset({"ru"})),
        Offer("P", "S", "040900", "RU", 5, "kg", 120, "USD", "CIF", frozenset({"ISO"}), frozenset({"ru"})),
    ]
    seen = {code for offer in offers for code, *_ in kept(need, offer) if code in FOR or code in TO_SETTLE}
    for offer in offers:
        told = why(kept(need, offer))
        assert all("%(" not in str(one) for one in (*told.reasons, *told.to_settle))
    assert len(seen) >= 12
