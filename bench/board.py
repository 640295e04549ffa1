"""The board: what a move, a check, suggestions, a poll and the page cost, at 120 and at 1,000 talks."""

from __future__ import annotations

import itertools
import secrets
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from flask.testing import FlaskClient
from sqlalchemy import insert, text
from sqlmodel import Session, select

from app import create_app
from bench.plan import database
from bench.programme import each, fill
from bench.record import record
from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.db import make_engine
from expo.editions.models import Edition
from expo.forums.models import Talk
from expo.schema import load_all_models, migrate
from expo.stars.models import Follower, Star

FOLLOWERS, STARS = 3000, 12
PASSWORD = secrets.token_hex(12)
MAIL = "bench@example.org"
FREE = "2030-06-15T12:{:02d}:00.000Z"
"""Eight in the evening, when no talk is on."""


def star(session: Session, code: str) -> None:
    """Every follower wants a dozen talks, some of which everybody wants."""
    edition = session.exec(select(Edition).where(Edition.code == code)).one()
    talks = list(session.exec(select(Talk.id).where(Talk.edition_id == edition.id).order_by(Talk.id)))
    people = [Follower(edition_id=edition.id, email=f"{code}{n}@example.org") for n in range(FOLLOWERS)]
    session.add_all(people)
    session.flush()
    dice = np.random.default_rng(1)
    share = 1 / np.arange(3, len(talks) + 3)
    rows = [
        {"follower_id": one.id, "talk_id": talks[k]}
        for one in people
        for k in dice.choice(len(talks), STARS, replace=False, p=share / share.sum())
    ]
    session.execute(insert(Star), rows)
    organiser = accounts.create_user(session, f"{code}{MAIL}", "Bench", PASSWORD)
    accounts.grant(session, organiser, Role.ORGANISER, edition.id)
    session.commit()


def moves(client: FlaskClient, board: str, rooms: int) -> Callable[[], object]:
    """Each call moves the next talk to another room and minute of the evening, as a hand would."""
    state = client.get(f"{board}/state.json").json or {}
    codes = itertools.cycle([talk["code"] for talk in state["talks"] if talk["day"] == 0])
    seen, turn = [state["revision"]], itertools.count()

    def move() -> object:
        k = next(turn)
        start = datetime(2030, 6, 15, 13 - k // rooms % 2, 0, tzinfo=UTC).isoformat()
        wish = {"talk": next(codes), "room": f"R{k % rooms:02d}", "start": start}
        answer = client.post(f"{board}/moves.json", json={"seen": seen[0], "anyway": True, "moves": [wish]})
        assert answer.status_code == 200, answer.text
        seen[0] = (answer.json or {})["revision"]
        return answer

    return move


def measure(instance: Path, address: str, code: str, talks: int, rooms: int) -> None:
    """Whole requests, as an organiser's browser sends them."""
    app = create_app(
        database_url=address, instance=instance, secret_key=secrets.token_hex(32), log_level="error"
    )
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"email": f"{code}{MAIL}", "password": PASSWORD})
    board = f"/{code}/console/board"
    with record("board", f"{talks:,} talks", 1, talks=talks) as figures:
        assert client.get(board).status_code == 200
        figures["page_cpu_ms"] = each(lambda: client.get(board))
        figures["state_cpu_ms"] = each(lambda: client.get(f"{board}/state.json"))
        move = moves(client, board, rooms)
        figures["move_cpu_ms"] = each(move, 9)
        state = client.get(f"{board}/state.json").json or {}
        last, seen = state["talks"][-1]["code"], state["revision"]
        wish = {"talk": last, "room": "R00", "start": FREE.format(30)}
        asked = {"seen": seen, "moves": [wish]}
        figures["check_cpu_ms"] = each(lambda: client.post(f"{board}/check.json", json=asked))
        figures["suggest_cpu_ms"] = each(lambda: client.get(f"{board}/places.json?talk={last}"))
        tag = client.get(f"{board}/changes.json?since={seen}").headers["ETag"]
        known = {"If-None-Match": tag}
        poll = f"{board}/changes.json?since={seen}"
        assert client.get(poll, headers=known).status_code == 304
        figures["poll_cpu_ms"] = each(lambda: client.get(poll, headers=known), 40)


def main() -> None:
    """The reference programme, and a large conference."""
    load_all_models()
    with database() as address, tempfile.TemporaryDirectory() as folder:
        engine = make_engine(address)
        migrate(engine)
        with Session(engine) as session:
            for code, talks, rooms, days in (("small", 120, 10, 2), ("large", 1000, 35, 3)):
                fill(session, code, talks, rooms, days)
                star(session, code)
            session.execute(text("ANALYZE"))
            session.commit()
        engine.dispose()
        measure(Path(folder), address, "small", 120, 10)
        measure(Path(folder), address, "large", 1000, 35)


if __name__ == "__main__":
    main()
