"""Live selection: sixty-four clients pick at once on real PostgreSQL, by services and by pages."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from urllib.parse import urlparse
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app import create_app
from bench.record import record
from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.clock import now
from expo.db import driver_url, embedded_server, make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.schema import migrate
from expo.selection.models import Round
from expo.selection.services import picking, rounds
from expo.settings import ROOT
from expo.venue.models import Hall, Stand, Zone

CLIENTS, STANDS, SECONDS = 64, 1536, 20
DOUBLED = """SELECT count(*) FROM (SELECT stand_id FROM allotment UNION ALL
             SELECT stand_id FROM stand_hold WHERE expires_at > now()) AS owned
             GROUP BY stand_id HAVING count(*) > 1"""


class Tally:
    """What happened to every try."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.counts = {"held": 0, "confirmed": 0, "released": 0, "conflicts": 0, "lost": 0}
        self._lock = threading.Lock()

    def add(self, what: str, seconds: float | None = None) -> None:
        """Count one; `seconds` for those whose time is measured."""
        with self._lock:
            self.counts[what] += 1
            if seconds is not None:
                self.times.append(seconds)

    def figures(self, wall: float) -> dict[str, object]:
        """Per second and the slow end, in ms."""
        times = sorted(self.times) or [0.0]
        return {
            **self.counts,
            "holds_per_s": round(self.counts["held"] / wall, 1),
            "p50_ms": round(1000 * times[len(times) // 2], 1),
            "p99_ms": round(1000 * times[int(len(times) * 0.99)], 1),
        }


def floor(session: Session) -> tuple[int, list[int], list[str]]:
    """An edition with a hall of stands, as many firms as there are places, and an open round."""
    edition = Edition(
        code="bench", name={"en": "Bench"}, country="CN", timezone="UTC", currency="CNY", gross_m2=60_000,
        starts_on=now().date(), ends_on=now().date(), is_public=True,
        prices={"shell_m2": "1200.00", "corner_percent": "10"},
    )  # fmt: skip
    session.add(edition)
    session.flush()
    hall = Hall(edition_id=edition.id, code="H1", name={"en": "Hall"}, width=20_000, depth=20_000)
    zone = Zone(edition_id=edition.id, code="Z", name={"en": "Zone"}, gross_m2=40_000, net_m2=30_000)
    session.add_all([hall, zone])
    session.flush()
    codes = [f"A-{i:04d}" for i in range(STANDS)]
    session.add_all(
        Stand(edition_id=edition.id, hall_id=hall.id, zone_id=zone.id, code=code, width=300, depth=300,
              x=300 + i % 48 * 350, y=300 + i // 48 * 350, open_sides=1)
        for i, code in enumerate(codes)
    )  # fmt: skip
    firms: list[int] = []
    for i in range(STANDS):
        name = f"Firm {i}"
        organisation = Organisation(name={"en": name}, search_name=name.lower(), country="KZ")
        session.add(organisation)
        session.flush()
        firm = Exhibitor(
            edition_id=edition.id, organisation_id=organisation.id, code=f"EX{i}", state="accepted"
        )
        session.add(firm)
        session.flush()
        firms.append(firm.id or 0)
    round_ = Round(edition_id=edition.id, name="Bench", mode="open", starts_at=now() - timedelta(hours=1))
    session.add(round_)
    session.flush()
    rounds.open_round(session, round_)
    session.commit()
    return round_.id or 0, firms, codes


def by_services(
    engine, round_id: int, firms: list[int], codes: list[str], tally: Tally, seed: int, end: float
):
    """One client: picks for one firm after the other, of the few stands everybody likes, until time is up."""
    dice = random.Random(seed)
    own = firms[seed::CLIENTS]
    while time.perf_counter() < end and own:
        firm = own.pop()
        for _try in range(8):
            code = codes[int(len(codes) * dice.random() ** 3)]
            begun = time.perf_counter()
            with Session(engine) as session:
                try:
                    one, round_ = session.get(Exhibitor, firm), session.get(Round, round_id)
                    picking.choose(session, round_, one, [code])
                    session.commit()
                    tally.add("held", time.perf_counter() - begun)
                    if dice.random() < 0.3:
                        picking.release(session, round_, one)
                        session.commit()
                        tally.add("released")
                    else:
                        picking.confirm(session, round_, one)
                        session.commit()
                        tally.add("confirmed")
                        break
                except Refused:
                    tally.add("conflicts", time.perf_counter() - begun)
                except DBAPIError:
                    tally.add("lost")
            if time.perf_counter() > end:
                break


def by_pages(app, tokens: list[str], codes: list[str], tally: Tally, seed: int, end: float):
    """The same through the pages, each firm signed in; a page that fails is lost."""
    dice = random.Random(seed)
    own = tokens[seed::CLIENTS]
    while time.perf_counter() < end and own:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = own.pop()
        for _try in range(8):
            code = codes[int(len(codes) * dice.random() ** 3)]
            begun = time.perf_counter()
            answer = client.post("/bench/portal/selection/hold", data={"stand": code, "hall": "H1"})
            seconds = time.perf_counter() - begun
            if answer.status_code != 302:
                tally.add("lost")
                continue
            if "picked=" in urlparse(answer.location).query:
                tally.add("conflicts", seconds)
                continue
            tally.add("held", seconds)
            verb = "release" if dice.random() < 0.3 else "confirm"
            done = client.post(f"/bench/portal/selection/{verb}", data={})
            tally.add({302: f"{verb}ed" if verb == "confirm" else "released"}.get(done.status_code, "lost"))
            if verb == "confirm":
                break
            if time.perf_counter() > end:
                break


def signed_in(session: Session, firms: list[int]) -> list[str]:
    """A person for each firm, at a browser of their own."""
    tokens = []
    for number in firms[: CLIENTS * 8]:
        firm = session.get_one(Exhibitor, number)
        user = User(email=f"p{number}@example.org", name="P", password_hash="-", confirmed_at=now())  # noqa: S106
        session.add(user)
        session.flush()
        accounts.grant(session, user, Role.EXHIBITOR, firm.edition_id, firm.organisation_id)
        tokens.append(accounts.open_door(session, user, browser="bench", days=1))
    session.commit()
    return tokens


def measure(name: str, engine, run) -> None:
    """Let all clients go for a while; then look whether any stand has two owners."""
    tally = Tally()
    with record("selection", name, 1, clients=CLIENTS, stands=STANDS) as figures:
        begun = time.perf_counter()
        threads = [
            threading.Thread(target=run, args=(tally, seed, begun + SECONDS)) for seed in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        figures |= tally.figures(time.perf_counter() - begun)
        with Session(engine) as session:
            figures["doubled"] = len(session.execute(text(DOUBLED)).all())


@contextmanager
def database() -> Iterator[str]:
    """The URL of an empty database of our own, on an embedded server apart from the house's."""
    server = embedded_server(ROOT / "instance" / "tests" / "postgres").get_uri()
    keeper, base = make_engine(server), f"caravanserai_bench_{uuid4().hex[:8]}"
    head, _mark, query = server.partition("?")
    with keeper.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {base}"))
        yield driver_url(f"{head.rsplit('/', 1)[0]}/{base}" + (f"?{query}" if query else ""))
        connection.execute(text(f"DROP DATABASE {base} WITH (FORCE)"))
    keeper.dispose()


def services() -> None:
    """Sixty-four connections, each a client's own."""
    with database() as url:
        engine = create_engine(url, pool_size=CLIENTS, max_overflow=0)
        migrate(engine)
        with Session(engine) as session:
            round_id, firms, codes = floor(session)
        measure("services", engine, partial(by_services, engine, round_id, firms, codes))
        engine.dispose()


def pages() -> None:
    """Sixty-four browsers on one web process with its usual pool of connections."""
    with database() as url:
        engine = make_engine(url)
        migrate(engine)
        with Session(engine) as session:
            _round_id, firms, codes = floor(session)
            tokens = signed_in(session, firms)
        app = create_app(database_url=url, log_level="error", secret_key="for measuring only, " * 3)
        app.config.update(WTF_CSRF_ENABLED=False)
        measure("pages", engine, partial(by_pages, app, tokens, codes))
        app.extensions["expo_engine"].dispose()
        engine.dispose()


def main(_arguments: list[str]) -> None:
    """By services, then by pages, each on a floor of its own."""
    services()
    pages()


if __name__ == "__main__":
    main(sys.argv[1:])
