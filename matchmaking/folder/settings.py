"""The settings of an edition, and `edition.toml` as it is written: in one canonical form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from expo.spreadsheets import plain_number
from matchmaking.folder.columns import ORDER_OF_LANGUAGES
from matchmaking.folder.values import write_datetime

FILE = "edition.toml"
MAPS = ("name", "theme", "description", "city", "venue_name")
PRICES = ("shell_m2", "raw_m2", "corner_percent", "island_percent", "power_kw", "tax_percent")
PROGRAMME = ("setup_min", "travel_min")
MEETINGS = ("days", "start", "end", "slot_minutes", "breaks", "tables", "morning_until")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_code(text: str) -> bool:
    """Whether an edition may have this code."""
    return bool(_CODE.fullmatch(text)) and len(text) <= 40


@dataclass
class Settings:
    """The edition's own settings. Clock times are local "09:30"; `prices` keeps decimals as text."""

    code: str = ""
    country: str = ""
    timezone: str = "UTC"
    currency: str = "CNY"
    languages: list[str] = field(default_factory=list)
    starts_on: date = date(2000, 1, 1)
    ends_on: date = date(2000, 1, 1)
    gross_m2: int = 0
    seed: int = 0
    seed_note: str = ""
    applications_open: datetime | None = None
    applications_close: datetime | None = None
    is_public: bool = False
    name: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    city: dict[str, str] = field(default_factory=dict)
    venue_name: dict[str, str] = field(default_factory=dict)
    days: list[dict[str, Any]] = field(default_factory=list)
    programme: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, Any] = field(default_factory=dict)
    prices: dict[str, str] = field(default_factory=dict)
    points_rule: dict[str, Any] = field(default_factory=dict)
    rates: list[dict[str, Any]] = field(default_factory=list)
    country_groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def zone_info(self) -> ZoneInfo:
        """The time zone of the venue."""
        return ZoneInfo(self.timezone)


def write(settings: Settings) -> str:
    """The settings as TOML in canonical order; `read` gives them back equal."""
    out = [
        f"code = {_toml(settings.code)}",
        *(
            f"{key} = {_toml(getattr(settings, key))}"
            for key in ("country", "timezone", "currency", "languages")
        ),
        *(
            f"{key} = {_toml(getattr(settings, key))}"
            for key in ("starts_on", "ends_on", "gross_m2", "seed", "is_public")
        ),
    ]
    if settings.seed_note:
        out.append(f"seed_note = {_toml(settings.seed_note)}")
    for key in ("applications_open", "applications_close"):
        if at := getattr(settings, key):
            out.append(f"{key} = {_toml(write_datetime(at))}")
    for name in MAPS:
        texts = getattr(settings, name)
        _section(out, f"[{name}]", {code: texts[code] for code in ORDER_OF_LANGUAGES if code in texts})
    for day in settings.days:
        _section(out, "[[days]]", day)
    for name, order in (
        ("programme", PROGRAMME),
        ("meetings", MEETINGS),
        ("prices", PRICES),
        ("points_rule", ()),
    ):
        values = getattr(settings, name)
        _section(out, f"[{name}]", {key: values[key] for key in (*order, *sorted(values)) if key in values})
    for name in ("rates", "country_groups"):
        for item in getattr(settings, name):
            _section(out, f"[[{name}]]", item)
    return "\n".join(out) + "\n"


def _section(out: list[str], head: str, values: Mapping[str, Any]) -> None:
    given = {key: value for key, value in values.items() if value is not None}
    if given:
        out += ["", head, *(f"{_key(key)} = {_toml(value)}" for key, value in given.items())]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return f'"{plain_number(value)}"'
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", text) + '"'
