"""Reasons in words."""

from matchmaking.meetings.agenda.explain import REASONS
from matchmaking.meetings.wording import UNMET, unmet, unmet_reason, why
from matchmaking.recommendations.facts import reasons
from matchmaking.recommendations.fit import Need, Offer, fits
from matchmaking.recommendations.measures import certificate
from matchmaking.recommendations.trade import Trade


def names(*several: str) -> frozenset[str]:
    return frozenset(map(certificate, several))


def kept(need: Need, offer: Offer, *asked: str) -> list[list]:
    """Reasons as a meeting keeps them."""
    return reasons(fits(need, offer, 0, Trade({})), need, offer, asked)


def test_a_meeting_says_what_speaks_for_it_and_what_is_left_to_settle():
    asked = ("HALAL", "ISO 22000")
    need = Need(1, 1, "040900", certificates=names(*asked), countries=frozenset({"KG"}))
    offer = Offer(1, 1, "040900", origin="KG", certificates=names("Halal"))
    told = why(kept(need, offer, *asked), country={"KG": "Kyrgyzstan"}.get)
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
    assert set(UNMET) == set(REASONS) - {"forbidden"} | {"agreed_time_lost", "agreed_time_moved"}


def test_unmet_requests_are_told_the_most_frequent_first():
    told = [(str(why), count) for _code, why, count in unmet({"tables_full": 2, "buyer_full": 5, "x": 1})]
    assert [count for _sentence, count in told] == [5, 2, 1]
    assert told[2][0] == "For a reason of an unknown kind."


def test_a_no_is_counted_and_told_as_if_the_two_had_no_time():
    ((code, sentence, count),) = unmet({"forbidden": 2, "no_slot_left": 3})
    assert (code, str(sentence), count) == ("no_slot_left", str(unmet_reason("forbidden")), 5)


def test_sentences_ask_only_for_figures_that_the_reasons_give():
    need = Need(
        1, 1, "0409", (frozenset({"honey"}),), 10, "t", 50, 100, "CNY/t", "FOB", names("HALAL"),
        frozenset({"KG"}), frozenset({"en"}), "CN", frozenset({"F1"}),
    )  # fmt: skip
    offers = [
        Offer(
            1, 1, "040900", frozenset(), "KG", 20, "t", 90, "CNY/t", "FOB", names("HALAL"),
            frozenset({"en"}), frozenset({"CN"}), frozenset({"F1"}),
        ),
        Offer(2, 1, "040510", frozenset(), "RU", 5, "t", 120, "CNY/t", "CIF", names(), frozenset({"ru"})),
        Offer(3, 1, "040900", frozenset(), "RU", 5, "kg", 120, "USD/t", "CIF", names("ISO")),
        Offer(4, 1, "040900", frozenset(), "RU", 5, "kg", 40, "CNY/t", "CIF", names("ISO")),
    ]  # fmt: skip
    told = [why(kept(need, offer, "HALAL")) for offer in offers]
    said = {str(one) for each in told for one in (*each.reasons, *each.to_settle)}
    assert not [one for one in said if "%(" in one]
    assert len(said) == 18
