"""Talks in the console: the list with what can be done to many at once, and one talk in full."""

from urllib.parse import parse_qsl

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.forums import queries, services
from expo.forums.forms.content import EMPTY_PARTS, NewTalkForm, TalkForm
from expo.forums.models import Talk
from expo.forums.models.talks import TALK_KINDS, TALK_STATES
from expo.forums.queries import TalkFilter
from expo.forums.sentences import broken_in_words
from expo.forums.services import talks
from expo.forums.services.refusals import seal
from expo.forums.views.blueprint import CONTENT, bp
from expo.forums.wording import ANSWER_NAMES, ROLE_NAMES, STATE_NAMES, STATE_TONES, TALK_KIND_NAMES
from expo.languages import pick
from expo.web import _, db, leaf, needs, ngettext, refuse, telling, words
from expo.web.language import language
from expo.words import say

LONGEST_SEARCH = 100


def _asked() -> TalkFilter:
    kind, state = request.args.get("kind", ""), request.args.get("state", "")
    return TalkFilter(
        words=request.args.get("q", "").strip()[:LONGEST_SEARCH],
        forum=request.args.get("forum", "")[:40],
        kind=kind if kind in TALK_KINDS else "",
        state=state if state in TALK_STATES else "",
        placed=request.args.get("placed", ""),
    )


@bp.get(f"{CONTENT}/talks")
@needs("programme.edit")
def talk_list():
    """Talks, searched in any language, filtered, sorted, and changed many at once."""
    wanted = _asked()
    total = queries.talk_count(db(), g.edition, wanted)
    shown = leaf(total, 50)
    forums = [row.Forum for row in queries.forums(db(), g.edition)]
    return render_template(
        "expo/forums/talk_list.html",
        talks=queries.talk_lines(db(), g.edition, wanted, request.args.get("sort", "")[:20], shown.page),
        forums=forums,
        letters={forum.code: chr(65 + number % 26) for number, forum in enumerate(forums)},
        kinds=TALK_KIND_NAMES,
        states=STATE_NAMES,
        tones=STATE_TONES,
        total=total,
        page=shown.page,
        pages=shown.pages,
    )


@bp.post(f"{CONTENT}/talks/many")
@needs("programme.edit")
def talks_many():
    """Give many talks another state or forum."""
    codes = request.form.getlist("talk")[: talks.MOST_AT_ONCE + 1]
    act, _colon, value = request.form.get("act", "").partition(":")
    with telling():
        if not codes:
            raise Refused(say("Tick the talks first."))
        if act == "state" and value in TALK_STATES:
            changed = talks.set_state(db(), g.edition, codes, value)
        elif act == "forum":
            changed = talks.set_forum(db(), g.edition, codes, value)
        else:
            abort(400)
        db().commit()
        flash(ngettext("%(num)s talk is changed.", "%(num)s talks are changed.", changed), "good")
    return redirect(_back())


def _back() -> str:
    """The list as it was, by its query kept in the form."""
    kept = parse_qsl(request.form.get("back", "")[:500])
    names = ("q", "forum", "kind", "state", "placed", "sort", "page")
    return url_for("forums.talk_list", **{name: value for name, value in kept if name in names})


@bp.get(f"{CONTENT}/talks/<code>")
@needs("programme.edit")
def talk_page(code: str):
    """Everything about a talk, and what is wrong with it in words."""
    talk = _talk(code)
    broken = []
    if talk.state != "withdrawn":
        try:
            found = services.violations_at(db(), g.edition, code)
            names = queries.names_of(db(), g.edition) if found else {}
            broken = [broken_in_words(one, names) for one in found]
        except Refused as refused:
            broken = [refused.sentence]
    return render_template(
        "expo/forums/talk_page.html",
        talk=talk,
        values=talks.talk_values(db(), talk),
        place=queries.place_of(db(), g.edition, talk),
        broken=broken,
        worries=queries.worried_of(db(), g.edition, talk),
        people=queries.talk_people(db(), talk),
        answers=queries.talk_answers(db(), talk),
        names={"kind": TALK_KIND_NAMES, "state": STATE_NAMES, "role": ROLE_NAMES, "answer": ANSWER_NAMES},
        tones=STATE_TONES,
    )


def _talk(code: str) -> Talk:
    return queries.talk_by_code(db(), g.edition, code) or abort(404)


def _choices() -> dict:
    return {
        "forums": [
            (row.Forum.code, pick(row.Forum.name, language()) or row.Forum.code)
            for row in queries.forums(db(), g.edition)
        ],
        "rooms": [
            (row.Room.code, f"{pick(row.Room.name, language())} ({row.Room.code})")
            for row in queries.rooms(db(), g.edition)
        ],
        "known": queries.spoken_languages(db(), g.edition),
    }


@bp.route(f"{CONTENT}/talks/new", methods=["GET", "POST"])
@needs("programme.edit")
def talk_new():
    """A talk that was not there yet."""
    choices = _choices()
    if not choices["forums"]:
        flash(_("A talk belongs to a forum. Make one first."), "bad")
        return redirect(url_for("forums.forum_new"))
    start = {"parts": [{}] * EMPTY_PARTS, "forum": request.args.get("forum", ""), "state": "accepted"}
    form = NewTalkForm(data=start | {"kind": "talk", "language": language()}, **choices)
    if form.accepted() and (talk := _saved(form, None, form.code.data)):
        flash(_("The talk is there."), "good")
        return redirect(url_for("forums.talk_page", code=talk.code))
    return _page(form, None)


@bp.route(f"{CONTENT}/talks/<code>/edit", methods=["GET", "POST"])
@needs("programme.edit")
def talk_edit(code: str):
    """A talk's texts, people and needs."""
    talk = _talk(code)
    values = talks.talk_values(db(), talk)
    form = TalkForm(data=_typed(values), **_choices())
    if form.accepted() and _saved(form, talk):
        flash(_("Saved."), "good")
        return redirect(url_for("forums.talk_page", code=code))
    return _page(form, talk)


def _page(form: TalkForm, talk: Talk | None):
    return render_template(
        "expo/forums/talk_form.html",
        form=form,
        talk=talk,
        people=queries.people_names(db(), g.edition),
        equipment=queries.equipment_words(db(), g.edition),
        layouts=queries.layout_words(db(), g.edition),
    )


def _typed(values: dict) -> dict:
    start = values["fixed_start"]
    return values | {
        "parts": [*({"who": code, "role": role} for code, role in values["parts"]), *[{}] * EMPTY_PARTS],
        "equipment": "; ".join(values["equipment"]),
        "after": "; ".join(values["after"]),
        "fixed_start": start.astimezone(g.edition.zone_info).replace(tzinfo=None) if start else None,
        "seen": seal(values),
    }


def _saved(form: TalkForm, talk: Talk | None, code: str = "") -> Talk | None:
    local = form.fixed_start.data
    values = form.values() | {
        "code": code,
        "fixed_start": local.replace(tzinfo=g.edition.zone_info) if local else None,
    }
    try:
        parts = [
            (queries.person_named(db(), g.edition, row["who"]), row["role"])
            for row in form.parts.data
            if row["who"]
        ]
        talk = talks.save_talk(db(), g.edition, talk, values, parts, form.seen.data or "")
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    return talk


@bp.post(f"{CONTENT}/talks/<code>/state")
@needs("programme.edit")
def talk_state(code: str):
    """Accept, confirm or withdraw one talk."""
    talk, state = _talk(code), request.form.get("state", "")
    if state not in TALK_STATES:
        abort(400)
    with telling():
        talks.set_state(db(), g.edition, [talk.code], state)
        db().commit()
        flash(_("State: %(state)s.", state=words(STATE_NAMES[state])), "good")
    return redirect(url_for("forums.talk_page", code=code))


@bp.post(f"{CONTENT}/talks/<code>/delete")
@needs("programme.edit")
def talk_delete(code: str):
    """Take a talk away for good."""
    talk = _talk(code)
    try:
        talks.delete_talk(db(), g.edition, talk)
        db().commit()
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
        return redirect(url_for("forums.talk_page", code=code))
    flash(_("The talk is deleted."), "good")
    return redirect(url_for("forums.talk_list"))
