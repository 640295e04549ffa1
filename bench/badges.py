"""Badges of 20,000 people: the job that prints them, every 50th code read back, reportlab beside it."""

from __future__ import annotations

import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from app import create_app
from bench.memory import peak
from bench.record import record
from expo.badges import prints, queries
from expo.badges.tokens import Token, read
from expo.db import database_url, make_engine
from expo.editions.models import Edition
from expo.jobs import services as jobs
from expo.jobs.handlers import handler_of
from expo.press import typefaces
from expo.registration.models import KINDS, Person
from expo.schema import load_all_models, migrate
from expo.settings import read_settings
from expo.web.keeping import print_path

PEOPLE, EVERY, BESIDE = int(os.environ.get("BENCH_BADGES", 20_000)), 50, 1000
"""Badges of the batch, which of its codes are read back, and badges set beside reportlab."""
PACKAGE = "reportlab==5.1.0"
HOME = Path("instance/bench-reportlab")
NAMES = (
    ({"en": "Yang Min", "zh": "杨敏"}, "zh", "CN", "Qingdao Nuoxin Supply Chain Co., Ltd."),
    ({"en": "Farrukh Mamatali", "ru": "Фаррух Маматали-оглы"}, "ru", "KG", "ОсОО «Ала-Тоо Логистика»"),
    ({"en": "Zainab Ahmed Khan", "ur": "زینب احمد خان"}, "ur", "PK", "پاکستان چیمبر آف کامرس"),
    ({"en": "Krishnamurthy Venkataraghavan-Subramaniam"}, "en", "IN", "Chennai Bearings Pvt. Ltd."),
)


class Silent:
    """A report that nobody reads."""

    def progress(self, *_args: Any, **_named: Any) -> None:
        """Nothing."""

    def cancelled(self) -> bool:
        """Never."""
        return False


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database on our own server, gone afterwards."""
    server = database_url(read_settings())
    name = f"badges_bench_{secrets.token_hex(4)}"
    keeper = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        head, _, query = server.partition("?")
        yield f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    keeper.dispose()


def fill(session: Session, count: int) -> Edition:
    """An edition with so many confirmed people, no two of one name, in four scripts."""
    edition = Edition(
        code="bench", name={"en": "China-SCO Industrial & Supply Chains Forum"}, country="CN",
        timezone="Asia/Shanghai", currency="CNY", languages=["en", "zh"], starts_on=date(2023, 6, 15),
        ends_on=date(2023, 6, 18), gross_m2=44_000, is_public=True,
    )  # fmt: skip
    session.add(edition)
    session.flush()
    rows = []
    for n in range(count):
        name, language, country, firm = NAMES[n % len(NAMES)]
        rows.append(
            {
                "edition_id": edition.id, "code": f"PE{n:05}", "kind": KINDS[n % len(KINDS)],
                "state": "confirmed", "name": {key: f"{value} {n}" for key, value in name.items()},
                "organisation": f"{firm} {n % 400}", "position": "Deputy director",
                "country": country, "language": language,
            }
        )  # fmt: skip
    session.bulk_insert_mappings(Person.__mapper__, rows)  # pyright: ignore[reportArgumentType]
    session.commit()
    return edition


def printed(app: Any, session: Session, edition: Edition) -> Path:
    """The whole batch as the worker prints it, marks and all; where the sheets lie."""
    job = jobs.enqueue(session, "badges.print", edition_id=edition.id, language="en", order="organisation")
    session.commit()
    with app.app_context():
        handler_of(job.kind)(session, job, Silent())
        session.commit()
        return print_path(app.extensions["expo_settings"].instance, "badges", edition.code, job.id)


def read_back(session: Session, edition: Edition, document: Path, job_id: int) -> tuple[int, int]:
    """Every 50th badge's code, rasterised at 108 dots an inch and read: how many said whose badge it is."""
    import pypdfium2
    import zxingcpp

    batch = queries.batch_of(session, job_id)
    ring, pages = queries.ring_of(session, edition), pypdfium2.PdfDocument(document)
    ids = [badge_id for _version, chunk in batch.plan for badge_id in chunk] if batch else []
    good = bad = 0
    for place in range(0, len(ids), EVERY):
        row = queries.bearers(session, edition, [ids[place]])[0]
        picture = pages[place // 4].render(scale=1.5).to_pil()
        found = {read(code.text, ring) for code in zxingcpp.read_barcodes(picture)}
        is_read = Token(row.person_id, row.serial) in found
        good, bad = good + is_read, bad + (not is_read)
    return good, bad


def beside(app: Any, session: Session, edition: Edition) -> dict[str, Any]:
    """The same badges set by the press and by reportlab: with its own codes, as pretix and Indico draw them,
    and as if codes cost it nothing; ours are signed and drawn in both."""
    rows = queries.planned(session, edition)[:BESIDE]
    with app.app_context():
        plan = prints.plan_of(session, edition, rows)
        next(prints.made(session, edition, "en", plan[:1]))  # fonts and codes made ready: reportlab's are too
        cpu = _cpu()
        count = sum(len(chunk.badge_ids) for chunk in prints.made(session, edition, "en", plan))
        ours = count / (_cpu() - cpu)
        people = [
            {"name": row.name, "language": row.language, "kind": row.kind, "code": row.code,
             "position": row.position, "organisation": row.organisation, "country": row.country}
            for row in queries.bearers(session, edition, [row.badge_id for row in rows])
        ]  # fmt: skip
    theirs = _reportlab(people, typefaces.folder_of(app.extensions["expo_settings"].instance))
    return {
        "badges_per_cpu_s": round(ours, 1),
        "reportlab_per_cpu_s": theirs["own_codes"],
        "reportlab_codes_given_per_cpu_s": theirs["codes_given"],
        "ratio_to_reportlab": round(ours / theirs["own_codes"], 2),
        "ratio_codes_given": round(ours / theirs["codes_given"], 2),
    }


def _cpu() -> float:
    """CPU seconds of this process and of those it ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _reportlab(people: list[dict[str, Any]], fonts: Path) -> dict[str, float]:
    """Badges per CPU second of reportlab in an environment of its own, made first if need be."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)  # noqa: S603
        subprocess.run([python, "-m", "pip", "install", "-q", PACKAGE], check=True)  # noqa: S603
    run = subprocess.run(  # noqa: S603
        [python, Path(__file__).with_name("reportlab_badges.py"), fonts],
        input=json.dumps(people), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(run.stdout)


def main() -> None:
    """Measure and record."""
    load_all_models()
    with database() as url, tempfile.TemporaryDirectory() as folder:
        engine = make_engine(url)
        migrate(engine)
        home = Path(folder)
        own = read_settings().instance / "fonts"
        own.mkdir(parents=True, exist_ok=True)
        (home / "fonts").symlink_to(own)
        app = create_app(database_url=url, instance=home, log_level="error", badge_key="0f" * 32)
        with Session(engine) as session:
            edition = fill(session, PEOPLE)
            with record("badges", "20000", 1, badges=PEOPLE, sheets=PEOPLE // 4) as figures:
                wall = time.perf_counter()
                with peak() as memory:
                    document = printed(app, session, edition)
                figures["all_processes_mb"] = round(memory.mb, 1)
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                figures["press_cpu_s"] = round(used.ru_utime + used.ru_stime, 1)
                figures["wall"] = round(time.perf_counter() - wall, 1)
                figures["mb"] = round(document.stat().st_size / 1e6, 1)
            job_id = int(document.stem)
            with record("badges", "codes", 1) as figures:
                figures["decoded"], figures["undecoded"] = read_back(session, edition, document, job_id)
            with record("badges", "beside reportlab", 1, badges=BESIDE) as figures:
                figures |= beside(app, session, edition)
        engine.dispose()


if __name__ == "__main__":
    main()
