"""The macros write sound pages: ids once, references that lead somewhere, values kept, right addresses."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    validators,
    widgets,
)

ROOT = Path(__file__).resolve().parents[1]


class Place(Form):
    city = StringField("City", [validators.DataRequired()])


class Application(Form):
    company = StringField("Company", [validators.DataRequired()], description="As on the licence.")
    area = IntegerField("Area", [validators.NumberRange(min=9)])
    build = RadioField(
        "Build",
        [validators.InputRequired()],
        choices=[SelectChoice("shell", "Shell"), SelectChoice("raw", "Raw space")],
    )
    zones = SelectMultipleField(
        "Zones",
        choices=[SelectChoice("a", "A")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(),
    )
    rules = BooleanField("I agree", [validators.DataRequired()])
    places = FieldList(FormField(Place, label="Place"), min_entries=2, label="Places")


def environment(address: str = "/stands") -> Environment:
    """Jinja as the pages see it, with nothing translated."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: text, lambda one, many, n: one if n == 1 else many, newstyle=True
    )
    env.filters |= {
        "number": lambda value: f"{value:,}",
        "money": lambda minor, currency: f"{currency} {minor / 100:,.2f}",
        "lm": lambda texts: texts["en"],
        "datetime": str,
    }
    env.globals |= {
        "request": Request(EnvironBuilder(address).get_environ()),
        "csrf_token": lambda: "token",
        "get_flashed_messages": lambda with_categories: [("error", "Stand B-12 was taken.")],
        "g": SimpleNamespace(request_id="r-1"),
    }
    return env


def drawn(source: str, address: str = "/stands", **context: Any) -> Any:
    """The markup of a piece of template as a tree."""
    return html.fromstring("<div>" + environment(address).from_string(source).render(context) + "</div>")


def frame(**context: Any) -> dict[str, Any]:
    """What the app puts in every page."""
    visitor = SimpleNamespace(is_authenticated=False)
    return {
        "locale": "ur",
        "direction": "rtl",
        "languages": [("en", "English"), ("ur", "اردو")],
        "lang_url": lambda code: f"?lang={code}",
        "asset": lambda name: f"/static/{name}",
        "edition": SimpleNamespace(name={"en": "Expo"}),
        "current_user": visitor,
        "nav": [("Stands", "/stands", True, "s")],
        "search_url": "/search",
        **context,
    }


def dangling(tree: Any) -> set[str]:
    """Ids that labels, descriptions and links within the page name but nobody bears."""
    named = set(tree.xpath("//@for")) | {link[1:] for link in tree.xpath("//@href") if re.match("#.", link)}
    for words in tree.xpath("//@aria-describedby | //@aria-labelledby"):
        named |= set(words.split())
    return named - set(tree.xpath("//@id"))


@pytest.fixture
def refused_form() -> Application:
    form = Application(MultiDict({"company": "", "area": "3", "places-0-city": "Osh", "places-1-city": ""}))
    form.validate()
    form.form_errors.append("Stand A-07 was taken a moment ago.")
    return form


FORM = '{% from "macros/forms.html" import form_page %}{{ form_page(form, "Send", cancel_url="/back") }}'


def test_every_error_is_listed_on_top_with_a_link_to_its_field(refused_form: Application) -> None:
    tree = drawn(FORM, form=refused_form)
    assert [line.text_content() for line in tree.xpath('//section[@role="alert"]//li')] == [
        "Stand A-07 was taken a moment ago.",
        "Company: This field is required.",
        "Area: Number must be at least 9.",
        "Build: This field is required.",
        "I agree: This field is required.",
        "City: This field is required.",
    ]
    assert dangling(tree) == set()


def test_a_field_names_its_hint_and_its_error(refused_form: Application) -> None:
    tree = drawn(FORM, form=refused_form)
    assert tree.xpath('//input[@id="company"]/@aria-describedby') == ["company-hint company-error"]
    assert tree.xpath('//input[@id="company"]/@aria-invalid') == ["true"]


def test_a_form_keeps_what_was_typed(refused_form: Application) -> None:
    tree = drawn(FORM, form=refused_form)
    assert tree.xpath('//input[@id="area" or @id="places-0-city"]/@value') == ["3", "Osh"]


def test_a_form_without_faults_lists_none() -> None:
    assert drawn(FORM, form=Application()).xpath('//*[@role="alert"]') == []


TABLE = """{% from "macros/tables.html" import table %}
{% set columns = [("code", "Stand", "main sort"), ("area", "Area", "num sort"), ("state", "State")] %}
{{ table(rows, columns, "Stands") }}"""


def test_a_sort_link_keeps_the_filters_and_starts_at_page_one() -> None:
    tree = drawn(TABLE, "/stands?zone=a&zone=b&page=4&sort=code", rows=[])
    assert tree.xpath("//th/a/@href") == [
        "/stands?zone=a&zone=b&sort=-code",
        "/stands?zone=a&zone=b&sort=area",
    ]
    assert tree.xpath("//th/@aria-sort") == ["ascending", "none"]


def test_a_cell_carries_its_column_for_the_phone() -> None:
    tree = drawn(TABLE, rows=[{"code": "A-07", "area": 36, "state": "Free"}])
    assert tree.xpath("//tbody//@data-label") == ["Stand", "Area", "State"]
    assert tree.xpath('//tbody/tr/th[@scope="row"]/text()') == ["A-07"]


def test_names_are_never_taken_for_markup() -> None:
    tree = drawn(TABLE, "/stands?zone=<b>", rows=[{"code": "<i>", "area": 1, "state": ""}])
    assert tree.xpath("//tbody//i | //thead//b") == []


def test_the_pager_offers_ends_and_neighbours() -> None:
    source = '{% from "macros/tables.html" import pager %}{{ pager(5, 20) }}'
    words = [item.text_content() for item in drawn(source).xpath("//li")]
    assert words == ["Previous", "1", "…", "3", "4", "5", "6", "7", "…", "20", "Next"]


def test_one_page_needs_no_pager() -> None:
    assert drawn('{% from "macros/tables.html" import pager %}{{ pager(1, 1) }}').xpath("//nav") == []


@pytest.mark.parametrize(
    ("macro", "call"),
    [
        ("bars", 'bars([], "None")'),
        ("columns", 'columns("c", [], "None", "Nothing", "Hour", "Seats")'),
        ("line", 'line("l", [], "None", "Nothing", "Minute", "People")'),
        ("curve", 'curve("v", [], none, "None")'),
        ("curve", 'curve("v", [[0, 5]], 5, "One")'),
        ("parts", 'parts("p", [], "None")'),
    ],
)
def test_a_chart_of_nothing_is_still_a_chart(macro: str, call: str) -> None:
    tree = drawn("{% from 'macros/charts.html' import " + macro + " %}{{ " + call + " }}")
    assert dangling(tree) == set()
    assert len(tree) == 1


def test_the_axis_ends_on_a_round_number() -> None:
    call = 'columns("c", [("9", 412)], "Load", "Seats by hour", "Hour", "Seats")'
    source = '{% from "macros/charts.html" import columns %}{{ ' + call + " }}"
    assert [text.text for text in drawn(source).xpath("//svg/text")] == [
        *("0", "100", "200", "300", "400", "500"),
        "9",
    ]


def test_a_banner_has_a_bay_for_every_zone() -> None:
    zones = [{"hue": n, "letter": chr(64 + n), "name": "", "weight": n} for n in range(1, 12)]
    tree = drawn('{% from "macros/banner.html" import banner %}{{ banner(zones) }}', zones=zones)
    assert tree.xpath("//svg//text/text()") == list("ABCDEFGHIJK")


def test_the_frame_and_every_piece_of_the_look_are_sound() -> None:
    page = environment().get_template("look.html").render(**frame(form=Application()))
    tree = html.document_fromstring(page)
    assert len(tree.xpath("//h1")) == 1
    assert [name for name, times in Counter(tree.xpath("//@id")).items() if times > 1] == []
    assert dangling(tree) == set()


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 415, 418, 429, 500, 502, 503])
def test_every_failure_has_a_title_and_a_way_back(code: int) -> None:
    page = environment().get_template("errors/error.html").render(**frame(code=code, sentence="So it is."))
    tree = html.document_fromstring(page)
    assert [len(tree.xpath(path)) for path in ("//h1", '//main//a[@href="/"]')] == [1, 1]
    assert tree.xpath('//p[@class="lead"]/text()') == ["So it is."]


def test_a_broken_house_still_shows_its_failure_page() -> None:
    page = environment().get_template("errors/error.html").render(code=500)
    assert "Something broke on our side" in page


def test_a_deal_without_money_says_so():
    source = '{% from "macros/figures.html" import amount %}{{ amount(minor, "USD", short) }}'
    said = [
        " ".join(
            html.fromstring(environment().from_string(source).render(minor=minor, short=short)).itertext()
        )
        for minor, short in ((1250, False), (0, False), (0, True))
    ]
    assert said == ["USD 12.50", "– no amount", "–  no amount"]
