"""Versions of the programme for everybody: what changed when, and old versions as they were."""

from datetime import UTC

from flask import Response, abort, g, render_template, request, url_for
from lxml import etree

from expo.forums import services
from expo.forums.changes import KINDS, changes, counted, only
from expo.forums.models import Release
from expo.forums.programme import Programme
from expo.forums.views.blueprint import bp
from expo.forums.views.changing import KIND_NAMES, change_rows
from expo.forums.views.drawing import drawn
from expo.languages import pick
from expo.web import _, db, leaf, ngettext, public
from expo.web.language import language
from expo.web.security import site_address

MOST_ENTRIES = 10
ATOM = "http://www.w3.org/2005/Atom"


@bp.get("/<edition>/programme/changes")
@public
def change_log():
    """The versions with their notes, and what changed between any two of them."""
    every = services.releases(db(), g.edition)
    if not every:
        return render_template("expo/forums/changes.html", versions=[], shown=None)
    after = _chosen(every, "to", every[0])
    before = _chosen(every, "from", _former(every, after))
    found = changes(_read(before), _read(after)) if before else []
    kind, forum = request.args.get("kind", ""), request.args.get("forum", "")
    narrowed = only(found, kind if kind in KINDS else "", forum)
    shown = leaf(len(narrowed))
    return render_template(
        "expo/forums/changes.html",
        versions=every,
        before=before,
        after=after,
        found=found,
        narrowed=len(narrowed),
        rows=change_rows(narrowed[shown.offset : shown.offset + shown.size]),
        shown=shown,
        counts=counted(found),
        forums={one.item.track.code: one.item.track for one in found},
        kind_names=KIND_NAMES,
    )


def _chosen(every, name: str, otherwise: Release | None) -> Release | None:
    wanted = request.args.get(name, "")
    if not wanted:
        return otherwise
    return next((one for one in every if one.version == wanted), None) or abort(404)


def _former(every, release: Release) -> Release | None:
    """The version before."""
    return next((one for one in every if one.number == release.number - 1), None)


def _read(release: Release) -> Programme:
    return services.programme_in(db(), g.edition, release)


@bp.get("/<edition>/programme/changes.atom")
@public
def change_feed():
    """The newest versions as an Atom feed, with what each of them changed in words."""
    every = services.releases(db(), g.edition)
    if not every:
        abort(404)
    answer = Response(_atom(every[: MOST_ENTRIES + 1]), mimetype="application/atom+xml")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.add_etag()
    return answer.make_conditional(request)


def _atom(every) -> bytes:
    home = f"{site_address()}{url_for('forums.change_log')}"
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language())
    edition = pick(g.edition.name, language()) or g.edition.code
    _add(root, "title", _("Changes of the programme of %(edition)s", edition=edition))
    _add(root, "id", home)
    _add(root, "updated", _instant(every[0]))
    etree.SubElement(root, f"{{{ATOM}}}link", href=home)
    here = f"{site_address()}{url_for('forums.change_feed')}"
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", href=here)
    _add(etree.SubElement(root, f"{{{ATOM}}}author"), "name", edition)
    read = [_read(one) for one in every]
    for number, one in enumerate(every[:MOST_ENTRIES]):
        before = read[number + 1] if number + 1 < len(every) else None
        address = f"{home}?to={one.version}"
        entry = etree.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "title", _("Version %(version)s", version=one.version))
        _add(entry, "id", address)
        _add(entry, "updated", _instant(one))
        etree.SubElement(entry, f"{{{ATOM}}}link", href=address)
        _add(entry, "summary", _summary(one, before, read[number]))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _instant(release: Release) -> str:
    return release.released_at.astimezone(UTC).replace(microsecond=0).isoformat()


def _summary(release: Release, before: Programme | None, after: Programme) -> str:
    said = [pick(release.note, language())]
    if before is None:
        said.append(ngettext("%(num)s talk", "%(num)s talks", len(after.items)))
    else:
        counts = counted(changes(before, after))
        said.append(", ".join(f"{KIND_NAMES[kind]}: {number}" for kind, number in counts.items()))
    return " ".join(part for part in said if part) or _("Nothing changed.")


@bp.get("/<edition>/programme/v/<version>")
@public
def old_programme(version: str):
    """A version of the programme as it was."""
    release, found = _version(version)
    day = request.args.get("day", "")
    items = found.only(day=day)
    return render_template(
        "expo/forums/old_programme.html",
        programme=found,
        release=release,
        newest=services.release_of(db(), g.edition),
        grids=drawn(items, found.rooms, lambda code: url_for("forums.old_talk", version=version, code=code)),
        day=day,
        items=items,
    )


@bp.get("/<edition>/programme/v/<version>/<code>")
@public
def old_talk(version: str, code: str):
    """A talk as a version of the programme told of it."""
    release, found = _version(version)
    item = found.item(code) or abort(404)
    newest = services.release_of(db(), g.edition)
    now = services.programme_in(db(), g.edition, newest) if newest.id != release.id else found
    since = [one for one in changes(found, now) if one.before is not None and one.before.guid == item.guid]
    return render_template(
        "expo/forums/old_talk.html", item=item, release=release, newest=newest, rows=change_rows(since),
        programme=found,
    )  # fmt: skip


def _version(version: str) -> tuple[Release, Programme]:
    release = services.release_of(db(), g.edition, version) or abort(404)
    return release, _read(release)
