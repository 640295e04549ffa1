"""Small floors and applicants for the tests of stand allocation."""

from expo.allocation.problem import EAST, NORTH, SOUTH, WEST, Applicant, Problem, Unit, Wish


def a_unit(code="A1", x=0, y=0, **more) -> Unit:
    """A 3 × 3 m shell unit in hall H, zone Z."""
    return Unit(
        **{"hall": "H", "zone": "Z", "width": 300, "depth": 300, **more, "code": code, "x": x, "y": y}
    )


def a_strip(columns=6, rows=2, **more) -> tuple[Unit, ...]:
    """A back-to-back strip, open all around, named A1 … in the north row, B1 … in the next."""
    return tuple(
        a_unit(
            f"{chr(65 + row)}{column + 1}",
            column * 300,
            row * 300,
            **{
                "open_sides": (NORTH if row == 0 else 0)
                | (SOUTH if row == rows - 1 else 0)
                | (WEST if column == 0 else 0)
                | (EAST if column == columns - 1 else 0),
                "entrance_m": 10.0 + 10 * column,
                **more,
            },
        )
        for row in range(rows)
        for column in range(columns)
    )


def an_applicant(code="x", area_m2=9.0, **more) -> Applicant:
    """One standard unit is asked for unless said otherwise."""
    return Applicant(code, area_m2, **more)


def a_problem(applicants=(), units=None, **more) -> Problem:
    """The applicants on a strip of 2 × 6 units."""
    return Problem(units=a_strip() if units is None else tuple(units), applicants=tuple(applicants), **more)


def a_wish(kind="corner", target="", rank=1) -> Wish:
    """A wish, for a corner unless said otherwise."""
    return Wish(kind, target, rank)
