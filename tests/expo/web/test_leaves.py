"""Long lists are turned within their ends, and lead to their files with what was asked of them."""

import pytest

from expo.web import carrying, leaf


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "/x/console/people.csv"),
        ("q=a%20b&page=3&kind=1&kind=2", "/x/console/people.csv?q=a+b&kind=1&kind=2"),
        ("endpoint=y&_method=z&form=pdf&edition=y", "/x/console/people.csv?endpoint=y&_method=z"),
    ],
)
def test_what_a_list_was_asked_for_is_carried_to_its_file_and_nothing_else(app, asked, found):
    with app.test_request_context(f"/?{asked}"):
        assert carrying("registration.person_file", edition="x", form="csv") == found


def test_the_next_page_of_a_list_has_one_number(app):
    with app.test_request_context("/?page=2&q=x&endpoint=y"):
        assert carrying("catalogue_api.exhibitors", edition="x", page=3).endswith("?q=x&endpoint=y&page=3")
