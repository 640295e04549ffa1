"""Asking, solving, publishing, settling by hand, explaining."""

import pytest

from expo.allocation import queries, services
from expo.allocation.comparing import Changes
from expo.allocation.models import AllocationRun, Allotment
from expo.errors import Refused
from expo.exhibitors.models import Rivalry
from tests.expo.allocation.rows import a_fair, a_firm

ROUNDS = 200


def a_run(session, fair, seed=1) -> AllocationRun:
    run = services.solve(session, fair.edition, seed, ROUNDS)
    assert run.violations == 0
    return run


def test_rows_become_a_problem(session):
    fair = a_fair(session, seed=77)
    lead = a_firm(session, fair, "LEAD", area_m2=18)
    member = a_firm(session, fair, "MEM", lead_id=lead.id, wishes=[("beside", "X")])
    rival = a_firm(session, fair, "X", wishes=[("beside", "MEM"), ("corner", "")], zones=["INT"], points=3)
    a_firm(session, fair, "NO", state="submitted")
    session.add(Rivalry(edition_id=fair.edition.id, one_id=lead.id, other_id=rival.id))
    session.add(
        Allotment(
            edition_id=fair.edition.id,
            stand_id=fair.stands["A-01"].id,
            exhibitor_id=member.id,
            locked=True,
        )
    )
    session.flush()
    problem = services.problem_of(session, fair.edition)
    assert [a.code for a in problem.applicants] == ["LEAD", "MEM", "X"]
    assert problem.applicants[1].pavilion == "LEAD"
    assert [(w.kind, w.target, w.rank) for w in problem.applicants[2].wishes] == [
        ("beside", "MEM", 1),
        ("corner", "", 2),
    ]
    assert (problem.rivals, problem.partners) == ((("LEAD", "X"),), (("MEM", "X"),))
    assert (problem.locks, problem.previous) == ({"MEM": ("A-01",)}, {"MEM": ("A-01",)})
    assert {u.code: u.entrance_m for u in problem.units}["A-02"] == 9.0
    assert problem.lottery_seed == 77


def test_a_wish_of_one_side_makes_no_partners(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("beside", "Y")])
    a_firm(session, fair, "Y")
    assert services.problem_of(session, fair.edition).partners == ()


def test_solving_publishing_and_asking_where_one_stands(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", wishes=[("stand", "B-03"), ("beside", "NOBODY")])
    run = a_run(session, fair)
    assert (run.state, run.placements, queries.occupied(session, fair.edition)) == (
        "done",
        {"X": ["B-03"]},
        {},
    )
    services.publish(session, run)
    assert queries.occupied(session, fair.edition) == {"X": ["B-03"]}
    standing = services.stand_of(session, firm)
    assert (standing.stands, standing.hall, standing.zone, standing.area_cm2) == (
        ("B-03",),
        "H1",
        "INT",
        90_000,
    )
    said = standing.explanation
    assert str(said.summary) == "Placed on B-03."
    assert [(str(w.wish), w.met, str(w.outcome)) for w in said.wishes] == [
        ("Stand B-03", True, "Met."),
        ("Beside NOBODY", False, "Nothing is called NOBODY here."),
    ]
    assert str(said.free).startswith("11 other places that suit are still free")


def test_who_lost_a_stand_reads_who_has_it(session):
    fair = a_fair(session)
    a_firm(session, fair, "HIGH", points=9, wishes=[("stand", "A-01")])
    low = a_firm(session, fair, "LOW", points=1, wishes=[("stand", "A-01")])
    services.publish(session, a_run(session, fair))
    wish = services.stand_of(session, low).explanation.wishes[0]
    assert (wish.met, str(wish.outcome).split(":")[0]) == (False, "A-01 went to HIGH")


def test_who_finds_no_place_reads_why(session):
    fair = a_fair(session)
    huge = a_firm(session, fair, "HUGE", area_m2=900)
    run = a_run(session, fair)
    services.publish(session, run)
    standing = services.stand_of(session, huge)
    assert (run.unplaced, standing.stands, standing.explanation.status) == (["HUGE"], (), "unplaced")
    assert [str(reason) for reason in standing.explanation.reasons] == [
        "900 m² were asked for; the largest place of that kind has 108 m²."
    ]


def test_before_anything_is_published_nobody_stands_anywhere(session):
    fair = a_fair(session)
    assert services.stand_of(session, a_firm(session, fair, "X")) is None


def test_a_run_can_be_repeated_even_after_it_was_published(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("corner", "")])
    run = a_run(session, fair)
    services.publish(session, run)
    assert services.replay(session, run).same is True


def test_a_run_is_repeated_from_what_was_stored_though_the_rows_have_changed(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X")
    run = a_run(session, fair)
    firm.area_m2 = 18
    session.flush()
    assert services.replay(session, run).same is True


def test_a_run_that_was_stopped_says_so(session):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    run = services.solve(session, fair.edition, 1, ROUNDS, cancelled=lambda: True)
    assert run.placements.keys() == {"X"}
    with pytest.raises(Refused, match="stopped before its end"):
        services.replay(session, run)


def test_nothing_to_place_and_nowhere_to_place_it_are_refused(session):
    fair = a_fair(session)
    with pytest.raises(Refused, match="No exhibitor is accepted"):
        services.solve(session, fair.edition, 1, ROUNDS)
    empty = a_fair(session, columns=0)
    with pytest.raises(Refused, match="no stands yet"):
        services.solve(session, empty.edition, 1, ROUNDS)


def test_a_later_run_replaces_the_former_and_an_older_one_can_come_back(session):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    first = a_run(session, fair)
    services.publish(session, first)
    a_firm(session, fair, "Y")
    second = a_run(session, fair, seed=2)
    assert services.changes(session, second) == Changes(1, 0, 1, 0)
    services.publish(session, second)
    assert (first.state, second.state) == ("superseded", "published")
    assert queries.occupied(session, fair.edition).keys() == {"X", "Y"}
    services.publish(session, first)
    assert queries.occupied(session, fair.edition).keys() == {"X"}
    with pytest.raises(Refused, match="published already"):
        services.publish(session, first)


def test_a_run_that_breaks_a_rule_is_not_published(session):
    fair = a_fair(session)
    a_firm(session, fair, "X")
    run = a_run(session, fair)
    copy = run.model_dump(exclude={"id", "violations"})
    run = AllocationRun(**copy, violations=2)
    session.add(run)
    session.flush()
    with pytest.raises(Refused, match="breaks 2 rules"):
        services.publish(session, run)


def test_a_run_is_not_published_once_a_stand_or_an_exhibitor_is_gone(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", wishes=[("stand", "A-02")])
    run = a_run(session, fair)
    firm.state = "withdrawn"
    session.flush()
    with pytest.raises(Refused, match=r"no longer accepted \(X\)"):
        services.publish(session, run)
    firm.state = "accepted"
    session.delete(fair.stands["A-02"])
    session.flush()
    with pytest.raises(Refused, match=r"stands that are gone \(A-02\)"):
        services.publish(session, run)


def test_what_is_settled_by_hand_stays(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    services.give_stand(session, fair.stands["B-05"], firm)
    run = a_run(session, fair)
    services.publish(session, run)
    assert queries.occupied(session, fair.edition) == {"X": ["B-05"]}
    assert [row.stands for row in queries.locked(session, fair.edition)] == ["B-05"]
    assert services.stand_of(session, firm).locked is True
    services.unlock(session, firm)
    services.publish(session, a_run(session, fair))
    assert queries.occupied(session, fair.edition) == {"X": ["A-01"]}


def test_a_published_place_can_be_locked_but_not_one_that_is_none(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X")
    with pytest.raises(Refused, match="has no stand"):
        services.lock(session, firm)
    services.publish(session, a_run(session, fair))
    services.lock(session, firm)
    assert services.problem_of(session, fair.edition).locks.keys() == {"X"}


def test_a_run_that_contradicts_a_later_lock_is_not_published(session):
    fair = a_fair(session)
    a_firm(session, fair, "X", wishes=[("stand", "A-01")])
    other = a_firm(session, fair, "Y", points=5, wishes=[("stand", "B-01")])
    run = a_run(session, fair)
    services.give_stand(session, fair.stands["A-01"], other)
    with pytest.raises(Refused, match="A-01 was locked for Y"):
        services.publish(session, run)


def test_a_taken_stand_and_an_outsider_are_refused(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", name="Honey House")
    services.give_stand(session, fair.stands["A-01"], firm)
    with pytest.raises(Refused, match="A-01 is taken by Honey House"):
        services.give_stand(session, fair.stands["A-01"], a_firm(session, fair, "Y"))
    with pytest.raises(Refused, match="is not accepted"):
        services.give_stand(session, fair.stands["A-02"], a_firm(session, fair, "Z", state="draft"))


def test_the_spreadsheet_has_a_line_a_stand(session):
    fair = a_fair(session)
    firm = a_firm(session, fair, "X", name="=Honey")
    services.give_stand(session, fair.stands["A-01"], firm)
    assert queries.allocation_csv(session, fair.edition).splitlines() == [
        "exhibitor,name,country,stand,hall,zone,kind,area_m2,open_sides,locked",
        "X,'=Honey,KZ,A-01,H1,INT,shell,9,NW,yes",
    ]


def test_occupancy_counts_stands_and_areas_by_zone(session):
    fair = a_fair(session)
    services.give_stand(session, fair.stands["A-01"], a_firm(session, fair, "X"))
    [zone] = queries.occupancy(session, fair.edition)
    assert (zone.code, zone.stands, zone.given, zone.area_cm2, zone.given_cm2) == (
        "INT",
        12,
        1,
        12 * 90_000,
        90_000,
    )
