"""Tables named many at once."""

import pytest

from matchmaking.meetings.numbers import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1-3, 7", [1, 2, 3, 7]),
        ("7 1 – 2", [1, 2, 7]),
        ("۱-۳، ۵", [1, 2, 3, 5]),
        ("5,5,5", [5]),
        ("", None),
        ("0", None),
        ("3-1", None),
        ("-2", None),
        ("1-2-3", None),
        ("a", None),
        ("1-100000", None),
        ("100001", None),
        ("9" * 40, None),
    ],
)
def test_numbers_and_spans_are_read_and_nonsense_is_not(text, found):
    assert numbers(text) == found
