"""Odd things sent to the rooms of meetings of an edition that lives, so that forms are read to their end."""

import random
import re

import pytest

from expo.exhibitors.models import Organisation
from matchmaking.coverage import services as coverage
from matchmaking.meetings import services as agenda
from matchmaking.meetings.models import Delegate
from matchmaking.onsite import services as onsite
from matchmaking.onsite.services import interpreting
from matchmaking.requests.queries.parties import party
from matchmaking.requests.services import accept, ask, report
from tests.make import a_need, a_product
from tests.matchmaking.onsite.making import a_day, a_meeting_now, running
from tests.signing import sign_in
from tests.test_hostile import MARKUP, foreign_markup, judged

ROOMS = re.compile(r"matchmaking\.(catalogue|requests|meetings|onsite|profiles|coverage|leads)\.")
PAPERS = re.compile(r"\.pdf|\.xlsx|\.zip")
FIELDS = """
act once back q wish must message body words request times slot numbers seats exclusive owner every table
sequence other buyer exhibitor person at minutes excused language badge interpreter pick find another replace
kept gone outcome block note kind budget seed name email languages unavailable rating follow_up again expected
currency early_minutes grace_minutes alarm_after open_buyer must_supplier lapse_hours warn_hours digest_hours
profiles-opens profiles-closes code stages open_to_meetings certificates markets half_day min_meetings
max_meetings contact_email about-en hs text-en quantity unit min_price max_price incoterm countries source
year day subject-en body-en name-en next_on next_step products chapters revision tab only sort page as why
run show
""".split()  # noqa: SIM905
ODD = [
    "", " ", "x", "-1", "0", "1", "9" * 30, "2147483648", "1e999", "sNaN", MARKUP, "0001-01-01", "9999-12-31",
    "\u202e\ufffe\x0b\x01", "٣", "²", "1-99999", "1-2000000000,3", "x" * 3000, "am",
    "0001-01-01T00:00:00+14:00", "move", "swap", "drop", "accept", "no", "silenced", "yes", "-", "a@b",
    "\n\r\n", "%s %(x)s {x}",
]  # fmt: skip
TRIES = {"GET": 1, "POST": 4}


@pytest.fixture
def lived(session):
    """(edition, buyers, sellers, the numbers of what is there): requests, meetings, a table where one waits,
    people, chains and a run."""
    edition, buyers, sellers = a_day(session, 3, 3)
    for row in sellers:
        a_product(session, row, hs="040900")
    for row in buyers:
        a_need(session, row, hs="040900", position=1)
    agenda.furnish(session, edition)
    ann, bob = (party(session, edition, "buyer", row.id) for row in buyers[:2])
    honey, tea = (party(session, edition, "supplier", row.id) for row in sellers[:2])
    requests = [
        ask(session, edition, ann, honey.id, message="Let us talk."),
        ask(session, edition, tea, ann.id, message="Hello."),
        ask(session, edition, bob, honey.id),
    ]
    report(session, edition, ann, requests[1], "Rude")
    accept(session, edition, honey, requests[2])
    meetings = [
        a_meeting_now(session, edition, buyers[0], sellers[1], state="held"),
        a_meeting_now(session, edition, buyers[0], sellers[0], later=1, table=2),
        a_meeting_now(session, edition, buyers[1], sellers[0], table=3),
    ]
    given = {"name": "One", "email": "", "phone": "", "languages": ["zh", "ru"], "unavailable": []}
    rows = [
        *requests,
        *meetings,
        interpreting.save(session, edition, None, given),
        agenda.keep_delegate(
            session, edition, Delegate(edition_id=edition.id, buyer_id=buyers[2].id, name="Ann")
        ),
        onsite.wait_here(session, edition, "supplier", sellers[2].id, running(edition).number),
        agenda.work_out(session, edition, rounds=50),
    ]
    coverage.start(session, edition)
    session.commit()
    return edition, buyers, sellers, sorted({row.id for row in rows})


def odd_values(draw: random.Random) -> dict[str, str | list[str]]:
    """Most fields with something odd in them, some of them twice."""
    return {
        name: draw.choice(ODD) if draw.random() < 0.8 else draw.sample(ODD, 2)
        for name in FIELDS
        if draw.random() < (0.1 if name == "as" else 0.6)
    }


@pytest.mark.parametrize("role", ["organiser", "buyer", "exhibitor"])
def test_nothing_that_is_sent_to_a_living_edition_fails(app, client, session, lived, role):
    edition, buyers, sellers, numbers = lived
    firms = {"buyer": buyers[0].organisation_id, "exhibitor": sellers[0].organisation_id}
    sign_in(client, session, role, edition, role in firms and session.get_one(Organisation, firms[role]))
    draw, wrong = random.Random(role), []

    def part(found: re.Match) -> str:
        choices = re.match(r"any\(([^)]*)\)", found[1] or "")
        if choices:
            return draw.choice([one.strip("'\" ") for one in choices[1].split(",")])
        codes = [buyers[0].code, sellers[0].code, sellers[1].code, "food"]
        named = {"edition": edition.code, "code": draw.choice(codes), "number": str(draw.choice(numbers))}
        return named.get(found[2], "1")

    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint].__module__
        if not ROOMS.match(view) or "edition" not in rule.arguments or PAPERS.search(rule.rule):
            continue
        for method, tries in TRIES.items():
            for _ in range(tries if method in rule.methods else 0):
                where = re.sub(r"<(?:([^<>]*):)?([a-z_]+)>", part, rule.rule)
                sent = "query_string" if method == "GET" else "data"
                answer = client.open(where, method=method, **{sent: odd_values(draw)})
                wrong += judged(answer, f"{method} {where}")
                wrong += foreign_markup(answer, where) if answer.data.strip() else []
    assert wrong == []
