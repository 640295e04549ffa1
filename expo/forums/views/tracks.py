"""Forums in the console: the main event and the supporting ones; and the tree of it all."""

from collections import Counter

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.forums import queries
from expo.forums.forms.content import ForumForm
from expo.forums.models import Forum
from expo.forums.services import tracks
from expo.forums.services.refusals import seal
from expo.forums.views.blueprint import CONTENT, bp
from expo.forums.wording import (
    FORUM_KIND_NAMES,
    ROLE_NAMES,
    STATE_NAMES,
    STATE_TONES,
    TALK_KIND_NAMES,
    WORRY_NAMES,
)
from expo.web import _, db, needs, refuse, telling, words

MOST_WORRIES = 100
MOST_TALKS = 300
"""More of them are opened a forum at a time: a page of a thousand rows helps nobody."""


@bp.get(CONTENT)
@needs("programme.edit")
def content():
    """The programme as a tree: events, their talks, when and where; what is worrying; ready to print."""
    branches = queries.tree(db(), g.edition)
    total = sum(len(branch.talks) for branch in branches)
    wanted = request.args.get("forum", "")[:40]
    shown = {b.forum.code for b in branches if total <= MOST_TALKS or wanted in (b.forum.code, "*")}
    found: dict[str, list] = {}
    for one in queries.worried_of(db(), g.edition):
        found.setdefault(one.kind, []).append(one)
    return render_template(
        "expo/forums/content.html",
        branches=branches,
        opened=shown,
        worries=found,
        worry_names=WORRY_NAMES,
        most=MOST_WORRIES,
        answers=queries.answers(db(), g.edition, 8),
        states=Counter(leaf.state for branch in branches for leaf in branch.talks),
        names={
            "forum": FORUM_KIND_NAMES,
            "state": STATE_NAMES,
            "talk": {kind: words(name) for kind, name in TALK_KIND_NAMES.items()},
            "role": {role: words(name) for role, name in ROLE_NAMES.items()},
        },
        tones=STATE_TONES,
    )


@bp.get(f"{CONTENT}/forums")
@needs("programme.edit")
def forum_list():
    """Forums in their order."""
    return render_template(
        "expo/forums/forum_list.html", forums=queries.forums(db(), g.edition), kinds=FORUM_KIND_NAMES
    )


@bp.route(f"{CONTENT}/forums/new", methods=["GET", "POST"])
@needs("programme.edit")
def forum_new():
    """A forum that was not there yet."""
    there = queries.forums(db(), g.edition)
    position = tracks.next_position(db(), g.edition)
    form = ForumForm(data={"hue": len(there) % 8 + 1, "position": position, "is_main": not there})
    if form.accepted() and _saved(form, None):
        flash(_("The forum is there. Give it talks."), "good")
        return redirect(url_for("forums.forum_list"))
    return render_template("expo/forums/forum_form.html", form=form, forum=None)


@bp.route(f"{CONTENT}/forums/<code>", methods=["GET", "POST"])
@needs("programme.edit")
def forum_edit(code: str):
    """A forum's name, description, kind, colour, order and chairs."""
    forum = queries.forum_by_code(db(), g.edition, code) or abort(404)
    values = tracks.forum_values(db(), forum)
    form = ForumForm(data=values | {"chairs": "; ".join(values["chairs"]), "seen": seal(values)})
    if form.accepted() and _saved(form, forum):
        flash(_("Saved."), "good")
        return redirect(url_for("forums.forum_list"))
    return render_template("expo/forums/forum_form.html", form=form, forum=forum)


def _saved(form: ForumForm, forum: Forum | None) -> bool:
    try:
        tracks.save_forum(db(), g.edition, forum, form.values(), form.chair_codes(), form.seen.data or "")
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    return True


@bp.post(f"{CONTENT}/forums/<code>/delete")
@needs("programme.edit")
def forum_delete(code: str):
    """Take a forum away."""
    forum = queries.forum_by_code(db(), g.edition, code) or abort(404)
    with telling():
        tracks.delete_forum(db(), forum)
        db().commit()
        flash(_("The forum is deleted."), "good")
    return redirect(url_for("forums.forum_list"))
