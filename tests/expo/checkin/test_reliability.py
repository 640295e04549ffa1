"""Killed in the middle: whatever a gate was told is written, nothing twice, and devices go on."""

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from secrets import token_hex

import psutil
import pytest
from sqlalchemy import text
from sqlmodel import Session

from expo.badges import services as badges
from expo.db import embedded_server, make_engine, revive_embedded, stop_embedded
from expo.errors import SetupProblem
from expo.registration.models import Person
from expo.schema import migrate
from expo.serve import web_command
from expo.settings import ROOT
from tests.expo.checkin.making import KEY, a_device, a_gate, a_house

DEVICES, SCANS = 8, 5000
PATIENCE_S = 240


@pytest.fixture
def server():
    """A PostgreSQL of the test's own, as it may be killed."""
    folder = ROOT / "instance" / "tests" / f"kill-{token_hex(4)}"
    folder.mkdir(parents=True)
    server = embedded_server(folder / "postgres")
    yield server
    stop_embedded(server)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fair(server):
    """A house of 5,000 badges at eight gates, each with its device."""
    engine = make_engine(server.get_uri())
    migrate(engine)
    with Session(engine, expire_on_commit=False) as session:
        house = a_house(session)
        session.add_all(
            Person(edition_id=house.edition.id, code=f"P{n}", kind="visitor", name={"en": f"P{n}"})
            for n in range(SCANS)
        )
        session.flush()
        badges.issue_all(session, house.edition)
        signer = badges.signer_of(session, house.edition, KEY)
        rows = session.execute(text("SELECT person_id, serial, key_number FROM badge ORDER BY id")).all()
        gates = [a_gate(session, house.site, f"K{place}").id for place in range(DEVICES)]
        devices = [a_device(session, house.edition)[1] for _place in range(DEVICES)]
        session.commit()
    engine.dispose()
    return house.edition.code, gates, devices, [signer.token(*row) for row in rows]


class Web:
    """The web server as the house runs it, to be killed and started."""

    def __init__(self, url: str, instance: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "EXPO_DATABASE_URL": url, "EXPO_INSTANCE": str(instance), "EXPO_LOG_LEVEL": "error",
            "HOST": "127.0.0.1", "FLASK_APP": "app",
        }  # fmt: skip
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            web_command(self.port, 2), cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with suppress(OSError, HTTPException):
                link = HTTPConnection("127.0.0.1", self.port, timeout=5)
                link.request("GET", "/readyz")
                if link.getresponse().status == 200:
                    return
            time.sleep(0.2)
        raise AssertionError("the web server does not come up")


@pytest.fixture
def web(server, tmp_path):
    web = Web(server.get_uri(), tmp_path)
    web.wait()
    yield web
    web.kill()


def device(web, fair, place, way, told, end):
    """A phone with a queue: sends each scan until it is acknowledged, one in ten as a report made offline."""
    code, gates, devices, texts = fair
    heads = {"Authorization": f"Device {devices[place]}", "Content-Type": "application/json"}
    link = None
    for number, secret in enumerate(texts[place::DEVICES]):
        name = f"{way}-{place}-{number}"
        if number % 10:
            path, sent = "redeem", {"secret": secret, "lists": [gates[place]], "nonce": name, "type": way}
        else:
            scan = {
                "scan_id": name, "gate": gates[place], "secret": secret, "verdict": "ok", "type": way,
                "datetime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            }  # fmt: skip
            path, sent = "sync", {"scans": [scan]}
        while time.monotonic() < end:
            try:
                link = link or HTTPConnection("127.0.0.1", web.port, timeout=10)
                link.request("POST", f"/api/{code}/checkin/{path}", json.dumps(sent).encode(), heads)
                answer = link.getresponse()
                said = json.loads(answer.read())
            except (OSError, HTTPException, ValueError):
                link = None
                time.sleep(0.05)
                continue
            if answer.status == 201 or (answer.status == 200 and path == "sync"):
                told.append((name, said.get("passage") or said["results"][0]["passage"]))
                break
            assert answer.status == 503, said
            time.sleep(0.05)


def kill_database(server) -> None:
    """All of its processes at once, as when the machine stops; and start again as the house does."""
    first = psutil.Process(server.get_pid())
    for process in (first, *first.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        time.sleep(0.2)
        with suppress(SetupProblem):
            if revive_embedded(server):
                return
    raise AssertionError("the database does not come up")


def kill_web(web) -> None:
    """All of its processes at once, and start again."""
    web.kill()
    web.start()


def scanned(web, fair, way, kill) -> list[tuple[str, int]]:
    """Every badge at its gate, while something is killed: what was acknowledged, (scan, passage) each."""
    told: list[tuple[str, int]] = []
    end = time.monotonic() + PATIENCE_S
    threads = [
        threading.Thread(target=device, args=(web, fair, place, way, told, end)) for place in range(DEVICES)
    ]
    for thread in threads:
        thread.start()
    while len(told) < SCANS * 0.4 and time.monotonic() < end:
        time.sleep(0.02)
    killed_at = len(told)
    kill()
    for thread in threads:
        thread.join()
    assert len(told) == SCANS
    assert 0 < killed_at < SCANS
    return told


def test_what_was_acknowledged_is_there_once_whatever_was_killed(server, fair, web):
    told = scanned(web, fair, "entry", lambda: kill_web(web))
    assert written(server, "entry") == (sorted(told), SCANS, SCANS)
    told = scanned(web, fair, "exit", lambda: kill_database(server))
    assert written(server, "exit") == (sorted(told), SCANS, 0)


def written(server, way) -> tuple[list[tuple[str, int]], int, int]:
    """Passages of a way as (scan, passage), how many people were let through, how many are inside."""
    engine = make_engine(server.get_uri())
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT scan_id, id, person_id, verdict FROM passage WHERE type = :way"), {"way": way}
        ).all()
        inside = connection.execute(
            text("SELECT sum(inside) FROM gate_count JOIN gate_area ON id = area_id WHERE code = 'SITE'")
        ).scalar_one()
    engine.dispose()
    let_through = len({row.person_id for row in rows if row.verdict == "ok"})
    return sorted((row.scan_id, row.id) for row in rows), let_through, inside
