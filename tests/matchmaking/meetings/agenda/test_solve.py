"""The agenda solver against its checker, its bound and odd input."""

from dataclasses import replace

import pytest

from matchmaking.meetings.agenda.baseline import greedy_agenda
from matchmaking.meetings.agenda.bound import upper_bound
from matchmaking.meetings.agenda.checker import score_of, violations
from matchmaking.meetings.agenda.instances import crowded, reference
from matchmaking.meetings.agenda.problem import LockError, Pair, Problem
from matchmaking.meetings.agenda.solve import build_agenda
from tests.matchmaking.meetings.agenda.making import QUICK, a_problem, held, slot_of, solve, with_party


def test_everybody_meets_everybody_when_there_is_room():
    agenda = solve(a_problem())
    assert len(agenda.meetings) == 4
    assert (agenda.objective, agenda.gap_pct, agenda.breaks, agenda.unmet) == (4.0, 0.0, 0, {})


def test_the_reference_size_reaches_its_bound_without_violations():
    problem = reference()
    agenda = build_agenda(problem, seed=1, rounds=100_000)
    assert violations(problem, agenda) == []
    assert agenda.objective == agenda.bound == upper_bound(problem)
    assert agenda.short == {}
    assert agenda.breaks < score_of(problem, greedy_agenda(problem)).breaks


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowded_day_keeps_every_rule_and_beats_the_patient_person(seed):
    problem = crowded(seed=seed)
    agenda = build_agenda(problem, seed=seed, rounds=100_000)
    greedy = greedy_agenda(problem)
    assert violations(problem, agenda) == []
    assert violations(problem, greedy) == []
    assert (agenda.musts, agenda.objective) > (greedy.musts, greedy.objective)
    assert agenda.gap_pct < 0.1


def test_the_solver_and_the_checker_count_alike():
    problem = crowded(seed=5)
    agenda = solve(problem)
    worth = score_of(problem, agenda)
    counted = (agenda.objective, agenda.musts, agenda.breaks, sum(agenda.short.values()))
    assert counted == (worth.objective, worth.musts, worth.breaks, worth.shortfall)
    assert set(agenda.unmet) == {p.code for p in problem.pairs} - held(agenda)


def test_the_same_seed_gives_the_same_agenda():
    assert solve(crowded(seed=4)) == solve(crowded(seed=4))


def test_a_must_meet_outweighs_everything_else():
    pairs = (Pair("b0", "s0", 0.1, must=True), Pair("b0", "s1", 9.0), Pair("b1", "s0", 9.0))
    problem = a_problem(slots=1, pairs=pairs)
    agenda = solve(problem)
    assert held(agenda) == {("b0", "s0")}
    assert (agenda.musts, agenda.musts_bound, agenda.gap_pct) == (1, 1, 0.0)
    assert agenda.unmet == {("b0", "s1"): "buyer_full", ("b1", "s0"): "supplier_full"}


def test_equal_scores_go_to_whoever_has_too_few_meetings():
    pairs = (Pair("b0", "s0", 1.0), Pair("b0", "s1", 1.0), Pair("b1", "s1", 1.0))
    problem = a_problem(slots=2, tables=1, pairs=pairs)
    needy = with_party(problem, "b1", min_meetings=1)
    assert ("b1", "s1") in held(solve(needy))


def test_a_priced_minimum_outbids_a_better_meeting():
    pairs = (Pair("b0", "s0", 0.9), Pair("b1", "s0", 0.5))
    problem = with_party(a_problem(slots=1, pairs=pairs), "b1", min_meetings=1)
    assert held(solve(problem)) == {("b0", "s0")}
    assert solve(problem).short == {"b1": 1}
    assert held(solve(replace(problem, shortfall_price=0.5))) == {("b1", "s0")}


def test_a_lock_is_kept_at_its_slot_even_if_nobody_asked_for_it():
    problem = a_problem(pairs=(Pair("b0", "s1", 1.0),), locks=(("b0", "s0", 1), ("b1", "s1", None)))
    agenda = solve(problem)
    assert slot_of(agenda)[("b0", "s0")] == 1
    assert held(agenda) == {("b0", "s0"), ("b1", "s1"), ("b0", "s1")}
    assert violations(problem, agenda) == []


@pytest.mark.parametrize(
    ("rules", "clash"),
    [
        ({"locks": (("b0", "s0", 0),), "forbidden": frozenset({("b0", "s0")})}, ("forbidden", "b0", "s0")),
        ({"locks": (("b0", "s0", 0), ("b0", "s1", 0))}, ("slot_taken_by_another_lock", "b0", "s1")),
        ({"locks": (("b0", "s0", 9),)}, ("slot_not_free", "b0", "s0")),
    ],
)
def test_locks_that_cannot_be_held_are_named(rules, clash):
    with pytest.raises(LockError) as refusal:
        solve(a_problem(**rules))
    assert refusal.value.clashes == (clash,)


def test_a_lock_above_the_maximum_is_named():
    problem = with_party(a_problem(locks=(("b0", "s0", None), ("b0", "s1", None))), "b0", max_meetings=1)
    with pytest.raises(LockError) as refusal:
        solve(problem)
    assert refusal.value.clashes == (("over_maximum", "b0", "s1"),)


def test_locks_without_a_slot_that_do_not_fit_together_are_named():
    locks = (("b0", "s0", None), ("b1", "s0", None))
    problem = with_party(a_problem(locks=locks), "s0", unavailable=frozenset({0}))
    with pytest.raises(LockError):
        solve(problem)


def test_a_fixed_table_serves_its_owner_alone():
    problem = with_party(a_problem(tables=2), "s0", fixed_table=0)
    agenda = solve(problem)
    assert {m[3] for m in agenda.meetings if m[1] == "s0"} == {0}
    assert {m[3] for m in agenda.meetings if m[1] == "s1"} == {1}
    assert len(agenda.meetings) == 4


def test_two_suppliers_of_one_table_take_turns():
    problem = with_party(with_party(a_problem(), "s0", fixed_table=1), "s1", fixed_table=1)
    agenda = solve(problem)
    assert violations(problem, agenda) == []
    assert len(agenda.meetings) == 2
    assert set(agenda.unmet.values()) == {"tables_full"} or "no_slot_left" in agenda.unmet.values()
    assert agenda.gap_pct == 0.0


def test_a_buyer_may_have_the_fixed_table():
    problem = with_party(a_problem(tables=1), "b0", fixed_table=0)
    agenda = solve(problem)
    assert held(agenda) == {("b0", "s0"), ("b0", "s1")}
    assert agenda.unmet == {("b1", "s0"): "no_table", ("b1", "s1"): "no_table"}


def test_two_fixed_tables_cannot_meet():
    problem = with_party(with_party(a_problem(1, 1), "b0", fixed_table=0), "s0", fixed_table=1)
    assert solve(problem).unmet == {("b0", "s0"): "two_fixed_tables"}


def test_the_first_of_an_order_comes_first():
    order = ((("b0", "s1"), ("b0", "s0")), (("b0", "s0"), ("b1", "s0")))
    problem = a_problem(slots=3, precedences=order)
    agenda = solve(problem)
    assert violations(problem, agenda) == []
    assert len(agenda.meetings) == 4


def test_an_order_that_leaves_no_slot_is_explained():
    pairs = (Pair("b0", "s0", 1.0), Pair("b1", "s1", 2.0))
    problem = a_problem(slots=1, pairs=pairs, precedences=((("b0", "s0"), ("b1", "s1")),))
    agenda = solve(problem)
    assert held(agenda) == {("b1", "s1")}
    assert agenda.unmet == {("b0", "s0"): "order_not_possible"}


def test_must_meets_that_cannot_all_fit_are_not_held_against_the_agenda():
    pairs = tuple(Pair("b0", f"s{k}", 1.0, must=k < 2) for k in range(3))
    problem = a_problem(1, 3, slots=2, pairs=pairs)
    for code, away in (("s0", 1), ("s1", 1), ("s2", 0)):
        problem = with_party(problem, code, unavailable=frozenset({away}))
    agenda = solve(problem)
    assert (agenda.musts, agenda.musts_bound) == (1, 1)
    assert (agenda.objective, agenda.bound, agenda.gap_pct) == (2.0, 2.0, 0.0)


def test_a_half_is_kept_and_explained():
    pairs = (Pair("b0", "s0", 1.0, half="pm"), Pair("b1", "s1", 1.0, half="am"))
    problem = with_party(a_problem(slots=4, pairs=pairs), "b1", unavailable=frozenset({0, 1}))
    agenda = solve(problem)
    assert slot_of(agenda)[("b0", "s0")] in (2, 3)
    assert agenda.unmet == {("b1", "s1"): "never_free_together_am"}


def test_people_who_are_never_there_together_are_told_so():
    problem = with_party(a_problem(1, 1), "b0", unavailable=frozenset({0}))
    problem = with_party(problem, "s0", unavailable=frozenset({1}))
    assert solve(problem).unmet == {("b0", "s0"): "never_free_together"}


def test_idle_groups_are_closed_without_losing_a_meeting():
    pairs = tuple(Pair(f"b{i}", f"s{k}", 1.0) for i in range(6) for k in range(6) if (i + k) % 2)
    agenda = build_agenda(a_problem(6, 6, slots=8, tables=6, pairs=pairs), seed=1, rounds=100_000)
    assert (len(agenda.meetings), agenda.breaks) == (18, 0)


def test_a_night_is_no_break():
    problem = a_problem(1, 2, slots=4, day_slots=2, locks=(("b0", "s0", 0), ("b0", "s1", 3)))
    assert solve(problem).breaks == 0
    assert solve(replace(problem, day_slots=0)).breaks == 1


def test_a_rerun_changes_nothing_that_need_not_change():
    problem = crowded(seed=6)
    first = solve(problem)
    again = replace(problem, previous=first.meetings, change_price=0.5)
    assert solve(again, seed=9).changes == 0


def test_a_lost_hour_changes_little():
    problem = reference(60, 30, slots=12, requests=8)
    first = solve(problem)
    busy = next(m for m in first.meetings)
    away = with_party(problem, busy[0], unavailable=frozenset({busy[2]}))
    second = solve(replace(away, previous=first.meetings, change_price=0.2), seed=3)
    assert violations(away, second) == []
    assert second.changes <= 3


def test_a_previous_meeting_nobody_wants_any_more_is_a_change():
    previous = (("b0", "s0", 0, 0), ("gone", "s1", 1, 1))
    agenda = solve(a_problem(pairs=(Pair("b0", "s0", 1.0),), previous=previous, change_price=0.25))
    assert (agenda.changes, agenda.objective, agenda.gap_pct) == (1, 0.75, 0.0)


@pytest.mark.parametrize(
    "problem",
    [
        Problem((), (), 0, 0, 0),
        a_problem(0, 0),
        a_problem(pairs=()),
        a_problem(slots=0),
        a_problem(tables=0),
    ],
)
def test_nothing_to_hold_is_no_error(problem):
    agenda = solve(problem)
    assert (agenda.meetings, agenda.objective, agenda.gap_pct) == ((), 0.0, 0.0)


@pytest.mark.parametrize(
    "broken",
    [
        lambda: a_problem(pairs=(Pair("s0", "b0", 1.0),)),
        lambda: a_problem(pairs=(Pair("b0", "nobody", 1.0),)),
        lambda: a_problem(pairs=(Pair("b0", "s0", -1.0),)),
        lambda: a_problem(pairs=(Pair("b0", "s0", 1.0), Pair("b0", "s0", 2.0))),
        lambda: with_party(a_problem(), "s0", fixed_table=7),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(broken):
    with pytest.raises(ValueError, match=r"b0|nobody|twice|table"):
        broken()


def test_a_cancelled_run_still_hands_over_a_sound_agenda():
    problem = crowded(seed=7)
    agenda = solve(problem, cancelled=lambda: True)
    assert violations(problem, agenda) == []
    assert len(agenda.meetings) > 400


def test_progress_is_told_step_by_step():
    told = []
    solve(crowded(seed=8), progress=lambda *step: told.append(step))
    assert told[0] == (0, QUICK, 0.0, None, 0, "choose")
    assert told[-1][:2] == (QUICK, QUICK)
    assert {step[5] for step in told} >= {"place", "close_gaps", "done"}
