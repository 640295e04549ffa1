"""What the reasons of a pair name."""

from matchmaking.recommendations.facts import reasons
from matchmaking.recommendations.fit import WEIGHTS, Need, Offer, fits
from matchmaking.recommendations.measures import certificate
from matchmaking.recommendations.trade import Trade

ASKED = ("ISO 22000", "Halal", "ISO 22000")
NEED = Need(1, 1, "0409", certificates=frozenset(map(certificate, ASKED)), languages=frozenset({"ru", "zh"}))
OFFER = Offer(1, 1, "040900", certificates=frozenset({"iso22000"}), languages=frozenset({"ky", "ru"}))


def found() -> dict[str, list]:
    kept = reasons(fits(NEED, OFFER, 0, Trade({})), NEED, OFFER, ASKED)
    assert [one[2] for one in kept] == [1000] * len(WEIGHTS)
    return {code: [fit, figures] for code, fit, _of, figures in kept}


def test_a_reason_names_the_codes_compared():
    assert found()["hs_4"] == [700, {"wanted": "0409", "offered": "040900"}]


def test_certificates_are_named_as_the_buyer_wrote_them_and_once():
    assert found()["certificates_some"] == [500, {"have": ["ISO 22000"], "missing": ["Halal"]}]


def test_only_languages_of_both_are_named():
    assert found()["languages_shared"] == [1000, {"languages": ["ru"]}]
