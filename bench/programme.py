"""The public programme: what its page costs drawn anew, again, and to who has it; and the feeds."""

from __future__ import annotations

import gzip
import secrets
import tempfile
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from sqlalchemy import insert, text
from sqlmodel import Session

from app import create_app
from bench.plan import database, each, spread
from bench.record import record
from expo.db import make_engine
from expo.editions.models import Day, Edition
from expo.forums import services
from expo.forums.models import Forum, Room, Slot, Speaker, Talk, TalkSpeaker, between
from expo.plan import kept
from expo.schema import load_all_models, migrate

FIRST = date(2030, 6, 15)
TIMES = 15
WORDS = [
    "Corridors",
    "Energy",
    "Cold",
    "Chains",
    "Honey",
    "Ports",
    "Finance",
    "Data",
    "Steel",
    "Ecology",
    "Trade",
    "Rail",
    "Aviation",
    "Water",
]  # noqa: SIM905


def fill(session: Session, code: str, talks: int, rooms: int, days: int) -> None:
    """Half-hour talks one after the other in every room, each with a speaker, released."""
    edition = Edition(
        code=code, name={"en": "Bench"}, country="CN", timezone="Asia/Shanghai", currency="CNY",
        is_public=True, languages=["en", "zh"], starts_on=FIRST, ends_on=FIRST + timedelta(days=days - 1),
    )  # fmt: skip
    session.add(edition)
    session.flush()
    forums = [
        Forum(edition_id=edition.id, code=f"F{n}", name={"en": f"Forum {n}"}, hue=n % 8 + 1, is_main=n == 0)
        for n in range(7)
    ]
    held = [
        Room(edition_id=edition.id, code=f"R{n:02d}", name={"en": f"Room {n}"}, capacity=100)
        for n in range(rooms)
    ]
    hours = [
        Day(
            edition_id=edition.id,
            date=FIRST + timedelta(days=n),
            programme_from=clock(8),
            programme_until=clock(22),
        )
        for n in range(days)
    ]
    people = [
        Speaker(edition_id=edition.id, code=f"S{n}", name={"en": f"Speaker {n}"}, organisation="Honey")
        for n in range(talks)
    ]
    session.add_all([*forums, *held, *hours, *people])
    session.flush()
    made = [
        Talk(
            edition_id=edition.id, forum_id=forums[n % 7].id, code=f"T{n:05d}",
            title={"en": f"{WORDS[n % len(WORDS)]} and {WORDS[n * 7 % len(WORDS)]} across the region {n}"},
            abstract={"en": "What works, what does not, and what comes next. " * 6},
        )
        for n in range(talks)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    session.execute(
        insert(TalkSpeaker),
        [
            {"talk_id": t.id, "speaker_id": s.id, "role": "speaker", "position": 1}
            for t, s in zip(made, people, strict=True)
        ],
    )
    for n, talk in enumerate(made):
        day, turn = n // rooms % days, n // rooms // days
        start = datetime.combine(FIRST + timedelta(days=day), clock(8), UTC) - timedelta(hours=8)
        start += timedelta(minutes=35 * turn)
        room = held[n % rooms]
        session.add(
            Slot(
                edition_id=edition.id, talk_id=talk.id, room_id=room.id,
                during=between(start, start + timedelta(minutes=30)),
            )
        )  # fmt: skip
    session.flush()
    services.release(session, edition)
    session.commit()


def measure(instance: Path, address: str, code: str, talks: int) -> None:
    """Whole requests, as a stranger's browser sends them."""
    app = create_app(
        database_url=address, instance=instance, secret_key=secrets.token_hex(32), log_level="error"
    )
    client = app.test_client()
    heads = {"Accept-Encoding": "gzip"}
    page = f"/{code}/programme"

    def anew(path: str) -> object:
        kept.forget()
        return client.get(path, headers=heads)

    with record("programme", f"{talks:,} talks", 1, talks=talks) as figures:
        first = client.get(page)
        assert first.status_code == 200, first.status
        assert first.text.count("tt-title") >= talks
        figures["page_kb"] = len(first.data) // 1024
        figures["page_gzip_kb"] = len(gzip.compress(first.data)) // 1024
        least, median, most = spread(lambda _n: anew(page), 4 * TIMES)
        figures |= {"uncached_cpu_ms": median, "uncached_least_cpu_ms": least, "uncached_most_cpu_ms": most}
        figures["kept_cpu_ms"] = each(lambda _n: client.get(page, headers=heads), 4 * TIMES)
        known = heads | {"If-None-Match": client.get(page, headers=heads).headers.get("ETag", "")}
        figures["etag_cpu_ms"] = each(lambda _n: client.get(page, headers=known), 4 * TIMES)
        for fmt in ("xml", "json", "ics"):
            figures[f"{fmt}_cpu_ms"] = each(lambda _n, fmt=fmt: anew(f"/{code}/schedule.{fmt}"))
        figures["xml_kept_cpu_ms"] = each(lambda _n: client.get(f"/{code}/schedule.xml"))


def main() -> None:
    """The reference programme, and a large conference."""
    load_all_models()
    with database() as address, tempfile.TemporaryDirectory() as folder:
        engine = make_engine(address)
        migrate(engine)
        with Session(engine) as session:
            fill(session, "small", 120, 10, 2)
            fill(session, "large", 1000, 35, 2)
            session.execute(text("ANALYZE"))
            session.commit()
        engine.dispose()
        measure(Path(folder), address, "small", 120)
        measure(Path(folder), address, "large", 1000)


if __name__ == "__main__":
    main()
