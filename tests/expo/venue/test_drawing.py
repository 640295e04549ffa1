"""The floor plan: merged outlines, fitted names, one drawing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.lettering import em_width, fitted, wrapped
from expo.venue.drawing.outline import merged, outlines, shape, together
from expo.venue.drawing.paint import Look, Words
from expo.venue.drawing.paper import as_html, sheet
from expo.venue.drawing.plan import HallShape, Occupant, Place, ZoneSign, plan_of
from expo.venue.drawing.svg import hall_svg, site_svg

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("Floor plan", "Who stands where")


def a_plan(places=None, occupants=None, halls=None):
    halls = halls or [
        HallShape("H1", "Hall 1", 3000, 2000, (0, 0), (("W", 0, 900),), ((1500, 1500, 80, 80),))
    ]
    places = places or [Place(f"A-{i + 1:02d}", "H1", "INT", 300 + 300 * i, 300, 300, 300) for i in range(4)]
    zones = [ZoneSign("INT", "International", 3, "A"), ZoneSign("NAT", "Nations", 1, "B")]
    return plan_of(halls, zones, places, occupants or {})


def of(occupant, *stands):
    return dict.fromkeys(stands, Occupant(occupant, f"Firm {occupant}"))


def test_neighbouring_stands_of_one_exhibitor_are_one_booth():
    [hall] = a_plan(occupants=of("X", "A-01", "A-02"))
    assert [(booth.stands, booth.area_cm2) for booth in hall.booths] == [
        (("A-01", "A-02"), 180_000),
        (("A-03",), 90_000),
        (("A-04",), 90_000),
    ]
    assert hall.booths[0].loops == (((300, 300), (900, 300), (900, 600), (300, 600)),)


def test_stands_of_one_exhibitor_that_do_not_touch_are_two_booths():
    [hall] = a_plan(occupants=of("X", "A-01", "A-03"))
    assert [booth.stands for booth in hall.booths if booth.occupant] == [("A-01",), ("A-03",)]


def test_an_angled_booth_has_one_line_round_it_and_its_label_in_the_wider_arm():
    boxes = [(0, 0, 300, 300), (300, 0, 300, 300), (600, 0, 300, 300), (0, 300, 300, 300)]
    assert outlines(boxes) == [[(0, 0), (900, 0), (900, 300), (300, 300), (300, 600), (0, 600)]]
    assert shape(boxes) == ((0, 0, 900, 300), tuple(map(tuple, outlines(boxes))))


def test_a_ring_of_stands_has_an_outer_and_an_inner_line():
    ring = [(x, y, 300, 300) for x in (0, 300, 600) for y in (0, 300, 600) if (x, y) != (300, 300)]
    assert sorted(len(loop) for loop in outlines(ring)) == [4, 4]


def test_stands_that_touch_at_a_corner_only_are_apart():
    assert together([(0, 0, 300, 300), (300, 300, 300, 300)]) == [[0], [1]]


CELLS = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@given(CELLS)
def test_the_lines_enclose_exactly_the_area_of_the_stands(cells):
    boxes = [(300 * x, 300 * y, 300, 300) for x, y in sorted(cells)]
    area = 0
    for group in together(boxes):
        for loop in outlines([boxes[i] for i in group]):
            closed = [*loop, loop[0]]
            assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(closed))
            area += sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed))
    assert area == 2 * 90_000 * len(cells)


@given(CELLS)
def test_a_label_lies_on_the_stands(cells):
    boxes = [(300 * x, 300 * y, 300, 300) for x, y in sorted(cells)]
    (x, y, width, depth), _angles = shape(boxes)
    inside = [b for b in boxes if x <= b[0] < x + width and y <= b[1] < y + depth]
    assert len(inside) * 90_000 == width * depth


@given(CELLS)
def test_merged_boxes_cover_the_same_floor_with_no_more_boxes(cells):
    boxes = [(300 * x, 300 * y, 300, 300) for x, y in sorted(cells)]
    found = merged(boxes)
    assert len(found) <= len(boxes)
    assert sum(w * d for _x, _y, w, d in found) == 90_000 * len(boxes)
    assert all(any(x <= a < x + w and y <= b < y + d for x, y, w, d in found) for a, b, _c, _d in boxes)


@given(CELLS)
def test_boxes_are_joined_as_walking_from_wall_to_wall_joins_them(cells):
    boxes = [(300 * x, 300 * y, 300, 300) for x, y in sorted(cells)]
    whole = together(boxes)
    left, found = set(range(len(boxes))), []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {
                j for i in edge for j in left - group
                if abs(boxes[i][0] - boxes[j][0]) + abs(boxes[i][1] - boxes[j][1]) == 300
            }  # fmt: skip
        left -= group
        found.append(sorted(group))
    assert whole == sorted(found)


def test_a_block_of_stands_is_one_box():
    assert merged([(300 * i, 300 * j, 300, 300) for i in range(12) for j in range(2)]) == [(0, 0, 3600, 600)]


NAMES = st.text(st.sampled_from("abcdeWM .-青岛ЖщАاردو"), max_size=40)


@given(NAMES, st.integers(40, 2000), st.integers(20, 1000))
def test_a_fitted_name_is_no_larger_than_its_box(name, width, height):
    size, lines = fitted(name, width, height, 34, 190)
    assert len(lines) * size <= height
    assert all(em_width(line) * size <= width * 1.05 for line in lines if "…" not in line)


def test_han_breaks_anywhere_and_latin_between_words():
    assert wrapped("青岛蜂蜜", 2.0) == ("青岛", "蜂蜜")
    assert wrapped("Kyrgyz Honey", 4.5) == ("Kyrgyz", "Honey")
    assert wrapped("Kyrgyz", 1.0) is None


def test_a_name_too_long_for_its_booth_is_shortened_visibly():
    _, lines = fitted("Amalgamated Confectionery Industries of the Upper Valley", 276, 90, 34, 60)
    assert lines[-1].endswith("…")


def test_stand_codes_are_shortened_only_as_far_as_they_stay_clear():
    assert stands_label(["A-02", "A-01", "A-03"]) == "A-01–03"
    assert stands_label(["A-01", "A-03"]) == "A-01·03"
    assert stands_label(["A-01", "A-03", "A-05", "A-07"]) == "A-01…07"
    assert stands_label(["A-01", "B-02"]) == "A-01 … B-02"
    assert stands_label(["S12"]) == "S12"


def test_the_drawing_is_sound_xml_with_title_links_and_no_inline_style():
    [hall] = a_plan(occupants=of('X"<&', "A-01"))
    drawing = hall_svg(hall, WORDS, Look(link=lambda code: f"/x/{len(code)}", found={"A-01"}, legend=True))
    root = etree.fromstring(drawing)
    assert root.find(f"{SVG}title").text == "Floor plan"
    [link] = root.iter(f"{SVG}a")
    assert (link.get("id"), link.get("href")) == ("stand-A-01", "/x/4")
    assert link.find(f"{SVG}path").get("class") == "stand given found"
    assert "style=" not in drawing
    assert root.get("role") == "group"


def test_every_stand_is_drawn_once_and_ids_are_unique():
    [hall] = a_plan(occupants=of("X", "A-01", "A-02"))
    root = etree.fromstring(hall_svg(hall, WORDS))
    stands = [code for it in root.iter() for code in it.get("data-stands", "").split()]
    ids = [it.get("id") for it in root.iter() if it.get("id")]
    assert sorted(stands) == ["A-01", "A-02", "A-03", "A-04"]
    assert len(ids) == len(set(ids))


def test_the_colour_of_a_zone_runs_round_its_islands_with_its_letter():
    places = [Place("A-01", "H1", "INT", 300, 300, 300, 300), Place("B-01", "H1", "NAT", 600, 300, 300, 300)]
    [hall] = a_plan(places)
    root = etree.fromstring(hall_svg(hall, WORDS))
    assert [zone.code for zone in hall.zones] == ["INT", "NAT"]
    assert sorted(it.text for it in root.iter(f"{SVG}text") if it.get("class") == "hue-letter") == ["A", "B"]


def test_halls_drawn_over_each_other_are_set_apart():
    halls = [HallShape(code, code, 12_000, 9_000, (0, 0)) for code in ("H1", "H2", "H3")]
    plan = a_plan(halls=halls)
    assert [hall.at for hall in plan] == [(0, 0), (14_000, 0), (0, 11_000)]


def test_the_site_links_to_its_halls_and_names_nobody():
    drawing = site_svg(
        a_plan(occupants=of("X", "A-01")), WORDS, Look(hall_link=lambda code: f"?hall={code}", names=False)
    )
    root = etree.fromstring(drawing)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["?hall=H1"]
    assert "Firm X" not in drawing


def test_on_paper_the_letters_are_apart_from_the_drawing_and_keep_their_places():
    [hall] = a_plan(occupants={"A-01": Occupant("X", "شاہراہ ریشم")})
    found = sheet(hall_svg(hall, WORDS), 100, 100)
    assert "<text" not in found.drawing
    assert (found.width, found.height < 100) == (100, True)
    code = next(label for label in found.labels if label.text == "A-01")
    scale = 100 / (3000 + 2 * 420)
    assert abs(code.left + code.width / 2 - (450 + 420) * scale) < 0.02
    assert {label.direction for label in found.labels if label.text in ("شاہراہ", "ریشم")} == {"rtl"}


def test_an_empty_site_is_still_a_drawing():
    assert etree.fromstring(site_svg([], WORDS)).tag == f"{SVG}svg"


def test_on_paper_the_names_of_upright_aisles_stay_upright():
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><text x="50" y="50" font-size="10"'
    )
    found = sheet(f'{drawing} transform="rotate(-90 50 47)">Silk Avenue</text></svg>', 100, 100)
    assert [(label.text, label.upright) for label in found.labels] == [("Silk Avenue", True)]
    assert "rotate(-90deg)" in as_html(found)
