"""An exhibitor's leads as a list, and as numbers."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from flask import g, render_template, request, url_for

from expo.languages import pick
from expo.web import _, carrying, db, leaf, needs, words
from expo.web.language import as_date, language
from matchmaking.catalogue.hs_names import CHAPTERS
from matchmaking.leads import queries, services
from matchmaking.leads.queries.listing import CONSENTS, ORDERS, PAGE, LeadFilter, today_of
from matchmaking.leads.views.blueprint import OWN, bp, exhibitor
from matchmaking.leads.wording import CONSENT_TONES
from matchmaking.leads.wording import CONSENTS as CONSENT_WORDS


def asked() -> LeadFilter:
    """The filter of this page's address; what cannot be is no filter."""

    def number(name: str, most: int) -> int:
        value = request.args.get(name, "")
        fits = value.isascii() and value.isdecimal() and len(value) < 10
        return int(value) if fits and int(value) <= most else 0

    given = request.args
    question, _sign, choice = given.get("answer", "").partition(".")
    answered = all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (question, choice))
    return LeadFilter(
        words=given.get("q", "").strip()[:100],
        consent=given.get("consent", "") if given.get("consent") in CONSENTS else "",
        rating=number("rating", 5),
        staff=given.get("staff", "")[:120],
        answer=(int(question), int(choice)) if answered else None,
        product=number("product", 2**31 - 1),
        chapter=given.get("chapter", "") if given.get("chapter", "") in CHAPTERS else "",
        due=today_of(g.edition) if given.get("due") == "1" else None,
        day=_day(given.get("day", "")),
        order=given.get("sort", "") if given.get("sort") in ORDERS else "-last",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def chapter_names(codes: Collection[str]) -> list[tuple[str, str]]:
    """Kinds of goods by their chapter of the Harmonised System, as (code, words)."""
    return [(code, f"{code} · {CHAPTERS[code]}") for code in sorted(codes) if code in CHAPTERS]


def names() -> dict[str, Any]:
    """What the templates call things."""
    return {
        "consents": {key: words(name) for key, name in CONSENT_WORDS.items()},
        "tones": CONSENT_TONES,
    }


@bp.get(OWN)
@needs("leads.own")
def lead_list():
    """Whom the stand met, searched and filtered; what waits to be done."""
    mine = exhibitor()
    wanted = asked()
    total = queries.count(db(), g.edition, mine.id, wanted)
    shown = leaf(total, PAGE)
    asked_there = services.questions(db(), g.edition.id, mine.id)
    products = queries.products_of(db(), mine.id)
    return render_template(
        "matchmaking/leads/lead_list.html",
        leads=queries.leads(db(), g.edition, mine.id, wanted, PAGE, shown.offset),
        total=total,
        page=shown.page,
        pages=shown.pages,
        totals=queries.totals(db(), mine.id),
        due=queries.count(db(), g.edition, mine.id, LeadFilter(due=today_of(g.edition))),
        today=today_of(g.edition),
        wanted=wanted,
        staff=[(name, name) for name in queries.staff_names(db(), mine.id)],
        answers=[
            (f"{one.id}.{place}", f"{pick(one.text, language())}: {pick(choice, language())}")
            for one in asked_there
            for place, choice in enumerate(one.choices)
        ],
        products=[(one.id, pick(one.name, language())) for one in products],
        chapters=chapter_names({one.chapter for one in products}),
        exports=[
            (label, carrying("leads.export", form=form))
            for label, form in (("CSV", "csv"), ("XLSX", "xlsx"), ("vCard", "vcf"))
        ],
        exhibitor=mine,
        **names(),
    )


@bp.get(f"{OWN}/figures")
@needs("leads.own")
def figures():
    """The stand's leads by day, hour and colleague, beside what stands of its zone have on average."""
    mine = exhibitor()
    rows = queries.daily(db(), g.edition, mine.id)
    by_day: dict[date, int] = defaultdict(int)
    by_hour: dict[int, int] = defaultdict(int)
    by_staff: dict[str, int] = defaultdict(int)
    for row in rows:
        by_day[row.day] += row.visits
        by_hour[int(row.hour)] += row.visits
        by_staff[row.staff] += row.visits
    hours = range(min(by_hour), max(by_hour) + 1) if by_hour else ()
    return render_template(
        "matchmaking/leads/figures.html",
        totals=queries.totals(db(), mine.id),
        average=queries.zone_average(db(), g.edition, mine.id),
        by_day=[
            (as_date(day), count, url_for("leads.lead_list", day=day.isoformat()))
            for day, count in sorted(by_day.items())
        ],
        by_hour=[(f"{hour:02d}", by_hour[hour]) for hour in hours],
        by_staff=[
            (name or _("Not known"), count, url_for("leads.lead_list", staff=name) if name else "")
            for name, count in sorted(by_staff.items(), key=lambda pair: -pair[1])
        ],
        exhibitor=mine,
    )
