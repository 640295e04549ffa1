"""Stands that touch, taken together: their islands and their common outline."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

Box = tuple[int, int, int, int]
"""x, y, width, depth in cm."""
Point = tuple[int, int]


def joined(boxes: Sequence[Box], kinds: Sequence[Hashable]) -> list[list[int]]:
    """Groups of box numbers of one kind that share a stretch of wall, each group in order.

    Boxes touch only where a side of one lies on a side of the other, so they are looked up by their sides.
    """
    parent = list(range(len(boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    alike: dict[Hashable, list[int]] = defaultdict(list)
    for i, kind in enumerate(kinds):
        alike[kind].append(i)
    for own in alike.values():
        if len(own) > 1:
            for i, j in _touching(boxes, own):
                parent[root(j)] = root(i)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(boxes)):
        groups[root(i)].append(i)
    return sorted(groups.values())


def _touching(boxes: Sequence[Box], own: Sequence[int]) -> Iterator[tuple[int, int]]:
    for along, across in ((0, 1), (1, 0)):
        starts: dict[int, list[int]] = defaultdict(list)
        for i in own:
            starts[boxes[i][along]].append(i)
        for i in own:
            box = boxes[i]
            low, high = box[across], box[across] + box[across + 2]
            for j in starts.get(box[along] + box[along + 2], ()):
                other = boxes[j]
                if other[across] < high and low < other[across] + other[across + 2]:
                    yield i, j


def outlines(boxes: Sequence[Box]) -> list[list[Point]]:
    """The closed lines round the union of boxes that do not overlap, corners only, clockwise on the plan."""
    whole = _rectangle(boxes)
    if whole:
        x, y, width, depth = whole
        return [[(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)]]
    return _loops(_boundary(boxes))


def _rectangle(boxes: Sequence[Box]) -> Box | None:
    """The rectangle that the boxes fill, if they fill one."""
    if len(boxes) == 1:
        return boxes[0]
    x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x1, y1 = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    is_full = sum(b[2] * b[3] for b in boxes) == (x1 - x0) * (y1 - y0)
    return (x0, y0, x1 - x0, y1 - y0) if is_full else None


def _boundary(boxes: Sequence[Box]) -> set[tuple[Point, Point]]:
    """Directed pieces of wall with the union on their right; walls between two boxes cancel out."""
    lines_x = sorted({line for x, _, width, _ in boxes for line in (x, x + width)})
    lines_y = sorted({line for _, y, _, depth in boxes for line in (y, y + depth)})
    pieces: set[tuple[Point, Point]] = set()

    def add(start: Point, end: Point) -> None:
        if (end, start) in pieces:
            pieces.remove((end, start))
        else:
            pieces.add((start, end))

    for x, y, width, depth in boxes:
        cuts_x = [line for line in lines_x if x <= line <= x + width]
        cuts_y = [line for line in lines_y if y <= line <= y + depth]
        for a, b in zip(cuts_x, cuts_x[1:], strict=False):
            add((a, y), (b, y))
            add((b, y + depth), (a, y + depth))
        for a, b in zip(cuts_y, cuts_y[1:], strict=False):
            add((x + width, a), (x + width, b))
            add((x, b), (x, a))
    return pieces


def _loops(pieces: set[tuple[Point, Point]]) -> list[list[Point]]:
    onward: dict[Point, list[Point]] = defaultdict(list)
    for start, end in sorted(pieces, reverse=True):
        onward[start].append(end)
    loops = []
    for start in sorted(onward):
        while onward[start]:
            loop, at = [start], onward[start].pop()
            while at != start:
                loop.append(at)
                at = onward[at].pop()
            loops.append(_corners(loop))
    return loops


def _corners(loop: list[Point]) -> list[Point]:
    """Without the points in the middle of a straight line."""
    return [
        at
        for before, at, after in zip(loop[-1:] + loop[:-1], loop, loop[1:] + loop[:1], strict=True)
        if not (before[0] == at[0] == after[0] or before[1] == at[1] == after[1])
    ]


def widest(boxes: Sequence[Box]) -> Box:
    """The best place for a label in the union: the largest rectangle made of whole boxes."""
    whole = _rectangle(boxes)
    if whole:
        return whole
    found = [_filled(boxes, one, other) for one in boxes for other in boxes]
    return max((box for box in found if box), key=lambda box: (box[2] * box[3], box[2]))


def _filled(boxes: Sequence[Box], one: Box, other: Box) -> Box | None:
    """The rectangle spanned by two boxes, if the boxes inside it fill it."""
    x0, y0 = min(one[0], other[0]), min(one[1], other[1])
    x1 = max(one[0] + one[2], other[0] + other[2])
    y1 = max(one[1] + one[3], other[1] + other[3])
    inside = sum(
        b[2] * b[3] for b in boxes if b[0] >= x0 and b[1] >= y0 and b[0] + b[2] <= x1 and b[1] + b[3] <= y1
    )
    return (x0, y0, x1 - x0, y1 - y0) if inside == (x1 - x0) * (y1 - y0) else None
