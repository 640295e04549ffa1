"""The shell of a hall on the drawn plan."""

from lxml import etree

from expo.venue.drawing.paint import Words
from expo.venue.drawing.plan import HallShape, plan_of
from expo.venue.drawing.shell import nearest_side
from expo.venue.drawing.svg import hall_svg

L_SHAPE = ((0, 0), (3000, 0), (3000, 1000), (1000, 1000), (1000, 3000), (0, 3000))


def _plan(**more):
    return plan_of([HallShape("H", "Hall", 3000, 3000, (0, 0), **more)], [], [], {})[0]


def _drawn(hall) -> etree._Element:
    return etree.fromstring(hall_svg(hall, Words("Title", "Description")))


def test_outline_walls_aisles_and_supplies_are_drawn():
    hall = _plan(
        outline=L_SHAPE,
        walls=((0, 500, 900, 500),),
        aisles=(("Silk <Road>", 0, 0, 3000, 300),),
        utilities=(("water", 100, 100, "W1"), ("toilets", 200, 200, "")),
    )
    drawn = _drawn(hall)
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert drawn.xpath("//svg:path[@class='hall']/@d", namespaces=names) == ["M0 0H3000V1000H1000V3000H0z"]
    assert drawn.xpath("//svg:path[@class='wall']/@d", namespaces=names) == ["M0 500L900 500"]
    assert drawn.xpath("//svg:text[@class='aisle-name']/text()", namespaces=names) == ["Silk <Road>"]
    assert drawn.xpath("//svg:g[starts-with(@class,'supply')]/svg:text/text()", namespaces=names) == [
        "W",
        "WC",
    ]


def test_an_entrance_lies_in_the_nearest_outer_wall_of_an_l_shaped_hall():
    hall = _plan(outline=L_SHAPE)
    assert nearest_side(hall, 2000, 1010) == ("S", (2000, 1000))
    assert nearest_side(hall, 1020, 2000) == ("E", (1000, 2000))
    assert nearest_side(hall, 500, 0) == ("N", (500, 0))
    assert nearest_side(hall, 0, 2500) == ("W", (0, 2500))
    backwards = _plan(outline=L_SHAPE[::-1])
    assert nearest_side(backwards, 2000, 1010) == ("S", (2000, 1000))
