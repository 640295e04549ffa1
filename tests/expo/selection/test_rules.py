"""What may be picked, and which free stands make a place: pure."""

from hypothesis import given
from hypothesis import strategies as st

from expo.selection.fitting import places_of_size
from expo.selection.rules import Asked, Limits, Place, Rivals, for_changing, judge, span_cm2

M2 = 10_000


def at(column: int, row: int = 0, **given) -> Place:
    values = {"code": f"{'AB'[row]}-{column}", "hall": "H1", "zone": "Z", "power_kw": 3} | given
    return Place(x=column * 300, y=row * 300, width=300, depth=300, **values)


def said(pick, asked=None, rivals=None, **limits) -> list[str]:
    verdict = judge(pick, asked or Asked(9 * M2, 9 * M2), Limits(**limits), rivals or Rivals())
    return [*map(str, verdict.never), *map(str, verdict.not_yet)]


def test_what_suits_is_all_right():
    assert said([at(0)]) == []


def test_the_area_asked_for_rounded_up_to_whole_stands_always_goes():
    assert span_cm2(Asked(20 * M2, 20 * M2), Limits()) == (18 * M2, 27 * M2)
    assert span_cm2(Asked(20 * M2, 12 * M2), Limits(tolerance_percent=0)) == (12 * M2, 27 * M2)


def test_every_need_is_told_in_words():
    needy = Asked(9 * M2, 9 * M2, power_kw=9, water=True, height_cm=400, load_kg_m2=900)
    low = at(0, water=False, height_cm=300, load_kg_m2=500)
    assert said([low], needy) == [
        "There are 3 kW, and you need 9 kW.",
        "None of these stands has water, which you need.",
        "Under the ceiling at A-0 your stand would be too high.",
        "The floor at A-0 does not bear what you need.",
    ]
    assert said([low], needy, keep_needs=False) == []


def test_zones_kinds_and_numbers():
    assert said([at(0, zone="Y")], Asked(9 * M2, 9 * M2, zones=("Z",))) == [
        "Zone Y is not among those you applied for."
    ]
    assert said([at(0, raw=True)]) == ["A-0 is raw space, and you asked for a shell stand."]
    assert said([at(0), at(1)], Asked(18 * M2, 18 * M2), most_stands=1) == ["At most 1 stands can be picked."]
    assert said([]) == ["Nothing is picked yet."]


def test_who_changes_place_is_not_refused_for_what_is_so_already():
    asked = Asked(36 * M2, 36 * M2, zones=("Z",), power_kw=8)
    small, wide = [at(0, zone="Y")], [at(0), at(1)]
    assert said([at(5, zone="Y")], for_changing(asked, small, [at(5, zone="Y")])) == []
    assert said(wide, for_changing(asked, small, wide)) == []
    assert said(small, for_changing(asked, wide, small), tolerance_percent=25) == [
        "Zone Y is not among those you applied for.",
        "That is 9 m²; at least 27 m² are needed. Pick more, or a larger place.",
        "There are 3 kW, and you need 6 kW.",
    ]
    assert for_changing(Asked(9 * M2, 9 * M2), small, wide).zones == ()


def test_halls_do_not_touch():
    assert said([at(0), at(1, hall="H2")], Asked(18 * M2, 18 * M2)) == [
        "The stands do not all touch: pick neighbours in one hall."
    ]


def test_only_who_was_named_by_oneself_is_named():
    rivals = Rivals(named=[("Honey House", at(2))], others=[at(3)])
    assert said([at(0)], rivals=rivals, rival_m=4) == [
        "It is too near to Honey House, from whom you keep away."
    ]
    assert said([at(1)], rivals=rivals, rival_m=4)[1:] == ["A-1 is not open to you; choose another stand."]


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 1)), max_size=16),
    st.integers(1, 40),
    st.integers(0, 20),
)
def test_groups_touch_fit_and_are_free(cells, least, more):
    free = [at(column, row) for column, row in sorted(cells)]
    for group in places_of_size(free, least * M2, (least + more) * M2):
        area = sum(place.area_cm2 for place in group)
        assert least * M2 <= area <= (least + more) * M2
        assert set(group) <= set(free)
        asked = Asked(area, area)
        assert said(list(group), asked, keep_needs=False) == []


def test_a_row_is_found_before_a_crooked_shape():
    free = [at(0), at(1), at(2), at(1, 1)]
    first = next(iter(places_of_size(free, 27 * M2, 27 * M2)))
    assert [place.code for place in first] == ["A-0", "A-1", "A-2"]
