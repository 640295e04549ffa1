"""What is on now and what comes next: a page for people, and a screen for halls."""

from datetime import datetime
from typing import Any

from flask import abort, g, render_template, request

from expo.clock import now
from expo.forums import services
from expo.forums.models import Release
from expo.forums.moments import RoomNow, rooms_at
from expo.forums.views.blueprint import bp
from expo.forums.views.keeping import for_strangers
from expo.languages import LANGUAGES
from expo.plan.kept import kept
from expo.web import can, db, public
from expo.web.frame import address

EVERY_ROOM = "all"
SCREEN = "expo/forums/screen.html"


@bp.get("/<edition>/now")
@public
def now_page():
    """Every room, or those of a building."""
    return _shown("expo/forums/now.html", "")


@bp.get("/<edition>/now/<room>")
@public
def now_room(room: str):
    """One room."""
    return _shown("expo/forums/now.html", room)


@bp.get("/<edition>/screen/<room>")
@public
def screen(room: str):
    """The same to be read across a hall; `all` for every room."""
    return _shown(SCREEN, "" if room == EVERY_ROOM else room)


def _shown(template: str, room: str) -> Any:
    which = services.newest_release_id(db(), g.edition)
    moment = _moment()
    return for_strangers((template, which, moment), lambda: _page(template, room, which, moment))


def _moment() -> datetime:
    """This minute; who edits the programme may look at another one (`?at=2023-06-15T09:30`)."""
    zone = g.edition.zone_info
    asked = request.args.get("at", "")
    if asked and can("programme.edit"):
        try:
            found = datetime.fromisoformat(asked)
            return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(zone)
        except (ValueError, OverflowError):
            abort(400)
    return now().astimezone(zone).replace(second=0, microsecond=0)


def _page(template: str, room: str, release_id: int | None, moment: datetime) -> str:
    which = db().get(Release, release_id) if release_id else None
    if which is None:
        return render_template(template, programme=None, rooms=[], moment=moment, room=room, **_words())
    found = services.programme_in(db(), g.edition, which)
    held = [one for one in found.used_rooms if room in ("", one.code)]
    if room and not held:
        abort(404)
    building = request.args.get("building", "")
    buildings = sorted({one.building for one in held if one.building})
    shown = [one for one in held if building in ("", one.building)]
    past, removed = _changes(which)
    changed = frozenset(
        number for number, one in past.items() if not one.cancelled and one.moved_at == which.released_at
    )
    rooms = rooms_at(moment, shown, found.items, removed, changed, ahead=3 if room else 2)
    return render_template(
        template,
        programme=found,
        rooms=_busy_first(rooms) if room or template != SCREEN else _busy(rooms),
        alone=next((one for one in found.items if one.alone and one.start <= moment < one.end), None),
        begins=min((one.start for one in found.items if one.start > moment), default=None),
        moment=moment,
        room=room,
        building=building,
        buildings=buildings,
        talk_url=address("forums.talk_detail", "code"),
        **_words(),
    )


def _changes(which: Release) -> tuple:
    """How talks changed up to a release; the same until there is another one."""
    return kept(
        ("changes", which.id), lambda: services.history(db(), g.edition, which.version), lambda made: 50_000
    )


def _busy_first(rooms: list[RoomNow]) -> list[RoomNow]:
    """Rooms where something is on or to come before those where nothing is; otherwise in their order."""
    return sorted(rooms, key=lambda one: not (one.current or one.next))


def _busy(rooms: list[RoomNow]) -> list[RoomNow]:
    """Without the rooms that have nothing to say: on a screen they take the place of others."""
    return [one for one in rooms if one.current or one.next]


def _words() -> dict[str, Any]:
    return {"spoken": [code for code in LANGUAGES if code in g.edition.languages] or ["en"]}
