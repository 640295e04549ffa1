"""Swaps agreed by both sides."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.db import make_engine
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Rivalry
from expo.selection.models import Swap
from expo.selection.services import picking, swapping, waiting
from tests.expo.selection.making import a_fair, a_firm, a_round, at_once


def placed(session, fair, **places) -> dict:
    """Firms by code, each with the stands it has."""
    firms = {code: a_firm(session, fair, code, area_m2=9 * len(stands)) for code, stands in places.items()}
    round_ = a_round(session, fair)
    for code, stands in places.items():
        picking.choose(session, round_, firms[code], stands)
        picking.confirm(session, round_, firms[code])
    return firms


def place(session, firm) -> list[str]:
    return sorted(
        session.execute(
            text(
                "SELECT code FROM stand JOIN allotment a ON a.stand_id = stand.id WHERE a.exhibitor_id = :id"
            ),
            {"id": firm.id},
        ).scalars()
    )


@pytest.fixture
def fair(session):
    return a_fair(session)


def test_both_agree_and_the_organiser_approves(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"])
    swap = swapping.propose(session, firms["X"], firms["Y"], "")
    swapping.agree(session, firms["Y"], swap.id)
    assert (swap.state, place(session, firms["X"])) == ("agreed", ["A-01"])
    swapping.approve(session, fair.edition.id, swap.id)
    assert (swap.state, place(session, firms["X"]), place(session, firms["Y"])) == (
        "done",
        ["B-05"],
        ["A-01"],
    )
    with pytest.raises(Refused, match="settled meanwhile"):
        swapping.withdraw(session, firms["X"], swap.id)


def test_without_approval_agreeing_swaps_at_once(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"])
    waiting.save_settings(session, fair.edition.id, {"swaps_need_approval": False})
    swap = swapping.propose(session, firms["X"], firms["Y"], "")
    swapping.agree(session, firms["Y"], swap.id)
    assert (swap.state, place(session, firms["X"])) == ("done", ["B-05"])


def test_a_place_that_changed_meanwhile_is_not_swapped(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"])
    swap = swapping.propose(session, firms["X"], firms["Y"], "")
    session.execute(text("UPDATE allotment SET stand_id = :to WHERE exhibitor_id = :id"),
                    {"to": fair.stands["A-04"].id, "id": firms["X"].id})  # fmt: skip
    with pytest.raises(Refused, match="has changed since"):
        swapping.agree(session, firms["Y"], swap.id)


def test_what_does_not_suit_is_refused_and_tells_the_other_side_nothing(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"], R=["B-01"])
    swap = swapping.propose(session, firms["Y"], firms["X"], "")
    session.add(Rivalry(edition_id=fair.edition.id, one_id=min(firms["Y"].id, firms["R"].id),
                        other_id=max(firms["Y"].id, firms["R"].id), named_by=firms["Y"].id))  # fmt: skip
    session.flush()
    with pytest.raises(Refused, match="does not suit the other side any more"):
        swapping.agree(session, firms["X"], swap.id)
    with pytest.raises(Refused, match="at least"):
        swapping.propose(session, placed_large(session, fair), firms["X"], "")


def placed_large(session, fair) -> Exhibitor:
    firm = a_firm(session, fair, "L", area_m2=27)
    for code in ("A-04", "A-05", "A-06"):
        session.add(
            Allotment(edition_id=fair.edition.id, stand_id=fair.stands[code].id, exhibitor_id=firm.id)
        )
    session.flush()
    return firm


def test_a_swap_is_nobody_elses_business(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"], Z=["B-03"])
    swap = swapping.propose(session, firms["X"], firms["Y"], "")
    for verb in (swapping.agree, swapping.decline, swapping.withdraw):
        with pytest.raises(Refused, match="not there any more"):
            verb(session, firms["Z"], swap.id)
    with pytest.raises(Refused, match="settled"):
        swapping.approve(session, fair.edition.id, swap.id)
    with pytest.raises(Refused, match="asked them already"):
        swapping.propose(session, firms["X"], firms["Y"], "")
    swapping.decline(session, firms["Y"], swap.id)
    assert swap.state == "declined"


def test_pavilions_and_oneself_cannot_be_swapped_with(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"])
    a_firm(session, fair, "M", lead_id=firms["Y"].id)
    with pytest.raises(Refused, match="pavilion"):
        swapping.propose(session, firms["X"], firms["Y"], "")
    with pytest.raises(Refused, match="with yourself"):
        swapping.propose(session, firms["X"], firms["X"], "")


def test_a_swap_runs_out(session, fair):
    firms = placed(session, fair, X=["A-01"], Y=["B-05"])
    swap = swapping.propose(session, firms["X"], firms["Y"], "")
    session.execute(text("UPDATE stand_swap SET expires_at = now()"))
    with pytest.raises(Refused, match="run out"):
        swapping.agree(session, firms["Y"], swap.id)
    assert [one.state for one in swapping.expire_swaps(session, fair.edition.id)] == ["expired"]


def test_crossing_swaps_leave_everybody_with_one_place(fresh_database):
    """X with Y, Y with Z and Z with X at once: whoever is first, nobody ends with two places or none."""
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        fair = a_fair(session)
        firms = placed(session, fair, X=["A-01"], Y=["B-05"], Z=["A-04"])
        waiting.save_settings(session, fair.edition.id, {"swaps_need_approval": False})
        pairs = [("X", "Y"), ("Y", "Z"), ("Z", "X")]
        swaps = [swapping.propose(session, firms[one], firms[other], "").id for one, other in pairs]
        ids = {code: firm.id for code, firm in firms.items()}
        session.commit()

        def agree(code, number):
            return lambda own: swapping.agree(own, own.get(Exhibitor, ids[code]), number)

        verbs = [agree(other, number) for (_one, other), number in zip(pairs, swaps, strict=True)] * 4
        answers = at_once(fresh_database, verbs)
        assert not [answer for answer in answers if answer.startswith(("database", "broken"))]
        assert answers.count("") == 1
        session.expire_all()
        assert [len(place(session, firm)) for firm in firms.values()] == [1, 1, 1]
        assert len(session.exec(select(Swap).where(Swap.state == "done")).all()) == 1
    engine.dispose()
