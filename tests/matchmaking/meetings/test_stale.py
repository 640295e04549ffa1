"""A run is published over what it stands on, or refused in words that tell what to do."""

from threading import Thread

import pytest
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import jobs, services
from matchmaking.meetings.models import Delegate, Meeting, MeetingTable
from tests.matchmaking.meetings.making import a_market

ROUNDS = 100


def named(session, edition, *names):
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).first()
    return [
        services.keep_delegate(
            session, edition, Delegate(edition_id=edition.id, buyer_id=buyer.id, name=name)
        )
        for name in names
    ]


def names_its_people(session, edition):
    run = services.work_out(session, edition, rounds=ROUNDS)
    named(session, edition, "Ann")
    return run


def lets_somebody_go(session, edition):
    ann, _bob = named(session, edition, "Ann", "Bob")
    run = services.work_out(session, edition, rounds=ROUNDS)
    services.drop_delegate(session, ann)
    return run


def is_locked(session, edition):
    services.solve(session, edition, rounds=ROUNDS)
    for seed in range(2, 30):
        run = services.work_out(session, edition, rounds=ROUNDS, seed=seed)
        if moved := services.change_of(session, edition, run).moved:
            services.lock(session, edition, moved[0][0], True)
            break
    return run


@pytest.mark.parametrize("changes", [names_its_people, lets_somebody_go, is_locked])
def test_a_run_that_what_it_stands_on_has_left_is_refused_whole(session, changes):
    edition = a_market(session)
    run = changes(session, edition)
    before = session.exec(select(Meeting.id, Meeting.slot).order_by(Meeting.id)).all()
    with (
        pytest.raises(Refused, match="What this run stands on has changed since it began"),
        session.begin_nested(),
    ):
        services.publish(session, edition, run)
    assert session.exec(select(Meeting.id, Meeting.slot).order_by(Meeting.id)).all() == before


class Job:
    """A run of the agenda as the queue hands it over."""

    arguments = {"rounds": ROUNDS, "seed": 1}  # noqa: RUF012
    id = created_by = None


def test_nobody_who_looks_at_the_tables_waits_for_a_run_to_end(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = a_market(session)
        session.commit()
        Job.edition_id = number = edition.id
    found = []

    def looks():
        with Session(engine) as other:
            services.furnish(other, other.get_one(Edition, number))
            found.append(len(other.exec(select(MeetingTable)).all()))

    class Report:
        """Looks at the tables while the run goes on, as an organiser would."""

        def progress(self, *_given, **_more):
            pass

        def cancelled(self):
            if not found:
                other = Thread(target=looks)
                other.start()
                other.join(10)
                found.append(None)
            return False

    with Session(engine) as session:
        jobs.solve(session, Job, Report())
    engine.dispose()
    assert found[0] == 3
