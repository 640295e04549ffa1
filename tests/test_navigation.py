"""The navigation of each mood: one order in every language, one letter a page."""

import re

import pytest

from tests.make import an_edition
from tests.signing import sign_in


def doors(page: str) -> list[tuple[str, str]]:
    """(address, letter) of the entries in the menu, which has them all."""
    menu = page.split('class="nav nav-narrow"')[1].split("</nav>")[0]
    return re.findall(r'<li><a href="([^"]+)"[^>]*?data-go="(\w)"', menu)


def in_sight(page: str) -> list[tuple[str, str]]:
    """(what it says of this page, label) of the entries in the wide navigation."""
    wide = page.split('class="nav nav-wide"')[1].split("</nav>")[0]
    return re.findall(r'<li><a href="[^"]+"(?: aria-current="(\w+)")?[^>]*>([^<]+)</a>', wide)


@pytest.mark.parametrize("mood", ["", "console"])
def test_every_page_has_a_letter_of_its_own_and_the_order_is_the_same_in_every_language(
    client, session, mood
):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    found = [
        doors(client.get(f"/{edition.code}/{mood}?lang={code}").text) for code in ("en", "zh", "ru", "ur")
    ]
    assert found == [found[0]] * 4
    letters = [letter for _address, letter in found[0]]
    assert len(set(letters)) == len(letters) > 3


def test_the_console_begins_with_the_dashboard(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console?lang=ru").text
    assert doors(page)[0] == (f"/{edition.code}/console", "d")


def test_an_organiser_sees_groups_and_the_pages_of_the_one_at_hand(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    groups = ["Dashboard", "Stands", "Programme", "People", "Meetings and deals", "Office"]
    front = in_sight(client.get(f"/{edition.code}/console").text)
    assert front == [("page", "Dashboard"), *(("", group) for group in groups[1:])]
    within = in_sight(client.get(f"/{edition.code}/console/jobs").text)
    assert within[:6] == [*(("", group) for group in groups[:5]), ("true", "Office")]
    assert ("page", "Jobs") in within[6:]
    assert {"Roles", "Files"} <= {label for _current, label in within[6:]}


def test_somebody_with_few_pages_sees_them_all(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="gate", edition=edition)
    shown = in_sight(client.get(f"/{edition.code}/console/gates").text)
    assert "Gates" in [label for _current, label in shown]
    assert "Office" not in [label for _current, label in shown]
