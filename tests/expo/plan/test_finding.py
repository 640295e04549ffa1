"""Looking for names and codes in every script, however they are typed."""

from hypothesis import given
from hypothesis import strategies as st

from expo.plan.asked import Asked, asked_of, goal_of, start_of
from expo.plan.finding import Entry, Finder, Wanted, choices, folded, squeezed
from expo.plan.walking.site import Spot

HONEY = Entry(
    "X1",
    {"en": "Kyrgyz Honey", "ru": "Ёлки и мёд", "zh": "青岛蜂蜜"},
    "KG",
    "food",
    "H1",
    "INT",
    ("A-01", "A-02"),
)
SILK = Entry("X2", {"en": "Silk Road", "ur": "شاہراہِ ریشم"}, "PK", "textiles", "H2", "NAT", ("B-11",))
CAFE = Entry("X3", {"en": "Café Honeycomb"}, "FR", "food", "H1", "INT", ("A-03",))
STANDS = [
    ("A-01", "H1", "INT"),
    ("A-02", "H1", "INT"),
    ("A-03", "H1", "INT"),
    ("A-04", "H1", "INT"),
    ("B-11", "H2", "NAT"),
]


def found(words="", **more) -> list[str]:
    return [entry.code for entry in Finder([HONEY, SILK, CAFE], STANDS).find(Wanted(words, **more))]


def test_names_are_found_in_every_language_without_case_and_accents():
    assert found("HONEY") == ["X3", "X1"]
    assert found("cafe") == ["X3"]
    assert found("мед") == ["X1"]
    assert found("елки") == ["X1"]
    assert found("蜂蜜") == ["X1"]
    assert found("شاہراہ ريشم") == ["X2"]
    assert found("honey kyrgyz") == ["X1"]
    assert found("nobody") == []


def test_codes_are_found_however_their_dashes_are_typed():
    assert [found(typed) for typed in ("a01", "A 01", "a-01", "A–01", "x1")] == [["X1"]] * 5
    assert found("a-0") == ["X3", "X1"]


def test_a_code_as_typed_comes_before_a_name_that_begins_so():
    entries = [Entry("X9", {"en": "A-01 Ltd"}, "CN", "", "H1", "INT", ("Z-1",)), HONEY]
    assert [entry.code for entry in Finder(entries, STANDS).find(Wanted("A-01"))] == ["X1", "X9"]


def test_qualities_narrow_what_is_found():
    assert found(country="FR") == ["X3"]
    assert found("honey", zone="INT", country="KG", sector="food") == ["X1"]
    assert found("honey", zone="NAT") == []
    assert choices([HONEY, SILK, CAFE], "sector") == [("food", 2), ("textiles", 1)]


def test_a_stand_is_found_whether_anybody_has_it_or_not():
    finder = Finder([HONEY], STANDS)
    assert finder.stand("a04") == ("A-04", "H1", "INT")
    assert finder.stand("q") is None
    assert [row[0] for row in finder.stands_like("a", 3)] == ["A-01", "A-02", "A-03"]
    assert finder.stands_like("--", 3) == []


@given(st.text("ABCßÉéñİıЁёЙй青岛ａ１𝔸شاہراہِيكة -–\u200c", max_size=60))
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)
    assert " " not in squeezed(text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text):
    finder = Finder([HONEY, SILK, CAFE], STANDS)
    assert {entry.code for entry in finder.find(Wanted(text))} <= {"X1", "X2", "X3"}
    assert finder.stand(text) in (None, *STANDS)
    assert set(finder.stands_like(text, 5)) <= set(STANDS)


def test_a_way_leads_to_a_whole_booth_or_to_the_best_name():
    finder = Finder([HONEY, SILK], STANDS)
    assert goal_of(finder, Asked(to="a-02")) == (Spot("H1", ("A-01", "A-02")), "A-02")
    assert goal_of(finder, Asked(to="silk")) == (Spot("H2", ("B-11",)), "B-11")
    assert goal_of(finder, Asked(to="nobody")) is None


def test_a_way_starts_at_a_stand_a_door_or_any_door_of_the_hall():
    finder = Finder([HONEY], STANDS)
    assert start_of(finder, Asked(at="a-04"), "H2") == Spot("H1", ("A-04",))
    assert start_of(finder, Asked(at="q"), "H2") is None
    assert start_of(finder, Asked(start="H1:N1"), "H2") == Spot("H1", door="N1")
    assert start_of(finder, Asked(), "H2") == Spot("H2")


def test_what_an_address_asks_is_read_and_written_again():
    query = {"q": " honey ", "zone": "INT", "hall": "H1", "to": "A-01", "from": "H1:N"}
    asked = asked_of(query)
    assert dict(asked.pairs()) == query | {"q": "honey"}
    assert dict(asked.pairs(q="", to="")) == {"zone": "INT", "hall": "H1", "from": "H1:N"}
    assert len(asked_of({"q": "x" * 999}).wanted.words) == 100
