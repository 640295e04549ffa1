"""The host screen: who is at which table now, who comes next, who is missing; it keeps itself up to date."""

from flask import g, make_response, render_template, request

from expo.clock import now
from expo.web import db, needs
from matchmaking.onsite import services
from matchmaking.onsite.queries import agendas, waiting
from matchmaking.onsite.views.blueprint import DESK, bp, slot_at
from matchmaking.requests.views.blueprint import slots

PER_VIEW, TURN_S = 32, 15
"""Tables shown at once, and for how many seconds: what does not fit takes turns."""
STANDING = ("planned", "held", "no_show")


@bp.get(f"{DESK}/screen")
@needs("meetings.run")
def screen():
    """Full screen, for a projector or a host's phone."""
    at = now()
    slot = slot_at(at)
    after = next((one for one in slots() if slot and one.number == slot.number + 1), None)
    running = agendas.lines(db(), g.edition, slot=slot.number, states=STANDING) if slot else []
    following = agendas.lines(db(), g.edition, slot=after.number, states=("planned",)) if after else []
    pages = 1 if request.args.get("tables") == "all" else max(1, -(-len(running) // PER_VIEW))
    turn = int(at.timestamp() // TURN_S) % pages
    grace = services.settings_of(db(), g.edition).grace_minutes
    response = make_response(
        render_template(
            "matchmaking/onsite/screen.html",
            slot=slot,
            after=after,
            running=running[turn * PER_VIEW : (turn + 1) * PER_VIEW] if pages > 1 else running,
            total=len(running),
            following=following,
            waiting=waiting.waiting(db(), g.edition, [slot.number]) if slot else [],
            missing=[line for line in running if _is_incomplete(line, at, grace)],
            moment=at,
        )
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.add_etag()
    return response.make_conditional(request)


def _is_incomplete(line, at, grace: int) -> bool:
    """Whether a meeting that should run lacks somebody beyond the minutes of grace."""
    late = max(seat.late for seat in line.seats.values())
    elapsed = (at - line.starts_at).total_seconds() / 60
    return line.state == "planned" and elapsed >= grace + late
