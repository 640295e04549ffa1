"""Events of the chain as sentences."""

import pytest

from matchmaking.deals.wording import happened


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),
    [
        ("confirmed", {"organisation": 7}, "Confirmed by Steppe Honey."),
        ("confirmed", {"organisation": 8}, "Confirmed by a party."),
        ("disputed", {"organisation": 7, "reason": "Price"}, "Disputed by Steppe Honey: Price"),
        ("disputed", {"organisation": 8, "reason": "Price"}, "Disputed by a party: Price"),
    ],
)
def test_who_answered_is_named_where_the_name_is_known(kind, told, sentence):
    assert str(happened(kind, told, {7: "Steppe Honey"})) == sentence
