"""The ledger at a million lines: statistics, drill-down, the chain's check, exports, recording a deal."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from app import create_app
from bench.record import record
from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.clock import now
from expo.db import embedded_server, make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.schema import load_all_models, migrate
from expo.settings import ROOT
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import services
from matchmaking.deals.chain import GENESIS, canonical, micros_of, seal
from matchmaking.deals.prints import deals_xlsx_stream, lines_csv

NAME = "bench_deals"
A_DEAL = 4
"""Lines of a deal."""
DAY = date(2023, 6, 15)

DEALS = """
INSERT INTO deal (edition_id, number, type, stage, seller_id, buyer_id, currency, total_minor, rate,
       rate_source, rate_date, home_minor, home_shift, signed_on, seller_country, buyer_country, zone_code,
       newcomer, abroad, origin, created_at, title, terms, standing, framework, version)
SELECT 1, n, (ARRAY['purchase','purchase','purchase','investment','retail'])[1 + n % 5],
       (ARRAY['intent','contract','contract','memorandum','lead','delivered'])[1 + n % 6],
       1 + n % 600, 1 + n % 400, 'CNY', 0, 1, 'bench', '2023-06-15', 0, 0,
       date '2023-06-15' + n % 4, o.country, 'CN', (ARRAY['NAT','SDA','INT','IND'])[1 + n % 4], n % 3 = 0,
       true, (ARRAY['meeting','stand','forum','ceremony','walk_in'])[1 + n % 5], now(), '{}', '', 'open',
       false, 1
  FROM generate_series(1, :deals) AS n JOIN organisation o ON o.id = 1 + n % 600;
INSERT INTO deal_line (deal_id, position, hs, text, quantity, unit, unit_price_minor, amount_minor, incoterm,
       delivery, home_minor)
SELECT d.id, k, lpad((1 + (d.number * 7 + k * 13) % 76)::text, 2, '0') || '0100',
       '{"en": "Goods"}', 1 + (d.number + k) % 90, 'kg', 100 + (d.number * 31 + k * 17) % 99991,
       (1 + (d.number + k) % 90) * (100 + (d.number * 31 + k * 17) % 99991), '', '',
       (1 + (d.number + k) % 90) * (100 + (d.number * 31 + k * 17) % 99991)
  FROM deal d CROSS JOIN generate_series(1, :lines) AS k;
UPDATE deal SET total_minor = s.total, home_minor = s.total
  FROM (SELECT deal_id, sum(amount_minor) AS total FROM deal_line GROUP BY deal_id) AS s
 WHERE s.deal_id = deal.id;
"""


def restored(session: Session, statements: str, **given: object) -> None:
    """Run statements with the triggers off, as a restored backup would."""
    session.execute(text("SET session_replication_role = replica"))
    for statement in statements.split(";\n"):
        if statement.strip():
            wanted = {name: value for name, value in given.items() if f":{name}" in statement}
            session.execute(text(statement), wanted)
    session.execute(text("SET session_replication_role = origin"))
    session.commit()


def seed(session: Session, deals: int, lines: int) -> Edition:
    """An edition with so many deals of so many lines, each with its event in the chain."""
    edition = Edition(
        id=1, code="bench", name={"en": "Bench"}, country="CN", timezone="Asia/Shanghai", currency="CNY",
        languages=["en"], starts_on=DAY, ends_on=date(2023, 6, 18), is_public=True,
    )  # fmt: skip
    session.add(edition)
    session.flush()
    lands = ("CN", "RU", "KZ", "IN", "PK", "UZ", "KG", "TJ", "IR", "BY", "AE", "EG", "TR", "DE", "FR", "JP")
    for number in range(1, 1001):
        country = lands[number % len(lands)]
        name = {"en": f"Firm {number}"}
        session.add(Organisation(id=number, name=name, search_name=f"f{number}", country=country))
    session.flush()
    for number in range(1, 601):
        session.add(Exhibitor(id=number, edition_id=1, organisation_id=number, code=f"E{number}"))
    for number in range(1, 401):
        session.add(Buyer(id=number, edition_id=1, organisation_id=600 + number, code=f"B{number}"))
    session.flush()
    for table in ("organisation", "exhibitor", "buyer", "edition"):
        session.execute(text(f"SELECT setval('{table}_id_seq', 100000)"))
    session.commit()
    restored(session, DEALS, deals=deals, lines=lines)
    _events(session, deals)
    services.sum_anew(session, edition)
    session.commit()
    session.connection().connection.driver_connection.commit()
    for table in ("deal", "deal_line", "deal_event", "deal_sum"):
        session.execute(text(f"ANALYZE {table}"))
    session.commit()
    # what PostgreSQL does by itself a minute after so many rows came in
    with session.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM deal, deal_line"))
    return edition


def _events(session: Session, deals: int) -> None:
    """A recorded event for every deal, sealed one after the other and copied in."""
    connection: Any = session.connection().connection.driver_connection
    previous, at = GENESIS, now()
    micros = micros_of(at)
    connection.execute("SET session_replication_role = replica")
    columns = "edition_id, deal_id, sequence, scheme, kind, payload, at, previous_hash, hash"
    copy = f"COPY deal_event ({columns}) FROM STDIN"
    ids = connection.execute("SELECT id, number FROM deal ORDER BY number").fetchall()
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for deal_id, number in ids:
            body = canonical(
                {"type": "purchase", "stage": "intent", "currency": "CNY", "total_minor": number * 1000,
                 "rate": "1", "signed_on": "2023-06-15",
                 "lines": [["040900", "12", "kg", 1234, 14808, "FOB", "", {"en": "Goods"}]] * A_DEAL}
            )  # fmt: skip
            mark = seal(number, number, "recorded", micros, 0, body, previous)
            rows.write_row((1, deal_id, number, 2, "recorded", body, at, previous, mark))
            previous = mark
    connection.execute("INSERT INTO deal_head VALUES (1, %s, %s)", (deals, previous))
    connection.execute("SET session_replication_role = origin")
    session.commit()


def middle(times: int, work: Callable[[], object]) -> tuple[float, float]:
    """The median of some runs and the CPU time of this process for each, in milliseconds."""
    taken, cpu = [], time.process_time()
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    each = 1000 * (time.process_time() - cpu) / times
    return round(sorted(taken)[len(taken) // 2], 1), round(each, 1)


def signed_in(app: Any, session: Session) -> Any:
    """An organiser's browser."""
    user = User(email="bench@example.org", name="Bench", password_hash="-", confirmed_at=now())  # noqa: S106
    session.add(user)
    session.flush()
    accounts.grant(session, user, Role.ORGANISER, 1, None)
    token = accounts.open_door(session, user, browser="bench", days=1)
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return client


def got(client: Any, address: str) -> None:
    """A page of the console; stops the measurement when it is refused."""
    answer = client.get(f"/bench/console/deals{address}")
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


DRILLS = (
    "?page=2", "?country=KZ", "?hs=04&type=purchase", "?section=XI", "?zone=NAT&stage=contract",
    "?forum=none", "?day=2023-06-16&page=40", "?newcomer=new&origin=ceremony", "/4711", "?page=4000",
    "?hs=04&country=KZ", "?section=XI&zone=NAT&newcomer=new", "?country=KZ&day=2023-06-16",
    "?section=XI&reach=abroad&newcomer=new", "?zone=NAT&newcomer=new&origin=ceremony",
    "?hs=04&zone=NAT&newcomer=new&country=KZ", "?section=XI&origin=stand&day=2023-06-16",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """A million lines; `--small` for a tenth of them."""
    deals = (100_000 if "--small" in arguments else 1_000_000) // A_DEAL
    load_all_models()
    server = embedded_server(ROOT / "instance" / "bench" / "postgres")
    keeper = make_engine(server.get_uri())
    with keeper.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    head, _, query = server.get_uri().partition("?")
    url = f"{head.rsplit('/', 1)[0]}/{NAME}?{query}"
    engine = make_engine(url)
    migrate(engine)
    with TemporaryDirectory() as folder, Session(engine) as session:
        with record("deals", "seed", 1, lines=deals * A_DEAL):
            edition = seed(session, deals, A_DEAL)
        app = create_app(database_url=url, instance=Path(folder), secret_key="b" * 40, log_level="error")
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        measure(app, session, edition, deals)
        app.extensions["expo_engine"].dispose()
    engine.dispose()
    with keeper.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {NAME} WITH (FORCE)"))
    keeper.dispose()


def measure(app: Any, session: Session, edition: Edition, deals: int) -> None:
    """The figures, each in a line of its own and all of them together in the last."""
    client = signed_in(app, session)
    whole: dict[str, object] = {"lines": deals * A_DEAL}
    with record("deals", "pages", 1, lines=deals * A_DEAL) as figures:
        got(client, "/figures")
        each = {address: middle(5, lambda a=address: got(client, a)) for address in DRILLS}
        page, page_cpu = middle(7, lambda: got(client, "/figures"))
        figures |= {"page_ms": page, "page_cpu_ms": page_cpu, "drills": each}
        figures["drill_ms"] = max(wall for wall, _cpu in each.values())
        figures["drill_cpu_ms"] = max(cpu for _wall, cpu in each.values())
        whole |= {"page_ms": figures["page_ms"], "drill_ms": figures["drill_ms"]}
    with record("deals", "verify", 1, events=deals) as figures:
        begun = time.perf_counter()
        report = services.check_chain(session, edition)
        figures["intact"] = report.broken is None
        figures["verify_per_s"] = whole["verify_per_s"] = round(deals / (time.perf_counter() - begun))
    for name, stream in (("csv", lines_csv), ("xlsx", deals_xlsx_stream)):
        with record("deals", f"export {name}", 1) as figures, app.test_request_context():
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            figures["mb"] = round(sum(map(len, stream(session, edition, "en"))) / 1e6, 1)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            figures["grown_mb"] = whole[f"{name}_grown_mb"] = round(grown / 1024, 1)
    with record("deals", "record", 1, times=200) as figures:
        whole["record_cpu_ms"] = figures["record_cpu_ms"] = _recording(session, edition)
    with record("deals", "all", 1) as figures:
        figures |= whole


def _recording(session: Session, edition: Edition, times: int = 200) -> float:
    """CPU milliseconds of this process for recording and committing one deal of three lines."""
    seller = session.exec(select(Exhibitor).limit(1)).one()
    buyer = session.exec(select(Buyer).limit(1)).one()
    lines = tuple(services.Line("040900", {"en": "Honey"}, Decimal(n), "kg", 1234) for n in (1, 2, 3))
    begun = time.process_time()
    for _ in range(times):
        services.record(session, edition, services.NewDeal(seller, buyer, "CNY", lines, DAY), 1)
        session.commit()
    return round(1000 * (time.process_time() - begun) / times, 2)


if __name__ == "__main__":
    main(sys.argv[1:])
