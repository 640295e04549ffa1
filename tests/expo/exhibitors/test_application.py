"""The words and rules of an application, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from expo.exhibitors import application, models, stages
from expo.exhibitors.application import later_step, missing, moved, parted, step_after
from expo.exhibitors.names import search_name

COMPLETE = {
    "area_m2": 9,
    "zones": ["A"],
    "sector": "food",
    "profile": {"en": "Honey"},
    "contact_name": "Aigul",
    "contact_email": "a@example.org",
}


def test_a_complete_application_lacks_nothing():
    assert missing(COMPLETE) == []


def test_what_lacks_is_said_with_its_step():
    lacks = missing(COMPLETE | {"zones": [], "contact_email": ""})
    assert [(step, str(sentence)) for step, sentence in lacks] == [
        ("stand", "Choose at least one zone."),
        ("contact", "Give the contact person's e-mail address."),
    ]


def test_every_state_shape_size_and_wish_has_a_name():
    assert set(stages.NAMES) == set(stages.TONES) == set(models.STATES)
    assert set(stages.EXHIBITOR_MAY) == set(stages.ORGANISER_MAY) == set(models.STATES)
    assert (set(application.SHAPES), set(application.SIZES)) == (set(models.SHAPES), set(models.SIZES))
    assert set(application.WISHES) == set(models.WISHES)


def test_only_the_organiser_accepts():
    assert stages.may_become("submitted", "accepted", organiser=True)
    assert not stages.may_become("submitted", "accepted", organiser=False)
    assert not stages.may_become("draft", "accepted", organiser=True)


def test_steps_only_go_forward():
    assert (step_after("organisation"), step_after("check")) == ("stand", "check")
    assert (later_step("contact", "stand"), later_step("nonsense", "stand")) == ("contact", "stand")


def test_a_typed_list_may_be_parted_in_any_script():
    assert parted("EX1, EX2；EX3\nEX1،  ") == ["EX1", "EX2", "EX3"]


@given(st.lists(st.integers()), st.integers(-3, 12), st.sampled_from([-1, 1]))
def test_moving_there_and_back_changes_nothing(items, place, by):
    once = moved(items, place, by)
    assert sorted(once) == sorted(items)
    if once != items:
        assert moved(once, place + by, -by) == items


def test_names_are_known_again():
    assert search_name({"en": "ＡＢＣ  Trading"}) == search_name({"zh": "abc trading"}) == "abc trading"
