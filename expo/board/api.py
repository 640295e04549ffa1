"""What the board's script asks and does, as JSON. The page's forms do the same without it."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

from flask import Blueprint, Flask, Response, g, jsonify, request
from flask_login import current_user

from expo.board import asked, services, shown
from expo.board.address import BOARD
from expo.board.saying import SAID
from expo.board.words import told
from expo.errors import Refused
from expo.forums.models import TimetableAct
from expo.forums.services import Stale, changes_since, revision_of
from expo.forums.services.changes import refuse_stale
from expo.languages import COMMAS, pick
from expo.web import db, needs, words
from expo.web.language import as_date, as_time, language

bp = Blueprint("board_api", __name__)
MOST_CHANGES = 300
"""Whoever is further behind reads the whole board again."""


def init(app: Flask) -> None:
    """Register what the script asks."""
    app.register_blueprint(bp)


@bp.get(f"{BOARD}/state.json")
@needs("programme.edit")
def state():
    """The whole board."""
    now = services.known(db(), g.edition)
    board, hours = now.board(), now.hours
    cards = shown.cards(hours, board.cards, _text)
    return jsonify(
        revision=now.stamp.revision,
        origin=int(hours.origin.timestamp()),
        zone=g.edition.timezone,
        step=now.problem.step_min,
        comma=COMMAS.get(language(), ", "),
        days=shown.days(
            hours, [(c["start"], c["end"]) for c in cards if c["room"]], lambda d: as_date(d, "full")
        ),
        rooms=[
            {"code": code, "name": _text(name) or code, "capacity": capacity, "building": building}
            for code, name, capacity, building in board.rooms
        ],
        forums=[
            {"code": code, "name": _text(name) or code, "hue": hue, "letter": letter}
            for code, name, hue, letter in board.forums
        ],
        talks=cards,
        words={key: words(sentence) for key, sentence in SAID.items()},
        problems=_problems(now),
        **_stacks(),
    )


def _text(texts: Any) -> str:
    return pick(texts, language())


def _problems(now: services.Known) -> list[dict[str, str]]:
    return [{"talk": one.talk, "other": one.other, "words": words(told(one, now.names))} for one in now.wrong]


def _stacks() -> dict[str, int]:
    back, again = services.own_stacks(db(), g.edition, current_user.id)
    return {"undo": len(back), "redo": len(again)}


@bp.get(f"{BOARD}/changes.json")
@needs("programme.edit")
def changes():
    """What happened after revision `since`, and who else is here; 304 while nothing does."""
    since = request.args.get("since", 0, type=int)
    carrying = request.args.get("carrying", "")
    carrying = carrying if asked.TALK.fullmatch(carrying) else ""
    revision, here, written = services.look(db(), g.edition, current_user.id, current_user.name, carrying)
    if written:
        db().commit()
    tag = f"{revision}-{since}-{crc32(repr(here).encode()):x}"
    if request.if_none_match.contains(tag):
        answer = Response(status=304)
    else:
        news = _news(since if 0 <= since <= revision else -1, revision)
        answer = jsonify({**news, "here": [one._asdict() for one in here]})
    answer.set_etag(tag)
    return answer


def _news(since: int, revision: int) -> dict[str, Any]:
    if since == revision:
        return {"revision": revision, "changes": []}
    rows = changes_since(db(), g.edition, since, most=MOST_CHANGES + 1) if since >= 0 else []
    if not rows or len(rows) > MOST_CHANGES:
        return {"revision": revision, "reload": True}
    now = services.known(db(), g.edition)
    return {
        "revision": revision,
        "changes": [_change(now, act, change) for act, change in rows],
        "problems": _problems(now),
        **_stacks(),
    }


def _change(now: services.Known, act: TimetableAct, change) -> dict[str, Any]:
    room = now.bare.room_codes.get(change.room_after)
    after = change.after if room else None
    return {
        "talk": change.talk_code,
        "locked": change.locked_after,
        "who": act.actor,
        "mine": act.user_id == current_user.id,
        "revision": act.revision,
        "kind": act.kind,
        "when": as_time(act.at),
        **shown.place_of(now.hours, room, after.lower if after else None, after.upper if after else None),
    }


def _acted(act: Callable[[dict, int], Any]) -> Any:
    """Do something, commit, and answer with all that is new since the revision the browser saw."""
    data = dict(asked.body(request.get_json(silent=True)))
    seen = asked.number(data.get("seen"))
    try:
        act(data, seen)
        db().commit()
    except services.Doubtful as doubt:
        db().rollback()
        return jsonify(doubts=[words(one) for one in doubt.sentences])
    except Stale as stale:
        db().rollback()
        return jsonify(
            error=words(stale.sentence), stale=True, **_news(seen, revision_of(db(), g.edition))
        ), 409
    except Refused as refused:
        db().rollback()
        return _refused(refused, seen)
    return jsonify(_news(seen, revision_of(db(), g.edition)))


def _refused(refused: Refused, seen: int, **more: bool):
    """A sentence, and what the board looks like now."""
    news = _news(seen, revision_of(db(), g.edition))
    return jsonify(error=words(refused.sentence), **more, **news), 409


@bp.post(f"{BOARD}/moves.json")
@needs("programme.edit")
def moves():
    """Move talks: {seen, kind, anyway, moves: [{talk, room, start}]}; no room takes a talk off."""
    return _acted(
        lambda data, seen: services.move(
            db(),
            g.edition,
            asked.wishes(data.get("moves")),
            seen=seen,
            anyway=data.get("anyway") is True,
            kind=asked.kind(data.get("kind", "move")),
        )
    )


@bp.post(f"{BOARD}/pins.json")
@needs("programme.edit")
def pins():
    """Pin or unpin talks: {seen, talks, locked}."""
    return _acted(
        lambda data, seen: services.pin(
            db(), g.edition, asked.talk_codes(data.get("talks")), data.get("locked") is True, seen=seen
        )
    )


@bp.post(f"{BOARD}/stretch.json")
@needs("programme.edit")
def stretch():
    """Another length for a talk: {seen, talk, minutes, anyway}."""
    return _acted(
        lambda data, seen: services.stretch(
            db(),
            g.edition,
            asked.talk_code(data.get("talk")),
            asked.number(data.get("minutes")),
            seen=seen,
            anyway=data.get("anyway") is True,
        )
    )


@bp.post(f"{BOARD}/undo.json")
@needs("programme.edit")
def undo():
    """Take back one's own last act: {seen}."""
    return _acted(lambda _data, _seen: services.undo(db(), g.edition, current_user.id))


@bp.post(f"{BOARD}/redo.json")
@needs("programme.edit")
def redo():
    """Do again what one took back: {seen}."""
    return _acted(lambda _data, _seen: services.redo(db(), g.edition, current_user.id))


@bp.post(f"{BOARD}/check.json")
@needs("programme.edit")
def check():
    """What moves would mean, without making them: {seen, moves}; also whether they come too late."""
    data = asked.body(request.get_json(silent=True))
    wanted = asked.wishes(data.get("moves"))
    refuse_stale(db(), g.edition, [one.talk for one in wanted], asked.number(data.get("seen")))
    verdict = services.judge(db(), g.edition, wanted)
    return jsonify(
        forbidden=[words(one) for one in verdict.forbidden],
        doubts=[words(one) for one in verdict.doubtful],
        effects=[words(one) for one in verdict.effects],
    )


@bp.get(f"{BOARD}/places.json")
@needs("programme.edit")
def offered():
    """Up to three better places for ?talk=."""
    found = services.offers(db(), g.edition, asked.talk_code(request.args.get("talk")))
    return jsonify(
        offers=[
            {
                "room": one.room,
                "start": one.minute,
                "displaced": list(one.displaced),
                "words": " ".join(words(why) for why in one.why),
            }
            for one in found
        ]
    )
