"""Ways through a hall: nobody walks through a stand, and no way is shorter."""

from itertools import pairwise
from math import hypot, inf

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from expo.plan.walking.ground import CLEARANCE, Ground, Wall, at_door
from expo.plan.walking.roads import Roads

WIDE, DEEP, STEP = 1500, 1200, 15
EAST_DOOR, WEST_DOOR = (WIDE, DEEP // 2), (0, DEEP // 2)

cells = st.integers(0, 6)
boxes = st.lists(
    st.tuples(
        st.integers(0, 24).map(lambda n: 50 * n),
        st.integers(0, 18).map(lambda n: 50 * n),
        st.integers(1, 6).map(lambda n: 50 * n),
        st.integers(1, 6).map(lambda n: 50 * n),
    ),
    max_size=9,
)
outlines = st.sampled_from(
    [
        (),
        ((0, 0), (WIDE, 0), (WIDE, DEEP), (900, DEEP), (900, 750), (0, 750)),
        ((0, 0), (WIDE, 200), (WIDE, DEEP), (0, DEEP)),
    ]
)
walls = st.lists(
    st.tuples(st.integers(100, 1400), st.integers(100, 1100), st.integers(100, 1400), st.integers(100, 1100)),
    max_size=2,
).map(lambda rows: tuple(Wall((a, b), (c, d), 10) for a, b, c, d in rows))


def ground(boxes=(), walls=(), outline=()) -> Ground:
    return Ground(WIDE, DEEP, tuple(boxes), tuple(walls), tuple(outline))


def ends(floor: Ground):
    """Just inside two opposite doors."""
    return at_door(floor, (1, 300)), at_door(floor, (WIDE - 1, 900))


def apart(a, b, c, d) -> float:
    """The distance of two straight lines from each other, found by looking along one of them closely."""
    steps = np.linspace(0, 1, 200)[:, None]
    along = np.array(a) + steps * (np.array(b) - np.array(a))
    way = np.array(d, float) - np.array(c, float)
    long = float(way @ way)
    at = np.clip((along - np.array(c)) @ way / long, 0, 1)[:, None] if long else np.zeros((200, 1))
    return float(np.hypot(*(along - (np.array(c) + at * way)).T).min())


def room_left(a, b, box) -> float:
    """How near a straight line comes to a box in the larger of both directions, looking closely; 0 inside."""
    steps = np.linspace(0, 1, 400)[:, None]
    along = np.array(a) + steps * (np.array(b) - np.array(a))
    x, y, width, depth = box
    east = np.maximum(x - along[:, 0], along[:, 0] - x - width)
    south = np.maximum(y - along[:, 1], along[:, 1] - y - depth)
    return float(np.maximum(east, south).min())


@given(boxes, walls, outlines)
@settings(max_examples=60, deadline=None)
def test_a_way_keeps_its_distance_from_every_stand_and_wall(boxes, walls, outline):
    floor = ground(boxes, walls, outline)
    roads, (start, goal) = Roads(floor), ends(floor)
    path = roads.reach([start]).path_to([goal])
    assume(path is not None and roads.standing(np.array([start, goal])).all())
    for a, b in pairwise(path.points):
        assert all(room_left(a, b, box) >= CLEARANCE - 0.1 for box in boxes)
        assert all(apart(a, b, wall.start, wall.end) >= CLEARANCE - 0.1 for wall in (*walls, *floor.edges))
    assert abs(path.length - sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path.points))) < 0.01


def on_a_grid(roads: Roads, start, goal) -> float:
    """The length of the shortest way over a fine grid in sixteen directions."""
    xs, ys = np.meshgrid(np.arange(0, WIDE + 1, STEP), np.arange(0, DEEP + 1, STEP))
    points = np.vstack([np.column_stack([xs.ravel(), ys.ravel()]).astype(float), [start, goal]])
    number = np.arange(xs.size).reshape(xs.shape)
    one, other = [], []
    for dx, dy in ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2)):
        rows, columns = number.shape
        from_y, to_y = (
            (slice(0, rows - dy), slice(dy, rows)) if dy >= 0 else (slice(-dy, rows), slice(0, rows + dy))
        )
        one.append(number[from_y, : columns - dx].ravel())
        other.append(number[to_y, dx:].ravel())
    for extra in (xs.size, xs.size + 1):
        near = np.flatnonzero(np.hypot(*(points[: xs.size] - points[extra]).T) <= 3 * STEP)
        one.append(np.full(len(near), extra))
        other.append(near)
    one, other = np.concatenate(one), np.concatenate(other)
    free = roads.standing(points)
    clear = free[one] & free[other]
    one, other = one[clear], other[clear]
    clear = ~roads.obstacles.block(points[one], points[other])
    one, other = one[clear], other[clear]
    long = np.hypot(*(points[other] - points[one]).T)
    graph = csr_matrix((long, (one, other)), shape=(len(points), len(points)))
    return float(dijkstra(graph, directed=False, indices=xs.size)[xs.size + 1])


@given(boxes, walls, outlines)
@settings(max_examples=25, deadline=None)
def test_no_way_over_a_fine_grid_is_shorter(boxes, walls, outline):
    floor = ground(boxes, walls, outline)
    roads, (start, goal) = Roads(floor), ends(floor)
    assume(roads.standing(np.array([start, goal])).all())
    path, brute = roads.reach([start]).path_to([goal]), on_a_grid(roads, start, goal)
    ours = path.length if path else inf
    assert ours <= brute + 0.01
    if brute < inf:
        assert brute <= 1.1 * ours + 4 * STEP


def test_an_empty_hall_is_crossed_in_a_straight_line():
    path = Roads(ground()).reach([(100, 100)]).path_to([(1300, 600)])
    assert (path.points, path.length) == (((100, 100), (1300, 600)), 1300.0)


def test_a_stand_in_the_way_is_walked_round_with_room_to_spare():
    path = Roads(ground([(600, 0, 300, 700)])).reach([(300, 300)]).path_to([(1200, 300)])
    assert path.points == ((300, 300), (555, 745), (945, 745), (1200, 300))


def test_a_gap_of_ninety_centimetres_is_a_way_and_a_narrower_one_is_none():
    closed = [(600, 0, 300, 500), (600, 589, 300, 611)]
    assert Roads(ground(closed)).reach([(300, 300)]).path_to([(1200, 300)]) is None
    open_ = [(600, 0, 300, 500), (600, 590, 300, 610)]
    assert Roads(ground(open_)).reach([(300, 300)]).path_to([(1200, 300)]) is not None


def test_nothing_is_reached_from_nowhere():
    assert Roads(ground()).reach([]).path_to([(300, 300)]) is None


def test_the_nearest_of_several_starts_counts():
    path = Roads(ground()).reach([(100, 100), (1000, 100)]).path_to([(1200, 100)])
    assert path.points == ((1000, 100), (1200, 100))


def test_one_stands_just_inside_a_door_and_beside_no_wall_at_none():
    assert at_door(ground(), (0, 600)) == (45, 600)
    assert at_door(ground(), (0, 600), outside=True) == (-45, 600)
    assert at_door(ground(), (700, 600)) is None
