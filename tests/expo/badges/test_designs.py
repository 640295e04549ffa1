"""Designs: checked, kept in versions, given to kinds, shown before they are kept."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from expo.badges import queries, services
from expo.badges.design import SIZES, Design, DesignProblem, checked, from_json, sheet_of, usual
from expo.badges.forms import typed
from expo.badges.logo import svg_of
from expo.badges.ordering import order_key
from expo.errors import Refused
from expo.press.colours import READABLE, contrast, ink_on
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.mark.parametrize("size", SIZES)
def test_the_usual_badge_of_every_size_can_be_printed_and_kept(size):
    design = checked(usual(size, "one"))
    assert from_json(design.as_json()) == design


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"width": 10.0}, "width"),
        ({"fields": ()}, "fields"),
        ({"code_size": 5.0}, "code_size"),
        ({"fold": True}, "fold"),
        ({"width": 250.0, "sheet": "A4"}, "sheet"),
        ({"colours": {}}, "colours"),
        ({"band": "left"}, "band"),
    ],
)
def test_a_design_that_cannot_be_printed_says_what_stands_in_the_way(change, where):
    with pytest.raises(DesignProblem) as told:
        checked(replace(Design(), **change))
    assert told.value.where == where


def test_a_sheet_holds_as_many_badges_as_fit():
    places = [sheet_of(usual(size, "A4")).places for size in ("A6", "A7", "card", "4x3")]
    assert places == [4, 4, 10, 6]
    assert sheet_of(Design(fold=True, back="front")).places == 2


@given(some.tuples(*[some.integers(0, 255)] * 3))
def test_words_can_be_read_on_any_colour(rgb):
    colour = "#{:02x}{:02x}{:02x}".format(*rgb)
    assert contrast(colour, ink_on(colour)) >= READABLE


def test_a_design_has_versions_and_the_same_is_not_kept_twice(session, edition):
    kept = services.save_design(session, edition, "Blue", Design(), ["vip"], "Anna")
    services.save_design(session, edition, "Blue", Design(), ["vip"], "Anna", kept)
    services.save_design(session, edition, "Blue", usual("A7"), ["vip", "press"], "Anna", kept)
    assert [one.number for one in queries.versions(session, kept)] == [2, 1]
    assert dict(queries.design_kinds(session, edition)) == {"vip": kept.id, "press": kept.id}
    with pytest.raises(IntegrityError, match="badge_design_version_stays"):
        session.execute(text("UPDATE badge_design_version SET number = 7"))


def test_a_printed_design_stays(session, edition):
    kept = services.save_design(session, edition, "Blue", Design(), ["vip"], "Anna")
    a_person(session, edition, kind="vip")
    services.issue_all(session, edition)
    row = queries.planned(session, edition)[0]
    services.mark_printed(session, edition, [row.badge_id], queries.newest(session, [kept.id])[kept.id])
    with pytest.raises(Refused, match="1 badges were printed"):
        services.delete_design(session, kept)


def test_the_designer_previews_saves_and_refuses(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/people/badges/designs"
    assert problems(client.get(f"{address}/new?size=card").text) == []
    sent = {key: value for key, value in typed(Design()).items() if value not in (False, None)}
    sent |= {"name": "Blue", "kinds": ["vip"]}
    shown = client.post(f"{address}/preview", data=sent)
    assert (shown.status_code, shown.text.count("data:image/svg+xml")) == (200, 4)
    assert client.post(f"{address}/preview", data=sent | {"name": ""}).status_code == 200
    assert client.post(f"{address}/new", data=sent | {"name": "", "preview": "1"}).status_code == 200
    assert client.post(f"{address}/new", data=sent | {"name": ""}).status_code == 422
    assert client.post(f"{address}/preview", data=sent | {"code_size": "3"}).status_code == 422
    saved = client.post(f"{address}/new", data=sent)
    assert saved.status_code == 302
    assert problems(client.get(saved.location).text) == []
    assert client.post(f"{address}/new", data=sent).status_code == 422
    assert problems(client.get(address).text) == []


def test_only_who_designs_badges_may(client, session, edition):
    sign_in(client, session, role="gate", edition=edition)
    for page in ("designs", "designs/new", "keys"):
        assert client.get(f"/{edition.code}/console/people/badges/{page}").status_code == 403


def test_keys_are_changed_and_withdrawn_from_their_page(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    a_person(session, edition)
    services.issue_all(session, edition)
    address = f"/{edition.code}/console/people/badges/keys"
    assert problems(client.get(address).text) == []
    client.post(f"{address}/rotate")
    client.post(f"{address}/1/withdraw", data={"because": "stolen"})
    page = client.get(address)
    assert "stolen" in page.text
    assert [(row.number, row.revoked) for row in queries.key_list(session, edition)] == [
        (2, 0),
        (1, 1),
        (0, 0),
    ]


def test_table_cards_are_printed(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/people/badges/cards"
    assert problems(client.get(address).text) == []
    sent = {"what": "lines", "size": "A4", "language": "en", "lines": "Yang Min | 杨敏 | Nuoxin\nزینب احمد"}
    file = client.post(address, data=sent)
    assert (file.status_code, file.mimetype) == (200, "application/pdf")
    assert client.post(address, data=sent | {"what": "speakers"}).status_code == 422


def a_picture(form):
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, form)
    return out.getvalue()


def test_pictures_become_svg():
    assert all("data:image/png;base64," in svg_of(a_picture(form)) for form in ("PNG", "JPEG"))


def test_of_an_svg_only_shapes_stay():
    evil = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><script>x</script>'
        b'<image href="http://evil.example/x.png"/><foreignObject><b/></foreignObject>'
        b'<path d="M0 0h9v9z" style="fill:#f00;background:url(http://evil.example)" onclick="x"/>'
        b'<use href="http://evil.example#a"/></svg>'
    )
    made = svg_of(evil)
    assert 'fill="#f00"' in made
    assert not any(word in made for word in ("evil", "script", "onload", "onclick", "foreign", "image"))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"<svg", b"<html/>", a_picture("PNG")[:60], a_picture("BMP"), b"\x00" * 100,
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>x</text></svg>', b"x" * 2_000_001,
    ],
)  # fmt: skip
def test_what_is_no_logo_is_refused_in_words(content):
    with pytest.raises(Refused):
        svg_of(content)


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Ábel", "abigail", "Zoe"]), ("zh", ["安娜", "杨敏", "张伟"]), ("ur", ["احمد", "پرویز", "زینب"]),
     ("ru", ["Анна", "Илья", "Йорк", "Константин"])],
)  # fmt: skip
def test_names_stand_in_the_order_of_their_language(language, names):
    assert sorted(set(names), key=lambda name: order_key(name, language)) == names
