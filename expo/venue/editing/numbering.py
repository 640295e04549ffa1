"""Stand numbers from a pattern like A-{row}{nr:02}, in the order in which people walk past."""

import re
from collections.abc import Iterable, Iterator, Sequence

from expo.errors import Refused
from expo.venue.editing.floor import Spot
from expo.words import say

LONGEST = 40
PLACE = re.compile(r"\{(row|ROW|nr|hall|zone)(?::0?([1-6]))?\}")
CODE = re.compile(r"[^\s;:/\x00-\x1f\x7f-\x9f]([^;:/\x00-\x1f\x7f-\x9f]{0,38}[^\s;:/\x00-\x1f\x7f-\x9f])?")
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]")
ROW_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which signs confuse with 1 and 0
DIRECTIONS = ("east", "west", "south", "north")


def is_code(text: str) -> bool:
    """Whether a stand can be called this: up to 40 characters, none of ; : / and none that nobody sees."""
    return bool(CODE.fullmatch(text)) and not UNSEEN.search(text)


def checked_pattern(pattern: str) -> str:
    """A pattern that numbers: it has {nr}, and nothing else in braces than the places there are."""
    bare = PLACE.sub("1", pattern)
    if "{nr" not in pattern or "{" in bare or "}" in bare or not is_code(bare):
        raise Refused(
            say(
                "The pattern %(pattern)s does not number stands. Write one like A-{row}{nr:02}: {nr} counts, "
                "{row} and {ROW} are the row as a number or a letter, {hall} and {zone} their codes.",
                pattern=pattern[:LONGEST],
            )
        )
    return pattern


def letters(row: int) -> str:
    """Row 1 is A, 24 is Z, 25 is AA."""
    found = ""
    while row > 0:
        row, place = divmod(row - 1, len(ROW_LETTERS))
        found = ROW_LETTERS[place] + found
    return found


def written(pattern: str, row: int, nr: int, hall: str, zone: str) -> str:
    """The code at a row and number."""

    def fill(place: re.Match[str]) -> str:
        name, width = place[1], int(place[2] or 1)
        value = {"row": str(row), "ROW": letters(row), "nr": str(nr), "hall": hall, "zone": zone}[name]
        return value.rjust(width, "0") if name in ("row", "nr") else value

    return PLACE.sub(fill, pattern)


def codes(
    pattern: str, rows: Sequence[Sequence[str]], taken: Iterable[str], *, hall: str, start: int = 1,
    first_row: int = 1, step: int = 1,
) -> Iterator[str]:  # fmt: skip
    """A code for every stand of the rows (given as their zones), none of them taken already.

    Where the pattern names the row, every row counts anew.
    """
    used, counts_rows, nr = set(taken), "{row" in pattern or "{ROW" in pattern, start
    for row, zones in enumerate(rows, start=first_row):
        if counts_rows:
            nr = start
        for zone in zones:
            code = written(pattern, row, nr, hall, zone)
            while code in used:
                nr += step
                code = written(pattern, row, nr, hall, zone)
            used.add(code)
            nr += step
            yield code


def in_rows(spots: Iterable[Spot], direction: str = "east", *, serpentine: bool = False) -> list[list[Spot]]:
    """Stands as rows in walking order: `direction` is the way one walks along the first row.

    Stands are of one row when the middle of one lies within the other; every second row is walked backwards
    if serpentine.
    """
    along, across = (0, 1) if direction in ("east", "west") else (1, 0)
    rows: list[list[Spot]] = []
    reach = 0
    for spot in sorted(
        spots, key=lambda spot: (spot.box[across] * 2 + spot.box[across + 2], spot.box[along])
    ):
        middle = spot.box[across] + spot.box[across + 2] / 2
        if not rows or middle >= reach:
            rows.append([])
            reach = spot.box[across] + spot.box[across + 2]
        rows[-1].append(spot)
    backwards = direction in ("west", "north")
    for number, row in enumerate(rows):
        turned = serpentine and number % 2 == 1
        row.sort(key=lambda spot: (spot.box[along], spot.box[across]), reverse=backwards != turned)
    return rows
