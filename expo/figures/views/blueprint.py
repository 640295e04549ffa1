"""Where the figures hang, and what all of their pages are told."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, g, request

from expo.checkin.queries import occupancy
from expo.clock import now
from expo.figures import queries, services
from expo.figures.merging import OTHER, merged
from expo.figures.rules import LEAST_SHOWN
from expo.figures.shown import flow
from expo.languages import pick
from expo.registration.kinds import NAMES
from expo.web import _, db, words
from expo.web.language import as_date, as_time, country_name, language

bp = Blueprint("figures", __name__)
ADDRESS = "/<edition>/console/figures"
AT_ONCE = 500
LATE = time(23, 59)


def asked_day(known: list[date]) -> date:
    """The day of the address; else today, or the last day that has figures."""
    with suppress(ValueError):
        day = date.fromisoformat(request.args.get("day", ""))
        if day in known or g.edition.starts_on <= day <= g.edition.ends_on:
            return day
    today = queries.present(g.edition)
    if today in known or not known:
        inside = g.edition.starts_on <= today <= g.edition.ends_on
        return today if inside or known else g.edition.starts_on
    return known[-1]


def add_up() -> None:
    """Add up what just passed, where no worker has yet; while one is at it, nobody waits for it."""
    services.catch_up(db(), AT_ONCE)
    db().commit()


def facts() -> dict[str, Any]:
    """Everything a page shows of a day."""
    add_up()
    known = queries.days(db(), g.edition)
    day = asked_day(known)
    live = day == queries.present(g.edition)
    at = now().astimezone(g.edition.zone_info) if live else datetime.combine(day, LATE, g.edition.zone_info)
    counts, earlier = queries.arrivals(db(), g.edition, day, day - timedelta(days=1)).values()
    totals = queries.totals(db(), g.edition)
    return {
        "day": day,
        "days": known,
        "at": at,
        "flow": flow(counts, earlier, at, live),
        "totals": totals,
        "visitors": sum(one.firsts for one in totals.values()),
        "visits": sum(one.visits for one in totals.values()),
        "areas": occupancy(db(), g.edition, at),
    }


def country_rows(countries: list[tuple[str, int]], most: int | None = None) -> list[tuple[str, int]]:
    """Countries in words; few people of one are told together with others, as is what `most` leaves out."""
    unknown = sum(count for code, count in countries if not code)
    rows = merged([row for row in countries if row[0]], LEAST_SHOWN)
    named = [(country_name(code), count) for code, count in rows if code != OTHER]
    other = sum(count for code, count in rows if code == OTHER)
    if most is not None and len(named) > most:
        other += sum(count for _name, count in named[most:])
        named = named[:most]
    rest = [(_("Other countries"), other)] if other else []
    return named + rest + ([(_("Not known"), unknown)] if unknown >= LEAST_SHOWN else [])


def kind_rows(kinds: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Kinds of people in words."""
    return [(words(NAMES[kind]) if kind in NAMES else kind, count) for kind, count in kinds]


def as_json() -> dict[str, Any]:
    """The figures of a day for programs and the projector; words in the reader's language."""
    found = facts()
    day_flow, total = found["flow"], found["totals"].get(found["day"])
    parts = queries.breakdown(db(), g.edition, found["day"])
    busiest = day_flow.peak
    return {
        "edition": g.edition.code,
        "day": found["day"].isoformat(),
        "day_name": as_date(found["day"], "full"),
        "at": found["at"].isoformat(timespec="seconds"),
        "time": as_time(found["at"]),
        "live": day_flow.is_live,
        "last_minute": day_flow.last_minute,
        "last_ten_minutes": day_flow.last_ten,
        "arrivals": day_flow.total,
        "arrivals_day_before": day_flow.total_before,
        "visits": total.visits if total else 0,
        "first_time": total.firsts if total else 0,
        "returning": total.returning if total else 0,
        "visitors_so_far": found["visitors"],
        "visits_so_far": found["visits"],
        "busiest_hour": {
            "from": as_time(busiest[0].astimezone(g.edition.zone_info)),
            "arrivals": busiest[1],
        }
        if busiest
        else None,
        "step_minutes": day_flow.step_min,
        "curve": [count for _at, count in day_flow.curve],
        "curve_day_before": [count for _at, count in day_flow.before],
        "curve_from": as_time(day_flow.curve[0][0]) if day_flow.curve else "",
        "curve_until": as_time(day_flow.curve[-1][0]) if day_flow.curve else "",
        "areas": [
            {
                "code": area.code,
                "name": pick(area.name, language()),
                "depth": area.depth,
                "inside": area.inside,
                "limit": area.limit,
            }
            for area in found["areas"]
            if area.kind != "talk" or area.inside
        ],
        "countries": [{"name": name, "visits": count} for name, count in country_rows(parts.countries, 8)],
    }
