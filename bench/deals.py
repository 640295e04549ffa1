"""The ledger at a million lines: statistics, drill-down, the chain's check, exports, recording a deal."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import text
from sqlmodel import Session, select

from app import create_app
from bench.record import record
from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.clock import now
from expo.db import embedded_server, make_engine
from expo.editions.models import Edition, GroupMember
from expo.exhibitors.models import Exhibitor, Organisation
from expo.forums.models import Forum
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

# Traits are common, none is universal, and none follows from another: each comes from a hash of its own.
DEALS = """
CREATE FUNCTION pg_temp.of(n integer, salt integer, several text[]) RETURNS text IMMUTABLE LANGUAGE sql AS
$$ SELECT several[1 + (hashint4(n * 37 + salt)::bigint + 2147483648) % cardinality(several)] $$;
INSERT INTO deal (edition_id, number, type, stage, seller_id, buyer_id, currency, total_minor, rate,
       rate_source, rate_date, home_minor, home_shift, signed_on, seller_country, buyer_country, zone_code,
       newcomer, abroad, origin, forum_id, created_at, title, terms, standing, framework, version)
SELECT 1, n, pg_temp.of(n, 1, '{purchase,purchase,purchase,purchase,purchase,purchase,purchase,investment,
                                cooperation,retail}'),
       pg_temp.of(n, 2, '{contract,contract,contract,contract,intent,intent,memorandum,delivered,paid,lead}'),
       s.id, b.id, pg_temp.of(n, 3, '{CNY,CNY,CNY,CNY,CNY,CNY,CNY,USD,USD,RUB}'), 0, 1, 'bench', '2023-06-15',
       0, 0, date '2023-06-15' + pg_temp.of(n, 4, '{0,0,0,0,1,1,1,2,2,3}')::integer, s.country, b.country,
       pg_temp.of(n, 5, '{NAT,NAT,NAT,NAT,SDA,SDA,INT,INT,IND,""}'), pg_temp.of(n, 6, '{1,1,0,0,0}') = '1',
       pg_temp.of(n, 7, '{1,1,1,0}') = '1',
       pg_temp.of(n, 8, '{meeting,meeting,meeting,meeting,stand,stand,stand,forum,ceremony,walk_in}'),
       nullif(pg_temp.of(n, 9, '{1,1,1,2,2,3,4,0,0,0}'), '0')::integer, now(), '{}', '',
       pg_temp.of(n, 10, '{confirmed,confirmed,confirmed,confirmed,open,open,disputed}'), false, 1
  FROM generate_series(1, :deals) AS n
  JOIN organisation s ON s.id = 1 + n * 7 % 600 JOIN organisation b ON b.id = 601 + n * 11 % 400;
INSERT INTO deal_line (deal_id, position, hs, text, quantity, unit, unit_price_minor, amount_minor, incoterm,
       delivery, home_minor)
SELECT d.id, k, pg_temp.of(d.number, 20 + k, '{04,04,04,08,08,20,27,39,52,61,62,72,84,84,84,85,85,87,90,94}')
       || '0100', '{"en": "Goods"}', 1 + (d.number + k) % 90, 'kg', 100 + (d.number * 31 + k * 17) % 99991,
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
    lands = ("CN",) * 6 + ("RU",) * 4 + ("KZ", "KZ", "IN", "PK", "UZ", "KG", "TJ", "IR", "BY", "AE", "EG")
    for number in range(1, 1001):
        country = lands[number % len(lands)]
        name = {"en": f"Firm {number}"}
        session.add(Organisation(id=number, name=name, search_name=f"f{number}", country=country))
    session.flush()
    for number in range(1, 601):
        session.add(Exhibitor(id=number, edition_id=1, organisation_id=number, code=f"E{number}"))
    for number in range(1, 401):
        # buyers have the numbers of their organisations
        session.add(Buyer(id=600 + number, edition_id=1, organisation_id=600 + number, code=f"B{number}"))
    for number, code in enumerate(("ENERGY", "LOGISTICS", "DIGITAL", "MEDICINE"), 1):
        session.add(Forum(id=number, edition_id=1, code=code, name={"en": code.title()}))
    for land in ("CN", "RU", "KZ", "IN", "PK", "UZ", "KG", "TJ"):
        session.add(GroupMember(edition_id=1, group_code="SCO", country=land, since=date(2001, 6, 15)))
    session.flush()
    for table in ("organisation", "exhibitor", "buyer", "edition"):
        session.execute(text(f"SELECT setval('{table}_id_seq', 100000)"))
    session.commit()
    restored(session, DEALS, deals=deals, lines=lines)
    _events(session, deals)
    services.sum_anew(session, edition)
    session.commit()
    session.connection().connection.driver_connection.commit()
    for table in ("deal", "deal_line", "deal_event", "deal_sum", "deal_trait"):
        session.execute(text(f"ANALYZE {table}"))
    session.commit()
    # what PostgreSQL does by itself a minute after so many rows came in
    with session.get_bind().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM deal, deal_line, deal_trait"))
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


EVERYWHERE = ("?page=2", "?page=4000", "/4711")
_ASKED_AS = {"chapter": "hs", "stage": "stage", "type": "type"}


def drills(session: Session, number: int = 240) -> list[str]:
    """Addresses of drill-downs by one to four traits: half by what most deals have, half by anything."""
    rows = session.execute(
        text(
            "SELECT dimension, key, sum(deals) FROM deal_sum WHERE key <> '' GROUP BY 1, 2"
            " UNION ALL SELECT 'type', type, sum(deals) FROM deal_sum WHERE dimension = 'all' GROUP BY 2"
            " UNION ALL SELECT 'stage', stage, sum(deals) FROM deal_sum WHERE dimension = 'all' GROUP BY 2"
            " UNION ALL VALUES ('group', 'SCO', 1), ('counted', 'yes', 1) ORDER BY 1, 3 DESC, 2"
        )
    ).all()
    keys: dict[str, list[str]] = {}
    for dimension, key, _deals in rows:
        keys.setdefault(_ASKED_AS.get(dimension, dimension), []).append(key)
    chance = Random(8)
    found: list[str] = list(EVERYWHERE)
    while len(found) < number:
        traits = {
            name: keys[name][0] if chance.random() < 0.5 else chance.choice(keys[name])
            for name in chance.sample(sorted(keys), chance.randint(1, 4))
        }
        page = chance.choice(("1", "1", "2", "40", "900"))
        found.append("?" + urlencode(traits | {"page": page}))
    return found


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
        page, page_cpu = middle(7, lambda: got(client, "/figures"))
        figures |= {"page_ms": page, "page_cpu_ms": page_cpu}
        addresses = drills(session)
        first = {address: middle(1, lambda a=address: got(client, a)) for address in addresses}
        each = {address: middle(3, lambda a=address: got(client, a)) for address in addresses}
        slowest = max(each, key=lambda address: each[address])
        figures |= {"drills": len(each), "slowest": slowest, "drill_cpu_ms": each[slowest][1]}
        figures["drill_middle_ms"] = sorted(wall for wall, _cpu in each.values())[len(each) // 2]
        figures["drill_first_ms"] = max(wall for wall, _cpu in first.values())
        figures["drill_ms"] = each[slowest][0]
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
