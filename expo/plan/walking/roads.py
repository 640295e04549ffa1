"""The net of straight lines between the corners of what stands in the way: every shortest path runs on it.

Built once for a floor; a route then costs one search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from expo.plan.walking.ground import Ground, Point, grown_boxes, grown_walls, within
from expo.plan.walking.sight import Obstacles
from expo.venue.drawing.outline import merged

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

OUTWARD = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
"""The free quarter at each corner of a box: north-west, north-east, south-east, south-west."""


@dataclass(frozen=True)
class Path:
    """Corners of a way, from start to end, and its length; all in cm."""

    points: tuple[Point, ...]
    length: float


@dataclass(frozen=True)
class Reached:
    """How far every node and each asked point is from the nearest start (cm, inf if out of reach)."""

    roads: Roads
    starts: np.ndarray
    far: np.ndarray
    before: np.ndarray

    def path_to(self, goals: Sequence[Point]) -> Path | None:
        """The shortest way to any of the points; None where no way leads."""
        best: tuple[float, list[Point]] | None = None
        for goal in goals:
            found = self._to(goal)
            if found and (best is None or found[0] < best[0]):
                best = found
        return Path(tuple(best[1]), best[0]) if best else None

    def _to(self, goal: Point) -> tuple[float, list[Point]] | None:
        roads, end = self.roads, np.array([goal], float)
        if len(self.starts):
            ends = np.repeat(end, len(self.starts), axis=0)
            straight = np.hypot(*(self.starts - ends).T)
            straight[roads.obstacles.block(self.starts, ends)] = np.inf
            one = int(straight.argmin())
            if np.isfinite(straight[one]):
                return float(straight[one]), [_point(self.starts[one]), goal]
        seen, far = roads.seen_from(end[0])
        if not len(seen):
            return None
        whole = self.far[seen] + far
        last = int(whole.argmin())
        if not np.isfinite(whole[last]):
            return None
        points, at = [goal], int(seen[last])
        while at >= 0:
            here = roads.nodes[at] if at < len(roads.nodes) else self.starts[at - len(roads.nodes)]
            points.append(_point(here))
            at = int(self.before[at])
        return float(whole[last]), points[::-1]


class Roads:
    """The net of one floor. `open_ground` is true for a site, where one walks outside the halls."""

    def __init__(self, ground: Ground, halls: Sequence[Ground] = (), *, open_ground: bool = False):
        boxes = grown_boxes(merged(ground.boxes))
        walls = ground.walls if open_ground else (*ground.walls, *ground.edges)
        slants = grown_walls(walls)
        self.obstacles = Obstacles(boxes, slants)
        self._inside = None if open_ground else ground.corners
        self._halls = tuple(hall.corners for hall in halls)
        self.nodes, self._quarters = self._corners(boxes, slants)
        self._graph = self._net()

    def _corners(self, boxes: np.ndarray, slants: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Corners one can stand on; for those of boxes the quarter that is free, (0, 0) for slanted ones."""
        found = [
            boxes[:, [0, 1]],
            boxes[:, [2, 1]],
            boxes[:, [2, 3]],
            boxes[:, [0, 3]],
            slants.reshape(-1, 2),
        ]
        quarters = [np.tile(OUTWARD[i], (len(boxes), 1)) for i in range(4)] + [np.zeros((4 * len(slants), 2))]
        points, free = np.concatenate(found), np.concatenate(quarters)
        points, kept, which = np.unique(points, axis=0, return_index=True, return_inverse=True)
        free_there = free[kept]
        free_there[which[(free != free_there[which]).any(1)]] = 0  # two boxes meet there: both quarters count
        good = self.standing(points)
        return points[good], free_there[good]

    def standing(self, points: np.ndarray) -> np.ndarray:
        """On which of the points (n, 2) a walker has room."""
        good = ~self.obstacles.cover(points)
        if self._inside is not None:
            good &= within(points, self._inside)
        for hall in self._halls:
            good &= ~within(points, hall)
        return good

    def _net(self) -> csr_matrix:
        """Lines between corners that see each other and that a taut string could follow."""
        from scipy.sparse import csr_matrix

        count = len(self.nodes)
        one, other = np.triu_indices(count, 1)
        way = self.nodes[other] - self.nodes[one]
        taut = self._tangent(one, way) & self._tangent(other, way)
        one, other, way = one[taut], other[taut], way[taut]
        clear = ~self.obstacles.block(self.nodes[one], self.nodes[other])
        one, other = one[clear], other[clear]
        long = np.hypot(*way[clear].T)
        ends = (np.concatenate([one, other]), np.concatenate([other, one]))
        return csr_matrix((np.concatenate([long, long]), ends), shape=(count, count))

    def _tangent(self, at: np.ndarray, way: np.ndarray) -> np.ndarray:
        """Whether lines pass by their corner: one into its box, or straight off it, is on no shortest way."""
        side = self._quarters[at] * way
        return (side[:, 0] * side[:, 1] <= 0) | (self._quarters[at, 0] == 0)

    def seen_from(self, point: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the corners seen from a point at which a way could turn, and how far they are."""
        way = self.nodes - point
        near = np.flatnonzero(self._tangent(np.arange(len(self.nodes)), way))
        starts = np.repeat(point[None, :], len(near), axis=0)
        seen = near[~self.obstacles.block(starts, self.nodes[near])]
        return seen, np.hypot(*way[seen].T)

    def reach(self, starts: Sequence[Point]) -> Reached:
        """Search from the nearest of some points to everywhere."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import dijkstra

        points = np.array(starts, float).reshape(-1, 2)
        count, graph = len(self.nodes), self._graph
        rows = [self.seen_from(point) for point in points]
        ends = np.cumsum([0, *(len(seen) for seen, _ in rows)])
        whole = csr_matrix(
            (
                np.concatenate([graph.data, *(far for _, far in rows)]),
                np.concatenate([graph.indices, *(seen for seen, _ in rows)]),
                np.concatenate([graph.indptr, graph.indptr[-1] + ends[1:]]),
            ),
            shape=(count + len(points), count + len(points)),
        )
        if not len(points):
            nowhere = np.full(count, np.inf)
            return Reached(self, points, nowhere, np.full(count, -1))
        far, before, _ = dijkstra(
            whole, indices=range(count, count + len(points)), return_predecessors=True, min_only=True
        )
        return Reached(self, points, far, before)


def _point(row: np.ndarray) -> Point:
    return float(row[0]), float(row[1])
