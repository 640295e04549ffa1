"""What phones send is read with distrust; names are compared in any script; cards are read back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.leads.letters import filled, unknown_places
from matchmaking.leads.marks import Unfit, read_scan
from matchmaking.leads.typed import begins_a_name
from matchmaking.leads.vcards import Card, card_of

NOON = datetime(2023, 6, 15, 12, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("scan_id", "datetime", "secret", "code", "letters", "source", "marks", "at", "answers", "products",
          "chapters", "rating", "note", "next_step", "next_on")  # fmt: skip


SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(JSON | st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_anything_at_all_is_a_scan_or_is_refused(raw):
    try:
        read_scan(raw, NOON)
    except Unfit as unfit:
        assert str(unfit.sentence)


@SLOW
@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_taps_leave_a_scan_that_the_database_can_hold(marks):
    scan = read_scan({"scan_id": "12345678", "secret": "x", "marks": marks}, NOON)
    assert scan.marks and scan.marks.at <= NOON + timedelta(minutes=10)
    assert scan.marks.rating in (None, 0, 1, 2, 3, 4, 5)
    assert "\x00" not in (scan.marks.note or "")


def test_the_time_is_the_phones_own_with_its_offset():
    raw = {"scan_id": "12345678", "secret": "x", "datetime": "2023-06-15T17:30:00+08:00"}
    assert read_scan(raw, NOON).at == datetime(2023, 6, 15, 17, 30, tzinfo=timezone(timedelta(hours=8)))
    assert read_scan(raw | {"datetime": "2023-06-15T17:30:00"}, NOON).at == NOON


@pytest.mark.parametrize(
    ("letters", "fits"),
    [("ali", True), ("Bek", True), ("AL", False), ("алИ", True), ("王", True), ("芳", False), ("王芳", True),
     ("محم", True), ("josé", True), ("jose", True), ("", False), ("...", False), ("xyz", False),
     ("Li", True)],
)  # fmt: skip
def test_letters_that_begin_a_name(letters, fits):
    names = ["Aliya Bekova", "Алия Бекова", "王芳", "محمد علی", "José Li"]
    assert begins_a_name(letters, names) == fits


def test_places_are_filled_in_once_and_unknown_ones_are_named():
    assert (
        filled("Dear {name} of {x}", {"name": "{exhibitor}", "exhibitor": "E"}) == "Dear {exhibitor} of {x}"
    )
    assert unknown_places("Dear {name}, {nmae} {}") == ["", "nmae"]


def read_card(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Properties as RFC 6350 reads them: unfolded, parted at the first colon, unescaped."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found = []
    for line in filter(None, lines):
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        plain = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        found.append((name, dict(one.split("=") for one in parameters), plain))
    return found


def a_card(**given) -> Card:
    values = {
        "uid": "urn:x:1", "names": {"en": "Aliya Bekova"}, "organisation": "Steppe", "position": "Buyer",
        "country": "Kazakhstan", "email": "a@example.org", "language": "ru", "note": "", "changed_at": NOON,
    } | given  # fmt: skip
    return Card(**values)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\"), max_size=200)


@given(TEXT, TEXT)
def test_whatever_a_card_says_is_read_back(name, note):
    text = card_of(a_card(names={"en": name}, note=note + "\nsecond, line; end"))
    told = {name: value for name, _parameters, value in read_card(text)}
    assert (told["FN"], told["NOTE"]) == (name, note + "\nsecond, line; end")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_names_in_several_scripts_are_alternatives_of_one():
    text = card_of(a_card(names={"en": "Wang Fang", "zh": "王芳"}))
    assert text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    found = [(parameters, value) for name, parameters, value in read_card(text) if name == "FN"]
    assert found == [
        ({"ALTID": "1", "LANGUAGE": "en"}, "Wang Fang"),
        ({"ALTID": "1", "LANGUAGE": "zh"}, "王芳"),
    ]
