"""The navigation of each mood: one order in every language, one letter a page."""

import re

import pytest

from tests.make import an_edition
from tests.signing import sign_in


def doors(page: str) -> list[tuple[str, str]]:
    """(address, letter) of the entries in the wide navigation."""
    wide = page.split('class="nav nav-wide"')[1].split("</nav>")[0]
    return re.findall(r'<li><a href="([^"]+)"[^>]*?data-go="(\w)"', wide)


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
