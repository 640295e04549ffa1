"""The programme for everybody: chosen by day, forum, room, language, kind, time and words; talk by talk."""

from babel import Locale
from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for
from markupsafe import Markup

from expo.forums import services
from expo.forums.choosing import FIELDS, LONGEST_SEARCH, PARTS_OF_DAY, Wanted, choose, languages_of
from expo.forums.feeds.parts import references
from expo.forums.models import Release
from expo.forums.programme import Item, Programme
from expo.forums.queries import past
from expo.forums.views.blueprint import bp
from expo.forums.views.drawing import drawn
from expo.forums.views.keeping import for_strangers
from expo.forums.wording import TALK_KIND_NAMES
from expo.languages import BABEL_LOCALES
from expo.web import db, public, words
from expo.web.frame import address, has_page
from expo.web.language import language
from expo.web.security import site_address

EXTRAS = "expo_talk_extras"


def add_to_talk(app: Flask, draw) -> None:
    """A room above has something to show on a talk's page: `draw(item, programme)` answers with markup."""
    app.extensions.setdefault(EXTRAS, []).append(draw)


@bp.get("/<edition>/programme")
@public
def programme():
    """The released programme, as a grid or a list, and what one wants of it."""
    which = services.newest_release_id(db(), g.edition)
    if which is None:
        return render_template("expo/forums/programme.html", programme=None)
    return for_strangers(which, lambda: _programme_page(which))


def _programme_page(release_id: int) -> str:
    found = services.programme_in(db(), g.edition, db().get_one(Release, release_id))
    wanted = asked_for()
    chosen = choose(found.items, wanted)
    talk_url = address("forums.talk_detail", "code")
    star_url = address("stars.star", "code") if has_page("stars.star") else None
    as_list = request.args.get("view") == "list"
    return render_template(
        "expo/forums/programme.html",
        programme=found,
        items=chosen.items,
        as_list=as_list,
        lists=[(day, [i for i in chosen.items if i.day == day]) for day in found.days] if as_list else (),
        grids=() if as_list else drawn(chosen.items, found.rooms, talk_url, star_url),
        wanted=wanted,
        counts=chosen.counts,
        choices=_choices(found),
        talk_url=talk_url,
        star_url=star_url,
    )


def asked_for() -> Wanted:
    """What this page's address asks for."""
    given = {name: request.args.get(name, "") for name in FIELDS}
    return Wanted(**given, words=request.args.get("q", "").strip()[:LONGEST_SEARCH])


def _choices(found: Programme) -> dict[str, list[tuple[str, str]]]:
    """What the selects offer beside the chips for days and forums: (value, name)."""
    named = language_names()
    return {
        "language": [(code, named.get(code, code)) for code in languages_of(found.items)],
        "kind": [
            (kind, words(TALK_KIND_NAMES.get(kind, kind))) for kind in sorted({i.kind for i in found.items})
        ],
        "time": [(name, words(label)) for name, (_first, _end, label) in PARTS_OF_DAY.items()],
    }


def language_names() -> dict[str, str]:
    """Names of languages by code, in the reader's."""
    return dict(Locale.parse(BABEL_LOCALES[language()]).languages)


@bp.get("/<edition>/programme/<code>")
@public
def talk_detail(code: str):
    """A talk: what, who, when and where."""
    found = services.programme(db(), g.edition)
    item = found.item(code) if found else None
    if found is None or item is None:
        return _taken_out(code)
    beside = [other for other in found.items if other.track == item.track and other.code != code]
    named = language_names()
    return render_template(
        "expo/forums/talk_detail.html",
        item=item,
        moved=past.last_move(db(), g.edition, item.id),
        links=[*references(item, "links"), *references(item, "attachments")],
        beside=beside,
        language_names=[named.get(code, code) for code in (item.language, *item.interpretation)],
        extras=_extras(item, found),
        share_url=site_address() + url_for("forums.talk_detail", code=code),
    )


def _taken_out(code: str):
    """Bookmarks of a talk that is out lead to what the last version with it said of it."""
    version = past.version_with(db(), g.edition, code) or abort(404)
    return redirect(url_for("forums.old_talk", version=version, code=code))


def _extras(item: Item, found: Programme) -> Markup:
    return Markup("").join(draw(item, found) for draw in current_app.extensions.get(EXTRAS, ()))
