"""Sixty-four real connections after the same stands: one owner each, a sentence for everybody else."""

import random

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session, select

from expo.allocation import services as allocation
from expo.allocation.models import AllocationRun, Allotment
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Hold, Round
from expo.selection.services import freeing, picking
from expo.venue.models import Stand
from tests.expo.selection.making import a_fair, a_firm, a_round, at_once

RACERS = 64
STATEMENT = "UPDATE stand_hold SET expires_at = now() - interval '1 second' WHERE stand_id % 3 = 0"


@pytest.fixture
def arena(fresh_database):
    """A database with twelve stands, a round, a finished run, and as many firms as racers."""
    engine = create_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        firms = [a_firm(session, fair, f"X{i:02d}").id for i in range(RACERS)]
        round_ = a_round(session, fair, keep_touching=False, tolerance_percent=100).id
        runs = [
            AllocationRun(
                edition_id=fair.edition.id, state="done", seed=i, rounds=1, violations=0,
                placements={f"X{i * 6 + j:02d}": [f"B-{j + 1:02d}"] for j in range(6)},
            )
            for i in range(2)
        ]  # fmt: skip
        session.add_all(runs)
        session.commit()
        stands = {code: stand.id for code, stand in fair.stands.items()}
        yield fresh_database, session, fair.edition.id, round_, firms, stands, [run.id for run in runs]
    engine.dispose()


def owners(session) -> dict[int, set[int]]:
    """Stand → everybody who has or holds it."""
    session.rollback()
    found: dict[int, set[int]] = {}
    for stand, owner in session.execute(
        text("SELECT stand_id, exhibitor_id FROM allotment UNION ALL"
             " SELECT stand_id, exhibitor_id FROM stand_hold WHERE expires_at > now()")
    ):  # fmt: skip
        found.setdefault(stand, set()).add(owner)
    return found


def claimed_rightly(session) -> bool:
    """Whether claims are those of holds and allotments, no more and no less."""
    both = (
        "SELECT stand_id, 'allotment' FROM allotment UNION ALL SELECT stand_id, 'stand_hold' FROM stand_hold"
    )
    claims, rows = (
        {tuple(row) for row in session.execute(text(query))}
        for query in ("SELECT stand_id, holder FROM stand_claim", both)
    )
    return claims == rows


def pick(round_, firm, codes, *, confirmed=False):
    def verb(session):
        one = session.get(Exhibitor, firm)
        picking.choose(session, session.get(Round, round_), one, codes)
        if confirmed:
            session.commit()
            picking.confirm(session, session.get(Round, round_), one)

    return verb


@pytest.mark.parametrize("isolation", [None, "REPEATABLE READ", "SERIALIZABLE"])
def test_one_stand_sixty_four_hands(arena, isolation):
    url, session, _edition, round_, firms, stands, _runs = arena
    answers = at_once(url, [pick(round_, firm, ["A-01"], confirmed=True) for firm in firms], isolation)
    assert [len(who) for who in owners(session).values()] == [1]
    assert answers.count("") == 1 or (isolation and answers.count("") == 0)
    assert all(answer == "" or answer.startswith(("A-01", "Somebody", "database: ")) for answer in answers)
    if isolation is None:
        assert not [answer for answer in answers if answer.startswith(("database", "broken"))]
    assert set(owners(session)) == {stands["A-01"]}


def test_picks_that_cross_neither_lock_up_nor_split(arena):
    """Everybody wants two of six stands, in whatever order they say so."""
    url, session, _edition, round_, firms, _stands, _runs = arena
    dice = random.Random(7)
    wanted = [dice.sample([f"A-{i:02d}" for i in range(1, 7)], 2) for _ in firms]
    answers = at_once(url, [pick(round_, *pair) for pair in zip(firms, wanted, strict=True)])
    assert not [answer for answer in answers if answer.startswith(("database", "broken"))]
    assert all(len(who) == 1 for who in owners(session).values())
    held = session.exec(select(Hold.exhibitor_id)).all()
    assert {held.count(owner) for owner in held} == {2}
    assert len(set(held)) == answers.count("")


def test_everything_at_once(arena):
    """Holds, confirmations, releases, expiry, publications, stands given by hand, and raw SQL."""
    url, session, edition, round_, firms, stands, runs = arena
    dice = random.Random(11)
    codes = sorted(stands)

    def publish(run):
        return lambda own: allocation.publish(own, own.get(AllocationRun, run))

    def give(firm, code):
        return lambda own: allocation.give_stand(own, own.get(Stand, stands[code]), own.get(Exhibitor, firm))

    def let_go(firm):
        def verb(own):
            picking.choose(own, own.get(Round, round_), own.get(Exhibitor, firm), [dice.choice(codes)])
            own.commit()
            picking.release(own, own.get(Round, round_), own.get(Exhibitor, firm))

        return verb

    def run_out(own):
        own.execute(text(STATEMENT))
        own.commit()
        freeing.clear_expired(own, edition)

    def raw(firm, code):
        def verb(own):
            try:
                own.execute(
                    text("INSERT INTO allotment (edition_id, stand_id, exhibitor_id, locked)"
                         " VALUES (:edition, :stand, :firm, true)"),
                    {"edition": edition, "stand": stands[code], "firm": firm},
                )  # fmt: skip
            except Exception as error:
                raise Refused(str(error)) from None

        return verb

    verbs = [
        pick(round_, firm, [dice.choice(codes)], confirmed=i % 2 == 0) for i, firm in enumerate(firms[:36])
    ]
    verbs += [let_go(firm) for firm in firms[36:44]]
    verbs += [give(firm, dice.choice(codes)) for firm in firms[44:52]]
    verbs += [raw(firm, dice.choice(codes)) for firm in firms[52:56]]
    verbs += [run_out] * 4 + [publish(run) for run in runs * 2]
    assert len(verbs) == RACERS
    dice.shuffle(verbs)
    answers = at_once(url, verbs)
    assert all(len(who) == 1 for who in owners(session).values())
    assert claimed_rightly(session)
    assert not [answer for answer in answers if answer.startswith(("database", "broken"))]
    assert session.execute(text("SELECT count(*) = count(DISTINCT stand_id) FROM allotment")).scalar()


def test_nothing_is_left_held_after_expiry(arena):
    url, session, edition, round_, firms, _stands, _runs = arena
    at_once(url, [pick(round_, firm, [f"A-{i % 6 + 1:02d}"]) for i, firm in enumerate(firms)])
    session.execute(text("UPDATE stand_hold SET expires_at = now() - interval '1 second'"))
    session.commit()
    at_once(url, [lambda own: freeing.clear_expired(own, edition)] * 8)
    session.rollback()
    assert session.exec(select(Hold)).all() == []
    assert session.execute(text("SELECT count(*) FROM stand_claim")).scalar() == 0
    assert session.exec(select(Allotment)).all() == []
