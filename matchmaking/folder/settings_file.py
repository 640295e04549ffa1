"""Reading `edition.toml`, with every fault named by its line and setting."""

import re
import tomllib
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from expo.languages import LANGUAGES, tidy
from expo.words import say as _t
from matchmaking.folder import cells, day_hours
from matchmaking.folder.cells import Kind
from matchmaking.folder.clock_cells import PAIRS, breaks, clock_text, pairs, read_clock
from matchmaking.folder.columns import ORDER_OF_LANGUAGES
from matchmaking.folder.problems import Problems
from matchmaking.folder.settings import FILE, MAPS, PRICES, Settings, is_code
from matchmaking.folder.taker import Lines, Taker
from matchmaking.folder.values import BadCell, read_decimal

LONGEST_INTEGER_BITS = 64
LONGEST_KEY = 80
LARGEST = 1 << 20
NEVER = date.max
LONGEST = timedelta(days=366)
USUAL = (("setup_min", cells.SETUP, 5), ("travel_min", cells.SPARE, 10))
"""Minutes between two talks in a room, and between two buildings: setting, kind, what it is else."""
ENDLESS_NUMBER = re.compile(r"[\d_]{4000,}|[eE][+-]?[\d_]{9,}")


def _cell(kind: Kind) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, date | time):
            value = value.isoformat()
        wrong = isinstance(value, bool) or not isinstance(value, str | int | Decimal)
        if wrong or not (text := _text(value).strip()):
            raise BadCell(_t("The value is of the wrong kind; here belongs: %(kind)s.", kind=kind.help))
        return kind.read(text)

    return read


def _text(value: str | int | Decimal) -> str:
    """A value as text. Python refuses to write the longest numbers, which nothing here can be."""
    if isinstance(value, int) and value.bit_length() > LONGEST_INTEGER_BITS:
        raise BadCell(_t("The number is too large."))
    return str(value)


def _code(value: Any) -> str:
    if not isinstance(value, str) or not is_code(value):
        raise BadCell(_t("A code is made of small letters, digits and single hyphens, like qingdao-2023."))
    return value


def _zone(value: Any) -> str:
    if not isinstance(value, str) or value not in available_timezones():
        raise BadCell(_t("This time zone is not known; write it like Asia/Shanghai."))
    return value


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadCell(_t("Write true or false."))
    return value


def _list(read: Callable[[Any], Any]) -> Callable[[Any], list]:
    def read_all(value: Any) -> list:
        if not isinstance(value, list):
            raise BadCell(_t('This is a list, written like ["en", "zh"].'))
        return [read(item) for item in value]

    return read_all


def _house_language(value: Any) -> str:
    if not isinstance(value, str) or value not in LANGUAGES:
        raise BadCell(_t("Pages are made in: %(languages)s.", languages=", ".join(ORDER_OF_LANGUAGES)))
    return value


def _amount(value: Any) -> str:
    """A decimal as text; written as text or as a number."""
    return str(_cell(cells.PRICE)(value))


def _rate(value: Any) -> Decimal:
    text = _text(value) if isinstance(value, str | int | Decimal) else ""
    rate = read_decimal(text, 10, Decimal(0), Decimal(10) ** 9)
    if not rate:
        raise BadCell(_t("A rate is more than zero."))
    return rate


def _plain_value(value: Any) -> Any:
    """A value of the points rule: text, yes/no or a number (decimals become text: none is rounded)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and _text(value):
        return value
    if isinstance(value, str):
        return cells.TEXT.read(value)
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise BadCell(_t("The value is of the wrong kind; here belongs: %(kind)s.", kind=cells.TEXT.help))


def read(data: bytes, problems: Problems) -> Settings | None:
    """Settings from the bytes of edition.toml; None if it is no TOML at all. Faults go to `problems`."""
    if len(data) > LARGEST:
        problems.add(
            FILE, 0, "", "", _t("The file has more than %(mb)s MB; settings are a page or two.", mb=1)
        )
        return None
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        problems.add(FILE, row, "", "", _t("The file is not in UTF-8. Save it again as UTF-8."))
        return None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        row = int(found[1]) if found else 0
        problems.add(FILE, row, "", "", _t("This is not TOML: %(error)s.", error=str(error)))
        return None
    except (ValueError, ArithmeticError):  # TOML sets numbers no limit, Python does
        found = ENDLESS_NUMBER.search(text)
        row = text.count("\n", 0, found.start()) + 1 if found else 0
        problems.add(FILE, row, "", "", _t("The number is too large."))
        return None
    top = Taker(values, "", Lines(text), problems)
    settings = _read_top(top)
    _read_days(top, settings)
    programme = top.table("programme")
    settings.programme = {
        key: programme.take(key, _cell(kind), usual) for key, kind, usual in USUAL if programme.values
    }
    programme.finish()
    _read_meetings(top.table("meetings"), settings)
    prices = top.table("prices")
    settings.prices = {key: prices.take(key, _amount, "0") for key in PRICES if key in prices.values}
    prices.finish()
    rule = top.table("points_rule")
    settings.points_rule = {key: rule.take(key, _plain_value, 0) for key in _keys(rule)}
    rule.finish()
    _read_rates(top, settings)
    top.finish()
    return settings


def _keys(table: Taker) -> list[str]:
    """The keys of a table that may have any; one that no text can hold stays behind and is told of."""
    return [key for key in table.values if key.isprintable() and len(key) <= LONGEST_KEY]


def _read_top(top: Taker) -> Settings:
    found = Settings(
        code=top.take("code", _code, "", required=True),
        country=top.take("country", _cell(cells.COUNTRY), "", required=True),
        timezone=top.take("timezone", _zone, "UTC", required=True),
        currency=top.take("currency", _cell(cells.CURRENCY), "CNY", required=True),
        languages=top.take("languages", _list(_house_language), list(ORDER_OF_LANGUAGES)),
        starts_on=top.take("starts_on", _cell(cells.DATE), date.min, required=True),
        ends_on=top.take("ends_on", _cell(cells.DATE), NEVER, required=True),
        gross_m2=top.take("gross_m2", _cell(cells.INTEGER), 0),
        seed=top.take("seed", _cell(cells.INTEGER), 0),
        seed_note=top.take("seed_note", _cell(cells.TEXT), ""),
        applications_open=top.take("applications_open", _cell(cells.LOCAL), None),
        applications_close=top.take("applications_close", _cell(cells.LOCAL), None),
        is_public=top.take("is_public", _yes, False),
    )
    for name in MAPS:
        table = top.table(name)
        read_text = _cell(cells.LONG if name == "description" else cells.TEXT)
        setattr(found, name, tidy({code: table.take(code, read_text, "") for code in LANGUAGES}))
        table.finish()
    opens, closes = found.applications_open, found.applications_close
    if opens and closes and opens >= closes:
        top.fault("applications_close", closes, _t("Applications open before they close."))
    if not found.name:
        top.fault("name", "", _t("The name is missing in every language."))
    if found.ends_on < found.starts_on:
        top.fault("ends_on", found.ends_on, _t("The edition ends before it begins."))
    elif found.starts_on > date.min and found.ends_on < NEVER and found.ends_on - found.starts_on > LONGEST:
        top.fault("ends_on", found.ends_on, _t("The edition lasts longer than a year."))
    return found


def _read_days(top: Taker, settings: Settings) -> None:
    seen: set[date] = set()
    for day in top.tables("days"):
        found = {
            "date": day.take("date", _cell(cells.DATE), None, required=True),
            "programme_from": day.take("programme_from", read_clock, None),
            "programme_until": day.take("programme_until", read_clock, None),
            "breaks": day.take("breaks", pairs, []),
        }
        day.finish()
        start, end = found["programme_from"], found["programme_until"]
        if (start is None) != (end is None):
            day.fault(
                "programme_from", "", _t("A day has both beginning and end of its programme, or neither.")
            )
        elif reason := day_hours.wrong(found, settings.days):
            day.fault("programme_until", end, reason)
        if not day_hours.in_order(found):
            day.fault("breaks", found["breaks"], PAIRS)
        if found["date"] is None:
            continue
        if found["date"] in seen:
            day.fault("date", found["date"], _t("This day is there twice."))
        elif not settings.starts_on <= found["date"] <= settings.ends_on:
            day.fault("date", found["date"], _t("This day is not within the edition."))
        seen.add(found["date"])
        settings.days.append(found)


def _days(value: Any) -> list[date]:
    days = _list(_cell(cells.DATE))(value)
    if len(set(days)) < len(days):
        raise BadCell(_t("This day is there twice."))
    return days


def _read_meetings(table: Taker, settings: Settings) -> None:
    if not table.values:
        return
    found = {
        "days": [day.isoformat() for day in table.take("days", _days, [], required=True)],
        "start": table.take("start", clock_text, "09:00", required=True),
        "end": table.take("end", clock_text, "17:00", required=True),
        "slot_minutes": table.take("slot_minutes", _cell(cells.MINUTES), 20),
        "breaks": table.take("breaks", breaks, []),
        "tables": table.take("tables", _cell(cells.POSITIVE), 1, required=True),
        "morning_until": table.take("morning_until", clock_text, "12:30"),
    }
    table.finish()
    if found["start"] >= found["end"]:
        table.fault("end", found["end"], _t("The meetings end before they begin."))
    for day in found["days"]:
        if not settings.starts_on.isoformat() <= day <= settings.ends_on.isoformat():
            table.fault("days", day, _t("This day is not within the edition."))
    settings.meetings = found


def _read_rates(top: Taker, settings: Settings) -> None:
    seen: set[tuple] = set()
    for table in top.tables("rates"):
        rate = {
            "currency": table.take("currency", _cell(cells.CURRENCY), None, required=True),
            "on_date": table.take("on_date", _cell(cells.DATE), None, required=True),
            "rate": table.take("rate", _rate, None, required=True),
            "source": table.take("source", _cell(cells.TEXT), "", required=True),
        }
        table.finish()
        _once(table, seen, (rate["currency"], rate["on_date"]), "currency")
        settings.rates.append(rate)
    seen = set()
    for table in top.tables("country_groups"):
        member = {
            "code": table.take("code", _cell(cells.CODE), None, required=True),
            "country": table.take("country", _cell(cells.COUNTRY), None, required=True),
            "since": table.take("since", _cell(cells.DATE), None, required=True),
            "until": table.take("until", _cell(cells.DATE), None),
        }
        table.finish()
        if member["since"] and member["until"] and member["until"] < member["since"]:
            table.fault("until", member["until"], _t("The membership ends before it begins."))
        _once(table, seen, (member["code"], member["country"], member["since"]), "country")
        settings.country_groups.append(member)


def _once(table: Taker, seen: set[tuple], key: tuple, column: str) -> None:
    if key in seen and None not in key:
        table.fault(column, key[0], _t("This entry is there twice."))
    seen.add(key)
