"""Long lists are turned within their ends."""

import pytest

from expo.web import leaf


@pytest.mark.parametrize(
    ("asked", "total", "found"),
    [
        ("", 0, (1, 1, 0)),
        ("2", 51, (2, 2, 50)),
        ("9", 51, (2, 2, 50)),
        ("-1", 51, (1, 2, 0)),
        ("x", 1, (1, 1, 0)),
    ],
)
def test_the_page_is_one_that_there_is(app, asked, total, found):
    with app.test_request_context(query_string={"page": asked}):
        shown = leaf(total)
        assert (shown.page, shown.pages, shown.offset) == found
