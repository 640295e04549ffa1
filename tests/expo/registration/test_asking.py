"""Which questions are asked, and which answers will do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.registration.asking import Asked, Option, judged, misplaced, shown

VISA = Asked("visa", "yesno", {"en": "Visa?"}, {})
WHERE = Asked("where", "country", {}, {}, is_required=True, after="visa", after_values=frozenset({"yes"}))
WHEN = Asked("when", "date", {}, {}, after="where", after_values=frozenset({"DE"}))
SEES = Asked("sees", "choices", {}, {}, options=(Option("a", {}), Option("b", {}), Option("old", {}, True)))
ONE = replace(SEES, code="one", kind="choice")
MANY = Asked("many", "number", {}, {}, least=1, most=10)


def test_what_depends_on_an_answer_is_asked_only_then():
    asked = [VISA, WHERE, WHEN]
    assert [one.code for one in shown(asked, {"visa": "no", "where": "DE"})] == ["visa"]
    assert [one.code for one in shown(asked, {"visa": "yes", "where": "DE"})] == ["visa", "where", "when"]


def test_answers_to_what_is_not_asked_are_dropped():
    typed = {"visa": "no", "where": "DE", "when": "2030-01-01"}
    assert judged([VISA, WHERE, WHEN], typed) == ({"visa": "no"}, {})


def test_what_is_required_is_missed_only_where_it_is_asked():
    assert str(judged([VISA, WHERE], {"visa": "yes"})[1]["where"]) == "This has to be answered."
    assert judged([VISA, WHERE], {"visa": "yes"}, lenient=True) == ({"visa": "yes"}, {})


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (SEES, ["b", "a"], ["a", "b"]),
        (ONE, "a", "a"),
        (MANY, "٣", "3"),
        (MANY, "2.50", "2.5"),
        (Asked("x", "text", {}, {}), "  a \n b ", "a b"),
        (Asked("x", "long", {}, {}), " a \n b ", "a \n b"),
        (Asked("x", "date", {}, {}), "2030-06-15", "2030-06-15"),
        (Asked("x", "country", {}, {}), "KZ", "KZ"),
    ],
)
def test_right_answers_are_kept_in_one_form(question, typed, kept):
    assert judged([question], {question.code: typed}) == ({question.code: kept}, {})


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (SEES, ["a", "x"]), (SEES, ["old"]), (ONE, "x"), (MANY, "0"), (MANY, "11"), (MANY, "1e3"),
        (MANY, "NaN"), (VISA, "maybe"), (Asked("x", "date", {}, {}), "15.06.2030"),
        (Asked("x", "date", {}, {}), "0001-01-01"), (Asked("x", "country", {}, {}), "XX"),
        (Asked("x", "text", {}, {}), "a" * 201),
    ],
)  # fmt: skip
def test_wrong_answers_are_named(question, typed):
    answers, wrong = judged([question], {question.code: typed})
    assert (answers, list(wrong)) == ({}, [question.code])


def test_who_chose_an_option_that_is_gone_may_keep_it():
    assert judged([SEES], {"sees": ["old", "a"]}, {"sees": ["old"]}) == ({"sees": ["a", "old"]}, {})


def test_a_question_comes_after_what_it_depends_on():
    assert misplaced([("b", "a"), ("a", ""), ("c", "c"), ("d", "a"), ("e", "gone")]) == ["b", "c"]


ANY = st.one_of(st.none(), st.text(max_size=20), st.lists(st.text(max_size=5), max_size=4))


@given(st.fixed_dictionaries(dict.fromkeys(("visa", "where", "when", "sees", "one", "many"), ANY)))
def test_judging_what_was_kept_keeps_it(typed):
    every = [VISA, WHERE, WHEN, SEES, ONE, MANY]
    kept, _wrong = judged(every, typed, lenient=True)
    assert judged(every, kept, lenient=True) == (kept, {})
    assert {one.code for one in shown(every, kept)} >= set(kept)
