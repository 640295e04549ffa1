"""A table of exports as statistics offices hand it out, read and checked row by row."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from expo.countries import COUNTRIES
from expo.spreadsheets import Row
from expo.words import Sentence, say
from matchmaking.catalogue.hs_names import CHAPTERS

HEADS = {"country": "country", "reporter": "country", "chapter": "chapter", "hs": "chapter",
         "cmdcode": "chapter", "value": "value", "exports": "value", "primaryvalue": "value"}  # fmt: skip
LARGEST = Decimal(10) ** 17

Flow = tuple[str, str, Decimal]
Problem = tuple[int, Sentence]


def read_exports(rows: Iterator[Row]) -> tuple[list[Flow], list[Problem]]:
    """(country, chapter, value) of every row, and what is wrong with which row. Columns: country (two
    letters), chapter (two digits), value; each pair of country and chapter once."""
    first, heads = next(rows, (1, []))
    places = {
        HEADS[head.strip().casefold()]: i for i, head in enumerate(heads) if head.strip().casefold() in HEADS
    }
    if missing := sorted({"country", "chapter", "value"} - places.keys()):
        return [], [(first, say("The file has no column %(names)s.", names=missing))]
    found: dict[tuple[str, str], Decimal] = {}
    problems: list[Problem] = []
    for number, cells in rows:
        country, chapter, value = (
            cells[places[name]].strip() if places[name] < len(cells) else ""
            for name in ("country", "chapter", "value")
        )
        one = _flow(country.upper(), chapter.zfill(2), value)
        if isinstance(one, Sentence):
            problems.append((number, one))
        elif one[:2] in found:
            problems.append(
                (
                    number,
                    say("%(country)s and chapter %(chapter)s come twice.", country=one[0], chapter=one[1]),
                )
            )
        else:
            found[one[:2]] = one[2]
    if not found and not problems:
        problems.append((first, say("The file has no rows.")))
    return [(*key, value) for key, value in found.items()], problems


def _flow(country: str, chapter: str, value: str) -> Flow | Sentence:
    if country not in COUNTRIES:
        return say("%(code)s is no country. Use two letters, such as KG.", code=country[:40])
    if chapter not in CHAPTERS:
        return say("%(code)s is no chapter of the Harmonized System.", code=chapter[:40])
    try:
        amount = Decimal(value.replace(" ", ""))
    except InvalidOperation:
        return say("%(value)s is no number.", value=value[:40])
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        return say("%(value)s is no amount of exports.", value=value[:40])
    return country, chapter, round(amount, 2)
