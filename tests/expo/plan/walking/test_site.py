"""Ways from door to stand, from stand to stand, and from hall to hall, in words."""

from expo.plan.walking.ground import Ground
from expo.plan.walking.site import Floor, Site, Spot, Stand
from expo.plan.walking.steps import directions, minutes, steps_of

NAMES = {"H1": "Hall 1", "H2": "Hall 2"}


def a_floor(code, at=(0, 0), doors=(("N", 1000, 0), ("S", 1000, 2000)), stands=None, boxes=()) -> Floor:
    stands = stands or [Stand("A-01", (300, 900, 600, 300)), Stand("B-01", (1200, 900, 600, 300))]
    found = {stand.code: stand for stand in stands}
    taken = tuple(stand.box for stand in stands) + tuple(boxes)
    return Floor(code, Ground(2000, 2000, taken, doors=doors), at, found)


def a_site(**more) -> Site:
    floors = [a_floor("H1"), a_floor("H2", at=(4000, 0))]
    return Site({floor.code: floor for floor in floors}, **more)


def said(site, route, goal="A-01") -> list[str]:
    return [str(sentence) for sentence in directions(site, route, goal, NAMES)]


def test_a_way_from_the_nearest_door_says_which_and_where_the_stand_is():
    site = a_site()
    route = site.route(Spot("H1"), Spot("H1", ("A-01",)))
    assert said(site, route) == ["Start at entrance S and go 8 m.", "A-01 is in front of you."]
    assert minutes(route.length) == 1


def test_a_way_turns_at_a_stand_that_is_named():
    stands = [Stand("A-01", (300, 900, 600, 300)), Stand("C-01", (300, 1500, 600, 300), open_sides=8)]
    floor = a_floor("H1", stands=stands)
    route = Site({"H1": floor}).route(Spot("H1", door="N"), Spot("H1", ("C-01",)))
    _start, turn = steps_of(floor, route.legs[0].path.points)
    assert (turn.at, turn.angle > 0) == ("A-01", False)


def test_an_unknown_stand_is_reached_from_nowhere():
    assert a_site().route(Spot("H1", door="N"), Spot("H1", ("X-9",))) is None


def test_from_stand_to_stand_one_starts_at_the_first():
    site = a_site()
    route = site.route(Spot("H1", ("A-01",)), Spot("H1", ("B-01",)))
    assert said(site, route, "B-01") == ["Start at stand A-01 and go 2 m.", "B-01 is in front of you."]


def test_a_stand_is_reached_from_an_open_side_only():
    floor = a_floor("H1", stands=[Stand("A-01", (300, 900, 600, 300), open_sides=4)])
    assert floor.fronts(["A-01"]) == [(600, 1245)]


def test_a_stand_whose_open_sides_are_shut_off_is_reached_from_another():
    floor = a_floor(
        "H1", stands=[Stand("A-01", (300, 900, 600, 300), open_sides=4)], boxes=[(300, 1200, 600, 90)]
    )
    assert (600, 855) in floor.fronts(["A-01"])


def test_to_another_hall_one_leaves_by_a_door_and_enters_by_another():
    site = a_site()
    route = site.route(Spot("H1", ("A-01",)), Spot("H2", ("A-01",)))
    assert [leg.hall for leg in route.legs] == ["H1", "", "H2"]
    assert "Leave by entrance N" in said(site, route)[1] or "Leave by entrance S" in said(site, route)[1]
    assert abs(route.length - sum(leg.path.length for leg in route.legs)) < 0.01
    assert site.route(Spot("H2", ("A-01",)), Spot("H1", ("A-01",))).length == route.length


def test_doors_that_open_into_each_other_need_no_way_outside():
    one = a_floor("H1", doors=(("E", 2000, 500),))
    other = a_floor("H2", at=(2000, 0), doors=(("W", 0, 500),))
    route = Site({"H1": one, "H2": other}).route(Spot("H1", ("B-01",)), Spot("H2", ("A-01",)))
    assert [leg.path.length for leg in route.legs][1] == 90


def test_between_halls_whose_places_are_unknown_there_is_no_way():
    assert a_site(is_true=False).route(Spot("H1"), Spot("H2", ("A-01",))) is None


def test_a_stand_walled_in_and_a_hall_unknown_cannot_be_reached():
    ring = [(150, 750, 900, 50), (150, 1350, 900, 50), (150, 800, 50, 550), (1000, 800, 50, 550)]
    floor = a_floor("H1", stands=[Stand("A-01", (300, 900, 600, 300))], boxes=ring)
    site = Site({"H1": floor})
    assert site.route(Spot("H1"), Spot("H1", ("A-01",))) is None
    assert site.route(Spot("H1"), Spot("H9", ("A-01",))) is None
