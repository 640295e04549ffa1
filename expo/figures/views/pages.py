"""Live figures for the console, for the wall, and as auditors want them."""

from flask import g, jsonify, render_template, url_for

from expo.figures import queries
from expo.figures.rules import SENTENCES, SOURCES
from expo.figures.series import median_quarter
from expo.figures.views.blueprint import (
    ADDRESS,
    add_up,
    as_json,
    asked_day,
    bp,
    country_rows,
    facts,
    kind_rows,
)
from expo.web import db, needs, words
from expo.web.language import as_date, as_time


@bp.get(ADDRESS)
@needs("figures.view")
def live():
    """Arrivals by the minute, people inside, visitors and visits of a day, beside the day before."""
    found = facts()
    parts = queries.breakdown(db(), g.edition, found["day"])
    quarter = median_quarter(queries.stays(db(), g.edition, found["day"]))
    busiest = found["flow"].peak
    return render_template(
        "expo/figures/live.html",
        **found,
        total=found["totals"].get(found["day"]),
        gates=queries.by_gate(db(), g.edition, found["day"]),
        countries=country_rows(parts.countries),
        country_count=len([code for code, _count in parts.countries if code]),
        kinds=kind_rows(parts.kinds),
        others=kind_rows(parts.others),
        median_min=None if quarter is None else (quarter + 1) * 15,
        busiest=as_time(busiest[0].astimezone(g.edition.zone_info)) if busiest else "",
        curve=[(as_time(at.astimezone(g.edition.zone_info)), count) for at, count in found["flow"].curve],
        before=[count for _at, count in found["flow"].before],
        chips=[(day.isoformat(), as_date(day)) for day in found["days"]],
    )


@bp.get(f"{ADDRESS}/wall")
@needs("figures.view")
def wall():
    """For a projector: large, without a name, renewed by itself."""
    return render_template("expo/figures/wall.html", told=as_json(), data=url_for("figures.live_json"))


@bp.get(f"{ADDRESS}.json")
@needs("figures.view")
def live_json():
    """The same for programs."""
    return jsonify(as_json())


@bp.get(f"{ADDRESS}/audit")
@needs("figures.view")
def audit():
    """Visitors and visits by the rules of auditors, with the rule, its source and the rows behind."""
    add_up()
    known = queries.days(db(), g.edition)
    totals = queries.totals(db(), g.edition)
    parts = queries.breakdown(db(), g.edition)
    return render_template(
        "expo/figures/audit.html",
        days=known,
        totals=totals,
        visitors=sum(one.firsts for one in totals.values()),
        visits=sum(one.visits for one in totals.values()),
        countries=country_rows(parts.countries),
        kinds=kind_rows(parts.kinds),
        others=kind_rows(parts.others),
        sentences=[words(one) for one in SENTENCES],
        sources=SOURCES,
        day=asked_day(known),
    )
