"""Only addresses that are safe to follow become links."""

import pytest

from matchmaking.catalogue.links import website, without_scheme


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://honey.example/kg?a=1", "https://honey.example/kg?a=1"),
        ("http://honey.example:8080", "http://honey.example:8080"),
        (" honey.example ", "https://honey.example"),
        ("honey.example:8080/a", "https://honey.example:8080/a"),
        ("https://мёд.example", "https://мёд.example"),
    ],
)
def test_web_addresses_are_taken(typed, address):
    assert website(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "JavaScript://honey.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://honey.example",
        "https://user:word@honey.example",
        "https://honey.example/\nx",
        'https://honey.example/"x',
        "https://[honey",
        "https://honey.example:99999",
        "honey",
    ],
)
def test_anything_else_is_not(typed):
    assert website(typed) is None


def test_an_address_is_shown_as_people_say_it():
    assert without_scheme("https://www.honey.example/") == "honey.example"
