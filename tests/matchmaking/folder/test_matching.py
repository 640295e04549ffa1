"""Phases, rules, requests and supply chains go with an edition's folder; noes only with the full one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.clock import now
from expo.spreadsheets import csv_bytes
from matchmaking.coverage.models import SupplyChain
from matchmaking.folder import queries, services
from matchmaking.folder.archive import unpack
from matchmaking.folder.writing import files_of
from matchmaking.phases import services as phases
from matchmaking.phases.models import MeetingPhase
from matchmaking.requests import services as requests
from matchmaking.requests.models import MeetingRefusal, MeetingRequest, RequestNotice
from matchmaking.requests.wishes import Wish
from tests.matchmaking.folder import small
from tests.matchmaking.requests.making import a_fair
from tests.signing import sign_in

STAGES = [
    {"name": {"en": "Ore", "zh": "矿石"}, "codes": ["26"]},
    {"name": {"en": "Steel"}, "codes": ["72", "730890"]},
]


@pytest.fixture
def fair(session):
    """One agreed, one open, one refused in silence, one taken back by a refusal."""
    edition, buyers, sellers = a_fair(session, 3, 3)
    requests.save_settings(session, edition, {"open_buyer": 7, "must_buyer": 3, "lapse_hours": 90})
    day = phases.today(edition)
    dates = {"profiles": (None, day), "requests": (day - timedelta(days=2), day + timedelta(days=2))}
    phases.save(session, edition, dates)
    agreed = requests.ask(session, edition, buyers[0], sellers[0].id, must=True, wish=Wish(slot=3))
    requests.accept(session, edition, sellers[0], agreed)
    requests.ask(session, edition, buyers[1], sellers[1].id, wish=Wish(half="pm"))
    requests.ask(session, edition, buyers[2], sellers[2].id)
    requests.refuse(session, edition, sellers[2], buyers[2].id)
    requests.ask(session, edition, sellers[1], buyers[0].id)
    requests.refuse(session, edition, sellers[1], buyers[0].id)
    session.add(SupplyChain(edition_id=edition.id, code="steel", name={"en": "Steel"}, stages=STAGES))
    session.flush()
    requests.save_settings(session, edition, {"open_buyer": 0, "open_supplier": 0})
    return edition


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_comes_out_as_it_went_in(session, fair, form):
    full = queries.collect(session, fair, private=True)
    parsed, problems = services.read_files(files_of(full, form, private=True))
    assert [str(one) for one in problems.listed] == []
    again = services.import_edition(session, parsed, code="again-2030")
    session.expire_all()
    assert queries.collect(session, again, private=True).values() == full.values()
    assert [len(full.tables[name]) for name in ("meeting_requests", "meeting_refusals", "supply_stages")] == [
        4, 2, 2,
    ]  # fmt: skip
    assert queries.counts(session, again) == parsed.counts()


def test_nobody_is_written_to_because_of_an_import(session, fair):
    parsed, _ = services.read_files(files_of(queries.collect(session, fair)))
    again = services.import_edition(session, parsed, code="again-2030")
    kept = session.exec(select(MeetingPhase).where(MeetingPhase.edition_id == again.id)).all()
    assert {(row.phase, row.begun_at is None, row.ended_at is None) for row in kept} == {
        ("profiles", False, True), ("requests", False, True),
    }  # fmt: skip
    assert requests.turn_phase(session, again) == ""
    assert (requests.warn(session, again), requests.lapse(session, again)) == (0, 0)
    told = select(RequestNotice).where(RequestNotice.edition_id == again.id)
    assert session.exec(told).all() == []


def test_what_lapsed_while_it_lay_in_a_folder_comes_in_as_lapsed(session, fair):
    for row in session.exec(select(MeetingRequest).where(MeetingRequest.state == "open")):
        row.expires_at = now() - timedelta(hours=1)
    session.flush()
    parsed, _ = services.read_files(files_of(queries.collect(session, fair)))
    again = services.import_edition(session, parsed, code="again-2030")
    rows = session.exec(select(MeetingRequest).where(MeetingRequest.edition_id == again.id)).all()
    assert sorted(row.state for row in rows) == ["agreed", "lapsed", "lapsed", "withdrawn"]


def test_the_usual_folder_is_the_same_with_and_without_a_no(session, fair):
    before = files_of(queries.collect(session, fair))
    asked = select(MeetingRequest).where(MeetingRequest.state == "open")
    waits = session.exec(asked.where(MeetingRequest.half == "pm")).one()
    session.add(
        MeetingRefusal(edition_id=fair.id, buyer_id=waits.buyer_id, exhibitor_id=waits.exhibitor_id,
                       side="supplier")
    )  # fmt: skip
    session.flush()
    session.expire_all()
    assert files_of(queries.collect(session, fair)) == before
    assert "meeting_refusals.csv" not in before


def test_only_who_may_read_both_takes_the_full_folder_away(client, session, fair):
    session.commit()
    address = f"/{fair.code}/console/files/full/csv.zip"
    for role in ("organiser", "matchmaker", "auditor"):
        sign_in(client, session, edition=fair, role=role)
        assert client.get(address).status_code == 403
    both = sign_in(client, session, edition=fair, role="organiser")
    sign_in(client, session, edition=fair, role="matchmaker", user=both)
    answer = client.get(address)
    assert len(unpack(answer.data)["meeting_refusals.csv"].splitlines()) == 3
    entry = session.exec(select(AuditEntry).where(AuditEntry.subject_id == "private refusals")).one()
    assert entry.action == "published"


def table(heads: str, *rows: str) -> bytes:
    return csv_bytes([line.split("/") for line in (heads, *rows)])


HEADS = "buyer/exhibitor/asked_by/turn/state/slot/settled_at/asked_at/expires_at"
AT = datetime(2023, 1, 2, 1, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
TIMES = f"{AT}/{AT}"


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("meeting_phases", table("phase/opens_on", "later/"), (2, "phase")),
        ("meeting_phases", table("phase/opens_on", "agenda/", "agenda/"), (3, "phase")),
        ("meeting_phases", table("phase/opens_on/closes_on", "agenda/2023-02-02/2023-02-01"),
         (2, "opens_on")),
        ("request_rules", table("open_buyer", "1001"), (2, "open_buyer")),
        ("request_rules", table("open_buyer", "10", "11"), (3, "")),
        ("request_rules", table("lapse_hours/warn_hours", "10/10"), (2, "warn_hours")),
        ("meeting_requests", table(HEADS, f"B1/EX1/buyer/supplier/open///{AT}/never"), (2, "expires_at")),
        ("meeting_requests", table(HEADS, f"B1/EX1/guest/supplier/open///{TIMES}"), (2, "asked_by")),
        ("meeting_requests", table(HEADS, f"B1/NONE/buyer/supplier/open///{TIMES}"), (2, "exhibitor")),
        ("meeting_requests", table(HEADS, f"B1/EX1/buyer/supplier/open//{AT}/{TIMES}"), (2, "settled_at")),
        ("meeting_requests", table(HEADS, f"B1/EX1/buyer/supplier/agreed///{TIMES}"), (2, "settled_at")),
        ("meeting_requests", table(HEADS, f"B1/EX1/buyer/supplier/open/9999//{TIMES}"), (2, "slot")),
        ("meeting_requests", table(HEADS, *2 * [f"B1/EX1/buyer/supplier/open///{TIMES}"]), (3, "state")),
        ("meeting_requests",
         table(HEADS, *(f"B1/EX{n}/buyer/supplier/agreed/1/{AT}/{TIMES}" for n in (1, 2))), (3, "slot")),
        ("meeting_refusals",
         table("buyer/exhibitor/side/refused_at", *2 * [f"B1/EX1/buyer/{AT}"]), (3, "side")),
        ("supply_chains", table("code/name_en", "steel/Steel"), (2, "code")),
        ("supply_chains", table("code/name_en", "Steel!/Steel"), (2, "code")),
        ("supply_stages", table("chain/name_en/codes", "none/Ore/26"), (2, "chain")),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_named(name, content, wrong):
    _parsed, problems = services.read_files(small.files(**{name: content}))
    assert [(one.file, (one.row, one.column)) for one in problems.listed] == [(f"{name}.csv", wrong)]


def test_no_and_yes_to_one_pair_are_named():
    files = small.files(
        meeting_requests=table(HEADS, f"B1/EX1/buyer/supplier/agreed//{AT}/{TIMES}"),
        meeting_refusals=table("buyer/exhibitor/side/refused_at", f"B1/EX1/buyer/{AT}"),
    )
    _parsed, problems = services.read_files(files)
    assert [(one.file, one.row) for one in problems.listed] == [("meeting_refusals.csv", 2)]
