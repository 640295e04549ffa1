"""Which language a page speaks, and how values are written in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from babel import Locale, dates, numbers
from flask import Flask, Response, g, has_request_context, request
from flask import session as cookie
from flask_babel import Babel, force_locale, get_domain, get_locale, gettext
from jinja2 import pass_context
from markupsafe import Markup, escape

from expo import money
from expo.languages import (
    BABEL_LOCALES,
    COMMAS,
    LANGUAGES,
    SEMICOLONS,
    LanguageMap,
    direction,
    isolated,
    language_of,
    listed,
    pick,
)
from expo.words import Sentence

COOKIE = "language"
_LOCALES = {code: Locale.parse(name) for code, name in BABEL_LOCALES.items()}


def init(app: Flask) -> None:
    """`?lang=ru` chooses and is remembered; then the cookie, the account, the browser; then English."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "expo/translations"
    Babel(app, default_locale="en", locale_selector=_choose)
    app.after_request(_remember)
    app.jinja_env.filters.update(
        lm=as_markup, words=words, money=as_money, number=as_number, date=as_date, time=as_time,
        datetime=as_datetime, area=as_area, country=country_name, percent=as_percent, names=as_names,
        period=as_period, clauses=as_clauses, weekday=as_weekday,
    )  # fmt: skip
    counted = app.jinja_env.globals["ngettext"]
    app.jinja_env.globals["ngettext"] = pass_context(
        lambda context, one, many, number, **values: counted(
            context, one, many, number, **{"num": as_number(number)} | values
        )
    )
    app.context_processor(
        lambda: {
            "locale": language(),
            "direction": direction(language()),
            "languages": list(LANGUAGES.items()),
            "lang_url": lang_url,
        }
    )


def _choose() -> str:
    if not has_request_context():
        return "en"
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE), cookie.get("language")):
        if asked in LANGUAGES:
            return asked
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and request.cookies.get(COOKIE) != asked:
        remember(response, asked)
    if not response.direct_passthrough:  # a file is the same for everybody
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def remember(response: Response, code: str) -> Response:
    """Keep a chosen language in the browser for a year."""
    response.set_cookie(
        COOKIE, code, max_age=31_536_000, samesite="Lax", httponly=True, secure=request.is_secure
    )
    return response


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while, say in a letter; needs an application, not a request."""
    with force_locale(code):
        yield


@contextmanager
def at_venue(edition: Any) -> Iterator[None]:
    """Write times as they are at an edition's venue for a while, say in a letter; needs an application."""
    before = g.get("edition")
    g.edition = edition
    try:
        yield
    finally:
        g.edition = before


def language() -> str:
    """The language of this request: 'en', 'zh', 'ru' or 'ur'."""
    here = get_locale()
    return here.language if here else "en"


def lang_url(code: str) -> str:
    """This very page in another language."""
    query = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{request.path}?{urlencode([*query, ('lang', code)])}"


def words(sentence: Sentence | str) -> str:
    """A sentence of the services in the language of this request."""
    if not isinstance(sentence, Sentence):
        return str(sentence)
    return sentence.in_words(gettext, _written, get_domain().get_translations().ungettext)


def _written(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return listed([_one(name) for name in value], language())
    if isinstance(value, datetime):
        return as_datetime(value)
    if isinstance(value, date):
        return as_date(value)
    if isinstance(value, float):
        return as_number(value)
    if isinstance(value, dict):  # a language map
        value = pick(value, language())
    return isolated(value, language()) if isinstance(value, str) and value else value


def _one(name: Any) -> Any:
    """A name of a list: a text, a language map or a day."""
    if isinstance(name, dict):
        return pick(name, language())
    return as_weekday(name) if isinstance(name, date) else name


def as_clauses(sentences: Iterable[Sentence | str]) -> str:
    """Clauses in a row, parted as the language parts them."""
    return SEMICOLONS.get(language(), "; ").join(map(words, sentences))


def as_names(names: Iterable[LanguageMap | str]) -> Markup:
    """Names (texts or language maps) in a row, with the language's comma, each in its own direction."""
    texts = (name if isinstance(name, str) else as_markup(name) for name in names)
    comma = escape(COMMAS.get(language(), ", "))
    row = comma.join(Markup("<bdi>{}</bdi>").format(text) for text in texts)
    return Markup("<span>{}</span>").format(row) if row else row  # one thing, also where cells are grids


def in_language(sentence: Sentence | str, code: str) -> str:
    """A sentence in another language than the request's, say for a letter; without a request as well."""
    with speaking(code):
        return words(sentence)


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """A sentence about `number` things; %(num)s is the number as the language writes it."""
    said = get_domain().get_translations().ungettext(one, many, number)
    return said % ({"num": as_number(number)} | values)


def as_markup(texts: dict[str, str] | None) -> Markup | str:
    """A language map as text; marked with its language where that is not the page's."""
    here = language()
    chosen, text = language_of(texts, here), pick(texts, here)
    if chosen in ("", here):
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(chosen, direction(chosen), text)


def reader_locale() -> Locale:
    """How the reader's language writes and names things."""
    return _LOCALES[language()]


def as_money(minor: int | None, currency: str) -> str:
    """Minor units with their currency; a dash for nothing."""
    return "–" if minor is None else money.in_words(minor, currency, language())


def as_number(value: float | Decimal | None, digits: int | None = None) -> str:
    """A number with the locale's separators; `digits` fixes the decimals."""
    if value is None:
        return "–"
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=reader_locale())


def as_percent(share: float | None, digits: int = 1) -> str:
    """0.123 → '12.3 %' as the locale writes it."""
    if share is None:
        return "–"
    return numbers.format_percent(
        share, format="#,##0." + "0" * digits + "%" if digits else None, locale=reader_locale()
    )


def as_area(cm2: int | None) -> str:
    """cm² as m²."""
    if cm2 is None:
        return "–"
    return isolated(gettext("%(area)s m²", area=as_number(Decimal(cm2) / 10_000)), language())


def _local(instant: datetime) -> datetime:
    edition = g.get("edition")
    return instant.astimezone(edition.zone_info) if edition else instant


IN_ORDER = {
    "zh": {"EEE d MMM": "M月d日EEE", "EEEE d MMMM": "M月d日EEEE", "d MMM": "M月d日", "d MMMM": "M月d日"}
}
"""Days without a year where the language does not put the day first."""


def as_date(value: date | datetime | None, form: str = "medium") -> str:
    """A day, in the edition's time zone; `form` is a name or a pattern with the day first."""
    if value is None:
        return "–"
    form = IN_ORDER.get(language(), {}).get(form, form)
    return dates.format_date(
        _local(value).date() if isinstance(value, datetime) else value, form, reader_locale()
    )


def as_weekday(value: date | datetime) -> str:
    """Weekday, day and month without the year, as the locale orders them."""
    day = _local(value).date() if isinstance(value, datetime) else value
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return dates.format_skeleton("MMMMEEEEd", noon, locale=reader_locale())


def as_period(first: date, last: date) -> str:
    """Days from first to last as the locale writes them: '15–18 Jun 2023'."""
    return dates.format_interval(first, last, "yMMMd", locale=reader_locale())


def as_time(value: datetime | time | None) -> str:
    """A time of day, in the edition's time zone."""
    if value is None:
        return "–"
    value = _local(value) if isinstance(value, datetime) else value
    return dates.format_time(value.replace(tzinfo=None), "HH:mm", locale=reader_locale())


def as_datetime(value: datetime | None) -> str:
    """Day and time, in the edition's time zone."""
    return "–" if value is None else f"{as_date(value)} {as_time(value)}"


def language_name(code: str, language: str) -> str:
    """'ru' → 'Russian' in a language of the house."""
    return _LOCALES[language].languages.get(code, code)


def country_name(code: str) -> str:
    """'KZ' → 'Kazakhstan' in the reader's language."""
    return reader_locale().territories.get(code, code)
