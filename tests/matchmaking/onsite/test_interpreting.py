"""Interpreters: nobody covers more meetings than the assignment, and nobody sits twice."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.onsite.interpreting import Helper, Task, assign, can, needs_interpreter, shortage

TONGUES = st.frozensets(st.sampled_from(["en", "zh", "ru", "ur"]), min_size=1, max_size=3)


def test_two_who_share_a_language_or_did_not_say_need_nobody():
    assert not needs_interpreter(["zh", "en"], ["en"])
    assert not needs_interpreter([], ["en"])
    assert needs_interpreter(["zh"], ["ru", "ur"])


@settings(deadline=None)  # the first one loads the solver
@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(0, 100), TONGUES, TONGUES), max_size=4),
    st.lists(st.tuples(TONGUES, st.frozensets(st.integers(1, 2), max_size=1)), max_size=3),
)
def test_as_many_meetings_as_possible_get_one_and_of_as_many_the_dearest(rows, people):
    tasks = [Task(i, slot, float(score), left, right) for i, (slot, score, left, right) in enumerate(rows)]
    helpers = [Helper(100 + i, tongues, away) for i, (tongues, away) in enumerate(people)]
    found = assign(tasks, helpers)
    by_number = {task.meeting: task for task in tasks}
    by_helper = {helper.id: helper for helper in helpers}
    assert all(can(by_helper[who], by_number[meeting]) for meeting, who in found.items())
    seats = [(by_number[meeting].slot, who) for meeting, who in found.items()]
    assert len(seats) == len(set(seats))
    best = [_best([t for t in tasks if t.slot == slot], helpers) for slot in (1, 2)]
    ours = [
        (len(here), sum(by_number[m].score for m in here))
        for here in ([m for m in found if by_number[m].slot == slot] for slot in (1, 2))
    ]
    assert ours == best


def _best(tasks, helpers):
    """By trying everything."""
    places = [*helpers, *[None] * len(tasks)]
    best = (0, 0)
    for order in set(permutations(range(len(places)), len(tasks))):
        chosen = [
            task
            for task, place in zip(tasks, order, strict=True)
            if (helper := places[place]) is not None and can(helper, task)
        ]
        best = max(best, (len(chosen), sum(task.score for task in chosen)))
    return best


def test_whoever_is_well_placed_stays_and_what_is_short_is_told():
    chinese, russian = frozenset({"zh"}), frozenset({"ru"})
    tasks = [Task(n, 1, 50.0, chinese, russian, now) for n, now in ((1, 12), (2, None), (3, None))]
    helpers = [Helper(n, chinese | russian, frozenset()) for n in (11, 12)]
    found = assign(tasks, helpers)
    assert found[1] == 12
    assert len(found) == 2
    assert shortage(tasks, found) == [("zh", "ru", 1)]
