"""Sentences that are kept as JSON and read again later."""

import json
from datetime import date
from decimal import Decimal

from expo.words import kept, say, say_many


def test_a_sentence_within_a_sentence_comes_back_from_json():
    inner = say_many("%(count)s row", "%(count)s rows", "count", count=2)
    outer = say("The file cannot be read: %(reason)s", reason=inner)
    restored = kept(json.loads(json.dumps(outer.plain())))
    assert (restored, str(restored)) == (outer, "The file cannot be read: 2 rows")


def test_what_json_does_not_know_is_kept_as_text_and_names_stay_names():
    sentence = say("%(name)s, %(day)s, %(sum)s", name={"en": "Expo", "zh": "博览会"}, day=date(2027, 6, 15),
                   sum=Decimal("1.50"))  # fmt: skip
    plain = json.loads(json.dumps(sentence.plain()))
    assert plain["values"] == {"name": {"en": "Expo", "zh": "博览会"}, "day": "2027-06-15", "sum": "1.50"}
    assert str(kept(plain)) == "Expo, 2027-06-15, 1.50"
