"""The gate: 32 clients redeem over HTTP at the server as it is run, on a PostgreSQL that forgets nothing."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import text
from sqlmodel import Session

from bench.plan import database
from bench.record import record
from expo.badges import services as badges
from expo.badges.keys import badge_key
from expo.checkin import services
from expo.checkin.models import Area, Gate
from expo.clock import now
from expo.db import make_engine
from expo.editions.models import Edition
from expo.schema import migrate
from expo.serve import web_command
from expo.settings import ROOT, read_settings

CLIENTS, PEOPLE, SECONDS, PROCESSES = 32, 20_000, 20, 2
DAY = timedelta(days=1)
WORKERS = 2
PEOPLE_SQL = """
INSERT INTO person (edition_id, code, kind, name, organisation, position, country, email, language, state,
                    registered_at)
SELECT :edition, 'PE' || lpad(n::text, 5, '0'), 'visitor', jsonb_build_object('en', 'Visitor ' || n), 'Firm',
       '', 'KZ', '', 'en', 'confirmed', now() FROM generate_series(1, :people) AS n
"""
ONCE = "SELECT source, scan_id FROM passage"
DOUBLED = """
SELECT count(*) FROM (SELECT person_id FROM passage WHERE verdict = 'ok' AND person_id IS NOT NULL
                      GROUP BY person_id HAVING count(*) > 1) AS twice
"""


def furnish(session: Session, house: Any) -> tuple[str, int, list[int], list[tuple[int, str]], list[str]]:
    """An edition of 20,000 with badges, 32 gates and 32 devices: code, id, gates, devices, badges' texts."""
    edition = Edition(
        code="bench", name={"en": "Bench"}, country="CN", timezone="Asia/Shanghai", currency="CNY",
        gross_m2=44_000, starts_on=now().date() - DAY, ends_on=now().date() + DAY, is_public=True,
    )  # fmt: skip
    session.add(edition)
    session.flush()
    area = Area(edition_id=edition.id, code="SITE", name={"en": "Site"}, kind="site", people_limit=50_000,
                when_full="refuse")  # fmt: skip
    session.add(area)
    session.flush()
    gates = [
        Gate(edition_id=edition.id, area_id=area.id, code=f"G{place}", name={"en": f"Gate {place}"})
        for place in range(CLIENTS)
    ]
    session.add_all(gates)
    session.execute(text(PEOPLE_SQL), {"edition": edition.id, "people": PEOPLE})
    session.flush()
    signer = badges.signer_of(session, edition, house)
    badges.issue_all(session, edition)
    devices = []
    for place in range(CLIENTS):
        _device, code = services.make_device(session, edition, f"Phone {place}")
        device, token = services.enrol(session, code)
        devices.append((device.id or 0, token))
    rows = session.execute(text("SELECT person_id, serial, key_number FROM badge ORDER BY id")).all()
    session.commit()
    session.execute(text("ANALYZE"))
    session.commit()
    texts = [signer.token(*row) for row in rows]
    return edition.code, edition.id or 0, [gate.id or 0 for gate in gates], devices, texts


@contextmanager
def running(url: str, instance: Path, port: int) -> Iterator[subprocess.Popen]:
    """The web server as `expo.serve` starts it."""
    environment = {
        "EXPO_DATABASE_URL": url, "EXPO_INSTANCE": str(instance), "EXPO_LOG_LEVEL": "info",
        "FLASK_APP": "app", "PATH": "/usr/bin:/bin", "HOST": "127.0.0.1",
    }  # fmt: skip
    with (instance / "log").open("wb") as log:
        command = web_command(port, WORKERS)
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, stdout=log)  # noqa: S603
        try:
            for _attempt in range(300):
                with suppress(OSError):
                    connection = HTTPConnection("127.0.0.1", port, timeout=5)
                    connection.request("GET", "/readyz")
                    connection.getresponse().read()
                    break
                time.sleep(0.1)
            yield server
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def client(
    port: int, code: str, gate: int, device: tuple[int, str], texts: list[str], seed: int, together: Any,
    say: Any,
) -> None:  # fmt: skip
    """One phone: scans badges, now and then one twice, a wrong code, or the same scan again."""
    dice = random.Random(seed)
    heads = {"Authorization": f"Device {device[1]}", "Content-Type": "application/json"}
    link = HTTPConnection("127.0.0.1", port, timeout=30)
    link.connect()
    link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    together.wait()  # on a busy machine some phones are long in coming
    times, acknowledged, wrong, start = [], [], 0, time.time()
    for number, secret in enumerate(texts):
        if time.time() > start + SECONDS:
            break
        turns = dice.random()
        name = f"{seed}-{number}"
        shown = "nonsense" if turns < 0.03 else secret
        body = json.dumps({"secret": shown, "lists": [gate], "nonce": name}).encode()
        for _turn in range(2 if turns > 0.97 else 1):
            begun = time.perf_counter()
            link.request("POST", f"/api/{code}/checkin/redeem", body, heads)
            answer = link.getresponse()
            said = answer.read()
            times.append(time.perf_counter() - begun)
            if answer.status in (200, 201, 404) and b'"status"' in said:
                acknowledged.append(f"d{device[0]}/{name}")
            else:
                wrong += 1
    say.put((times, acknowledged, wrong, start, time.time()))


def some_clients(places: list[int], *given: Any) -> None:
    """Half of the phones, in a process of their own."""
    port, code, gates, devices, texts, together, say = given
    threads = [
        threading.Thread(
            target=client,
            args=(port, code, gates[place], devices[place], texts[place::CLIENTS], place, together, say),
        )
        for place in places
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cpu_of(process: subprocess.Popen) -> float:
    """CPU seconds of the server's processes so far."""
    family = [psutil.Process(process.pid)]
    family += family[0].children(recursive=True)
    return sum(sum(one.cpu_times()[:2]) for one in family)


def main(_arguments: list[str]) -> None:
    """Twenty seconds of scanning; then every acknowledged scan is looked for."""
    with database() as url, TemporaryDirectory() as folder:
        instance = Path(folder)
        engine = make_engine(url)
        migrate(engine)
        with Session(engine) as session:
            durable = [
                session.execute(text(f"SHOW {one}")).scalar_one() for one in ("fsync", "synchronous_commit")
            ]
            house = badge_key(read_settings(instance=instance))
            code, _edition, gates, devices, texts = furnish(session, house)
        port = free_port()
        with record(
            "checkin", "redeem", 1, clients=CLIENTS, people=PEOPLE, workers=WORKERS, fsync=durable[0],
            synchronous_commit=durable[1],
        ) as figures, running(url, instance, port) as server:  # fmt: skip
            measure(figures, server, (port, code, gates, devices, texts))
            with Session(engine) as session:
                rows = [f"{row.source}/{row.scan_id}" for row in session.execute(text(ONCE))]
                kept = set(rows)
                figures["lost"] = len(figures.pop("acknowledged") - kept)  # pyright: ignore[reportOperatorIssue]
                figures["doubled"] = len(rows) - len(kept) + session.execute(text(DOUBLED)).scalar_one()
        with record("checkin", "bundle", 1, people=PEOPLE) as figures, running(url, instance, port) as server:
            before = cpu_of(server)
            for name, query in (("first", ""), ("again", ""), ("news", "?since=1")):
                figures |= fetched(port, code, devices[0][1], name, query)
            figures["cpu_s"] = round(cpu_of(server) - before, 3)
        engine.dispose()


def fetched(port: int, code: str, token: str, name: str, query: str) -> dict[str, object]:
    """A bundle as a phone gets it: seconds until it is all there, megabytes on the way, boxes in it.

    The first one seals 20,000 boxes, unless a worker did so before.
    """
    begun = time.perf_counter()
    link = HTTPConnection("127.0.0.1", port, timeout=120)
    heads = {"Authorization": f"Device {token}", "Accept-Encoding": "gzip"}
    link.request("GET", f"/api/{code}/checkin/bundle{query}", headers=heads)
    data = link.getresponse().read()
    seconds = time.perf_counter() - begun
    return {
        f"{name}_s": round(seconds, 2),
        f"{name}_mb": round(len(data) / 1e6, 2),
        f"{name}_boxes": len(json.loads(gzip.decompress(data))["people"]),
    }


def measure(figures: dict[str, Any], server: subprocess.Popen, given: tuple) -> None:
    """Let all phones scan at once, from processes of their own, and gather what they saw."""
    spawn = multiprocessing.get_context("spawn")
    say, together = spawn.Queue(), spawn.Barrier(CLIENTS)
    before = cpu_of(server)
    crowds = [
        spawn.Process(
            target=some_clients, args=(list(range(place, CLIENTS, PROCESSES)), *given, together, say)
        )
        for place in range(PROCESSES)
    ]
    for crowd in crowds:
        crowd.start()
    seen = []
    while len(seen) < CLIENTS:
        with suppress(Empty):
            seen.append(say.get(timeout=SECONDS + 60))
    cpu = cpu_of(server) - before
    wall = max(one[4] for one in seen) - min(one[3] for one in seen)
    for crowd in crowds:
        crowd.join()
    times = sorted(one for one_seen in seen for one in one_seen[0])
    figures |= {
        "redeems": len(times),
        "redeems_per_s": round(len(times) / wall, 1),
        "cpu_ms": round(1000 * cpu / len(times), 2),
        "p50_ms": round(1000 * times[len(times) // 2], 1),
        "p99_ms": round(1000 * times[int(len(times) * 0.99)], 1),
        "wrong": sum(one[2] for one in seen),
        "acknowledged": {name for one in seen for name in one[1]},
        "cpu_s": round(cpu, 3),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
