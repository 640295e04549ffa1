"""Who stands in a hall, as rows of a table: written like the drawing, as a template takes far longer."""

from collections.abc import Callable

from expo.plan.shown import PublicPlan
from expo.plan.squeeze import Piece
from expo.venue.drawing.booths import stands_label
from expo.venue.drawing.paint import escape
from expo.web.language import as_area


def booth_rows(plan: PublicPlan, link: Callable[[str], str] | None, *, outward: bool = False) -> Piece:
    """Every taken booth of the plan's one hall by name: exhibitor, stands, zone's letter, area."""
    [hall] = plan.halls
    letters = {sign.code: escape(sign.letter) for sign in hall.zones}
    taken = [booth for booth in hall.booths if booth.occupant]
    taken.sort(key=lambda booth: (booth.occupant.name.casefold(), booth.stands))
    areas = {area: escape(as_area(area)) for area in {booth.area_cm2 for booth in taken}}
    frame = ' target="_blank"' if outward else ""
    rows = []
    for booth in taken:
        who, stand = escape(booth.occupant.name), escape(booth.stands[0])
        label = escape(stands_label(booth.stands))
        if link:
            who = f'<a href="{escape(link(booth.occupant.code))}"{frame}>{who}</a>'
        rows.append(
            f'<tr><th scope="row" dir="auto">{who}</th>'
            f'<td><a class="code" href="#stand-{stand}">{label}</a></td>'
            f'<td>{letters[booth.zone]}</td><td class="num">{areas[booth.area_cm2]}</td></tr>'
        )
    return Piece("".join(rows).encode())
