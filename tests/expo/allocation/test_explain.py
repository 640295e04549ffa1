"""Explanations name the reason and carry its figures."""

from dataclasses import replace

from expo.allocation.allocate import allocate
from expo.allocation.bound import upper_bound
from expo.allocation.explain import explanation, explanations
from expo.allocation.fairness import fairness
from expo.allocation.instances import instance
from tests.expo.allocation.make import a_problem, a_strip, a_unit, a_wish, an_applicant


def explained(code, people, units=None, **more):
    problem = a_problem(people, units, **more)
    answer = allocate(problem, seed=1, rounds=100)
    return explanation(problem, answer, upper_bound(problem), code)


def refusal(applicant, others=(), units=None, **more):
    found = explained(applicant.code, [applicant, *others], units, **more)
    assert found.status == "unplaced"
    return found.reasons[0].code


def test_a_lost_wish_names_the_holder_and_what_is_free():
    wishes = (a_wish("stand", "A1"),)
    people = [an_applicant("high", points=9, wishes=wishes), an_applicant("low", wishes=wishes)]
    found = explained("low", people)
    outcome = found.wishes[0]
    assert (found.status, found.turn, found.in_all, found.free_count) == ("placed", 2, 2, 10)
    why = outcome.reason
    assert (outcome.met, why.code, why.figures["holders"]) == (False, "outweighed", ("high",))
    assert 0 < why.figures["gain"] <= why.figures["extra"]


def test_a_met_wish_needs_no_reason():
    outcome = explained("x", [an_applicant("x", wishes=(a_wish("stand", "A1"),))]).wishes[0]
    assert (outcome.met, outcome.percent, outcome.reason) == (True, 100, None)


def test_an_unplaced_applicant_learns_why():
    big = an_applicant("big", 108, points=9)
    assert refusal(an_applicant("x", 0)) == "no_area"
    assert refusal(an_applicant("x"), units=()) == "no_units"
    assert refusal(an_applicant("x", zones=("?",))) == "unknown_zone"
    assert refusal(an_applicant("x", 900)) == "too_large"
    plot = a_unit("R", 0, 3000, width=900, depth=900, raw=True)
    assert refusal(an_applicant("x", 27, shape="raw"), units=(*a_strip(), plot)) == "no_such_size"
    assert refusal(an_applicant("x", shape="island")) == "no_shape"
    assert refusal(an_applicant("x", power_kw=3)) == "no_power"
    assert refusal(an_applicant("x"), [big]) == "all_taken"
    foes = {"rivals": (("x", "y"),), "rival_gap_cm": 9000}
    assert refusal(an_applicant("x"), [an_applicant("y", points=9)], **foes) == "rivals"
    assert refusal(an_applicant("m", pavilion="lead"), [an_applicant("lead", 900)]) == "pavilion_unplaced"


def test_who_was_taken_off_by_hand_is_not_told_of_rivals_far_away():
    people = [an_applicant("x"), an_applicant("y", points=9)]
    problem = a_problem(people, rivals=(("x", "y"),), rival_gap_cm=700)
    answer = allocate(problem, seed=1, rounds=100)
    edited = replace(answer, placements={"y": answer.placements["y"]}, unplaced=("x",))
    found = explanation(problem, edited, upper_bound(problem), "x")
    assert (found.status, found.reasons[0].code) == ("unplaced", "left_over")


def test_unknown_targets_and_places_that_do_not_exist_are_told_apart():
    wishes = (a_wish("stand", "?"), a_wish("zone", "?", 2), a_wish("beside", "gone", 3))
    people = [an_applicant("x", 36, shape="block", wishes=(*wishes, a_wish("beside", "none", 4)))]
    people.append(an_applicant("none", 0))
    codes = [outcome.reason.code for outcome in explained("x", people).wishes]
    assert codes == ["unknown_target", "unknown_target", "unknown_target", "neighbour_unplaced"]


def test_everybody_of_a_fair_can_be_explained():
    problem = instance(60, 2, 260, seed=3)
    answer = allocate(problem, seed=1, rounds=200)
    found = explanations(problem, answer, None)
    assert list(found) == [applicant.code for applicant in problem.applicants]
    assert all(w.met or w.reason for one in found.values() for w in one.wishes)


def test_fairness_counts_by_country_size_and_newcomers():
    people = [
        an_applicant("x", country="KG", newcomer=True, wishes=(a_wish("stand", "A1"),)),
        an_applicant("y", 18, country="KG", points=5, wishes=(a_wish("stand", "A1"),)),
        an_applicant("z", 900, country="CN"),
    ]
    problem = a_problem(people)
    groups = fairness(problem, allocate(problem, seed=1, rounds=50))
    assert [(g.label, g.applicants, g.placed, g.wishes_pct) for g in groups] == [
        ("CN", 1, 0, None),
        ("KG", 2, 2, 50.0),
        ("large", 1, 0, None),
        ("medium", 1, 1, 100.0),
        ("small", 1, 1, 0.0),
        ("newcomer", 1, 1, 0.0),
        ("regular", 2, 1, 100.0),
    ]
