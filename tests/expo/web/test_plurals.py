"""Sentences of the services take the form that their number needs, in every language, also when kept."""

import json

from expo.jobs.handlers import as_json, from_json
from expo.web.language import words
from expo.words import figure, say, say_many

STANDS = ("%(count)s stand is free.", "%(count)s stands are free.", "count")


def russian(one, _many, number):
    form = 0 if number % 10 == 1 and number % 100 != 11 else 1 if number % 10 in (2, 3, 4) else 2
    return ("свободен %(count)s стенд", "свободно %(count)s стенда", "свободно %(count)s стендов")[form]


def test_english_has_two_forms():
    assert [str(say_many(*STANDS, count=n)) for n in (1, 0, 21)] == [
        "1 stand is free.", "0 stands are free.", "21 stands are free."
    ]  # fmt: skip
    assert str(say_many(*STANDS, count="–")) == "– stands are free."


def test_other_languages_have_as_many_as_they_need():
    told = [say_many(*STANDS, count=n).in_words(str, lambda value: value, russian) for n in (21, 3, 11)]
    assert told == ["свободен 21 стенд", "свободно 3 стенда", "свободно 11 стендов"]
    nested = say("Note: %(what)s", what=say_many(*STANDS, count=1))
    assert nested.in_words(str, str, russian) == "Note: свободен 1 стенд"


def test_what_is_kept_comes_back_as_it_was(app):
    one = say_many(*STANDS, count=1)
    assert from_json(json.loads(json.dumps(as_json(one)))) == one
    assert (as_json(say("Yes.")), from_json({})) == ({"message": "Yes.", "values": {}}, None)
    with app.test_request_context("/"):
        assert (words(one), words(say_many(*STANDS, count=2))) == ("1 stand is free.", "2 stands are free.")


def test_measures_are_written_as_the_reader_writes_them(app):
    wide = say("%(area)s m²", area=figure(1234.50001))
    assert (str(wide), str(say("%(area)s m²", area=figure(36.0)))) == ("1234.5 m²", "36 m²")
    with app.test_request_context("/?lang=ru"):
        assert words(wide) == "1\u00a0234,5 м²"
