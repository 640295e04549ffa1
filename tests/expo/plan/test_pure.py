"""Squares and scales, frames of other sites, pages put together, what is kept, and signs."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.errors import Refused
from expo.plan import kept
from expo.plan.embedding import ancestors, origin, sites_of, snippet
from expo.plan.grid import grid_of
from expo.plan.sheets import PAPERS, SCALES, scale_for
from expo.plan.shown import Shows, told
from expo.plan.signs import Holder, sign_of, size_of
from expo.plan.squeeze import Piece, gzipped, joined


def test_squares_are_lettered_down_and_numbered_across():
    grid = grid_of(12_000, 10_000)
    assert (grid.side, grid.across, grid.down) == (1000, 12, 10)
    assert [grid.square(0, 0), grid.square(11_999, 9_999), grid.square(12_000, 10_000)] == [
        "A1",
        "J12",
        "J12",
    ]


@given(st.integers(100, 200_000), st.integers(100, 200_000))
def test_squares_cover_a_hall_and_are_few(width, depth):
    grid = grid_of(width, depth)
    assert grid.across * grid.side >= width
    assert max(grid.across, grid.down) <= 14


@given(st.sampled_from(list(PAPERS.values())), st.integers(500, 60_000), st.integers(500, 60_000))
def test_a_drawing_fits_its_paper_at_the_largest_usual_scale(paper, width, depth):
    scale = scale_for(paper, width, depth)
    assert max(width * 10 / scale / paper.room_width, depth * 10 / scale / paper.room_height) <= 1
    smaller = [one for one in SCALES if one < scale]
    if smaller and scale in SCALES:
        too_large = smaller[-1]
        assert width * 10 / too_large > paper.room_width or depth * 10 / too_large > paper.room_height


def test_frames_are_opened_for_nobody_some_or_all():
    assert ancestors("nowhere", ["https://a.example"]) is None
    assert ancestors("listed", ["https://a.example"]) == "'self' https://a.example"
    assert ancestors("anywhere", []) == "*"


def test_sites_are_read_as_people_type_them():
    typed = "example.org\nhttps://www.Example.org/page?x=1, http://a.example:8080 https://*.b.example"
    assert sites_of(typed) == [
        "https://example.org", "https://www.example.org", "http://a.example:8080", "https://*.b.example",
    ]  # fmt: skip
    assert origin("выставка.рф").startswith("https://xn--")


@pytest.mark.parametrize(
    "typed",
    ["ftp://a.example", "https://", "'self'", "a_b", "https://a.example;script-src", "*", "not a site"],
)
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(Refused):
        sites_of(typed)


def test_too_many_sites_are_refused():
    with pytest.raises(Refused):
        sites_of("\n".join(f"a{i}.example" for i in range(31)))


def test_the_snippet_escapes_the_title():
    assert 'title="A &quot;B&quot;"' in snippet("https://a.example/plan", 'A "B"')


@given(st.lists(st.one_of(st.text(max_size=300), st.binary(max_size=300).map(Piece)), max_size=6))
def test_pieces_make_one_gzip_file_that_reads_as_they_do(pieces):
    assert gzip.decompress(gzipped(pieces)) == joined(pieces)


def test_a_thing_is_made_once_and_the_oldest_falls_out(monkeypatch):
    kept.forget()
    made = []
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    for key in ("a", "a", "b", "c", "a"):
        kept.kept(key, lambda key=key: made.append(key) or key * 4)
    assert made == ["a", "b", "c", "a"]


def test_before_publication_nothing_is_told_unless_the_organiser_says_so():
    assert told("published", published=False, free=True, held=True) == Shows(False, False, False)
    assert told("published", published=True, free=True, held=True) == Shows(True, True, True)
    assert told("at_once", published=False, free=False, held=False) == Shows(True, False, False)
    assert told("never", published=True, free=True, held=True) == Shows(False, False, False)


def a_holder(**more) -> Holder:
    values = {
        "code": "X", "label": "A-01–04", "name": {"en": "Silk Road", "ur": "شاہراہ ریشم"}, "own": ("ur",),
        "hue": 3, "letter": "A", "zone": "Nations", "hall": "Hall 1",
    }  # fmt: skip
    return Holder(**values | more)


def test_a_sign_says_the_name_in_both_languages_in_their_directions():
    sign = sign_of(0, a_holder(), "Expo", "en")
    assert (sign["name"]["t"], sign["name"]["d"]) == ("Silk Road", "ltr")
    assert (sign["second"]["d"], sign["second"]["l"], sign["second"]["s"]) == ("rtl", "ur", "arab")


def test_a_sign_says_a_name_once_where_there_is_one_name():
    assert sign_of(0, a_holder(name={"en": "Silk Road"}), "Expo", "en")["second"] is None


def test_beside_the_exhibitors_own_language_a_sign_says_the_name_in_english():
    sign = sign_of(0, a_holder(), "Expo", "ur")
    assert (sign["name"]["l"], sign["second"]["l"]) == ("ur", "en")


def test_a_board_lies_across_and_a_door_sign_stands():
    assert (size_of("fascia", "A3"), size_of("door", "A4")) == ((420, 297), (210, 297))
