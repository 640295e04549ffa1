"""Stands that touch, taken together: their islands and their common outline."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter

Box = tuple[int, int, int, int]
"""x, y, width, depth in cm."""
Point = tuple[int, int]


def together(boxes: Sequence[Box]) -> list[list[int]]:
    """Groups of box numbers that share a stretch of wall, each group in order.

    Rows and blocks of equal stands are put together first; only what remains is compared, and as boxes touch
    only where a side of one lies on a side of the other, they are looked up by their sides.
    """
    if rectangle(boxes):
        return [list(range(len(boxes)))]
    blocks = _blocks(boxes)
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
    return sorted(sorted(group) for group in groups.values())


def merged(boxes: Sequence[Box], along: int = 0) -> list[Box]:
    """The same floor in fewer boxes: neighbours of equal depth become a row, rows of equal width a block.

    Rows run east first, or south first with `along` 1.
    """
    return [box for box, _ in _runs([box for box, _ in _runs(boxes, along)], 1 - along)]


def _blocks(boxes: Sequence[Box]) -> list[tuple[Box, list[int]]]:
    """The same with the numbers of the boxes that went into each."""
    rows = _runs(boxes, 0)
    return [
        (box, [i for row in own for i in rows[row][1]]) for box, own in _runs([box for box, _ in rows], 1)
    ]


def _runs(boxes: Sequence[Box], along: int) -> list[tuple[Box, list[int]]]:
    """Boxes that follow each other without a gap in one direction and agree in the other, as one; with their
    numbers."""
    across = 1 - along
    order = sorted(range(len(boxes)), key=list(map(itemgetter(across, across + 2, along), boxes)).__getitem__)
    found: list[tuple[Box, list[int]]] = []
    at = thick = end = -1
    start, members = 0, []
    for i in order:
        box = boxes[i]
        if box[across] == at and box[across + 2] == thick and box[along] == end:
            members.append(i)
            end += box[along + 2]
            continue
        if members:
            found.append((_run(along, start, at, end - start, thick), members))
        at, thick, start, members = box[across], box[across + 2], box[along], [i]
        end = start + box[along + 2]
    if members:
        found.append((_run(along, start, at, end - start, thick), members))
    return found


def _run(along: int, start: int, at: int, length: int, thick: int) -> Box:
    return (start, at, length, thick) if along == 0 else (at, start, thick, length)


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
    whole = rectangle(boxes)
    if whole:
        return [list(ring(whole))]
    return _loops(_boundary(merged(boxes)))


def ring(box: Box) -> tuple[Point, ...]:
    """The line round one box, clockwise on the plan from its north-west corner."""
    x, y, width, depth = box
    return ((x, y), (x + width, y), (x + width, y + depth), (x, y + depth))


def rectangle(boxes: Sequence[Box]) -> Box | None:
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


def shape(boxes: Sequence[Box]) -> tuple[Box, tuple[tuple[Point, ...], ...]]:
    """The best place for a label in the union, and the lines round it where it is more than that place.

    The place is the largest of the union's rows, columns and blocks of whole boxes.
    """
    if whole := rectangle(boxes):
        return whole, ()
    rows = merged(boxes)
    widest = max(rows + merged(boxes, along=1), key=lambda box: (box[2] * box[3], box[2]))
    return widest, tuple(map(tuple, _loops(_boundary(rows))))
