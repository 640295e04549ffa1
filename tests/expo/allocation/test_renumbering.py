"""Stands renumbered between a run, its publication and the day: what follows, what is refused."""

import pytest
from sqlmodel import select

from expo.allocation import services
from expo.errors import Refused
from expo.exhibitors.models import Wish
from expo.venue import services as venue
from expo.venue.editing.requests import read_operations
from expo.venue.models import Hall
from tests.expo.allocation.rows import a_fair, a_firm


def _rename(session, fair, codes: dict[str, str]):
    hall = session.exec(select(Hall).where(Hall.edition_id == fair.edition.id)).first()
    return venue.edit(session, hall, None, read_operations([{"op": "rename", "codes": codes}]))


def _wished(session) -> list[str]:
    session.expire_all()
    return list(session.exec(select(Wish.target).order_by(Wish.id)))


SWAP = {"A-01": "A-02", "A-02": "A-01"}


def test_wishes_go_on_naming_the_stand_they_meant(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    a_firm(session, fair, "Y", wishes=[("stand", "A-02")])
    _rename(session, fair, SWAP)
    assert _wished(session) == ["A-02", "A-01"]
    _rename(session, fair, {"A-02": "C-9"})
    assert _wished(session) == ["C-9", "A-01"]


def test_a_kept_run_is_not_published_when_its_numbers_name_other_places_by_now(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    run = services.solve(session, fair.edition, 1, 100)
    _rename(session, fair, SWAP)
    with pytest.raises(Refused, match="A-01 → A-02"):
        services.publish(session, run)
    _rename(session, fair, SWAP)
    services.publish(session, run)
    assert run.state == "published"


def test_a_published_stand_keeps_its_number_until_the_plan_is_taken_back(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    services.publish(session, services.solve(session, fair.edition, 1, 100))
    with pytest.raises(Refused, match="Stand A-01 keeps its number"):
        _rename(session, fair, {"A-01": "C-9"})
    _rename(session, fair, {"A-02": "C-8"})
    services.withdraw(session, fair.edition, "The hall changes.")
    assert _rename(session, fair, {"A-01": "C-9"}).version > 1
