"""What changed between two programmes."""

from dataclasses import replace

from expo.forums.changes import changes, counted, marks, only
from tests.expo.forums.making import HALL, OPENING, a_part, a_programme, an_item, at

ONE = an_item(1, at(15, 9), at(15, 10), parts=(a_part(1), a_part(2, "interpreter")))
TWO = an_item(2, at(15, 10), at(15, 11))


def kinds_of(before, after, **more):
    return [(one.item.code, one.kinds) for one in changes(before, after, **more)]


def test_from_nothing_every_talk_is_new_and_to_nothing_it_is_out():
    programme = a_programme(ONE, TWO)
    assert kinds_of(None, programme) == [("T00001", ("new",)), ("T00002", ("new",))]
    assert kinds_of(programme, None) == [("T00001", ("removed",)), ("T00002", ("removed",))]
    assert changes(programme, programme) == []


def test_each_kind_of_change_is_named():
    after = replace(
        ONE, start=at(16, 9), end=at(16, 10), room=HALL, title={"en": "Other"}, language="ru", track=OPENING,
        abstract={"en": "More"}, parts=(a_part(3), a_part(2, "interpreter")),
    )  # fmt: skip
    found = changes(a_programme(ONE, TWO), a_programme(after))
    assert [(one.item.code, one.kinds) for one in found] == [
        ("T00002", ("removed",)),
        ("T00001", ("time", "room", "people", "title", "language", "forum", "abstract")),
    ]
    assert counted(found)["removed"] == 1
    assert [one.item.code for one in only(found, kind="room")] == ["T00001"]
    assert [one.item.code for one in only(found, forum="OPEN")] == ["T00001"]
    assert marks(found) == {"T00001": ("time", "room", "people")}


def test_a_corrected_title_is_listed_but_nobody_is_written_to():
    (change,) = changes(a_programme(ONE), a_programme(replace(ONE, title={"en": "Corrected"})))
    assert (change.kinds, change.is_worth_a_letter) == (("title",), False)


def test_a_change_of_interpreters_concerns_the_interpreters_alone():
    after = replace(ONE, parts=(a_part(1), a_part(5, "interpreter")))
    assert kinds_of(a_programme(ONE), a_programme(after)) == []
    (change,) = changes(a_programme(ONE), a_programme(after), backstage=True)
    assert (change.kinds, change.concerns) == (("interpreters",), {2, 5})


def test_a_room_with_a_new_name_is_no_move():
    after = replace(ONE, room=replace(ONE.room, name={"en": "Renamed"}))
    assert kinds_of(a_programme(ONE), a_programme(after)) == []
