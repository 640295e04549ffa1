"""Four languages on every page, chosen in a known order, kept where one is."""

from datetime import UTC, date, datetime, time

import pytest
from flask import g, render_template_string
from flask_babel import gettext

from expo.web.language import (
    as_date,
    as_money,
    as_number,
    as_time,
    country_name,
    language,
    ngettext,
    speaking,
    words,
)
from expo.words import say
from tests.make import an_edition
from tests.signing import sign_in


def html_of(page) -> str:
    return page.text.split("<html ")[1].split(">")[0]


@pytest.mark.parametrize(("code", "direction"), [("zh", "ltr"), ("ru", "ltr"), ("en", "ltr"), ("ur", "rtl")])
def test_asking_for_a_language_is_remembered(client, code, direction):
    assert html_of(client.get(f"/sign-in?lang={code}")) == f'lang="{code}" dir="{direction}"'
    assert html_of(client.get("/reset")) == f'lang="{code}" dir="{direction}"'


def test_a_language_we_do_not_speak_changes_nothing(client):
    page = client.get("/sign-in?lang=xx")
    assert html_of(page).startswith('lang="en"')
    assert client.get_cookie("language") is None


def test_the_browsers_wish_counts_where_nothing_was_asked(client):
    page = client.get("/sign-in", headers={"Accept-Language": "fr, ru;q=0.8"})
    assert html_of(page).startswith('lang="ru"')


def test_the_switch_keeps_page_and_query(client):
    page = client.get("/sign-in?next=/account&lang=ru").text
    assert 'href="/sign-in?next=%2Faccount&amp;lang=ur"' in page


def test_the_account_speaks_where_the_browser_remembers_nothing(client, session):
    sign_in(client, session)
    with client.session_transaction() as cookie:
        cookie["language"] = "zh"
    assert html_of(client.get("/account")).startswith('lang="zh"')


def test_answers_say_what_they_depend_on(client):
    assert {"Cookie", "Accept-Language"} <= set(
        client.get("/sign-in").headers["Vary"].replace(" ", "").split(",")
    )


def test_one_speaks_another_language_without_a_request(app):
    with app.app_context():
        assert language() == "en"
        with speaking("ru"):
            assert (language(), country_name("KZ")) == ("ru", "Казахстан")
            with speaking("zh"):
                assert (language(), country_name("KZ")) == ("zh", "哈萨克斯坦")
            assert language() == "ru"
        assert (language(), country_name("KZ")) == ("en", "Kazakhstan")


def test_speaking_leaves_the_language_of_the_page_alone(app):
    with app.test_request_context("/?lang=zh"):
        with speaking("ur"):
            gettext("Sign in")
            assert language() == "ur"
        assert language() == "zh"


def test_values_are_written_as_readers_write_them(app):
    with app.app_context():
        with speaking("ru"):
            assert as_money(123456, "CNY").replace("\xa0", " ") == "1 234,56 CN¥"
            assert as_number(1234.5).replace("\xa0", " ") == "1 234,5"
        with speaking("zh"):
            assert as_date(date(2023, 6, 15)) == "2023年6月15日"
            assert as_date(date(2023, 6, 15), "EEE d MMM") == "6月15日周四"
        assert (as_number(None), as_money(None, "CNY"), as_date(None)) == ("–", "–", "–")
        assert as_time(time(9, 5)) == "09:05"


def test_instants_are_told_in_the_editions_own_zone(app, session):

    with app.app_context():
        g.edition = an_edition(session)
        assert as_time(datetime(2023, 6, 15, 1, 30, tzinfo=UTC)) == "09:30"


def test_a_worker_draws_pages_without_a_request(app, session):
    with app.app_context():
        g.edition = an_edition(session, name={"en": "Expo", "zh": "博览会"})
        with speaking("zh"):
            drawn = render_template_string(
                "{{ locale }} {{ direction }} {{ edition.name|lm }} {{ current_user or '' }}"
            )
    assert drawn == "zh ltr 博览会 "


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("en", "<span><bdi>Ann &amp; Co</bdi>, <bdi>Li</bdi></span>"),
        ("zh", '<span><bdi><span lang="en" dir="ltr">Ann &amp; Co</span></bdi>、<bdi>Li</bdi></span>'),
        ("ur", '<span><bdi><span lang="en" dir="ltr">Ann &amp; Co</span></bdi>، <bdi>Li</bdi></span>'),
    ],
)
def test_names_in_a_row_keep_their_own_direction_and_take_the_languages_comma(app, code, row):
    with app.app_context(), speaking(code):
        assert render_template_string("{{ [{'en': 'Ann & Co'}, 'Li']|names }}") == row


def test_names_within_a_sentence_do_not_tangle_from_right_to_left(app):
    sentence = say("%(stands)s are free, %(count)s in all", stands=["A-07", "B-1"], count=2)
    assert str(sentence) == "A-07, B-1 are free, 2 in all"
    with app.app_context(), speaking("ur"):
        assert words(sentence) == "\u2068A-07\u2069، \u2068B-1\u2069 are free, 2 in all"


def test_instants_within_a_sentence_are_written_as_the_language_writes_them(app):
    sentence = say("Your turn begins %(at)s.", at=datetime(2026, 11, 30, 9, tzinfo=UTC))
    with app.app_context(), speaking("en"):
        assert words(sentence) == "Your turn begins 30 Nov 2026 09:00."


def test_large_numbers_of_things_are_written_as_the_language_writes_them(app):
    with app.app_context(), speaking("en"):
        page = render_template_string("{{ ngettext('%(num)s talk', '%(num)s talks', 3000) }}")
        assert (page, ngettext("%(num)s <b>", "%(num)s <b>s", 3000)) == ("3,000 talks", "3,000 <b>s")
        assert render_template_string("{{ ngettext('%(num)s %(who)s', '', 1, who='<b>') }}") == (
            "1 &lt;b&gt;"
        )
