"""Stands that touch, taken together: their islands and their common outline."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

Box = tuple[int, int, int, int]
"""x, y, width, depth in cm."""
Point = tuple[int, int]


def joined(boxes: Sequence[Box], kinds: Sequence[Hashable]) -> list[list[int]]:
    """Groups of box numbers of one kind that share a stretch of wall, each group in order.

    Rows and blocks of equal stands are put together first; only what remains is compared, and as boxes touch
    only where a side of one lies on a side of the other, they are looked up by their sides.
    """
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for i, kind in enumerate(kinds):
        alike[kind].append(i)
    groups: list[list[int]] = []
    for own in alike.values():
        groups += [own] if len(own) == 1 else _together(boxes, own)
    return sorted(groups)


def _together(boxes: Sequence[Box], own: list[int]) -> list[list[int]]:
    if _rectangle([boxes[i] for i in own]):
        return [own]
    blocks = _merged([(boxes[i], [i]) for i in own])
    if len(blocks) == 1:
        return [sorted(blocks[0][1])]
    parent = list(range(len(blocks)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in _touching([box for box, _ in blocks]):
        parent[root(j)] = root(i)
    groups: dict[int, list[int]] = defaultdict(list)
    for i, (_, members) in enumerate(blocks):
        groups[root(i)] += members
    return [sorted(group) for group in groups.values()]


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same floor in fewer boxes: neighbours of equal depth become a row, rows of equal width a block."""
    return [box for box, _ in _merged([(box, []) for box in boxes])]


def _merged(parts: list[tuple[Box, list[int]]], along: int = 0) -> list[tuple[Box, list[int]]]:
    return _run(_run(parts, along), 1 - along)


def _run(parts: list[tuple[Box, list[int]]], along: int) -> list[tuple[Box, list[int]]]:
    """Boxes that follow each other without a gap in one direction and agree in the other, as one."""
    across = 1 - along
    parts = sorted(parts, key=lambda part: (part[0][across], part[0][across + 2], part[0][along]))
    found: list[tuple[Box, list[int]]] = []
    for box, members in parts:
        if found:
            last, others = found[-1]
            if (
                last[across] == box[across]
                and last[across + 2] == box[across + 2]
                and last[along] + last[along + 2] == box[along]
            ):
                x, y, width, depth = last
                longer = (x, y, width + box[2], depth) if along == 0 else (x, y, width, depth + box[3])
                found[-1] = longer, others + members
                continue
        found.append((box, members))
    return found


def _touching(boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    for along, across in ((0, 1), (1, 0)):
        starts: dict[int, list[int]] = defaultdict(list)
        for i, box in enumerate(boxes):
            starts[box[along]].append(i)
        for i, box in enumerate(boxes):
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
    return _loops(_boundary(merged(boxes)))


def shape_of(boxes: Sequence[Box]) -> tuple[tuple[tuple[Point, ...], ...], Box]:
    """The lines round the union and the best place for its label, see `outlines` and `widest`."""
    whole = _rectangle(boxes)
    if whole is None:
        return tuple(map(tuple, outlines(boxes))), widest(boxes)
    x, y, width, depth = whole
    return (((x, y), (x + width, y), (x + width, y + depth), (x, y + depth)),), whole


def _rectangle(boxes: Sequence[Box]) -> Box | None:
    """The rectangle that the boxes fill, if they fill one."""
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1, area = *boxes[0][:2], 0, 0, 0
    for x, y, width, depth in boxes:
        area += width * depth
        if x < x0:
            x0 = x
        if y < y0:
            y0 = y
        if x + width > x1:
            x1 = x + width
        if y + depth > y1:
            y1 = y + depth
    return (x0, y0, x1 - x0, y1 - y0) if area == (x1 - x0) * (y1 - y0) else None


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
    """The best place for a label in the union: the largest of its rows, columns and blocks of whole boxes."""
    whole = _rectangle(boxes)
    if whole:
        return whole
    parts: list[tuple[Box, list[int]]] = [(box, []) for box in boxes]
    blocks = _merged(parts) + _merged(parts, along=1)
    return max((box for box, _ in blocks), key=lambda box: (box[2] * box[3], box[2]))
