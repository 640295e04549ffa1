"""Live figures of 310,000 people and 2.9 million passages: what a page costs, and a burst of new passages."""

from __future__ import annotations

import random
import secrets
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, select

from app import create_app
from bench.plan import database
from bench.record import record
from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.checkin.models import Area, Gate
from expo.db import make_engine
from expo.editions.models import Edition
from expo.figures import services
from expo.schema import load_all_models, migrate

PEOPLE, PASSAGES, GATES, DAYS, TIMES, BURST = 310_000, 2_900_000, 32, 5, 30, 2_000
WRITE = """
INSERT INTO passage (edition_id, gate_id, area_id, source, scan_id, person_id, type, at, received_at, day,
                     verdict, reason, detail, forced, forced_by, offline, typed, flag)
SELECT {edition}, {gate} + n % {gates}, {area}, 'd1', '{mark}' || n, {person} + (n::bigint * 7919) % {people},
       CASE WHEN n % 5 IN (1, 3) THEN 'exit' ELSE 'entry' END, at, at, at::date,
       CASE WHEN n % 40 = 0 THEN 'refused' ELSE 'ok' END, CASE WHEN n % 40 = 0 THEN 'rules' ELSE '' END,
       '{{}}', false, '', false, false, ''
  FROM (SELECT n, timestamptz '2024-04-15 08:00+00' + (n % {days}) * interval '1 day'
                  + (n::float / {passages}) * interval '9 hours' AS at
          FROM generate_series({first}, {last}) AS n) AS made
"""


def fill(session: Session) -> dict[str, int]:
    """An edition of five days with its people and passages, in the order in which they came."""
    edition = Edition(
        code="bench", name={"en": "Bench"}, country="CN", timezone="UTC", currency="CNY", languages=["en"],
        starts_on=date(2024, 4, 15), ends_on=date(2024, 4, 19), is_public=True,
    )  # fmt: skip
    session.add(edition)
    session.flush()
    site = Area(edition_id=edition.id, code="SITE", name={"en": "Site"}, kind="site")
    session.add(site)
    session.flush()
    gates = [
        Gate(edition_id=edition.id, area_id=site.id, code=f"G{n}", name={"en": f"Gate {n}"})
        for n in range(GATES)
    ]
    session.add_all(gates)
    session.flush()
    session.execute(
        text("""
            INSERT INTO person (edition_id, code, kind, name, organisation, position, country, email,
                                language, registered_at, state)
            SELECT :edition, 'PE' || n, (ARRAY['visitor', 'buyer', 'buyer', 'exhibitor', 'press'])[1 + n % 5],
                   '{}', '', '', chr(65 + n % 26) || chr(65 + n % 8), '', 'en', now(), 'confirmed'
              FROM generate_series(1, :people) AS n"""),
        {"edition": edition.id, "people": PEOPLE},
    )
    person = session.execute(text("SELECT min(id) FROM person")).scalar_one()
    values = {
        "edition": edition.id, "gate": gates[0].id, "gates": GATES, "area": site.id, "person": person,
        "people": PEOPLE, "days": DAYS, "passages": PASSAGES,
    }  # fmt: skip
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(
        text("SET LOCAL session_replication_role = replica")
    )  # no triggers: what is written is right
    session.execute(text(WRITE.format(**values, mark="s", first=1, last=PASSAGES)))
    session.commit()
    session.execute(text("ANALYZE"))
    session.commit()
    return values


def page_ms(url: str, instance: Path) -> dict[str, list[float]]:
    """Milliseconds of each page, asked often enough to know the slow ones."""
    app = create_app(database_url=url, instance=instance, secret_key=secrets.token_hex(16), log_level="error")
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    with Session(make_engine(url)) as session:
        user = accounts.create_user(session, "bench@example.org", "Bench", "correct horse battery")
        accounts.grant(session, user, Role.ORGANISER, None, None)
        token = accounts.open_door(session, user, browser="bench", days=1)
        session.commit()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    found: dict[str, list[float]] = {}
    for name, page in (("page", ""), ("json", ".json"), ("audit", "/audit")):
        for _ in range(TIMES + 2):
            begun = time.perf_counter()
            answer = client.get(f"/bench/console/figures{page}")
            found.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, answer.status
    return {name: times[2:] for name, times in found.items()}


def main() -> None:
    """Fill, recount, compare, take a burst in, ask for the pages."""
    load_all_models()
    with (
        record("figures", "largest fair", 1, passages=PASSAGES) as told,
        database() as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        engine = make_engine(url)
        migrate(engine)
        with Session(engine) as session:
            values = fill(session)
            edition = session.exec(select(Edition)).one()
            begun = time.perf_counter()
            told["people"] = services.recount(session, edition)
            session.commit()
            told["recount_s"] = round(time.perf_counter() - begun, 1)
            session.execute(text("ANALYZE"))
            first = PASSAGES + random.Random(1).randrange(1000)
            session.execute(text(WRITE.format(**values, mark="b", first=first, last=first + BURST - 1)))
            session.commit()
            begun = time.perf_counter()
            told["burst"] = services.catch_up(session)
            session.commit()
            told["burst_ms"] = round((time.perf_counter() - begun) * 1000, 1)
            session.execute(text("SET LOCAL statement_timeout = 0"))
            told["differences"] = len(services.differences(session, edition))
            session.rollback()
        for name, found in page_ms(url, Path(folder)).items():
            told[f"{name}_median_ms"] = round(statistics.median(found), 1)
            told[f"{name}_worst_ms"] = round(max(found), 1)
        engine.dispose()


if __name__ == "__main__":
    main()
