"""The programme for everybody: by day, forum and room, and talk by talk."""

from babel import Locale
from flask import abort, g, render_template, request, url_for

from expo.forums import services
from expo.forums.programme import Programme
from expo.forums.views.blueprint import bp
from expo.forums.views.drawing import drawn
from expo.languages import BABEL_LOCALES
from expo.web import db, public
from expo.web.language import language


@bp.get("/<edition>/programme")
@public
def programme():
    """The released programme, by day, forum and room."""
    found = services.programme(db(), g.edition)
    if found is None:
        return render_template("expo/forums/programme.html", programme=None)
    chosen = {name: request.args.get(name, "") for name in ("forum", "room", "day")}
    items = found.only(**chosen)
    return render_template(
        "expo/forums/programme.html",
        programme=found,
        items=items,
        grids=drawn(items, found.rooms, lambda code: url_for("forums.talk_detail", code=code)),
        chosen=chosen,
        counts=_counts(found, chosen),
    )


def _counts(found: Programme, chosen: dict[str, str]) -> dict[str, dict[str, int]]:
    """How many talks each choice of a filter would show, the other filters staying as they are."""
    counts: dict[str, dict[str, int]] = {}
    for name in chosen:
        others = found.only(**chosen | {name: ""})
        counts[name] = {"": len(others)}
        for item in others:
            key = {"forum": item.track.code, "room": item.room.code, "day": item.day.isoformat()}[name]
            counts[name][key] = counts[name].get(key, 0) + 1
    return counts


@bp.get("/<edition>/programme/<code>")
@public
def talk_detail(code: str):
    """A talk: what, who, when and where."""
    found = services.programme(db(), g.edition)
    item = found.item(code) if found else None
    if found is None or item is None:
        abort(404)
    beside = [other for other in found.items if other.track == item.track and other.code != code]
    named = Locale.parse(BABEL_LOCALES[language()]).languages
    return render_template(
        "expo/forums/talk_detail.html",
        item=item,
        beside=beside,
        language_names=[named.get(code, code) for code in (item.language, *item.interpretation)],
    )
