"""Language maps from short lines."""

import pytest

from matchmaking.demo.texts import columns, filled, texts
from matchmaking.demo.vocabulary.goods import GOODS


def test_a_line_of_four_texts_is_a_language_map():
    assert texts("Honey|蜂蜜|Мёд|شہد") == {"en": "Honey", "zh": "蜂蜜", "ru": "Мёд", "ur": "شہد"}


@pytest.mark.parametrize("line", ["Honey|蜂蜜|Мёд", "Honey||Мёд|شہد", ""])
def test_a_line_without_four_texts_is_refused(line):
    with pytest.raises(ValueError, match="not four texts"):
        texts(line)


def test_patterns_are_filled_in_the_same_language():
    assert filled({"en": "{what}!", "ru": "{what}?"}, what={"en": "Honey", "ru": "Мёд"}) == {
        "en": "Honey!",
        "ru": "Мёд?",
    }


def test_a_map_becomes_four_columns_and_a_missing_language_stays_empty():
    assert columns("name", {"en": "Li Lei", "zh": "李磊"}) == {
        "name_en": "Li Lei",
        "name_zh": "李磊",
        "name_ru": "",
        "name_ur": "",
    }


def test_there_are_three_hundred_different_goods():
    assert len({good.hs for goods in GOODS.values() for good in goods}) == 300
