"""Two people at the same moment, over real connections: withdrawing and placing, accepting twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session, select

from expo.call.models import Proposal
from expo.call.services import deciding
from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Slot, Speaker, Talk
from expo.forums.services import talks
from expo.forums.services.placing import Move, Spot, place
from tests.expo.call.test_services import a_proposal, open_call
from tests.expo.forums.making import at
from tests.make import a_forum, a_room, a_talk, an_edition


@pytest.fixture
def fair(fresh_database):
    """An engine, an edition's number, and eight proposals' codes."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        forum = a_forum(session, edition, code="F0", is_main=True)
        for n in range(8):
            a_talk(session, forum, code=f"TALK0{n}")
            a_room(session, edition, code=f"R{n}")
        open_call(session, edition)
        codes = [a_proposal(session, edition).code for _n in range(8)]
        number = edition.id
        session.commit()
    yield engine, number, codes
    engine.dispose()


def race(engine, number, acts):
    """Everybody acts at once; what each was answered."""
    gate = Barrier(len(acts))

    def one(act):
        with Session(engine) as session:
            edition = session.get_one(Edition, number)
            gate.wait(20)
            try:
                done = act(session, edition)
                session.commit()
            except Refused:
                return "refused"
            return done

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_a_talk_withdrawn_while_it_is_placed_has_no_place(fair):
    engine, number, _codes = fair
    for n in range(8):
        code, spot = f"TALK0{n}", Spot(f"R{n}", at(15, 10))
        race(
            engine,
            number,
            [
                lambda session, edition, code=code: talks.set_state(session, edition, [code], "withdrawn"),
                lambda session, edition, code=code, spot=spot: (
                    place(session, edition, [Move(code, spot)]) and 1
                ),
            ],
        )
    with Session(engine) as session:
        states = session.exec(select(Talk.state).where(Talk.edition_id == number)).all()
        assert (set(states), session.exec(select(Slot)).all()) == ({"withdrawn"}, [])


def test_a_proposal_accepted_by_two_at_once_is_one_talk_and_one_person(fair):
    engine, number, codes = fair

    def accept(session, edition):
        return deciding.decide(session, edition, codes, "accepted")

    assert sorted(race(engine, number, [accept] * 3)) == [0, 0, 8]
    with Session(engine) as session:
        made = session.exec(select(Proposal.talk_id).where(Proposal.edition_id == number)).all()
        assert len(set(made)) == 8
        assert len(session.exec(select(Talk).where(Talk.state == "accepted")).all()) == 8
        assert len(session.exec(select(Speaker)).all()) == 1
