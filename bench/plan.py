"""The public floor plan: what a page of a hall of 1,536 stands costs, drawn anew and again; and a route."""

from __future__ import annotations

import gzip
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from app import create_app
from bench.record import record
from expo.allocation.models import AllocationRun, Allotment
from expo.clock import now
from expo.db import database_url, make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.plan import kept
from expo.schema import load_all_models, migrate
from expo.settings import read_settings
from expo.venue.drawing.lettering import fitted
from expo.venue.models import Hall, Stand, Zone

STANDS, EXHIBITORS, TIMES = 1536, 330, 20
BLOCK, PER_ROW = 12, 6
SIZES = (1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 6, 6, 8)
"""Stands of a booth: blocks of two rows, a few of them with a corner missing."""


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database on our own server, gone afterwards."""
    server = database_url(read_settings())
    name = f"plan_bench_{secrets.token_hex(4)}"
    keeper = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        head, _, query = server.partition("?")
        yield f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    keeper.dispose()


def code_of(n: int) -> str:
    """The code of the n-th stand."""
    return f"{'ABCDEFGH'[n // 200]}-{n:04d}"


def fill(session: Session, seed: int) -> None:
    """One hall, five in six stands given, a booth of one to eight neighbours to each exhibitor."""
    edition = Edition(
        code="bench", name={"en": "Bench"}, country="CN", timezone="Asia/Shanghai", currency="CNY",
        is_public=True, gross_m2=40_000, languages=["en", "zh"],
        starts_on=date(2030, 6, 15), ends_on=date(2030, 6, 18),
    )  # fmt: skip
    session.add(edition)
    session.flush()
    rows = -(-STANDS // (2 * BLOCK * PER_ROW))
    hall = Hall(
        edition_id=edition.id, code="H1", name={"en": "Hall 1"}, width=PER_ROW * (BLOCK * 300 + 300) + 900,
        depth=rows * 1000 + 600,
        entrances=[{"name": "N1", "x": 6000, "y": 0}, {"name": "W1", "x": 0, "y": 5000}],
    )  # fmt: skip
    zones = [
        Zone(
            edition_id=edition.id,
            code=f"Z{i}",
            name={"en": f"Zone {i}"},
            gross_m2=9000,
            net_m2=6000,
            hue=i + 1,
        )
        for i in range(4)
    ]
    session.add_all([hall, *zones])
    session.flush()
    stands = [
        Stand(
            edition_id=edition.id, hall_id=hall.id, zone_id=zones[n * 4 // STANDS].id, code=code_of(n),
            x=600 + (n // 2 // BLOCK % PER_ROW) * (BLOCK * 300 + 300) + (n // 2 % BLOCK) * 300,
            y=600 + (n // 2 // BLOCK // PER_ROW) * 1000 + n % 2 * 300, width=300, depth=300,
            open_sides=4 if n % 2 else 1,
        )
        for n in range(STANDS)
    ]  # fmt: skip
    run = AllocationRun(edition_id=edition.id, state="published", seed=1, rounds=1, published_at=now())
    session.add_all([*stands, run])
    session.flush()
    draw, free = random.Random(seed), iter(stands)
    words = ("Amber", "Basin", "Cedar", "Delta", "Falcon", "Granite", "Harbour", "Ivory", "Jade", "Lotus")
    for n in range(EXHIBITORS):
        name = {"en": f"{draw.choice(words)} {draw.choice(words)} {n}", "zh": f"青岛蜂蜜{n}"}
        firm = Organisation(
            name=name, search_name=name["en"].casefold(), country=draw.choice(["CN", "KZ", "RU"])
        )
        session.add(firm)
        session.flush()
        exhibitor = Exhibitor(
            edition_id=edition.id, organisation_id=firm.id, code=f"E{n:03d}", state="accepted"
        )
        session.add(exhibitor)
        session.flush()
        count = draw.choice(SIZES)
        own = [stand for _, stand in zip(range(count), free, strict=False)]
        session.add_all(
            Allotment(edition_id=edition.id, stand_id=stand.id, exhibitor_id=exhibitor.id, run_id=run.id)
            for stand in own
        )
        if count % 2:  # the next booth begins with both rows again
            next(free, None)
    session.commit()


def spread(ask: Callable[[int], object], times: int = TIMES) -> list[float]:
    """CPU milliseconds of this process for a call: least, median and most of several, three not counted.

    The median is the figure; how far the least lies below it tells how busy the machine was.
    """
    taken = []
    for n in range(times + 3):
        before = time.process_time()
        ask(n)
        taken.append(1000 * (time.process_time() - before))
    counted = taken[3:]
    return [round(figure(counted), 2) for figure in (min, statistics.median, max)]


def each(ask: Callable[[int], object], times: int = TIMES) -> float:
    """The median alone."""
    return spread(ask, times)[1]


def measure(instance: Path, address: str, seed: int) -> None:
    """The page and the files, each as a whole request."""
    app = create_app(
        database_url=address, instance=instance, secret_key=secrets.token_hex(32), log_level="error"
    )
    client = app.test_client()
    page = "/bench/plan?hall=H1"

    def anew(_n: int) -> object:
        kept.forget()
        return client.get(page)

    def never_seen(_n: int) -> object:
        fitted.cache_clear()  # as if every name were read for the first time
        return anew(_n)

    with record("plan", "1,536 stands", seed, stands=STANDS, exhibitors=EXHIBITORS) as figures:
        first = client.get(page)
        assert first.status_code == 200
        figures |= {
            "page_kb": len(first.data) // 1024,
            "page_gzip_kb": len(gzip.compress(first.data)) // 1024,
        }
        least, median, most = spread(anew, 3 * TIMES)
        figures |= {"uncached_cpu_ms": median, "uncached_least_cpu_ms": least, "uncached_most_cpu_ms": most}
        figures["never_seen_cpu_ms"] = each(never_seen)
        figures["kept_cpu_ms"] = each(lambda _n: client.get(page))
        heads = {"If-None-Match": first.headers["ETag"]}
        assert client.get(page, headers=heads).status_code == 304
        figures["etag_cpu_ms"] = each(lambda _n: client.get(page, headers=heads))
        figures["search_cpu_ms"] = each(lambda n: client.get(f"/bench/plan/search.json?q=amber {n}"))
        codes = [code_of(n) for n in range(7, STANDS, 61)]
        assert b"way-line" in client.get(f"{page}&to={codes[0]}").data
        figures["route_cpu_ms"] = each(
            lambda n: client.get(f"/bench/plan/way.json?to={codes[n % len(codes)]}")
        )


def main() -> None:
    """One hall, one seed."""
    load_all_models()
    with database() as address, tempfile.TemporaryDirectory() as folder:
        engine = make_engine(address)
        migrate(engine)
        with Session(engine) as session:
            fill(session, 1)
            session.execute(text("ANALYZE"))
            session.commit()
        engine.dispose()
        measure(Path(folder), address, 1)


if __name__ == "__main__":
    main()
